package dev.bylaw.rego.builtin;

import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether a query fits a schema (GraphQL, June 2018, section 5). */
final class GraphQlQuery {
  private static final int MOST_DEEP = 100;

  private final GraphQlSchema schema;
  private final Function<Value, String> place;
  private final Map<String, ObjectValue> fragments = new HashMap<>();
  private final Set<String> usedFragments = new HashSet<>();
  private Map<String, ObjectValue> variables = new HashMap<>();
  private Set<String> usedVariables = new HashSet<>();
  private int depth;

  GraphQlQuery(GraphQlSchema schema, Function<Value, String> place) {
    this.schema = schema;
    this.place = place;
  }

  private BuiltinFailure failure(String message, Value at) {
    String where = place.apply(at);
    return BuiltinFailure.error(
        message + (where.isEmpty() ? "" : " in GraphQL string at location " + where));
  }

  /**
   * Checks a query document.
   *
   * @throws BuiltinFailure with the first thing that is wrong
   */
  void check(ObjectValue document) {
    for (ObjectValue f : GraphQlSchema.list(document, "Fragments")) {
      if (fragments.put(f.text("Name"), f) != null) {
        throw failure("There can be only one fragment named \"" + f.text("Name") + "\".", f);
      }
    }
    List<ObjectValue> operations = GraphQlSchema.list(document, "Operations");
    Set<String> names = new HashSet<>();
    for (ObjectValue o : operations) {
      if (o.text("Name").isEmpty() && operations.size() > 1) {
        throw failure("This anonymous operation must be the only defined operation.", o);
      }
      if (!names.add(o.text("Name"))) {
        throw failure("There can be only one operation named \"" + o.text("Name") + "\".", o);
      }
    }
    operations.forEach(this::operation);
    for (ObjectValue f : fragments.values()) {
      if (!usedFragments.contains(f.text("Name"))) {
        throw failure("Fragment \"" + f.text("Name") + "\" is never used.", f);
      }
    }
  }

  private void operation(ObjectValue o) {
    String root = schema.roots.get(o.text("Operation"));
    ObjectValue type = root == null ? null : schema.types.get(root);
    if (type == null) {
      throw failure("Schema does not support operation type \"" + o.text("Operation") + "\"", o);
    }
    variables = new HashMap<>();
    usedVariables = new HashSet<>();
    for (ObjectValue v : GraphQlSchema.list(o, "VariableDefinitions")) {
      String name = v.text("Variable");
      if (variables.put(name, v) != null) {
        throw failure("There can be only one variable named \"$" + name + "\".", v);
      }
      ObjectValue known = schema.types.get(GraphQlSchema.innermost(v.get("Type")));
      if (known == null) {
        throw failure("Unknown type \"" + GraphQlSchema.innermost(v.get("Type")) + "\".", v);
      }
      if (!GraphQlSchema.isInput(known.text("Kind"))) {
        throw failure(
            "Variable \"$"
                + name
                + "\" cannot be non-input type \""
                + GraphQlSchema.written(v.get("Type"))
                + "\".",
            v);
      }
      if (v.get("DefaultValue") instanceof ObjectValue value) {
        value(value, v.get("Type"));
      }
    }
    String location = o.text("Operation").toUpperCase(java.util.Locale.ROOT);
    directives(o, location);
    List<ObjectValue> selections = GraphQlSchema.list(o, "SelectionSet");
    if (location.equals("SUBSCRIPTION") && selections.size() > 1) {
      throw failure("Subscription must select only one top level field.", o);
    }
    selections(selections, type, new HashSet<>());
    for (ObjectValue v : variables.values()) {
      if (!usedVariables.contains(v.text("Variable"))) {
        throw failure("Variable \"$" + v.text("Variable") + "\" is never used.", v);
      }
    }
  }

  private void selections(List<ObjectValue> all, ObjectValue type, Set<String> within) {
    if (++depth > MOST_DEEP) {
      throw BuiltinFailure.error("query is nested too deeply");
    }
    Map<String, ObjectValue> answers = new HashMap<>();
    for (ObjectValue s : all) {
      if (s.has("Alias")) {
        ObjectValue before = answers.put(s.text("Alias"), s);
        if (before != null
            && (!before.text("Name").equals(s.text("Name"))
                || !String.valueOf(before.get("Arguments"))
                    .equals(String.valueOf(s.get("Arguments"))))) {
          throw failure(
              "Fields \""
                  + s.text("Alias")
                  + "\" conflict because they are different fields. "
                  + "Use different aliases on the fields to fetch both if this was intentional.",
              s);
        }
        field(s, type, within);
      } else if (s.has("TypeCondition")) {
        ObjectValue narrowed =
            s.text("TypeCondition").isEmpty() ? type : condition(s, s.text("TypeCondition"), type);
        directives(s, "INLINE_FRAGMENT");
        selections(GraphQlSchema.list(s, "SelectionSet"), narrowed, within);
      } else {
        spread(s, type, within);
      }
    }
    depth--;
  }

  private ObjectValue condition(ObjectValue at, String name, ObjectValue type) {
    ObjectValue narrowed = schema.types.get(name);
    if (narrowed == null) {
      throw failure("Unknown type \"" + name + "\".", at);
    }
    if (!isComposite(narrowed)) {
      throw failure("Fragment cannot condition on non composite type \"" + name + "\".", at);
    }
    Set<String> both = schema.possible(name);
    both.retainAll(schema.possible(type.text("Name")));
    if (both.isEmpty()) {
      throw failure(
          "Fragment cannot be spread here as objects of type \""
              + type.text("Name")
              + "\" can never be of type \""
              + name
              + "\".",
          at);
    }
    return narrowed;
  }

  private void spread(ObjectValue s, ObjectValue type, Set<String> within) {
    String name = s.text("Name");
    ObjectValue fragment = fragments.get(name);
    if (fragment == null) {
      throw failure("Unknown fragment \"" + name + "\".", s);
    }
    directives(s, "FRAGMENT_SPREAD");
    usedFragments.add(name);
    if (within.contains(name)) {
      throw failure("Cannot spread fragment \"" + name + "\" within itself.", s);
    }
    Set<String> inside = new HashSet<>(within);
    inside.add(name);
    ObjectValue narrowed = condition(s, fragment.text("TypeCondition"), type);
    directives(fragment, "FRAGMENT_DEFINITION");
    selections(GraphQlSchema.list(fragment, "SelectionSet"), narrowed, inside);
  }

  private static boolean isComposite(ObjectValue type) {
    String kind = type.text("Kind");
    return kind.equals("OBJECT") || kind.equals("INTERFACE") || kind.equals("UNION");
  }

  private void field(ObjectValue s, ObjectValue type, Set<String> within) {
    String name = s.text("Name");
    directives(s, "FIELD");
    if (name.equals("__typename")) {
      return;
    }
    ObjectValue field = GraphQlSchema.named(GraphQlSchema.list(type, "Fields"), name);
    String result = field == null ? null : GraphQlSchema.innermost(field.get("Type"));
    if (field == null
        && type.text("Name").equals(schema.roots.get("query"))
        && (name.equals("__schema") || name.equals("__type"))) {
      result = name.equals("__schema") ? "__Schema" : "__Type";
    } else if (field == null) {
      throw failure(
          "Cannot query field \"" + name + "\" on type \"" + type.text("Name") + "\".", s);
    } else {
      arguments(
          s,
          GraphQlSchema.list(field, "Arguments"),
          "Field \"" + name + "\"",
          "\"" + type.text("Name") + "." + name + "\"");
    }
    ObjectValue of = schema.types.get(result);
    if (of == null) {
      throw failure("Unknown type \"" + result + "\".", s);
    }
    List<ObjectValue> inner = GraphQlSchema.list(s, "SelectionSet");
    if (isComposite(of) && inner.isEmpty()) {
      throw failure(
          "Field \""
              + name
              + "\" of type \""
              + shownType(field, of)
              + "\" must have a selection of subfields. Did you mean \""
              + name
              + " { ... }\"?",
          s);
    }
    if (!isComposite(of) && !inner.isEmpty()) {
      throw failure(
          "Field \""
              + name
              + "\" must not have a selection since type \""
              + shownType(field, of)
              + "\" has no subfields.",
          s);
    }
    selections(inner, of, within);
  }

  private static String shownType(@Nullable ObjectValue field, ObjectValue of) {
    return field == null ? of.text("Name") : GraphQlSchema.written(field.get("Type"));
  }

  private void arguments(ObjectValue at, List<ObjectValue> known, String what, String qualified) {
    Set<String> given = new HashSet<>();
    for (ObjectValue a : GraphQlSchema.list(at, "Arguments")) {
      String name = a.text("Name");
      ObjectValue definition = GraphQlSchema.named(known, name);
      if (definition == null) {
        throw failure("Unknown argument \"" + name + "\" on field " + qualified + ".", a);
      }
      if (!given.add(name)) {
        throw failure("There can be only one argument named \"" + name + "\".", a);
      }
      if (a.get("Value") instanceof ObjectValue value) {
        value(value, definition.get("Type"));
        if (kind(value) == 6 && isRequired(definition)) {
          given.remove(name);
        }
      }
    }
    for (ObjectValue k : known) {
      if (isRequired(k) && !given.contains(k.text("Name"))) {
        throw failure(
            what
                + " argument \""
                + k.text("Name")
                + "\" of type \""
                + GraphQlSchema.written(k.get("Type"))
                + "\" is required, but it was not provided",
            at);
      }
    }
  }

  private static boolean isRequired(ObjectValue definition) {
    return definition.get("Type") instanceof ObjectValue t
        && t.get("NonNull") == BooleanValue.TRUE
        && !definition.has("DefaultValue");
  }

  private static int kind(ObjectValue value) {
    return value.get("Kind") instanceof NumberValue n && n.isLong() ? (int) n.longValue() : -1;
  }

  private void directives(ObjectValue at, String location) {
    for (ObjectValue d : GraphQlSchema.list(at, "Directives")) {
      ObjectValue known = schema.directives.get(d.text("Name"));
      if (known == null) {
        throw failure("Unknown directive \"@" + d.text("Name") + "\".", d);
      }
      if (!GraphQlSchema.texts(known, "Locations").contains(location)) {
        throw failure(
            "Directive \"@" + d.text("Name") + "\" may not be used on " + location + ".", d);
      }
      arguments(
          d,
          GraphQlSchema.list(known, "Arguments"),
          "Directive \"@" + d.text("Name") + "\"",
          "\"@" + d.text("Name") + "\"");
    }
  }

  private void value(ObjectValue v, @Nullable Value type) {
    if (!(type instanceof ObjectValue t)) {
      return;
    }
    int kind = kind(v);
    if (kind == 0) {
      variable(v, t);
      return;
    }
    boolean required = t.get("NonNull") == BooleanValue.TRUE;
    if (kind == 6) {
      if (required) {
        throw failure(
            "Expected value of type \"" + GraphQlSchema.written(t) + "\", found null.", v);
      }
      return;
    }
    if (t.get("Elem") != null) {
      if (kind == 8) {
        for (ObjectValue child : GraphQlSchema.list(v, "Children")) {
          if (child.get("Value") instanceof ObjectValue inner) {
            value(inner, t.get("Elem"));
          }
        }
      } else {
        value(v, t.get("Elem"));
      }
      return;
    }
    ObjectValue named = schema.types.get(t.text("NamedType"));
    if (named != null && !fits(v, kind, named)) {
      throw failure(
          "Expected value of type \""
              + GraphQlSchema.written(t)
              + "\", found "
              + v.text("Raw")
              + ".",
          v);
    }
  }

  private boolean fits(ObjectValue v, int kind, ObjectValue type) {
    return switch (type.text("Kind")) {
      case "ENUM" ->
          kind == 7
              && GraphQlSchema.named(GraphQlSchema.list(type, "EnumValues"), v.text("Raw")) != null;
      case "INPUT_OBJECT" -> kind == 9 && inputObject(v, type);
      case "SCALAR" ->
          switch (type.text("Name")) {
            case "Int" -> kind == 1;
            case "Float" -> kind == 1 || kind == 2;
            case "String" -> kind == 3 || kind == 4;
            case "Boolean" -> kind == 5;
            case "ID" -> kind == 1 || kind == 3 || kind == 4;
            default -> true;
          };
      default -> false;
    };
  }

  private boolean inputObject(ObjectValue v, ObjectValue type) {
    Set<String> given = new HashSet<>();
    for (ObjectValue child : GraphQlSchema.list(v, "Children")) {
      String name = child.text("Name");
      ObjectValue field = GraphQlSchema.named(GraphQlSchema.list(type, "Fields"), name);
      if (field == null) {
        throw failure(
            "Field \"" + name + "\" is not defined by type \"" + type.text("Name") + "\".", child);
      }
      if (!given.add(name)) {
        throw failure("There can be only one input field named \"" + name + "\".", child);
      }
      if (child.get("Value") instanceof ObjectValue inner) {
        value(inner, field.get("Type"));
      }
    }
    for (ObjectValue field : GraphQlSchema.list(type, "Fields")) {
      if (isRequired(field) && !given.contains(field.text("Name"))) {
        throw failure(
            "Field \""
                + type.text("Name")
                + "."
                + field.text("Name")
                + "\" of required type \""
                + GraphQlSchema.written(field.get("Type"))
                + "\" was not provided.",
            v);
      }
    }
    return true;
  }

  private void variable(ObjectValue v, ObjectValue wanted) {
    String name = v.text("Raw");
    ObjectValue definition = variables.get(name);
    if (definition == null) {
      throw failure("Variable \"$" + name + "\" is not defined.", v);
    }
    usedVariables.add(name);
    if (definition.get("Type") instanceof ObjectValue given
        && !compatible(given, wanted, definition.has("DefaultValue"))) {
      throw failure(
          "Variable \"$"
              + name
              + "\" of type \""
              + GraphQlSchema.written(given)
              + "\" used in position expecting type \""
              + GraphQlSchema.written(wanted)
              + "\".",
          v);
    }
  }

  private static boolean compatible(ObjectValue given, ObjectValue wanted, boolean hasDefault) {
    boolean required = wanted.get("NonNull") == BooleanValue.TRUE;
    if (required && given.get("NonNull") != BooleanValue.TRUE && !hasDefault) {
      return false;
    }
    if (wanted.get("Elem") instanceof ObjectValue inner) {
      return given.get("Elem") instanceof ObjectValue other && compatible(other, inner, false);
    }
    return given.get("Elem") == null && given.text("NamedType").equals(wanted.text("NamedType"));
  }
}
