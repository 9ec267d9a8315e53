package dev.bylaw.cedar.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes schemas, policy sets, links, entities and requests out of a seed. */
final class CaseGenerator {
  /** A case, every part as text. */
  record Case(
      String schema,
      List<String> policies,
      List<Link> links,
      String entities,
      List<Request> requests) {}

  /** A link of a template; the entity fills every slot it has. */
  record Link(String template, String id, String principal, String resource) {}

  /** A request; the entities as Cedar text, the context as JSON. */
  record Request(String principal, String action, String resource, String context) {}

  private static final String SCHEMA =
      """
      entity User in [Group] {
        name: String, age: Long, email?: String, boss?: User, friends: Set<User>,
        home: { city: String, zip?: Long }, last?: datetime, score?: decimal, from?: ipaddr
      } tags String;
      entity Group in [Group] { open: Bool };
      entity Doc in [Folder] { owner: User, size: Long, labels: Set<String>, color: Color, ttl?: duration };
      entity Folder { limit?: Long } tags Long;
      entity Color enum ["red", "green"];
      action read, list in [look] appliesTo {
        principal: [User], resource: [Doc, Folder],
        context: { n: Long, mfa?: Bool, from?: ipaddr, at?: datetime, tag?: String }
      };
      action write appliesTo { principal: [User, Group], resource: Doc, context: { n: Long, why?: { text: String } } };
      action look;
      """;

  private final Random random;

  CaseGenerator(long seed) {
    this.random = new Random(seed);
  }

  Case next() {
    var policies = new ArrayList<String>();
    var links = new ArrayList<Link>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      boolean template = random.nextInt(5) == 0;
      policies.add(policy(template));
      for (int l = 0; template && l < random.nextInt(3); l++) {
        links.add(
            new Link(
                "policy" + i,
                "link" + i + "_" + l,
                entity("User", "Group"),
                entity("Doc", "Folder")));
      }
    }
    var requests = new ArrayList<Request>();
    for (int i = 0; i < 6; i++) {
      boolean write = random.nextInt(3) == 0;
      requests.add(
          new Request(
              write && random.nextBoolean() ? entity("Group") : entity("User"),
              write ? "Action::\"write\"" : pick("Action::\"read\"", "Action::\"list\""),
              write ? entity("Doc") : entity("Doc", "Folder"),
              context(write)));
    }
    return new Case(SCHEMA, policies, links, entities(), requests);
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String entity(String... types) {
    return pick(types) + "::\"" + "abcd".charAt(random.nextInt(4)) + "\"";
  }

  private String context(boolean write) {
    var out = new StringBuilder("{\"n\": ").append(number());
    if (write) {
      out.append(chance(50) ? ", \"why\": {\"text\": \"" + pick("a", "ab") + "\"}" : "");
    } else {
      out.append(chance(50) ? ", \"mfa\": " + random.nextBoolean() : "");
      out.append(
          chance(50)
              ? ", \"from\": {\"__extn\": {\"fn\": \"ip\", \"arg\": \"" + ip() + "\"}}"
              : "");
      out.append(chance(50) ? ", \"tag\": \"" + pick("x", "y", "z") + "\"" : "");
      out.append(
          chance(50)
              ? ", \"at\": {\"__extn\": {\"fn\": \"datetime\", \"arg\": \"" + instant() + "\"}}"
              : "");
    }
    return out.append('}').toString();
  }

  private String number() {
    return pick("0", "1", "2", "7", "9223372036854775807");
  }

  private String ip() {
    return pick("10.0.0.1", "10.0.0.0/8", "127.0.0.1", "::1", "ff00::/8", "224.0.0.1");
  }

  private String instant() {
    return pick("2024-01-01", "2024-01-01T10:00:00Z", "1969-12-31T23:59:59.999-0100");
  }

  private static String uidJson(String uid) {
    int at = uid.indexOf("::");
    return "{\"type\": \"" + uid.substring(0, at) + "\", \"id\": " + uid.substring(at + 2) + "}";
  }

  private String entities() {
    var all = new ArrayList<String>();
    for (String id : List.of("a", "b", "c", "d")) {
      if (chance(80)) {
        all.add(entityJson("User", id, userAttributes(), parents(List.of("Group")), tags("\"t\"")));
      }
      if (chance(80)) {
        String parents = id.equals("a") ? "" : parentsBelow(id);
        all.add(entityJson("Group", id, "\"open\": " + random.nextBoolean(), parents, ""));
      }
      if (chance(80)) {
        all.add(entityJson("Doc", id, docAttributes(), parents(List.of("Folder")), ""));
      }
      if (chance(80)) {
        String limit = chance(50) ? "\"limit\": " + number() : "";
        all.add(entityJson("Folder", id, limit, "", tags(number())));
      }
    }
    return "[" + String.join(",\n", all) + "]";
  }

  private static String entityJson(
      String type, String id, String attributes, String parents, String tags) {
    return "{\"uid\": {\"type\": \""
        + type
        + "\", \"id\": \""
        + id
        + "\"}, \"attrs\": {"
        + attributes
        + "}, \"parents\": ["
        + parents
        + "], \"tags\": {"
        + tags
        + "}}";
  }

  private String tags(String value) {
    return chance(50) ? "\"" + pick("x", "y") + "\": " + value : "";
  }

  private String parents(List<String> types) {
    return chance(60) ? uidJson(entity(types.toArray(String[]::new))) : "";
  }

  /** Groups are in earlier ones only, so that there is no cycle. */
  private String parentsBelow(String id) {
    char other = (char) ('a' + random.nextInt(id.charAt(0) - 'a'));
    return chance(60) ? uidJson("Group::\"" + other + "\"") : "";
  }

  private String userAttributes() {
    var out =
        new StringBuilder("\"name\": \"" + pick("a", "ab", "a*b") + "\", \"age\": " + number());
    out.append(", \"friends\": [").append(chance(60) ? escaped(entity("User")) : "").append(']');
    out.append(", \"home\": {\"city\": \"").append(pick("x", "y")).append('"');
    out.append(chance(50) ? ", \"zip\": " + number() : "").append('}');
    out.append(chance(50) ? ", \"email\": \"a@b\"" : "");
    out.append(chance(50) ? ", \"boss\": " + escaped(entity("User")) : "");
    out.append(
        chance(40) ? ", \"score\": {\"__extn\": {\"fn\": \"decimal\", \"arg\": \"1.5\"}}" : "");
    out.append(
        chance(40) ? ", \"from\": {\"__extn\": {\"fn\": \"ip\", \"arg\": \"" + ip() + "\"}}" : "");
    return out.toString();
  }

  private String docAttributes() {
    return "\"owner\": "
        + escaped(entity("User"))
        + ", \"size\": "
        + number()
        + ", \"labels\": ["
        + (chance(50) ? "\"x\"" : "")
        + "], \"color\": "
        + escaped("Color::\"" + pick("red", "green") + "\"")
        + (chance(40) ? ", \"ttl\": {\"__extn\": {\"fn\": \"duration\", \"arg\": \"1h\"}}" : "");
  }

  private static String escaped(String uid) {
    return "{\"__entity\": " + uidJson(uid) + "}";
  }

  private String policy(boolean template) {
    var out = new StringBuilder(pick("permit", "permit", "forbid")).append('(');
    boolean principalSlot = template && random.nextBoolean();
    boolean resourceSlot = template && (!principalSlot || random.nextBoolean());
    out.append("principal").append(scope(principalSlot ? "?principal" : "", "User", "Group"));
    out.append(", action");
    out.append(
        pick(
            "",
            "",
            " == Action::\"read\"",
            " == Action::\"write\"",
            " in Action::\"look\"",
            " in [Action::\"look\", Action::\"list\"]",
            " in [Action::\"write\"]"));
    out.append(", resource").append(scope(resourceSlot ? "?resource" : "", "Doc", "Folder"));
    out.append(')');
    for (int i = random.nextInt(3); i > 0; i--) {
      out.append(chance(80) ? " when { " : " unless { ").append(bool(3)).append(" }");
    }
    return out.append(';').toString();
  }

  private String scope(String slot, String... types) {
    if (!slot.isEmpty()) {
      return pick(" == ", " in ", " is " + types[0] + " in ") + slot;
    }
    return switch (random.nextInt(6)) {
      case 0 -> " == " + entity(types);
      case 1 -> " in " + entity(types);
      case 2 -> " is " + pick(types);
      case 3 -> " is " + pick(types) + " in " + entity(types);
      default -> "";
    };
  }

  /** A boolean expression, now and then of another type. */
  private String bool(int depth) {
    if (depth == 0) {
      return pick("true", "false", "context.mfa", "resource has color", "principal has email");
    }
    int d = depth - 1;
    return switch (random.nextInt(26)) {
      case 0, 1 -> "(" + bool(d) + " && " + bool(d) + ")";
      case 2, 3 -> "(" + bool(d) + " || " + bool(d) + ")";
      case 4 -> "!(" + bool(d) + ")";
      case 5 -> "(if " + bool(d) + " then " + bool(d) + " else " + bool(d) + ")";
      case 6 ->
          "(" + number(d) + pick(" < ", " <= ", " > ", " >= ", " == ", " != ") + number(d) + ")";
      case 7 -> "(" + user(d) + " == " + user(d) + ")";
      case 8 ->
          "("
              + user(d)
              + " in "
              + pick(entity("Group"), "[" + entity("Group") + ", Group::\"a\"]")
              + ")";
      case 9 -> "(" + string(d) + " like \"" + pick("a*", "*b", "a\\*b", "*") + "\")";
      case 10 -> user(d) + ".friends.contains(" + user(d) + ")";
      case 11 ->
          "("
              + user(d)
              + " has "
              + pick("email", "boss", "home.zip", "boss.boss", "nope", "home.city")
              + ")";
      case 12 -> "(" + user(d) + " has boss && " + user(d) + ".boss.age > 1)";
      case 13 -> "(principal is " + pick("User", "Group") + ")";
      case 14 -> "(principal.hasTag(\"x\") && principal.getTag(\"x\") == \"t\")";
      case 15 -> "(resource has owner && resource.owner == principal)";
      case 16 ->
          "(context has from && context.from."
              + pick("isLoopback()", "isIpv4()", "isInRange(ip(\"10.0.0.0/8\"))")
              + ")";
      case 17 -> "(" + string(d) + " == " + string(d) + ")";
      case 18 ->
          "[" + number(d) + ", 1]." + pick("containsAll", "containsAny") + "([" + number(d) + "])";
      case 19 -> user(d) + ".friends.isEmpty()";
      case 20 ->
          "("
              + user(d)
              + " has score && "
              + user(d)
              + ".score.lessThan(decimal(\""
              + pick("1.5", "2.0", "1.")
              + "\")))";
      case 21 -> "(action in [Action::\"look\"])";
      case 22 ->
          "(context has at && context.at < datetime(\""
              + instant()
              + "\").offset(duration(\""
              + pick("1d", "-1ms", "1x")
              + "\")))";
      case 23 -> "(principal.home == {city: \"x\", zip: 1})";
      case 24 ->
          "(resource is Doc && resource.color == Color::\"" + pick("red", "red", "blue") + "\")";
      default -> chance(30) ? number(d) : bool(d);
    };
  }

  private String number(int depth) {
    if (depth <= 0) {
      return pick("0", "1", "-3", "context.n", "principal.age", "9223372036854775807");
    }
    int d = depth - 1;
    return switch (random.nextInt(7)) {
      case 0 -> "(" + number(d) + " + " + number(d) + ")";
      case 1 -> "(" + number(d) + " - " + number(d) + ")";
      case 2 -> "(" + number(d) + " * " + number(d) + ")";
      case 3 -> "-(" + number(d) + ")";
      case 4 -> "resource.size";
      case 5 -> chance(20) ? string(d) : number(d);
      default -> number(0);
    };
  }

  private String string(int depth) {
    if (depth <= 0) {
      return pick("\"a\"", "\"x\"", "principal.name", "principal.home.city", "context.tag");
    }
    return chance(20) ? "principal[\"email\"]" : string(0);
  }

  private String user(int depth) {
    return depth <= 0 || chance(60)
        ? pick("principal", "principal", "resource.owner", "principal.boss", entity("User"))
        : chance(10) ? "principal.nope" : "principal.boss";
  }
}
