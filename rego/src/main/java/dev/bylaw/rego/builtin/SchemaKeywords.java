package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with the keywords of one JSON Schema, apart from the schemas inside of it. */
final class SchemaKeywords {
  private SchemaKeywords() {}

  /** The first fault, in the words of OPA's reader of schemas; null for none. */
  static @Nullable String fault(ObjectValue o) {
    for (String name : List.of("multipleOf", "minimum", "maximum")) {
      if (o.has(name) && !(o.get(name) instanceof NumberValue)) {
        return name + " must be of a Number";
      }
    }
    if (o.get("multipleOf") instanceof NumberValue n && n.decimal().signum() <= 0) {
      return "multipleOf must be strictly greater than 0";
    }
    for (String bound : List.of("minimum", "maximum")) {
      String exclusive = "exclusiveM" + bound.substring(1);
      if (o.get(exclusive) instanceof BooleanValue && !o.has(bound)) {
        return exclusive + " cannot be used without " + bound;
      }
    }
    for (String name :
        List.of(
            "minLength", "maxLength", "minProperties", "maxProperties", "minItems", "maxItems")) {
      Value v = o.get(name);
      if (v != null && !(v instanceof NumberValue n && n.isInteger())) {
        return name + " must be of an integer";
      }
      if (v instanceof NumberValue n && n.decimal().signum() < 0) {
        return name + " must be greater than or equal to 0";
      }
    }
    if (o.get("pattern") instanceof StringValue pattern && !isExpression(pattern.text())) {
      return "pattern must be a valid regex";
    }
    if (o.has("format") && !(o.get("format") instanceof StringValue)) {
      return "Invalid type. Expected: string, given: format";
    }
    for (String name : List.of("required", "enum", "allOf", "anyOf", "oneOf")) {
      if (o.has(name) && !(o.get(name) instanceof ArrayValue)) {
        return name + " must be of an array";
      }
    }
    if (o.get("required") instanceof ArrayValue required
        && new HashSet<>(required.elements()).size() < required.size()) {
      return "required items must be unique";
    }
    return o.get("items") instanceof NumberValue
        ? "Invalid type. Expected: Valid Schema/Array Of Schemas, given: items"
        : null;
  }

  static boolean isExpression(String pattern) {
    try {
      Regexes.compile(pattern);
      return true;
    } catch (BuiltinFailure e) {
      return false;
    }
  }
}
