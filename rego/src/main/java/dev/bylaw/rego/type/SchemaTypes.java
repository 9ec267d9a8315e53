package dev.bylaw.rego.type;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The type of the values that a JSON Schema describes: {@code type}, {@code properties}, {@code
 * items}, {@code anyOf}, {@code allOf} and {@code $ref} within the schema; everything else is left
 * to validation. An object with properties has no others, whatever {@code additionalProperties}
 * says.
 */
public final class SchemaTypes {
  private static final int MOST_DEEP = 64;

  /** How often a schema that refers to itself is followed. */
  private static final int MOST_REPEATED = 3;

  private static final int MOST_READ = 2_000;

  private final Value root;
  private final Map<String, Integer> open = new HashMap<>();
  private int depth;
  private int read;

  private SchemaTypes(Value root) {
    this.root = root;
  }

  /**
   * The type of a schema.
   *
   * @throws IllegalArgumentException if it is none, or refers to what is outside of it
   */
  public static Type of(Value schema) {
    return new SchemaTypes(schema).type(schema);
  }

  private Type type(Value schema) {
    if (!(schema instanceof ObjectValue o)) {
      return Type.Any.VALUE;
    }
    if (++depth > MOST_DEEP) {
      throw new IllegalArgumentException("the schema is nested too deeply");
    }
    Type type = object(o);
    depth--;
    return type;
  }

  private Type object(ObjectValue schema) {
    if (schema.get("$ref") instanceof StringValue ref) {
      return referenced(ref.text());
    }
    if (schema.get("anyOf") instanceof ArrayValue some) {
      return anyOf(schema, some);
    }
    if (schema.get("allOf") instanceof ArrayValue every) {
      return type(allOf(schema, every));
    }
    List<String> names = types(schema);
    if (names.contains("boolean")) {
      return Type.Basic.BOOLEAN;
    } else if (names.contains("string")) {
      return Type.Basic.STRING;
    } else if (names.contains("integer") || names.contains("number")) {
      return Type.Basic.NUMBER;
    } else if (names.contains("object")
        || names.isEmpty() && !properties(schema).equals(ObjectValue.EMPTY)) {
      return objectOf(properties(schema));
    } else if (names.contains("array") || names.isEmpty() && schema.get("items") != null) {
      return arrayOf(schema.get("items"));
    }
    return Type.Any.VALUE;
  }

  /** The type of what a reference names; in one that names itself, anything after some turns. */
  private Type referenced(String ref) {
    if (!ref.startsWith("#")) {
      throw new IllegalArgumentException(
          "unable to compile the schema: remote reference loading disabled: " + ref);
    }
    if (open.merge(ref, 1, Integer::sum) > MOST_REPEATED || ++read > MOST_READ) {
      open.merge(ref, -1, Integer::sum);
      return Type.Any.VALUE;
    }
    Value here = root;
    for (String part : ref.substring(1).split("/", -1)) {
      if (!part.isEmpty()) {
        String key = part.replace("~1", "/").replace("~0", "~");
        Value next = null;
        if (here instanceof ObjectValue o) {
          next = o.get(key);
        } else if (here instanceof ArrayValue a && key.matches("\\d{1,6}")) {
          int at = Integer.parseInt(key);
          next = at < a.size() ? a.get(at) : null;
        }
        if (next == null) {
          throw new IllegalArgumentException(
              "unable to compile the schema: object has no key '" + key + "'");
        }
        here = next;
      }
    }
    Type type = type(here);
    open.merge(ref, -1, Integer::sum);
    return type;
  }

  private Type anyOf(ObjectValue schema, ArrayValue some) {
    Type all = Type.Basic.UNKNOWN;
    if (!types(schema).isEmpty()
        && type(schema.without("anyOf")) instanceof Type.Obj core
        && core.further() == null) {
      all = core;
    }
    for (Value v : some) {
      all = Type.or(type(v), all);
    }
    return all.isUnknown() ? Type.Any.VALUE : all;
  }

  /** One schema of several that hold at once: their properties together. */
  private static ObjectValue allOf(ObjectValue schema, ArrayValue every) {
    List<ObjectValue> parts = new ArrayList<>();
    for (Value v : every) {
      if (v instanceof ObjectValue o) {
        parts.add(o);
      }
    }
    ObjectValue rest = schema.without("allOf");
    if (!types(rest).isEmpty()) {
      parts.addFirst(rest);
    }
    ObjectValue merged = ObjectValue.EMPTY;
    for (ObjectValue part : parts) {
      List<String> before = types(merged);
      List<String> now = types(part);
      if (!before.isEmpty() && !now.isEmpty() && !before.equals(now)) {
        throw new IllegalArgumentException(
            "unable to merge these schemas: type mismatch: "
                + String.join("/", before)
                + " and "
                + String.join("/", now));
      }
      ObjectValue properties = properties(merged).with(properties(part));
      merged = merged.with(part);
      if (!properties.equals(ObjectValue.EMPTY)) {
        merged = merged.with("properties", properties);
      }
    }
    return merged;
  }

  private static ObjectValue properties(ObjectValue schema) {
    return schema.get("properties") instanceof ObjectValue o ? o : ObjectValue.EMPTY;
  }

  private static List<String> types(ObjectValue schema) {
    List<String> names = new ArrayList<>();
    switch (schema.get("type")) {
      case StringValue s -> names.add(s.text());
      case ArrayValue a -> a.forEach(v -> names.add(v instanceof StringValue s ? s.text() : ""));
      case null -> {}
      default ->
          throw new IllegalArgumentException(
              "unable to compile the schema: Invalid type. Expected: type, given: string/Array Of"
                  + " Strings");
    }
    return names;
  }

  private Type objectOf(ObjectValue properties) {
    List<Type.Property> all = new ArrayList<>();
    properties.forEach((key, schema) -> all.add(new Type.Property(key, type(schema))));
    return Type.object(all, null);
  }

  private Type arrayOf(@Nullable Value items) {
    if (items instanceof ArrayValue each && each.size() > 0) {
      List<Type> elements = new ArrayList<>();
      each.forEach(schema -> elements.add(type(schema)));
      return new Type.Array(elements, null);
    }
    return new Type.Array(List.of(), items instanceof ObjectValue one ? type(one) : Type.Any.VALUE);
  }
}
