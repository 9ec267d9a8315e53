package dev.bylaw.cedar.differential;

import dev.bylaw.cedar.differential.World.Field;
import dev.bylaw.cedar.differential.World.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes policies that fit the schema of a world more often than not. */
final class PolicyMaker {
  private static final String[] TEXTS = {"a", "ab", "a*b", "é", "", "x y", "1.2.3.4", "\\u{1F600}"};
  private final World world;
  private World.Action action;
  private String principal = "";
  private String resource = "";

  PolicyMaker(World world) {
    this.world = world;
    this.action = world.pick(world.actions);
  }

  /** A static policy, or a template with one or two slots. */
  String policy(boolean template) {
    action = world.pick(world.actions);
    principal = action.principals().isEmpty() ? type() : world.pick(action.principals());
    resource = action.resources().isEmpty() ? type() : world.pick(action.resources());
    var out = new StringBuilder();
    out.append(world.chance(15) ? "@id(\"x\\n\") @note " : "");
    out.append(world.pick("permit", "permit", "forbid")).append(" (principal");
    boolean principalSlot = template && world.chance(60);
    boolean resourceSlot = template && (!principalSlot || world.chance(40));
    out.append(scope(principal, principalSlot ? "?principal" : ""));
    out.append(", action").append(actionScope()).append(", resource");
    out.append(scope(resource, resourceSlot ? "?resource" : "")).append(')');
    for (int i = world.pick(0, 1, 1, 2); i > 0; i--) {
      out.append(world.chance(85) ? " when { " : " unless { ");
      out.append(expr(World.BOOL, 3)).append(" }");
    }
    return out.append(';').toString();
  }

  private String type() {
    return world.pick(world.entityTypes).name();
  }

  String uid(String type) {
    List<String> choices = world.entityType(type).choices();
    String id =
        choices.isEmpty() || world.chance(5)
            ? world.pick("a", "b", "c", "d")
            : world.pick(choices).replace("\"", "\\\"");
    return type + "::\"" + id + "\"";
  }

  private String scope(String type, String slot) {
    String target = slot.isEmpty() ? uid(world.chance(80) ? above(type) : type()) : slot;
    if (!slot.isEmpty()) {
      return world.pick(" == ", " in ", " is " + type + " in ") + target;
    }
    return switch (world.pick(0, 1, 2, 3, 4, 5, 6)) {
      case 0 -> " == " + uid(type);
      case 1 -> " in " + target;
      case 2 -> " is " + (world.chance(80) ? type : type());
      case 3 -> " is " + type + " in " + target;
      default -> "";
    };
  }

  private String above(String type) {
    List<String> parents = world.entityType(type).parents();
    return parents.isEmpty() || world.chance(20) ? type : world.pick(parents);
  }

  private String actionScope() {
    return switch (world.pick(0, 1, 2, 3, 4)) {
      case 0 -> "";
      case 1, 2 -> " == " + action.uid();
      case 3 -> " in " + anAction();
      default -> " in [" + anAction() + ", " + action.uid() + "]";
    };
  }

  private String anAction() {
    return action.parents().isEmpty() || world.chance(30)
        ? world.pick(world.actions).uid()
        : world.pick(action.parents());
  }

  /** An expression of a type; of another one now and then. */
  String expr(Kind wanted, int depth) {
    Kind kind = world.chance(2) ? world.pick(World.BOOL, World.INT, World.TEXT) : wanted;
    if (depth > 0 && world.chance(6)) {
      return "(if "
          + expr(World.BOOL, depth - 1)
          + " then "
          + expr(kind, depth - 1)
          + " else "
          + expr(kind, depth - 1)
          + ")";
    }
    String path = world.chance(55) ? path(kind) : "";
    if (!path.isEmpty()) {
      return path;
    }
    int d = depth - 1;
    return switch (kind) {
      case Kind.Bool _ -> bool(depth);
      case Kind.Int _ -> depth <= 0 ? number() : sum(d);
      case Kind.Text _ -> "\"" + world.pick(TEXTS) + "\"";
      case Kind.Ref(var type) ->
          type.equals(principal) && world.chance(60)
              ? "principal"
              : type.equals(resource) && world.chance(60) ? "resource" : uid(type);
      case Kind.Ext(var name) -> extension(name, depth);
      case Kind.SetOf(var element) ->
          world.chance(4)
              ? "[]"
              : "[" + expr(element, d) + (world.chance(40) ? ", " + expr(element, d) : "") + "]";
      case Kind.RecordOf(var fields) ->
          fields.entrySet().stream()
              .filter(f -> f.getValue().required() || world.chance(50))
              .map(f -> "\"" + f.getKey() + "\": " + expr(f.getValue().kind(), d))
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }

  private String number() {
    return world.pick("0", "1", "-1", "7", "-9223372036854775808", "9223372036854775807");
  }

  private String sum(int d) {
    return switch (world.pick(0, 1, 2, 3)) {
      case 0 ->
          "(" + expr(World.INT, d) + world.pick(" + ", " - ", " * ") + expr(World.INT, d) + ")";
      case 1 -> "-(" + expr(World.INT, d) + ")";
      default -> number();
    };
  }

  private String extension(String name, int depth) {
    return switch (name) {
      case "ipaddr" ->
          "ip(\"" + world.pick("10.0.0.1", "10.0.0.0/8", "::1", "ffff::/12", "1.2.3", "") + "\")";
      case "decimal" ->
          "decimal(\""
              + world.pick("1.5", "-0.0001", "922337203685477.5807", "1", "1.23456")
              + "\")";
      case "duration" ->
          depth > 0 && world.chance(30)
              ? expr(new Kind.Ext("datetime"), depth - 1)
                  + world.pick(".toTime()", ".durationSince(" + instant() + ")")
              : "duration(\"" + world.pick("1d2h", "-5ms", "1h1d", "0ms", "") + "\")";
      default ->
          depth > 0 && world.chance(30)
              ? expr(new Kind.Ext("datetime"), depth - 1)
                  + world.pick(".toDate()", ".offset(duration(\"1d\"))")
              : instant();
    };
  }

  private String instant() {
    return "datetime(\""
        + world.pick(
            "2024-02-29",
            "2023-02-29",
            "1969-12-31T23:59:59.999Z",
            "2024-01-01T10:00:00+0100",
            "0000-01-01",
            "2024-1-1")
        + "\")";
  }

  private String bool(int depth) {
    if (depth <= 0) {
      return world.pick("true", "false", "principal == resource", "action == " + anAction());
    }
    int d = depth - 1;
    return switch (world.pick(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)) {
      case 0, 1 -> "(" + expr(World.BOOL, d) + " && " + expr(World.BOOL, d) + ")";
      case 2, 3 -> "(" + expr(World.BOOL, d) + " || " + expr(World.BOOL, d) + ")";
      case 4 -> "!" + expr(World.BOOL, d);
      case 5 ->
          "("
              + expr(World.INT, d)
              + world.pick(" < ", " <= ", " > ", " >= ")
              + expr(World.INT, d)
              + ")";
      case 6 -> {
        Kind kind = kind();
        yield "(" + expr(kind, d) + world.pick(" == ", " != ") + expr(kind, d) + ")";
      }
      case 7 ->
          "("
              + expr(World.TEXT, d)
              + " like \""
              + world.pick("a*", "*", "a\\*b", "", "*é*")
              + "\")";
      case 8 -> {
        String type = world.chance(50) ? principal : resource;
        yield "(" + expr(new Kind.Ref(type), d) + " in " + container(type, d) + ")";
      }
      case 9 -> {
        Kind kind = kind();
        yield expr(new Kind.SetOf(kind), d) + ".contains(" + expr(kind, d) + ")";
      }
      case 10 -> {
        Kind set = new Kind.SetOf(kind());
        yield expr(set, d) + world.pick(".containsAll(", ".containsAny(") + expr(set, d) + ")";
      }
      case 11 -> expr(new Kind.SetOf(kind()), d) + ".isEmpty()";
      case 12 -> has(d);
      case 13 -> {
        String type = world.chance(50) ? principal : resource;
        String container = world.chance(30) ? " in " + container(type, d) : "";
        yield "("
            + expr(new Kind.Ref(type), d)
            + " is "
            + (world.chance(70) ? type : type())
            + container
            + ")";
      }
      case 14 -> tag(d);
      default -> compare(d);
    };
  }

  private String compare(int d) {
    return switch (world.pick(0, 1, 2)) {
      case 0 ->
          expr(new Kind.Ext("decimal"), d)
              + world.pick(".lessThan(", ".greaterThanOrEqual(")
              + expr(new Kind.Ext("decimal"), d)
              + ")";
      case 1 ->
          expr(new Kind.Ext("ipaddr"), d)
              + world.pick(".isIpv4()", ".isMulticast()", ".isInRange(ip(\"10.0.0.0/8\"))");
      default -> {
        Kind kind = new Kind.Ext(world.pick("datetime", "duration"));
        yield "(" + expr(kind, d) + world.pick(" < ", " >= ") + expr(kind, d) + ")";
      }
    };
  }

  private Kind kind() {
    return world.pick(
        World.INT,
        World.TEXT,
        World.BOOL,
        new Kind.Ref(principal),
        new Kind.Ext("decimal"),
        new Kind.RecordOf(Map.of("a", new Field(World.INT, true))));
  }

  private String container(String type, int d) {
    String one = above(type);
    return world.chance(60)
        ? expr(new Kind.Ref(one), d)
        : "[" + uid(one) + ", " + expr(new Kind.Ref(one), d) + "]";
  }

  /** A test for an attribute that may be missing, and perhaps its use behind it. */
  private String has(int d) {
    record Optional(String owner, String name, Kind kind) {}
    List<Optional> found = new ArrayList<>();
    for (String owner : List.of("principal", "resource", "context")) {
      fields(owner)
          .forEach((name, f) -> {
            if (!f.required() || world.chance(20)) {
              found.add(new Optional(owner, name, f.kind()));
            }
          });
    }
    if (found.isEmpty() || world.chance(5)) {
      return "(principal has " + world.pick("nope", "a.b", "\"if\"") + ")";
    }
    Optional one = world.pick(found);
    String test = "(" + one.owner + " has \"" + one.name + "\"";
    String access = one.owner + "[\"" + one.name + "\"]";
    if (world.chance(35)
        && one.name.matches("[a-z]+")
        && !one.name.matches("if|is")
        && one.kind instanceof Kind.RecordOf(var inner)
        && !inner.isEmpty()) {
      String name = inner.keySet().iterator().next();
      if (name.matches("[a-z]+") && !name.matches("if|is")) {
        return "("
            + one.owner
            + " has "
            + one.name
            + "."
            + name
            + " && "
            + use(one.owner + "." + one.name + "." + name, inner.get(name).kind(), d)
            + ")";
      }
    }
    return world.chance(75) ? test + " && " + use(access, one.kind, d) + ")" : test + ")";
  }

  private String use(String access, Kind kind, int d) {
    return kind instanceof Kind.Bool ? access : access + " == " + expr(kind, d);
  }

  private String tag(int d) {
    String owner = world.pick("principal", "resource");
    Kind tags = world.entityType(owner.equals("principal") ? principal : resource).tags();
    String key = world.chance(80) ? "\"" + world.pick("x", "y") + "\"" : expr(World.TEXT, d);
    String test = owner + ".hasTag(" + key + ")";
    return tags == null || world.chance(20)
        ? test
        : "(" + test + " && " + use(owner + ".getTag(" + key + ")", tags, d) + ")";
  }

  private Map<String, Field> fields(String owner) {
    return switch (owner) {
      case "principal" -> world.entityType(principal).fields();
      case "resource" -> world.entityType(resource).fields();
      default -> action.context().fields();
    };
  }

  /** A way from a variable to a value of a type, or the empty text. */
  private String path(Kind wanted) {
    List<String> found = new ArrayList<>();
    for (String owner : List.of("principal", "resource", "context")) {
      collect(owner, fields(owner), wanted, 3, found);
    }
    return found.isEmpty() ? "" : world.pick(found);
  }

  private void collect(
      String owner, Map<String, Field> fields, Kind wanted, int depth, List<String> into) {
    fields.forEach((name, field) -> {
      if (!field.required() && !world.chance(4)) {
        return;
      }
      boolean plain = name.matches("[a-zA-Z]+") && !name.matches("if|is|in");
      String access = plain && world.chance(70) ? owner + "." + name : owner + "[\"" + name + "\"]";
      if (field.kind().equals(wanted)) {
        into.add(access);
      }
      if (depth > 0) {
        if (field.kind() instanceof Kind.RecordOf(var inner)) {
          collect(access, inner, wanted, depth - 1, into);
        } else if (field.kind() instanceof Kind.Ref(var type)) {
          collect(access, world.entityType(type).fields(), wanted, depth - 1, into);
        }
      }
    });
  }
}
