package dev.bylaw.cedar.differential;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A schema made out of a seed, as a model that others make policies and entities for. */
final class World {
  /** A type of values. */
  sealed interface Kind {
    record Bool() implements Kind {}

    record Int() implements Kind {}

    record Text() implements Kind {}

    record Ref(String type) implements Kind {}

    record Ext(String name) implements Kind {}

    record SetOf(Kind element) implements Kind {}

    record RecordOf(Map<String, Field> fields) implements Kind {}
  }

  /** An attribute. */
  record Field(Kind kind, boolean required) {}

  /** An entity type; {@code choices} are empty unless it is enumerated. */
  record EntityType(
      String name,
      Map<String, Field> fields,
      List<String> parents,
      Kind tags,
      List<String> choices) {}

  /** An action; it applies to nothing if it has no principals. */
  record Action(
      String uid,
      List<String> parents,
      List<String> principals,
      List<String> resources,
      Kind.RecordOf context) {}

  static final Kind BOOL = new Kind.Bool();
  static final Kind INT = new Kind.Int();
  static final Kind TEXT = new Kind.Text();
  private static final List<String> EXTENSIONS =
      List.of("ipaddr", "decimal", "datetime", "duration");
  private static final String[] ATTRIBUTES = {
    "a", "b", "name", "owner", "n", "a b", "if", "Long", "é", "x", "is", "principal"
  };

  final List<EntityType> entityTypes = new ArrayList<>();
  final List<Action> actions = new ArrayList<>();
  private final Set<String> external = new HashSet<>();
  private final Map<String, Kind> commonTypes = new LinkedHashMap<>();
  private final Random random;

  World(Random random) {
    this.random = random;
    List<String> spaces = new ArrayList<>(List.of(pick("", "", "N"), pick("", "M::K")));
    List<String> names = new ArrayList<>();
    for (String base : List.of("User", "Group", "Doc", "Color", "Box", "T1")) {
      names.add(in(spaces.get(random.nextInt(2)), base));
    }
    for (String name : names) {
      if (name.endsWith("T1")) {
        commonTypes.put(name, chance(60) ? record(names, 2) : kind(names, 2));
      }
    }
    for (String name : names.subList(0, 5)) {
      entityTypes.add(entityType(name, names));
    }
    for (String id : List.of("view", "edit", "all", "read it")) {
      actions.add(action(in(spaces.get(random.nextInt(2)), "Action"), id, names));
    }
    if (chance(3)) {
      external.add(pick(pick(entityTypes).name, pick(actions).uid));
    }
  }

  private static String in(String space, String name) {
    return space.isEmpty() ? name : space + "::" + name;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  @SafeVarargs
  final <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private EntityType entityType(String name, List<String> names) {
    if (name.endsWith("Color")) {
      return new EntityType(name, Map.of(), List.of(), null, List.of("red", "green", "sky \"1\""));
    }
    List<String> parents = new ArrayList<>();
    for (String other : names.subList(0, 3)) {
      if (chance(30)) {
        parents.add(other);
      }
    }
    Kind tags = chance(35) ? kind(names, 1) : null;
    return new EntityType(name, fields(names, 2), parents, tags, List.of());
  }

  private Action action(String type, String id, List<String> names) {
    String uid = type + "::\"" + id + "\"";
    List<String> parents = new ArrayList<>();
    for (Action before : actions) {
      if (chance(35)) {
        parents.add(before.uid);
      }
    }
    if (chance(12)) {
      return new Action(uid, parents, List.of(), List.of(), new Kind.RecordOf(Map.of()));
    }
    return new Action(uid, parents, some(names), some(names), record(names, 2));
  }

  private List<String> some(List<String> names) {
    List<String> found = new ArrayList<>();
    for (String name : names.subList(0, 5)) {
      if (chance(40)) {
        found.add(name);
      }
    }
    return found.isEmpty() ? List.of(names.get(0)) : found;
  }

  private Kind.RecordOf record(List<String> names, int depth) {
    return new Kind.RecordOf(fields(names, depth));
  }

  private Map<String, Field> fields(List<String> names, int depth) {
    var fields = new LinkedHashMap<String, Field>();
    for (int i = random.nextInt(5); i > 0; i--) {
      fields.put(pick(ATTRIBUTES), new Field(kind(names, depth), chance(55)));
    }
    return fields;
  }

  private Kind kind(List<String> names, int depth) {
    return switch (random.nextInt(depth > 0 ? 12 : 8)) {
      case 0, 1 -> BOOL;
      case 2, 3 -> INT;
      case 4 -> TEXT;
      case 5, 6 -> new Kind.Ref(pick(names.subList(0, 5)));
      case 7 -> new Kind.Ext(pick(EXTENSIONS));
      case 8, 9 -> new Kind.SetOf(kind(names, depth - 1));
      default -> record(names, depth - 1);
    };
  }

  EntityType entityType(String name) {
    return entityTypes.stream().filter(t -> t.name.equals(name)).findFirst().orElseThrow();
  }

  /** The schema in Cedar's language; common types and short names are used by chance. */
  String schema() {
    var bySpace = new LinkedHashMap<String, StringBuilder>();
    commonTypes.forEach((name, kind) ->
        out(bySpace, space(name))
            .append("type ")
            .append(base(name))
            .append(" = ")
            .append(written(kind, space(name), false))
            .append(";\n"));
    for (EntityType type : entityTypes) {
      StringBuilder out = out(bySpace, space(type.name));
      if (external.contains(type.name)) {
        out.append("external entity ").append(base(type.name));
        out.append(type.parents.isEmpty() ? "" : " in " + names(type.parents, space(type.name)));
        out.append(";\n");
        continue;
      }
      out.append("entity ").append(base(type.name));
      if (!type.choices.isEmpty()) {
        out.append(" enum [\"red\", \"green\", \"sky \\\"1\\\"\"];\n");
        continue;
      }
      String in = names(type.parents, space(type.name));
      out.append(type.parents.isEmpty() ? "" : " in " + in).append(chance(50) ? " = " : " ");
      out.append(written(new Kind.RecordOf(type.fields), space(type.name), false));
      String tags = type.tags == null ? "" : " tags " + written(type.tags, space(type.name), true);
      out.append(tags).append(";\n");
    }
    for (Action action : actions) {
      action(out(bySpace, space(action.uid)), action);
    }
    var all = new StringBuilder();
    bySpace.forEach((space, body) ->
        all.append(
            space.isEmpty() ? body.toString() : "namespace " + space + " {\n" + body + "}\n"));
    return all.toString();
  }

  private void action(StringBuilder out, Action action) {
    String space = space(action.uid);
    out.append(external.contains(action.uid) ? "external " : "");
    out.append("action ").append(action.uid.substring(action.uid.indexOf('"')));
    if (!action.parents.isEmpty()) {
      out.append(" in [").append(String.join(", ", action.parents)).append(']');
    }
    if (!action.principals.isEmpty() && !external.contains(action.uid)) {
      out.append(" appliesTo { principal: ").append(names(action.principals, space));
      out.append(", resource: ").append(names(action.resources, space));
      out.append(", context: ").append(written(action.context, space, false)).append(" }");
    }
    out.append(";\n");
  }

  private static StringBuilder out(Map<String, StringBuilder> bySpace, String space) {
    return bySpace.computeIfAbsent(space, _ -> new StringBuilder());
  }

  /** The namespace of a type, or of the type of an action. */
  private static String space(String name) {
    int quote = name.indexOf("::\"");
    String type = quote < 0 ? name : name.substring(0, quote);
    int at = type.lastIndexOf("::");
    return at < 0 ? "" : type.substring(0, at);
  }

  private static String base(String name) {
    return name.substring(name.lastIndexOf(':') + 1);
  }

  private String name(String name, String space) {
    return space(name).equals(space) && chance(50) ? base(name) : name;
  }

  private String names(List<String> names, String space) {
    return "["
        + names.stream().map(n -> name(n, space)).collect(java.util.stream.Collectors.joining(", "))
        + "]";
  }

  private String written(Kind kind, String space, boolean named) {
    if (named && chance(50)) {
      for (var common : commonTypes.entrySet()) {
        if (common.getValue().equals(kind)) {
          return name(common.getKey(), space);
        }
      }
    }
    return switch (kind) {
      case Kind.Bool _ -> pick("Bool", "__cedar::Bool");
      case Kind.Int _ -> pick("Long", "__cedar::Long");
      case Kind.Text _ -> "String";
      case Kind.Ref(var type) -> name(type, space);
      case Kind.Ext(var name) -> pick(name, "__cedar::" + name);
      case Kind.SetOf(var element) -> "Set<" + written(element, space, true) + ">";
      case Kind.RecordOf(var fields) -> {
        var out = new StringBuilder("{");
        fields.forEach((field, f) ->
            out.append('"')
                .append(field)
                .append('"')
                .append(f.required ? ": " : "?: ")
                .append(written(f.kind, space, true))
                .append(", "));
        yield out.append('}').toString();
      }
    };
  }
}
