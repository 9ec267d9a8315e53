package dev.bylaw.cedar.differential;

import dev.bylaw.cedar.differential.World.Field;
import dev.bylaw.cedar.differential.World.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes entities and requests that fit the schema of a world more often than not. */
final class StoreMaker {
  /** A request; entities as Cedar text, the context as JSON. */
  record Asked(String principal, String action, String resource, String context) {}

  private final World world;
  private final boolean sloppy;

  /**
   * For a world.
   *
   * @param sloppy whether the entities may have mistakes
   */
  StoreMaker(World world, boolean sloppy) {
    this.world = world;
    this.sloppy = sloppy;
  }

  private boolean slip() {
    return sloppy && world.chance(3);
  }

  String entities() {
    return entities(0);
  }

  /**
   * Entities of which not all is known.
   *
   * @param gaps how often a part is left out, in a hundred
   */
  String entities(int gaps) {
    List<String> all = new ArrayList<>();
    for (World.EntityType type : world.entityTypes) {
      List<String> ids = type.choices().isEmpty() ? List.of("a", "b", "c") : type.choices();
      for (String id : ids) {
        if (world.chance(75)) {
          all.add(entity(type, id, gaps));
        }
      }
    }
    if (slip()) {
      all.add("{\"uid\": {\"type\": \"Nope\", \"id\": \"a\"}, \"attrs\": {}, \"parents\": []}");
    }
    return all.stream().collect(Collectors.joining(",\n", "[", "]"));
  }

  private String entity(World.EntityType type, String id, int gaps) {
    List<String> parents = new ArrayList<>();
    for (String parent : type.parents()) {
      // Only into what comes earlier, so that there is no cycle, unless by a slip.
      String other =
          parent.equals(type.name()) || type.parents().contains(type.name()) ? "" : "abc";
      String known =
          world.entityTypes.indexOf(world.entityType(parent)) < world.entityTypes.indexOf(type)
              ? "abc"
              : other;
      if (parent.compareTo(type.name()) < 0 && !known.isEmpty() && world.chance(60)) {
        parents.add(uid(parent, world.pick("a", "b", "c")));
      } else if (parent.equals(type.name()) && !id.equals("a") && world.chance(60)) {
        parents.add(uid(parent, "a"));
      }
    }
    if (slip()) {
      parents.add(uid(world.pick(world.entityTypes).name(), "a"));
    }
    String tags = "";
    if (type.tags() != null ? world.chance(60) : slip()) {
      Kind kind = type.tags() == null ? World.INT : type.tags();
      tags = "\"" + world.pick("x", "y") + "\": " + json(kind);
    }
    String uid = "{\"uid\": " + uid(type.name(), id);
    String attributes = ", \"attrs\": " + record(type.fields());
    String above = ", \"parents\": [" + String.join(", ", parents) + "]";
    return uid
        + (world.chance(gaps) ? "" : attributes)
        + (world.chance(gaps) ? "" : above)
        + (world.chance(gaps) ? "" : ", \"tags\": {" + tags + "}")
        + "}";
  }

  static String uid(String type, String id) {
    return "{\"type\": \"" + type + "\", \"id\": \"" + id.replace("\"", "\\\"") + "\"}";
  }

  private String record(Map<String, Field> fields) {
    List<String> members = new ArrayList<>();
    fields.forEach((name, field) -> {
      if ((field.required() && !slip()) || (!field.required() && world.chance(60))) {
        members.add("\"" + name + "\": " + json(field.kind()));
      }
    });
    if (slip()) {
      members.add("\"extra\": 1");
    }
    return "{" + String.join(", ", members) + "}";
  }

  private String json(Kind kind) {
    if (slip()) {
      return world.pick("1", "\"a\"", "true", "[]", "{}", "[1, \"a\"]", "null", "1.5");
    }
    return switch (kind) {
      case Kind.Bool _ -> world.pick("true", "false");
      case Kind.Int _ -> world.pick("0", "1", "-3", "7", "9223372036854775807");
      case Kind.Text _ -> "\"" + world.pick("a", "ab", "a*b", "é", "", "x") + "\"";
      case Kind.Ref(var type) -> {
        World.EntityType of = world.entityType(type);
        String id = of.choices().isEmpty() ? world.pick("a", "b", "c") : world.pick(of.choices());
        String uid = uid(type, slip() ? "zz" : id);
        yield world.chance(50) ? "{\"__entity\": " + uid + "}" : uid;
      }
      case Kind.Ext(var name) -> extension(name);
      case Kind.SetOf(var element) ->
          world.pick(
              "[]", "[" + json(element) + "]", "[" + json(element) + ", " + json(element) + "]");
      case Kind.RecordOf(var fields) -> record(fields);
    };
  }

  private String extension(String name) {
    String function = name.equals("ipaddr") ? "ip" : name;
    String text =
        switch (name) {
          case "ipaddr" -> world.pick("10.0.0.1", "10.0.0.0/8", "::1", "ff02::1");
          case "decimal" -> world.pick("1.5", "-0.0001", "100.0");
          case "duration" -> world.pick("1d2h", "-5ms", "0ms");
          default -> world.pick("2024-02-29", "1969-12-31T23:59:59.999Z");
        };
    if (slip()) {
      text = "bad";
    }
    return world.pick(
        "\"" + text + "\"",
        "{\"__extn\": {\"fn\": \"" + function + "\", \"arg\": \"" + text + "\"}}",
        "{\"fn\": \"" + function + "\", \"arg\": \"" + text + "\"}");
  }

  Asked request() {
    World.Action action = world.pick(world.actions);
    boolean off = world.chance(6) || action.principals().isEmpty();
    String principal = off ? world.pick(world.entityTypes).name() : world.pick(action.principals());
    String resource = off ? world.pick(world.entityTypes).name() : world.pick(action.resources());
    var policies = new PolicyMaker(world);
    return new Asked(
        policies.uid(principal),
        action.uid(),
        policies.uid(resource),
        record(action.context().fields()));
  }
}
