package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** JSON Schema, drafts 4 to 7, with the messages that OPA's users know. */
final class JsonSchemas {
  private static final Set<String> TYPES =
      new TreeSet<>(Set.of("array", "boolean", "integer", "number", "null", "object", "string"));
  private static final int MOST_DEEP = 200;

  private final Value root;
  private final List<Value> errors = new ArrayList<>();
  private int depth;

  private JsonSchemas(Value root) {
    this.root = root;
  }

  static Value match(BuiltinContext c, Value document, Value schema) {
    Value s = json(schema);
    String wrong = wrong(s, 0);
    if (wrong != null) {
      throw BuiltinFailure.error(wrong);
    }
    var check = new JsonSchemas(s);
    check.check(json(document), s, "(Root)");
    return ArrayValue.of(BooleanValue.of(check.errors.isEmpty()), ArrayValue.of(check.errors));
  }

  static Value verify(BuiltinContext c, Value schema) {
    String wrong;
    try {
      wrong = wrong(json(schema), 0);
    } catch (BuiltinFailure e) {
      wrong = e.text();
    }
    return wrong == null
        ? ArrayValue.of(BooleanValue.TRUE, NullValue.NULL)
        : ArrayValue.of(BooleanValue.FALSE, StringValue.of("jsonschema: " + wrong));
  }

  private static Value json(Value v) {
    return switch (v) {
      case ObjectValue o -> plain(o);
      case StringValue s -> {
        try {
          yield Json.parseLastKeyWins(s.text());
        } catch (JsonException e) {
          throw BuiltinFailure.error("invalid JSON string");
        }
      }
      case ArrayValue _ -> throw BuiltinFailure.error("schema is invalid");
      default -> throw BuiltinFailure.error("wrong type, expected string or object");
    };
  }

  private static Value plain(Value v) {
    try {
      return Json.parseLastKeyWins(JsonText.compact(v));
    } catch (JsonException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is wrong with a schema itself, or null. */
  private static @Nullable String wrong(Value schema, int depth) {
    if (schema instanceof BooleanValue) {
      return null;
    }
    if (depth > MOST_DEEP) {
      return "schema is nested too deeply";
    }
    if (!(schema instanceof ObjectValue o)) {
      return "schema is invalid";
    }
    String type = wrongType(o.get("type"));
    if (type != null) {
      return type;
    }
    String keyword = SchemaKeywords.fault(o);
    if (keyword != null) {
      return keyword;
    }
    for (String name : List.of("properties", "patternProperties", "definitions", "$defs")) {
      if (o.get(name) instanceof ObjectValue inner) {
        for (int i = 0; i < inner.size(); i++) {
          String found = wrong(inner.value(i), depth + 1);
          if (found != null) {
            return found;
          }
        }
      } else if (o.has(name)) {
        return name.equals("properties")
            ? "Properties must be of type object"
            : "Invalid type. Expected: valid schema, given: " + name;
      }
    }
    for (String name : List.of("allOf", "anyOf", "oneOf")) {
      if (o.get(name) instanceof ArrayValue all) {
        for (Value v : all) {
          String found = wrong(v, depth + 1);
          if (found != null) {
            return found;
          }
        }
      }
    }
    for (String name : List.of("not", "additionalProperties", "if", "then", "else", "contains")) {
      Value inner = o.get(name);
      String found = inner == null ? null : wrong(inner, depth + 1);
      if (found != null) {
        return found;
      }
    }
    return o.get("items") instanceof ObjectValue items ? wrong(items, depth + 1) : null;
  }

  private static @Nullable String wrongType(@Nullable Value type) {
    List<Value> all =
        switch (type) {
          case null -> List.of();
          case ArrayValue a -> a.elements();
          default -> List.of(type);
        };
    for (Value v : all) {
      String name = Strings.text(v);
      if (!TYPES.contains(name)) {
        return "has a primitive type that is NOT VALID -- given: /"
            + name
            + "/ Expected valid values are:["
            + String.join(
                " ", List.of("array", "boolean", "integer", "number", "null", "object", "string"))
            + "]";
      }
    }
    return null;
  }

  private boolean accepts(Value v, Value schema, String field) {
    int before = errors.size();
    check(v, schema, field);
    boolean fine = errors.size() == before;
    while (errors.size() > before) {
      errors.removeLast();
    }
    return fine;
  }

  private void error(String field, String type, String text) {
    errors.add(
        ObjectValue.builder(4)
            .put("desc", text)
            .put("error", field + ": " + text)
            .put("field", field)
            .put("type", type)
            .build());
  }

  private static String below(String field, String key) {
    return field.equals("(Root)") ? key : field + "." + key;
  }

  private void check(Value v, Value schema, String field) {
    if (schema == BooleanValue.FALSE) {
      error(field, "false", "False always fails validation");
      return;
    }
    if (!(schema instanceof ObjectValue o)) {
      return;
    }
    if (++depth > MOST_DEEP) {
      throw BuiltinFailure.error("schema refers to itself without end");
    }
    if (o.get("$ref") instanceof StringValue ref) {
      check(v, resolve(ref.text()), field);
    } else {
      type(v, o, field);
      combinations(v, o, field);
      switch (v) {
        case ObjectValue x -> object(x, o, field);
        case ArrayValue x -> array(x, o, field);
        case StringValue x -> string(x.text(), o, field);
        case NumberValue x -> number(x, o, field);
        default -> {}
      }
    }
    depth--;
  }

  private Value resolve(String ref) {
    if (!ref.startsWith("#")) {
      throw BuiltinFailure.error("remote reference loading disabled: " + ref);
    }
    Value here = root;
    for (Value key : Objects.pointer(ref.substring(1))) {
      Value next = Objects.step(here, key);
      if (next == null) {
        throw BuiltinFailure.error("Object has no key '" + Strings.text(key) + "'");
      }
      here = next;
    }
    return here;
  }

  private void type(Value v, ObjectValue o, String field) {
    Value type = o.get("type");
    if (type != null) {
      List<Value> all = type instanceof ArrayValue a ? a.elements() : List.of(type);
      String given = v instanceof NumberValue n && n.isInteger() ? "integer" : v.kind().word();
      boolean fine =
          all.stream()
              .map(Strings::text)
              .anyMatch(t -> t.equals(given) || (t.equals("number") && given.equals("integer")));
      if (!fine) {
        String expected = String.join(",", all.stream().map(Strings::text).toList());
        expected = all.size() > 1 ? "[" + expected + "]" : expected;
        error(field, "invalid_type", "Invalid type. Expected: " + expected + ", given: " + given);
      }
    }
    if (o.get("enum") instanceof ArrayValue all && !all.elements().contains(v)) {
      String known = String.join(", ", all.elements().stream().map(JsonText::compact).toList());
      error(field, "enum", field + " must be one of the following: " + known);
    }
    Value only = o.get("const");
    if (only != null && !only.equals(v)) {
      error(field, "const", field + " does not match: " + JsonText.compact(only));
    }
  }

  private void combinations(Value v, ObjectValue o, String field) {
    if (o.get("allOf") instanceof ArrayValue all) {
      int before = errors.size();
      all.forEach(s -> check(v, s, field));
      if (errors.size() > before) {
        error(field, "number_all_of", "Must validate all the schemas (allOf)");
      }
    }
    if (o.get("anyOf") instanceof ArrayValue any
        && any.elements().stream().noneMatch(s -> accepts(v, s, field))) {
      error(field, "number_any_of", "Must validate at least one schema (anyOf)");
    }
    if (o.get("oneOf") instanceof ArrayValue one
        && one.elements().stream().filter(s -> accepts(v, s, field)).count() != 1) {
      error(field, "number_one_of", "Must validate one and only one schema (oneOf)");
    }
    Value not = o.get("not");
    if (not != null && accepts(v, not, field)) {
      error(field, "number_not", "Must not validate the schema (not)");
    }
    Value condition = o.get("if");
    if (condition != null) {
      Value branch = o.get(accepts(v, condition, field) ? "then" : "else");
      if (branch != null) {
        check(v, branch, field);
      }
    }
  }

  private void object(ObjectValue v, ObjectValue o, String field) {
    Value names = o.get("propertyNames");
    for (int i = 0; names != null && i < v.size(); i++) {
      if (!accepts(v.sortedKey(i), names, field)) {
        String name = TermText.of(v.sortedKey(i));
        error(field, "invalid_property_name", "Property name of " + name + " does not match");
      }
    }
    if (o.get("required") instanceof ArrayValue required) {
      for (Value name : required) {
        if (v.get(name) == null) {
          error(field, "required", Strings.text(name) + " is required");
        }
      }
    }
    if (exceeds(o, "minProperties", v.size(), -1)) {
      error(
          field,
          "array_min_properties",
          "Must have at least " + o.get("minProperties") + " properties");
    }
    if (exceeds(o, "maxProperties", v.size(), 1)) {
      error(
          field,
          "array_max_properties",
          "Must have at most " + o.get("maxProperties") + " properties");
    }
    ObjectValue properties = o.get("properties") instanceof ObjectValue p ? p : ObjectValue.EMPTY;
    ObjectValue patterns =
        o.get("patternProperties") instanceof ObjectValue p ? p : ObjectValue.EMPTY;
    Value additional = o.get("additionalProperties");
    for (int i = 0; i < v.size(); i++) {
      String key = Strings.text(v.sortedKey(i));
      Value inner = v.sortedValue(i);
      boolean known = false;
      Value schema = properties.get(key);
      if (schema != null) {
        known = true;
        check(inner, schema, below(field, key));
      }
      for (int p = 0; p < patterns.size(); p++) {
        if (Regexes.compile(Strings.text(patterns.key(p))).matcher(key).find()) {
          known = true;
          check(inner, patterns.value(p), below(field, key));
        }
      }
      if (!known && additional == BooleanValue.FALSE) {
        error(
            field,
            "additional_property_not_allowed",
            "Additional property " + key + " is not allowed");
      } else if (!known && additional != null) {
        check(inner, additional, below(field, key));
      }
    }
    dependencies(v, o, field);
  }

  private void dependencies(ObjectValue v, ObjectValue o, String field) {
    if (!(o.get("dependencies") instanceof ObjectValue all)) {
      return;
    }
    all.forEach((key, needed) -> {
      if (v.get(key) == null) {
        return;
      }
      if (needed instanceof ArrayValue names) {
        for (Value name : names) {
          if (v.get(name) == null) {
            error(field, "missing_dependency", "Has a dependency on " + Strings.text(name));
          }
        }
      } else {
        check(v, needed, field);
      }
    });
  }

  private void array(ArrayValue v, ObjectValue o, String field) {
    Value items = o.get("items");
    for (int i = 0; i < v.size(); i++) {
      String place = below(field, Integer.toString(i));
      if (items instanceof ArrayValue each) {
        Value schema = i < each.size() ? each.get(i) : o.get("additionalItems");
        if (schema == BooleanValue.FALSE) {
          error(field, "array_no_additional_items", "No additional items allowed on array");
        } else if (schema != null) {
          check(v.get(i), schema, place);
        }
      } else if (items != null) {
        check(v.get(i), items, place);
      }
    }
    if (exceeds(o, "minItems", v.size(), -1)) {
      error(field, "array_min_items", "Array must have at least " + o.get("minItems") + " items");
    }
    if (exceeds(o, "maxItems", v.size(), 1)) {
      error(field, "array_max_items", "Array must have at most " + o.get("maxItems") + " items");
    }
    if (o.get("uniqueItems") == BooleanValue.TRUE) {
      Map<Value, Integer> seen = new HashMap<>();
      for (int i = 0; i < v.size(); i++) {
        Integer before = seen.put(v.get(i), i);
        if (before != null) {
          error(field, "unique", "array items[" + before + "," + i + "] must be unique");
        }
      }
    }
    Value contains = o.get("contains");
    if (contains != null && v.elements().stream().noneMatch(x -> accepts(x, contains, field))) {
      error(field, "contains", "At least one of the items must match");
    }
  }

  private void string(String v, ObjectValue o, String field) {
    int length = v.codePointCount(0, v.length());
    if (exceeds(o, "minLength", length, -1)) {
      error(
          field,
          "string_gte",
          "String length must be greater than or equal to " + o.get("minLength"));
    }
    if (exceeds(o, "maxLength", length, 1)) {
      error(
          field, "string_lte", "String length must be less than or equal to " + o.get("maxLength"));
    }
    if (o.get("pattern") instanceof StringValue p && !Regexes.compile(p.text()).matcher(v).find()) {
      error(field, "pattern", "Does not match pattern '" + p.text() + "'");
    }
    if (o.get("format") instanceof StringValue f && !Formats.fits(f.text(), v)) {
      error(field, "format", "Does not match format '" + f.text() + "'");
    }
  }

  private void number(NumberValue v, ObjectValue o, String field) {
    BigDecimal n = v.decimal();
    if (o.get("multipleOf") instanceof NumberValue m
        && m.decimal().signum() > 0
        && n.remainder(m.decimal()).signum() != 0) {
      error(field, "multiple_of", "Must be a multiple of " + m);
    }
    boolean openBelow = o.get("exclusiveMinimum") == BooleanValue.TRUE;
    boolean openAbove = o.get("exclusiveMaximum") == BooleanValue.TRUE;
    bound(n, o.get("minimum"), -1, !openBelow, field);
    bound(n, o.get("maximum"), 1, !openAbove, field);
    bound(n, o.get("exclusiveMinimum"), -1, false, field);
    bound(n, o.get("exclusiveMaximum"), 1, false, field);
  }

  private void bound(
      BigDecimal n, @Nullable Value limit, int side, boolean inclusive, String field) {
    if (!(limit instanceof NumberValue l)) {
      return;
    }
    int order = n.compareTo(l.decimal()) * side;
    if (order > 0 || (order == 0 && !inclusive)) {
      String word = side < 0 ? "greater than " : "less than ";
      String type = (side < 0 ? "number_gt" : "number_lt") + (inclusive ? "e" : "");
      error(field, type, "Must be " + word + (inclusive ? "or equal to " : "") + l);
    }
  }

  /** Whether a size is on the wrong side of a limit: below for -1, above for 1. */
  private static boolean exceeds(ObjectValue o, String name, int size, int side) {
    return o.get(name) instanceof NumberValue limit
        && BigDecimal.valueOf(size).compareTo(limit.decimal()) == side;
  }
}
