package dev.bylaw.rego.check;

import dev.bylaw.value.Value;

/** Sets of kinds of values, as bits: what a term may be, as far as that is known ahead. */
final class Kinds {
  static final int ANY = (1 << Value.Kind.values().length) - 1;

  private Kinds() {}

  @SuppressWarnings("EnumOrdinal") // One bit a kind; the bits are never stored.
  static int of(Value.Kind kind) {
    return 1 << kind.ordinal();
  }

  /** The kinds of a type as the table of builtins writes it. */
  static int parse(String type) {
    int kinds = 0;
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= type.length(); i++) {
      char c = i == type.length() ? '|' : type.charAt(i);
      if (c == '[' || c == '{') {
        depth++;
      } else if (c == ']' || c == '}') {
        depth--;
      } else if (c == '|' && depth == 0) {
        kinds |= one(type.substring(start, i).strip());
        start = i + 1;
      }
    }
    return kinds;
  }

  private static int one(String type) {
    if (type.startsWith("[")) {
      return of(Value.Kind.ARRAY);
    }
    int end = 0;
    while (end < type.length() && Character.isLetter(type.charAt(end))) {
      end++;
    }
    return switch (type.substring(0, end)) {
      case "null" -> of(Value.Kind.NULL);
      case "boolean" -> of(Value.Kind.BOOLEAN);
      case "number" -> of(Value.Kind.NUMBER);
      case "string" -> of(Value.Kind.STRING);
      case "array" -> of(Value.Kind.ARRAY);
      case "object" -> of(Value.Kind.OBJECT);
      case "set" -> of(Value.Kind.SET);
      default -> ANY;
    };
  }
}
