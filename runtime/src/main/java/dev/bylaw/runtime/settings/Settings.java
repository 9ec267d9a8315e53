package dev.bylaw.runtime.settings;

import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code bylaw.yaml} says to the runtime.
 *
 * @param vars for templates; an input never shadows one
 * @param secrets by name
 * @param credentials as whom actions act, by name
 * @param connections databases, by name
 * @param vendors approved ones: hosts by name
 * @param hosts that actions may call
 * @param gateway of payments; empty for none
 * @param mail how mail is sent; empty if it is not
 * @param sandbox whether the sandbox is started with the folder
 */
public record Settings(
    ObjectValue vars,
    Map<String, Secret> secrets,
    Map<String, Credential> credentials,
    Map<String, Connection> connections,
    Map<String, List<String>> vendors,
    List<String> hosts,
    Optional<Gateway> gateway,
    Optional<Mail> mail,
    boolean sandbox) {

  /** The keys of {@code bylaw.yaml} that are the runtime's. */
  public static final Set<String> KEYS =
      Set.of(
          "vars",
          "secrets",
          "credentials",
          "connections",
          "vendors",
          "hosts",
          "payments",
          "mail",
          "sandbox");

  /** The keys of a connection that are the runtime's; all others are attributes for policies. */
  public static final Set<String> CONNECTION_KEYS =
      Set.of("url", "read", "write", "timeout", "default");

  private static final String UNKNOWN_NAME = "E0402";
  private static final String BAD_SECRET = "E0403";

  /**
   * As whom an action acts.
   *
   * @param kind {@code service_account}, {@code user} or {@code api_key}
   * @param permissions {@code read}, {@code write}
   * @param user the account's name, where a database wants one
   * @param secret the name of the secret that proves it; empty for none
   */
  public record Credential(String kind, List<String> permissions, String user, String secret) {
    public Credential {
      permissions = List.copyOf(permissions);
    }
  }

  /**
   * A database.
   *
   * @param url a JDBC URL
   * @param read the credential that reads; empty for none
   * @param write the credential that writes; empty if nobody does
   * @param timeout of one statement
   * @param usual whether it is meant where a step names none
   */
  public record Connection(
      String url, String read, String write, Optional<java.time.Duration> timeout, boolean usual) {}

  /**
   * A payment gateway.
   *
   * @param url where it is
   * @param secret the name of the secret that is sent as bearer token; empty for none
   * @param honoursKeys whether it does a payment once for one idempotency key
   */
  public record Gateway(String url, String secret, boolean honoursKeys) {}

  /**
   * A mail server.
   *
   * @param host its name
   * @param port its port
   * @param from the sender of all mail
   * @param security {@code none}, {@code starttls} or {@code tls}
   * @param user empty for none
   * @param secret the name of the secret with the password; empty for none
   */
  public record Mail(
      String host, String port, String from, Security security, String user, String secret) {}

  /** How a connection to a mail server is protected. */
  public enum Security {
    NONE,
    STARTTLS,
    TLS
  }

  public Settings {
    secrets = Map.copyOf(secrets);
    credentials = Map.copyOf(credentials);
    connections = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(connections));
    vendors = Map.copyOf(vendors);
    hosts = List.copyOf(hosts);
  }

  /**
   * Reads the runtime's keys of {@code bylaw.yaml}.
   *
   * @param root its mapping
   * @param dir the folder, which relative paths of secrets start from
   * @param diagnostics takes what is wrong
   */
  public static Settings read(Node.Mapping root, Path dir, Diagnostics diagnostics) {
    Fields fields = Fields.of(root, "`bylaw.yaml`", diagnostics);
    Map<String, Secret> secrets = secrets(fields, dir);
    Map<String, Credential> credentials = credentials(fields, secrets.keySet());
    return new Settings(
        fields.node("vars").map(Node::value).filter(ObjectValue.class::isInstance)
            .map(ObjectValue.class::cast).orElse(ObjectValue.EMPTY),
        secrets,
        credentials,
        connections(fields, credentials.keySet()),
        vendors(fields),
        fields.texts("hosts"),
        fields.fields("payments", "`payments`").map(it -> gateway(it, secrets.keySet())),
        fields.fields("mail", "`mail`").map(it -> mail(it, secrets.keySet())),
        fields.truth("sandbox", false));
  }

  private static Map<String, Secret> secrets(Fields root, Path dir) {
    Map<String, Secret> secrets = new LinkedHashMap<>();
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
      secrets.put(
          entry.key(),
          variable
              .<Secret>map(Secret.Environment::new)
              .orElseGet(() -> new Secret.InFile(dir.resolve(file.orElseThrow()))));
    }
    return secrets;
  }

  private static Map<String, Credential> credentials(Fields root, Set<String> secrets) {
    Map<String, Credential> credentials = new LinkedHashMap<>();
    for (Node.Entry entry : root.entries("credentials")) {
      Fields fields = Fields.of(entry.node(), "a credential", root.diagnostics());
      String kind = fields.choice("kind", CredentialKind.class)
          .orElse(CredentialKind.SERVICE_ACCOUNT).word();
      var credential =
          new Credential(
              kind,
              fields.texts("permissions"),
              fields.text("user").orElse(""),
              known(fields, "secret", secrets, "secret"));
      fields.refuseUnknown();
      credentials.put(entry.key(), credential);
    }
    return credentials;
  }

  private enum CredentialKind {
    SERVICE_ACCOUNT,
    USER,
    API_KEY;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private static Map<String, Connection> connections(Fields root, Set<String> credentials) {
    Map<String, Connection> connections = new LinkedHashMap<>();
    for (Node.Entry entry : root.entries("connections")) {
      Fields fields = Fields.of(entry.node(), "a connection", root.diagnostics());
      connections.put(
          entry.key(),
          new Connection(
              fields.requiredText("url"),
              known(fields, "read", credentials, "credential"),
              known(fields, "write", credentials, "credential"),
              Durations.read(fields, "timeout"),
              fields.truth("default", false)));
    }
    return connections;
  }

  private static Map<String, List<String>> vendors(Fields root) {
    Map<String, List<String>> vendors = new LinkedHashMap<>();
    for (Node.Entry entry : root.entries("vendors")) {
      Fields fields = Fields.of(entry.node(), "a vendor", root.diagnostics());
      vendors.put(entry.key(), fields.texts("hosts"));
    }
    return vendors;
  }

  private static Gateway gateway(Fields fields, Set<String> secrets) {
    var gateway =
        new Gateway(
            fields.requiredText("gateway"),
            known(fields, "secret", secrets, "secret"),
            fields.truth("idempotency_keys", false));
    fields.refuseUnknown();
    return gateway;
  }

  private static Mail mail(Fields fields, Set<String> secrets) {
    var mail =
        new Mail(
            fields.requiredText("host"),
            fields.text("port").orElse("587"),
            fields.requiredText("from"),
            fields.choice("security", Security.class).orElse(Security.STARTTLS),
            fields.text("user").orElse(""),
            known(fields, "secret", secrets, "secret"));
    fields.refuseUnknown();
    return mail;
  }

  /** The text of a key that has to name something declared. */
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

  /** The same with each {@code {{sandbox.name}}} replaced by where the sandbox listens. */
  public Settings inSandbox(Map<String, String> addresses) {
    Map<String, Connection> moved = new LinkedHashMap<>();
    connections.forEach(
        (name, it) ->
            moved.put(
                name,
                new Connection(
                    replace(it.url, addresses), it.read, it.write, it.timeout, it.usual)));
    Map<String, List<String>> movedVendors = new LinkedHashMap<>();
    vendors.forEach(
        (name, of) -> movedVendors.put(name, of.stream().map(h -> replace(h, addresses)).toList()));
    return new Settings(
        (ObjectValue) replace(vars, addresses),
        secrets,
        credentials,
        moved,
        movedVendors,
        hosts.stream().map(host -> replace(host, addresses)).toList(),
        gateway.map(it -> new Gateway(replace(it.url, addresses), it.secret, it.honoursKeys)),
        mail.map(
            it ->
                new Mail(
                    replace(it.host, addresses),
                    replace(it.port, addresses),
                    it.from,
                    it.security,
                    it.user,
                    it.secret)),
        sandbox);
  }

  private static Value replace(Value value, Map<String, String> addresses) {
    return switch (value) {
      case StringValue text -> StringValue.of(replace(text.text(), addresses));
      case ObjectValue object -> {
        ObjectValue.Builder out = ObjectValue.builder(object.size());
        object.forEach((key, each) -> out.put(key, replace(each, addresses)));
        yield out.build();
      }
      case ArrayValue array ->
          ArrayValue.of(
              array.elements().stream().map(each -> replace(each, addresses)).toList());
      case NullValue _,
          BooleanValue _,
          NumberValue _,
          SetValue _ ->
          value;
    };
  }

  private static String replace(String text, Map<String, String> addresses) {
    String out = text;
    for (Map.Entry<String, String> each : addresses.entrySet()) {
      out = out.replace("{{sandbox." + each.getKey() + "}}", each.getValue());
    }
    return out;
  }
}
