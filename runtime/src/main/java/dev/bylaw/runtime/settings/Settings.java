package dev.bylaw.runtime.settings;

import dev.bylaw.content.EntityType;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
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
 * @param rego what policies in Rego may do
 * @param sandbox whether the sandbox is started with the folder
 * @param masked the types of personal data that the logs never hold
 * @param agentCredentials the name of the credential that each agent proves itself with
 * @param approverKeys what is held of the keys of approvers, {@code sha256:HEX} by person
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
    Rego rego,
    boolean sandbox,
    Set<EntityType> masked,
    Map<String, String> agentCredentials,
    Map<String, String> approverKeys) {

  /** What the logs never hold where {@code logs: mask} says nothing else. */
  public static final Set<EntityType> MASKED =
      Set.of(EntityType.SSN, EntityType.CREDIT_CARD, EntityType.IBAN);

  /** Nothing is said. */
  public static final Settings EMPTY =
      new Settings(
          ObjectValue.EMPTY,
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Rego.NOTHING,
          false,
          MASKED,
          Map.of(),
          Map.of());

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

  /**
   * What policies in Rego may do beyond looking at the request.
   *
   * @param functions that are on: {@code http.send}, {@code net.lookup_ip_addr}, {@code
   *     opa.runtime}
   * @param time for one policy and one request; empty for the usual
   */
  public record Rego(Set<String> functions, Optional<java.time.Duration> time) {
    /** Nothing is said. */
    public static final Rego NOTHING = new Rego(Set.of(), Optional.empty());

    public Rego {
      functions = Set.copyOf(functions);
    }
  }

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
    masked = Set.copyOf(masked);
    agentCredentials = Map.copyOf(agentCredentials);
    approverKeys = Map.copyOf(approverKeys);
  }

  /** The same with each {@code {{sandbox.name}}} replaced by where the sandbox listens. */
  public Settings inSandbox(Map<String, String> addresses) {
    Map<String, Connection> moved = new LinkedHashMap<>();
    connections.forEach((name, it) ->
        moved.put(
            name,
            new Connection(replace(it.url, addresses), it.read, it.write, it.timeout, it.usual)));
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
        mail.map(it ->
            new Mail(
                replace(it.host, addresses),
                replace(it.port, addresses),
                it.from,
                it.security,
                it.user,
                it.secret)),
        rego,
        sandbox,
        masked,
        agentCredentials,
        approverKeys);
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
          ArrayValue.of(array.elements().stream().map(each -> replace(each, addresses)).toList());
      case NullValue _, BooleanValue _, NumberValue _, SetValue _ -> value;
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
