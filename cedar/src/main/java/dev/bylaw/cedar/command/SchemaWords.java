package dev.bylaw.cedar.command;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong first with the form of a JSON schema, in the words of Cedar's own tool. */
final class SchemaWords {
  private static final List<String> TYPE_FIELDS =
      List.of("type", "element", "attributes", "additionalAttributes", "name");
  private static final String NAME = "a name consisting of an optional namespace and id";
  private static final Set<String> BESIDE_TYPES = Set.of("required", "annotations");

  private final JsonWords words;

  private SchemaWords(JsonWords words) {
    this.words = words;
  }

  /** The first mistake; empty if the form is right. */
  static String mistake(String json) {
    var words = new JsonWords(json);
    var schema = new SchemaWords(words);
    try {
      schema.map(schema::namespace);
      words.end();
      return "";
    } catch (JsonWords.Mistake found) {
      return String.valueOf(found.getMessage());
    }
  }

  private void map(Runnable value) {
    var seen = new HashSet<String>();
    words.object(
        "a map",
        name -> {
          words.colon();
          value.run();
          if (!seen.add(name)) {
            throw words.mistake("invalid entry: found duplicate key");
          }
        });
  }

  /** A structure; its fields in their order, those that must be there under their names. */
  private void struct(
      String name, List<String> fields, Set<String> wanted, Map<String, Runnable> readers) {
    if (words.isNext(JsonWords.Kind.ARRAY)) {
      words.array("", words::any);
      throw words.mistake(
          "invalid length 0, expected struct " + name + " with " + fields.size() + " elements");
    }
    var seen = new HashSet<String>();
    words.object(
        "struct " + name,
        field -> {
          if (!fields.contains(field)) {
            words.peek();
            throw unknown(field, fields);
          }
          if (!seen.add(field)) {
            words.peek();
            throw words.mistake("duplicate field `" + field + "`");
          }
          words.colon();
          Runnable reader = readers.get(field);
          if (reader == null) {
            words.any();
          } else {
            reader.run();
          }
        });
    for (String field : fields) {
      if (wanted.contains(field) && !seen.contains(field)) {
        throw words.mistake("missing field `" + field + "`");
      }
    }
  }

  private JsonWords.Mistake unknown(String field, List<String> known) {
    String names = known.stream().map(each -> "`" + each + "`").collect(Collectors.joining(", "));
    String expected =
        switch (known.size()) {
          case 0 -> "there are no fields";
          case 1 -> "expected " + names;
          case 2 -> "expected " + names.replace(", ", " or ");
          default -> "expected one of " + names;
        };
    return words.mistake("unknown field `" + field + "`, " + expected);
  }

  private void namespace() {
    struct(
        "NamespaceDefinition",
        List.of("commonTypes", "entityTypes", "actions", "annotations"),
        Set.of("entityTypes", "actions"),
        Map.of(
            "commonTypes", () -> map(() -> flattened("CommonType")),
            "entityTypes", () -> map(this::entityType),
            "actions", () -> map(this::action),
            "annotations", this::annotations));
  }

  private void annotations() {
    words.object(
        "a map",
        _ -> {
          words.colon();
          optional(() -> words.text("a string"));
        });
  }

  private void entityType() {
    struct(
        "Everything",
        List.of("memberOfTypes", "shape", "tags", "enum", "external", "annotations"),
        Set.of(),
        Map.of(
            "memberOfTypes", this::names,
            "shape", this::type,
            "tags", this::type,
            "enum", () -> words.array("a sequence", () -> words.text("a string")),
            "external", words::bool,
            "annotations", this::annotations));
  }

  private void names() {
    words.array("a sequence", () -> words.text(NAME));
  }

  private void optional(Runnable value) {
    if (words.isNext(JsonWords.Kind.NULL)) {
      words.any();
    } else {
      value.run();
    }
  }

  private void action() {
    struct(
        "UncheckedActionType",
        List.of("attributes", "appliesTo", "memberOf", "external", "annotations"),
        Set.of(),
        Map.of(
            "attributes",
                () ->
                    optional(() ->
                        words.object(
                            "a map",
                            _ -> {
                              words.colon();
                              words.any();
                            })),
            "appliesTo", () -> optional(this::applies),
            "memberOf", () -> optional(() -> words.array("a sequence", this::parent)),
            "external", () -> optional(words::bool),
            "annotations", this::annotations));
  }

  private void applies() {
    struct(
        "ApplySpec",
        List.of("resourceTypes", "principalTypes", "context"),
        Set.of("resourceTypes", "principalTypes"),
        Map.of("resourceTypes", this::names, "principalTypes", this::names, "context", this::type));
  }

  private void parent() {
    struct(
        "ActionEntityUID",
        List.of("id", "type"),
        Set.of("id"),
        Map.of(
            "id", () -> words.text("a string"),
            "type", () -> optional(() -> words.text(NAME))));
  }

  private void type() {
    type(Set.of());
  }

  /** A type, of whose object some fields belong to what is round it. */
  private void type(Set<String> beside) {
    var seen = new HashSet<String>();
    var name = new StringBuilder();
    words.object(
        "builtin type or reference to type defined in commonTypes",
        field -> {
          if (beside.contains(field)) {
            words.colon();
            words.any();
            return;
          }
          if (!TYPE_FIELDS.contains(field)) {
            words.peek();
            throw unknown(field, TYPE_FIELDS);
          }
          if (!seen.add(field)) {
            words.peek();
            throw words.mistake("duplicate field `" + field + "`");
          }
          words.colon();
          switch (field) {
            case "type" -> name.append(words.text("a string"));
            case "name" -> words.text("a string");
            case "additionalAttributes" -> words.bool();
            case "element" -> type();
            default -> map(() -> flattened("TypeOfAttribute"));
          }
        });
    if (!seen.contains("type")) {
      throw words.mistake("missing field `type`");
    }
    switch (name.toString()) {
      case "Set" -> fields(seen, List.of("element"), "element");
      case "Record" -> fields(seen, List.of("attributes", "additionalAttributes"), "attributes");
      case "Entity", "EntityOrCommon", "Extension" -> fields(seen, List.of("name"), "name");
      default -> fields(seen, List.of(), "");
    }
  }

  private void fields(Set<String> seen, List<String> allowed, String wanted) {
    for (String field : List.of("element", "attributes", "additionalAttributes", "name")) {
      if (seen.contains(field) && !allowed.contains(field)) {
        throw unknown(field, allowed);
      }
    }
    if (!wanted.isEmpty() && !seen.contains(wanted)) {
      throw words.mistake("missing field `" + wanted + "`");
    }
  }

  /** A type in one object with what belongs to it: read whole first, and told at its end. */
  private void flattened(String name) {
    words.peek();
    int start = words.offset();
    words.object(
        "struct " + name,
        field -> {
          words.colon();
          if (field.equals("required") && name.equals("TypeOfAttribute")) {
            words.bool();
          } else if (field.equals("annotations")) {
            annotations();
          } else {
            words.any();
          }
        });
    var inner = new SchemaWords(new JsonWords(words.since(start), words.here()));
    inner.type(name.equals("CommonType") ? Set.of("annotations") : BESIDE_TYPES);
  }
}
