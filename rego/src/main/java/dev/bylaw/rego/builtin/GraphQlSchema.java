package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The types of a schema document with its extensions, checked (GraphQL, June 2018, section 3). */
final class GraphQlSchema {
  private static final String PRELUDE =
      """
      scalar Int
      scalar Float
      scalar String
      scalar Boolean
      scalar ID
      directive @include(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
      directive @skip(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
      directive @deprecated(reason: String = "No longer supported") on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
      directive @specifiedBy(url: String!) on SCALAR
      directive @defer(if: Boolean = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
      directive @oneOf on INPUT_OBJECT
      type __Schema { description: String types: [__Type!]! queryType: __Type! mutationType: __Type subscriptionType: __Type directives: [__Directive!]! }
      type __Type { kind: __TypeKind! name: String description: String specifiedByURL: String fields(includeDeprecated: Boolean = false): [__Field!] interfaces: [__Type!] possibleTypes: [__Type!] enumValues(includeDeprecated: Boolean = false): [__EnumValue!] inputFields(includeDeprecated: Boolean = false): [__InputValue!] ofType: __Type isOneOf: Boolean }
      type __Field { name: String! description: String args(includeDeprecated: Boolean = false): [__InputValue!]! type: __Type! isDeprecated: Boolean! deprecationReason: String }
      type __InputValue { name: String! description: String type: __Type! defaultValue: String isDeprecated: Boolean! deprecationReason: String }
      type __EnumValue { name: String! description: String isDeprecated: Boolean! deprecationReason: String }
      enum __TypeKind { SCALAR OBJECT INTERFACE UNION ENUM INPUT_OBJECT LIST NON_NULL }
      type __Directive { name: String! description: String locations: [__DirectiveLocation!]! args(includeDeprecated: Boolean = false): [__InputValue!]! isRepeatable: Boolean! }
      enum __DirectiveLocation { QUERY MUTATION SUBSCRIPTION FIELD FRAGMENT_DEFINITION FRAGMENT_SPREAD INLINE_FRAGMENT VARIABLE_DEFINITION SCHEMA SCALAR OBJECT FIELD_DEFINITION ARGUMENT_DEFINITION INTERFACE UNION ENUM ENUM_VALUE INPUT_OBJECT INPUT_FIELD_DEFINITION }
      """;

  private static final Map<String, String> PLACES =
      Map.of(
          "SCALAR", "SCALAR",
          "OBJECT", "OBJECT",
          "INTERFACE", "INTERFACE",
          "UNION", "UNION",
          "ENUM", "ENUM",
          "INPUT_OBJECT", "INPUT_OBJECT");

  final Map<String, ObjectValue> types = new LinkedHashMap<>();
  final Map<String, ObjectValue> directives = new HashMap<>();
  final Map<String, String> roots = new HashMap<>();
  private final Set<String> own = new HashSet<>();

  private GraphQlSchema() {}

  /**
   * The schema of a document.
   *
   * @throws BuiltinFailure with the first thing that is wrong
   */
  static GraphQlSchema of(ObjectValue document) {
    var schema = new GraphQlSchema();
    schema.add(new GraphQlParser(PRELUDE).schema());
    int builtIn = schema.types.size();
    schema.add(document);
    schema.types.keySet().stream().skip(builtIn).forEach(schema.own::add);
    schema.roots(document);
    schema.check();
    return schema;
  }

  static List<ObjectValue> list(ObjectValue o, String key) {
    List<ObjectValue> all = new ArrayList<>();
    if (o.get(key) instanceof ArrayValue list) {
      for (Value v : list) {
        if (v instanceof ObjectValue item) {
          all.add(item);
        }
      }
    }
    return all;
  }

  static List<String> texts(ObjectValue o, String key) {
    List<String> all = new ArrayList<>();
    if (o.get(key) instanceof ArrayValue list) {
      list.forEach(v -> all.add(Strings.text(v)));
    }
    return all;
  }

  static @Nullable ObjectValue named(List<ObjectValue> all, String name) {
    return all.stream().filter(o -> o.text("Name").equals(name)).findFirst().orElse(null);
  }

  private static BuiltinFailure failure(String message) {
    return BuiltinFailure.error(message + " in GraphQL string at location 1:1");
  }

  private void add(ObjectValue document) {
    for (ObjectValue d : list(document, "Definitions")) {
      if (types.put(d.text("Name"), d) != null) {
        throw failure("Cannot redeclare type " + d.text("Name") + ".");
      }
    }
    for (ObjectValue e : list(document, "Extensions")) {
      ObjectValue base = types.get(e.text("Name"));
      if (base == null) {
        types.put(e.text("Name"), e);
        continue;
      }
      if (!base.text("Kind").equals(e.text("Kind"))) {
        throw failure(
            "Cannot extend type "
                + e.text("Name")
                + " because the base type is a "
                + base.text("Kind")
                + ", not "
                + e.text("Kind")
                + ".");
      }
      for (String part : List.of("Fields", "EnumValues", "Directives", "Interfaces", "Types")) {
        if (e.get(part) instanceof ArrayValue more) {
          List<Value> both = new ArrayList<>();
          if (base.get(part) instanceof ArrayValue before) {
            both.addAll(before.elements());
          }
          both.addAll(more.elements());
          base = base.with(part, ArrayValue.of(both));
        }
      }
      types.put(e.text("Name"), base);
    }
    for (ObjectValue d : list(document, "Directives")) {
      if (directives.put(d.text("Name"), d) != null) {
        throw failure("Cannot redeclare directive " + d.text("Name") + ".");
      }
    }
  }

  private void roots(ObjectValue document) {
    List<ObjectValue> declared = list(document, "Schema");
    if (declared.size() > 1) {
      throw failure(
          "Cannot have multiple schema entry points, consider schema extensions instead.");
    }
    List<ObjectValue> all = new ArrayList<>(declared);
    all.addAll(list(document, "SchemaExtension"));
    for (ObjectValue s : all) {
      for (ObjectValue o : list(s, "OperationTypes")) {
        if (!types.containsKey(o.text("Type"))) {
          throw failure(
              "Schema root "
                  + o.text("Operation")
                  + " refers to a type "
                  + o.text("Type")
                  + " that does not exist.");
        }
        roots.put(o.text("Operation"), o.text("Type"));
      }
      checkDirectives(s, "SCHEMA");
    }
    if (declared.isEmpty()) {
      for (String[] usual :
          new String[][] {
            {"query", "Query"}, {"mutation", "Mutation"}, {"subscription", "Subscription"}
          }) {
        if (types.containsKey(usual[1])) {
          roots.putIfAbsent(usual[0], usual[1]);
        }
      }
    }
  }

  private void check() {
    for (ObjectValue d : directives.values()) {
      for (ObjectValue a : list(d, "Arguments")) {
        input(a, "directive " + d.text("Name"));
      }
    }
    for (String name : own) {
      ObjectValue type = types.get(name);
      if (type != null) {
        checkType(type);
      }
    }
  }

  private void checkType(ObjectValue type) {
    String kind = type.text("Kind");
    String name = type.text("Name");
    reserved(name);
    List<ObjectValue> fields = list(type, "Fields");
    switch (kind) {
      case "OBJECT", "INTERFACE" -> {
        if (fields.isEmpty()) {
          throw failure(kind + " " + name + ": must define one or more fields.");
        }
        fields.forEach(f -> outputField(f, name));
        texts(type, "Interfaces").forEach(i -> implementation(type, i));
      }
      case "INPUT_OBJECT" -> {
        if (fields.isEmpty()) {
          throw failure(kind + " " + name + ": must define one or more input fields.");
        }
        fields.forEach(f -> input(f, name));
      }
      case "ENUM" -> {
        List<ObjectValue> values = list(type, "EnumValues");
        if (values.isEmpty()) {
          throw failure(kind + " " + name + ": must define one or more unique enum values.");
        }
        unique(values, name);
        values.forEach(v -> checkDirectives(v, "ENUM_VALUE"));
      }
      case "UNION" -> {
        for (String member : texts(type, "Types")) {
          ObjectValue found = types.get(member);
          if (found == null) {
            throw failure("Undefined type " + member + ".");
          }
          if (!found.text("Kind").equals("OBJECT")) {
            throw failure("UNION type " + member + " must be OBJECT.");
          }
        }
      }
      default -> {}
    }
    unique(fields, name);
    checkDirectives(type, PLACES.getOrDefault(kind, kind));
  }

  private static void unique(List<ObjectValue> all, String where) {
    Set<String> seen = new HashSet<>();
    for (ObjectValue o : all) {
      if (!seen.add(o.text("Name"))) {
        throw failure("Field " + where + "." + o.text("Name") + " can only be defined once.");
      }
    }
  }

  private static void reserved(String name) {
    if (name.startsWith("__")) {
      throw failure(
          "Name \""
              + name
              + "\" must not begin with \"__\", which is reserved by GraphQL introspection.");
    }
  }

  private void outputField(ObjectValue field, String where) {
    reserved(field.text("Name"));
    ObjectValue type = type(field);
    if (type.text("Kind").equals("INPUT_OBJECT")) {
      throw failure(
          "field "
              + where
              + "."
              + field.text("Name")
              + " must be one of SCALAR, OBJECT, INTERFACE, UNION, ENUM.");
    }
    list(field, "Arguments").forEach(a -> input(a, where));
    checkDirectives(field, "FIELD_DEFINITION");
  }

  private void input(ObjectValue field, String where) {
    reserved(field.text("Name"));
    String kind = type(field).text("Kind");
    if (!isInput(kind)) {
      throw failure(
          kind
              + " field "
              + where
              + "."
              + field.text("Name")
              + " must be one of SCALAR, ENUM, INPUT_OBJECT.");
    }
    checkDirectives(field, "");
  }

  static boolean isInput(String kind) {
    return kind.equals("SCALAR") || kind.equals("ENUM") || kind.equals("INPUT_OBJECT");
  }

  private ObjectValue type(ObjectValue field) {
    String name = innermost(field.get("Type"));
    ObjectValue type = types.get(name);
    if (type == null) {
      throw failure("Undefined type " + name + ".");
    }
    return type;
  }

  static String innermost(@Nullable Value type) {
    Value here = type;
    while (here instanceof ObjectValue o && o.get("Elem") instanceof ObjectValue inner) {
      here = inner;
    }
    return here instanceof ObjectValue o ? o.text("NamedType") : "";
  }

  /** A type as it is written. */
  static String written(@Nullable Value type) {
    if (!(type instanceof ObjectValue o)) {
      return "";
    }
    String inner = o.get("Elem") == null ? o.text("NamedType") : "[" + written(o.get("Elem")) + "]";
    return o.get("NonNull") == BooleanValue.TRUE ? inner + "!" : inner;
  }

  private void implementation(ObjectValue type, String name) {
    ObjectValue face = types.get(name);
    if (face == null) {
      throw failure("Undefined type " + name + ".");
    }
    if (!face.text("Kind").equals("INTERFACE")) {
      throw failure(name + " is a non interface type " + face.text("Kind") + ".");
    }
    for (ObjectValue wanted : list(face, "Fields")) {
      ObjectValue field = named(list(type, "Fields"), wanted.text("Name"));
      if (field == null) {
        throw failure(
            "For "
                + type.text("Name")
                + " to implement "
                + name
                + " it must have a field called "
                + wanted.text("Name")
                + ".");
      }
      if (!covers(wanted.get("Type"), field.get("Type"))) {
        throw failure(
            "For "
                + type.text("Name")
                + " to implement "
                + name
                + " the field "
                + wanted.text("Name")
                + " must have type "
                + written(wanted.get("Type"))
                + ".");
      }
      for (ObjectValue a : list(wanted, "Arguments")) {
        if (named(list(field, "Arguments"), a.text("Name")) == null) {
          throw failure(
              "For "
                  + type.text("Name")
                  + " to implement "
                  + name
                  + " the field "
                  + wanted.text("Name")
                  + " must have the same arguments.");
        }
      }
    }
    for (String further : texts(face, "Interfaces")) {
      if (!texts(type, "Interfaces").contains(further)) {
        throw failure(
            "Type "
                + type.text("Name")
                + " must implement "
                + further
                + " because it is implemented by "
                + name
                + ".");
      }
    }
  }

  /** Whether a field's type may stand where another is promised. */
  private boolean covers(@Nullable Value wanted, @Nullable Value given) {
    if (!(wanted instanceof ObjectValue w) || !(given instanceof ObjectValue g)) {
      return false;
    }
    if (w.get("NonNull") == BooleanValue.TRUE && g.get("NonNull") != BooleanValue.TRUE) {
      return false;
    }
    if (w.get("Elem") != null || g.get("Elem") != null) {
      return covers(w.get("Elem"), g.get("Elem"));
    }
    String name = w.text("NamedType");
    ObjectValue type = types.get(g.text("NamedType"));
    return name.equals(g.text("NamedType"))
        || (type != null && possible(name).contains(type.text("Name")))
        || (type != null && texts(type, "Interfaces").contains(name));
  }

  /** The object types that a type can be. */
  Set<String> possible(String name) {
    Set<String> all = new HashSet<>();
    ObjectValue type = types.get(name);
    if (type == null) {
      return all;
    }
    switch (type.text("Kind")) {
      case "OBJECT" -> all.add(name);
      case "UNION" -> all.addAll(texts(type, "Types"));
      case "INTERFACE" ->
          types.forEach((n, t) -> {
            if (t.text("Kind").equals("OBJECT") && texts(t, "Interfaces").contains(name)) {
              all.add(n);
            }
          });
      default -> {}
    }
    return all;
  }

  private void checkDirectives(ObjectValue at, String location) {
    for (ObjectValue d : list(at, "Directives")) {
      ObjectValue known = directives.get(d.text("Name"));
      if (known == null) {
        throw failure("Undefined directive " + d.text("Name") + ".");
      }
      if (!location.isEmpty()
          && known.get("Locations") instanceof ArrayValue all
          && !all.elements().contains(StringValue.of(location))) {
        throw failure("Directive " + d.text("Name") + " is not applicable on " + location + ".");
      }
    }
  }
}
