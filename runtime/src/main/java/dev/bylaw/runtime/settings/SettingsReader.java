package dev.bylaw.runtime.settings;

import dev.bylaw.content.EntityType;
import dev.bylaw.document.Durations;
import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.policy.registry.RegistryReader;
import dev.bylaw.policy.rego.RegoAccess;
import dev.bylaw.runtime.settings.Settings.Connection;
import dev.bylaw.runtime.settings.Settings.Credential;
import dev.bylaw.runtime.settings.Settings.Gateway;
import dev.bylaw.runtime.settings.Settings.Mail;
import dev.bylaw.runtime.settings.Settings.Security;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ObjectValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the runtime's keys of {@code bylaw.yaml}, beside the registry that policies read from the
 * same mapping: the registry's reader calls this one for each agent, person and connection.
 */
public final class SettingsReader implements RegistryReader.Extra {
  private static final String UNKNOWN_NAME = "E0702";
  private static final String BAD_SECRET = "E0703";
  private static final String BAD_KEY = "E0704";

  private final Fields root;
  private final Map<String, Secret> secrets;
  private final Map<String, Credential> credentials;
  private final Map<String, Connection> connections = new LinkedHashMap<>();
  private final Map<String, String> agentCredentials = new LinkedHashMap<>();
  private final Map<String, String> approverKeys = new LinkedHashMap<>();

  /**
   * A reader.
   *
   * @param root the mapping that {@code bylaw.yaml} is; its diagnostics take what is wrong
   * @param dir the folder, which relative paths of secrets start from
   */
  public SettingsReader(Fields root, Path dir) {
    this.root = root;
    this.secrets = secrets(dir);
    this.credentials = credentials();
  }

  @Override
  public void agent(String name, Fields fields) {
    String credential = known(fields, "credential", credentials.keySet(), "credential");
    if (!credential.isEmpty()) {
      agentCredentials.put(name, credential);
    }
  }

  @Override
  public void person(String name, Fields fields) {
    Optional<String> key = fields.text("key");
    if (key.isPresent() && !key.get().matches("sha256:[0-9a-fA-F]{64}")) {
      root.diagnostics()
          .error(
              BAD_KEY,
              fields.node("key").orElseThrow().span(),
              "expected `sha256:` and 64 hexadecimal digits",
              "`bylaw approvals key " + name + "` makes a key and prints this line");
    } else {
      key.ifPresent(it -> approverKeys.put(name, it));
    }
  }

  @Override
  public void connection(String name, Fields fields) {
    connections.put(
        name,
        new Connection(
            fields.requiredText("url"),
            known(fields, "read", credentials.keySet(), "credential"),
            known(fields, "write", credentials.keySet(), "credential"),
            duration(fields, "timeout"),
            fields.truth("default", false)));
  }

  /** The settings; call it once the registry was read. */
  public Settings settings() {
    return new Settings(
        root.node("vars").isPresent() ? vars() : ObjectValue.EMPTY,
        secrets,
        credentials,
        connections,
        vendors(),
        root.texts("hosts"),
        root.fields("payments", "`payments`").map(this::gateway),
        root.fields("mail", "`mail`").map(this::mail),
        root.fields("rego", "`rego`").map(this::rego).orElse(Settings.Rego.NOTHING),
        root.truth("sandbox", false),
        masked(),
        agentCredentials,
        approverKeys);
  }

  private ObjectValue vars() {
    ObjectValue.Builder vars = ObjectValue.builder();
    for (Node.Entry entry : root.entries("vars")) {
      vars.put(entry.key(), entry.node().value());
    }
    return vars.build();
  }

  private Map<String, Secret> secrets(Path dir) {
    Map<String, Secret> found = new LinkedHashMap<>();
    for (Node.Entry entry : root.entries("secrets")) {
      Fields fields = Fields.of(entry.node(), "a secret", root.diagnostics());
      Optional<String> variable = fields.text("env");
      Optional<String> file = fields.text("file");
      fields.refuseUnknown();
      if (variable.isPresent() == file.isPresent()) {
        root.diagnostics()
            .error(
                BAD_SECRET,
                entry.keySpan(),
                "the secret `" + entry.key() + "` needs either `env` or `file`",
                "a secret itself never stands here");
        continue;
      }
      found.put(
          entry.key(),
          variable
              .<Secret>map(Secret.Environment::new)
              .orElseGet(() -> new Secret.InFile(dir.resolve(file.orElseThrow()))));
    }
    return found;
  }

  private enum Kind {
    SERVICE_ACCOUNT,
    USER,
    API_KEY
  }

  private Map<String, Credential> credentials() {
    Map<String, Credential> found = new LinkedHashMap<>();
    for (Node.Entry entry : root.entries("credentials")) {
      Fields fields = Fields.of(entry.node(), "a credential", root.diagnostics());
      Kind kind = fields.choice("kind", Kind.class).orElse(Kind.SERVICE_ACCOUNT);
      var credential =
          new Credential(
              kind.name().toLowerCase(Locale.ROOT),
              fields.texts("permissions"),
              fields.text("user").orElse(""),
              known(fields, "secret", secrets.keySet(), "secret"));
      fields.refuseUnknown();
      found.put(entry.key(), credential);
    }
    return found;
  }

  private Map<String, List<String>> vendors() {
    Map<String, List<String>> vendors = new LinkedHashMap<>();
    for (Node.Entry entry : root.entries("vendors")) {
      if (entry.node() instanceof Node.Mapping) {
        Fields fields = Fields.of(entry.node(), "a vendor", root.diagnostics());
        vendors.put(entry.key(), fields.texts("hosts"));
      }
    }
    return vendors;
  }

  private Gateway gateway(Fields fields) {
    var gateway =
        new Gateway(
            fields.requiredText("gateway"),
            known(fields, "secret", secrets.keySet(), "secret"),
            fields.truth("idempotency_keys", false));
    fields.refuseUnknown();
    return gateway;
  }

  private Mail mail(Fields fields) {
    var mail =
        new Mail(
            fields.requiredText("host"),
            fields.text("port").orElse("587"),
            fields.requiredText("from"),
            fields.choice("security", Security.class).orElse(Security.STARTTLS),
            fields.text("user").orElse(""),
            known(fields, "secret", secrets.keySet(), "secret"));
    fields.refuseUnknown();
    return mail;
  }

  private Settings.Rego rego(Fields fields) {
    Set<String> functions = new LinkedHashSet<>();
    for (String name : fields.texts("functions")) {
      if (RegoAccess.OFF.contains(name)) {
        functions.add(name);
      } else {
        root.diagnostics()
            .error(
                UNKNOWN_NAME,
                fields.node("functions").orElseThrow().span(),
                "`" + name + "` is not a function that can be allowed",
                "these can: " + String.join(", ", new TreeSet<>(RegoAccess.OFF)));
      }
    }
    var rego = new Settings.Rego(functions, duration(fields, "time"));
    fields.refuseUnknown();
    return rego;
  }

  private Set<EntityType> masked() {
    Optional<Fields> logs = root.fields("logs", "`logs`");
    if (logs.isEmpty() || !logs.get().has("mask")) {
      logs.ifPresent(Fields::refuseUnknown);
      return Settings.MASKED;
    }
    Set<EntityType> types = new LinkedHashSet<>();
    for (String name : logs.get().texts("mask")) {
      Optional<EntityType> type = EntityType.named(name);
      type.ifPresent(types::add);
      if (type.isEmpty()) {
        List<String> names = EntityType.all().stream().map(EntityType::name).toList();
        root.diagnostics()
            .error(
                UNKNOWN_NAME,
                logs.get().node("mask").orElseThrow().span(),
                "there is no type of personal data `" + name + "`",
                DidYouMean.hint(name, names));
      }
    }
    logs.get().refuseUnknown();
    return types;
  }

  /** The text of a key that has to name something declared; empty where it is missing. */
  private static String known(Fields fields, String key, Set<String> names, String what) {
    Optional<String> name = fields.text(key);
    if (name.isPresent() && !names.contains(name.get())) {
      Span span = fields.node(key).map(Node::span).orElse(fields.span());
      String hint = DidYouMean.hint(name.get(), names);
      fields
          .diagnostics()
          .error(
              UNKNOWN_NAME,
              span,
              "there is no " + what + " `" + name.get() + "`",
              hint.isEmpty() ? "declare it under `" + what + "s`" : hint);
    }
    return name.orElse("");
  }

  /** The positive length of time of a key; empty where it is missing or wrong, which is told. */
  private static Optional<Duration> duration(Fields fields, String key) {
    Optional<String> text = fields.text(key);
    Optional<Duration> duration = text.flatMap(Durations::parse).filter(Duration::isPositive);
    if (text.isPresent() && duration.isEmpty()) {
      fields.wrongKind(
          fields.node(key).orElseThrow(), key, "a duration such as `30s`, `5m` or `PT5M`");
    }
    return duration;
  }
}
