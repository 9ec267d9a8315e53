package dev.bylaw.runtime.act;

import dev.bylaw.actions.StandardActions;
import dev.bylaw.actions.http.Endpoint;
import dev.bylaw.actions.http.Outbound;
import dev.bylaw.actions.http.PaymentGateway;
import dev.bylaw.actions.http.Vendors;
import dev.bylaw.actions.mail.MailServer;
import dev.bylaw.actions.mail.MailTemplates;
import dev.bylaw.actions.record.CapUsage;
import dev.bylaw.actions.record.StepLog;
import dev.bylaw.actions.schema.Schemas;
import dev.bylaw.actions.sql.Database;
import dev.bylaw.actions.sql.Databases;
import dev.bylaw.actions.sql.Login;
import dev.bylaw.content.Inspector;
import dev.bylaw.playbook.action.Action;
import dev.bylaw.runtime.BylawException;
import dev.bylaw.runtime.settings.Secret;
import dev.bylaw.runtime.settings.Settings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes the actions of an identity. */
public final class ActionKit implements AutoCloseable {
  private final StandardActions standard;
  private final Map<String, Action> actions;

  private ActionKit(StandardActions standard) {
    this.standard = standard;
    this.actions = standard.byName();
  }

  /** The actions by name. */
  public Map<String, Action> actions() {
    return actions;
  }

  /**
   * What actions need beside the settings.
   *
   * @param schemas gives those of the folder {@code schemas/}, as they are at the time of a call
   * @param templates gives those of the folder {@code templates/} in the same way
   * @param inspector gives what finds personal data, as it is at the time of a call
   * @param caps how usage stands
   * @param log where steps write
   * @param currency of amounts that name none; empty for none
   * @param clock the time
   */
  public record Needs(
      Supplier<Schemas> schemas,
      Supplier<MailTemplates> templates,
      Supplier<Inspector> inspector,
      CapUsage caps,
      StepLog log,
      String currency,
      InstantSource clock) {}

  /**
   * Makes them.
   *
   * @param settings with the sandbox's addresses in place
   * @throws BylawException if a setting cannot be used
   */
  public static ActionKit of(Settings settings, Needs needs) {
    try {
      return new ActionKit(
          StandardActions.of(
              new StandardActions.Parts(
                  needs.schemas,
                  databases(settings),
                  Outbound.of(settings.hosts()),
                  gateway(settings, needs.currency),
                  mail(settings),
                  needs.templates,
                  vendors(settings),
                  needs.inspector,
                  needs.caps,
                  needs.log,
                  needs.clock)));
    } catch (IllegalArgumentException e) {
      throw new BylawException("`bylaw.yaml`: " + e.getMessage());
    }
  }

  private static Databases databases(Settings settings) {
    List<Database> all = new ArrayList<>();
    String usual = "";
    for (Map.Entry<String, Settings.Connection> entry : settings.connections().entrySet()) {
      Settings.Connection it = entry.getValue();
      List<Login> logins = new ArrayList<>();
      login(settings, it.read(), false).ifPresent(logins::add);
      login(settings, it.write(), true).ifPresent(logins::add);
      all.add(
          new Database(
              entry.getKey(), it.url(), logins, it.timeout().orElse(Database.USUAL_TIMEOUT)));
      if (it.usual() || settings.connections().size() == 1) {
        usual = entry.getKey();
      }
    }
    return new Databases(all, usual);
  }

  private static Optional<Login> login(Settings settings, String credential, boolean write) {
    Settings.Credential known = settings.credentials().get(credential);
    if (known == null || known.user().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Login(credential, known.user(), secret(settings, known.secret()), write));
  }

  private static String secret(Settings settings, String name) {
    Secret known = settings.secrets().get(name);
    return known == null ? "" : known.reveal(name);
  }

  private static PaymentGateway gateway(Settings settings, String currency) {
    return settings
        .gateway()
        .map(it -> {
          Map<String, String> headers =
              it.secret().isEmpty()
                  ? Map.of()
                  : Map.of("Authorization", "Bearer " + secret(settings, it.secret()));
          return new PaymentGateway(
              Optional.of(endpoint(it.url())), currency, headers, it.honoursKeys());
        })
        .orElse(new PaymentGateway(Optional.empty(), currency, Map.of(), false));
  }

  private static Endpoint endpoint(String url) {
    try {
      return Endpoint.parse(url);
    } catch (Endpoint.MalformedEndpointException e) {
      throw new IllegalArgumentException("`" + url + "`: " + e.reason(), e);
    }
  }

  private static Optional<MailServer> mail(Settings settings) {
    return settings
        .mail()
        .map(it -> {
          Function<Settings.Security, MailServer.Security> security =
              how ->
                  switch (how) {
                    case NONE -> MailServer.Security.NONE;
                    case STARTTLS -> MailServer.Security.STARTTLS;
                    case TLS -> MailServer.Security.TLS;
                  };
          return new MailServer(
              it.host(),
              port(it.port()),
              security.apply(it.security()),
              it.user(),
              secret(settings, it.secret()),
              it.from());
        });
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("mail: `" + text + "` is not a port", e);
    }
  }

  private static Vendors vendors(Settings settings) {
    List<Vendors.Vendor> all = new ArrayList<>();
    settings.vendors().forEach((name, hosts) -> all.add(Vendors.Vendor.of(name, hosts)));
    return new Vendors(all);
  }

  @Override
  public void close() {
    standard.close();
  }
}
