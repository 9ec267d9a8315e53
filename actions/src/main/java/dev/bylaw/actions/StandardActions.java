package dev.bylaw.actions;

import dev.bylaw.actions.http.CheckVendor;
import dev.bylaw.actions.http.HttpAction;
import dev.bylaw.actions.http.HttpExchanges;
import dev.bylaw.actions.http.Outbound;
import dev.bylaw.actions.http.PaymentAction;
import dev.bylaw.actions.http.PaymentGateway;
import dev.bylaw.actions.http.Vendors;
import dev.bylaw.actions.mail.MailServer;
import dev.bylaw.actions.mail.MailTemplates;
import dev.bylaw.actions.mail.SendEmail;
import dev.bylaw.actions.pii.IdentifyPii;
import dev.bylaw.actions.pii.Redact;
import dev.bylaw.actions.record.CapUsage;
import dev.bylaw.actions.record.QueryCap;
import dev.bylaw.actions.record.StepLog;
import dev.bylaw.actions.record.WriteLog;
import dev.bylaw.actions.schema.Schemas;
import dev.bylaw.actions.schema.ValidateSchema;
import dev.bylaw.actions.sql.Databases;
import dev.bylaw.actions.sql.ModifyDatabase;
import dev.bylaw.actions.sql.QueryDatabase;
import dev.bylaw.content.Inspector;
import dev.bylaw.content.Redaction;
import dev.bylaw.playbook.action.Action;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The standard actions of one identity, each with its parts. Thread-safe; holds connections until
 * closed.
 *
 * @param all in the order of the table
 * @param exchanges what the calls of web APIs go through
 */
public record StandardActions(List<Action> all, HttpExchanges exchanges) implements AutoCloseable {
  /**
   * What the actions of an identity work with.
   *
   * @param schemas gives those of the folder {@code schemas/}, as they are at the time of a call
   * @param databases its connections
   * @param outbound the hosts that may be called
   * @param gateway where payments go
   * @param mailServer where mail goes; empty if none is configured
   * @param templates gives those of the folder {@code templates/} in the same way
   * @param vendors the approved ones
   * @param inspector gives what looks for personal data, as it is at the time of a call
   * @param caps reads usage
   * @param log writes records
   * @param clock the one clock
   */
  public record Parts(
      Supplier<Schemas> schemas,
      Databases databases,
      Outbound outbound,
      PaymentGateway gateway,
      Optional<MailServer> mailServer,
      Supplier<MailTemplates> templates,
      Vendors vendors,
      Supplier<Inspector> inspector,
      CapUsage caps,
      StepLog log,
      InstantSource clock) {}

  public StandardActions {
    all = List.copyOf(all);
  }

  /** The actions over their parts. */
  public static StandardActions of(Parts parts) {
    var exchanges = new HttpExchanges(parts.outbound, HttpExchanges.Limits.USUAL, parts.clock);
    return new StandardActions(
        List.of(
            new ValidateSchema(parts.schemas),
            new QueryDatabase(parts.databases),
            new ModifyDatabase(parts.databases),
            new HttpAction(exchanges),
            new PaymentAction(exchanges, parts.gateway),
            new SendEmail(parts.mailServer, parts.templates, parts.clock),
            new IdentifyPii(parts.inspector),
            new Redact(parts.inspector, new Redaction.Label()),
            new CheckVendor(parts.vendors),
            new QueryCap(parts.caps),
            new WriteLog(parts.log)),
        exchanges);
  }

  /** The actions by name. */
  public Map<String, Action> byName() {
    return all.stream()
        .collect(Collectors.toUnmodifiableMap(action -> action.spec().name(), Function.identity()));
  }

  @Override
  public void close() {
    exchanges.close();
  }
}
