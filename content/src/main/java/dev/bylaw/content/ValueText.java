package dev.bylaw.content;

import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.Set;

/** The parts of a value as texts: numbers without exponents, names as steps of a JSON pointer. */
final class ValueText {
  private static final List<String> LABELS = List.of("name", "key", "field", "label", "type");
  private static final Set<String> CONTENTS = Set.of("value", "val", "content", "data", "text");

  private ValueText() {}

  static String of(Value value) {
    return switch (value) {
      case StringValue text -> text.text();
      case NumberValue number when number.isInteger() -> number.decimal().toPlainString();
      default -> value.toString();
    };
  }

  /** One reference token of a JSON pointer (RFC 6901). */
  static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /**
   * What {@code {"name": "ssn", "value": …}} says that its value is; empty where an object has no
   * such pair.
   */
  static String label(ObjectValue object) {
    if (CONTENTS.stream().noneMatch(object::has)) {
      return "";
    }
    for (String name : LABELS) {
      if (object.get(name) instanceof StringValue text && text.text().length() <= 64) {
        return text.text();
      }
    }
    return "";
  }

  static boolean isContent(String name) {
    return CONTENTS.contains(name);
  }
}
