package dev.bylaw.rego.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Values, as terms: usual ones and ones at the edges. */
final class Operands {
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "-1",
          "2",
          "3",
          "7",
          "10",
          "16",
          "100",
          "-5",
          "0.5",
          "1.5",
          "-2.5",
          "2.0",
          "1e3",
          "1e-3",
          "123456789",
          "9007199254740993",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "123456789012345678901234567890",
          "1e400",
          "3.14159265358979",
          "0.1",
          "1582977600000000000",
          "-0",
          "4294967296",
          "255",
          "1e18",
          "0.30000000000000004");
  private static final List<String> STRINGS =
      List.of(
          "",
          "a",
          "abc",
          "ABC",
          "a.b.c",
          "a b c",
          " padded ",
          "é",
          "日本語",
          "😀 smile",
          "foo/bar",
          "1",
          "-1",
          "1.5",
          "0x1F",
          "1e3",
          "NaN",
          "Infinity",
          "+1",
          "007",
          "true",
          "null",
          "\\n",
          "a\\tb",
          "\\u0000",
          "%d",
          "%s %v",
          "a,b,c",
          "foo.bar.baz",
          "aaaa",
          "ßẞ",
          "İi",
          "x=1&y=2",
          "{\\\"a\\\": 1}",
          "[1, 2]",
          "\\\"",
          "e\\u0301",
          "Σς",
          "a:b:c",
          "*",
          "?",
          "^a.*$",
          "(",
          "[a",
          "2020-01-01T00:00:00Z",
          "10.0.0.1",
          "::1",
          "YWJj",
          "616263",
          "z!@#$%^&*()_+");
  private static final List<String> SCALARS = List.of("null", "true", "false");

  private final Random random;

  Operands(Random random) {
    this.random = random;
  }

  String number() {
    return random.nextInt(3) == 0 ? String.valueOf(random.nextInt(40) - 20) : one(NUMBERS);
  }

  /** A text for a builtin: one that it may understand, or any. */
  String string(String builtin) {
    List<String> known = Pools.texts(builtin);
    String text = !known.isEmpty() && random.nextInt(5) != 0 ? one(known) : one(STRINGS);
    return "\"" + (random.nextInt(5) == 0 ? edited(text) : text) + "\"";
  }

  private String edited(String text) {
    if (text.isEmpty() || text.indexOf('\\') >= 0) {
      return text;
    }
    int at = random.nextInt(text.length());
    if (Character.isSurrogate(text.charAt(at))) {
      return text;
    }
    String more = one(List.of("", "a", "é", " ", "0", "9", "-", ".", "/", ":", "%", "*", "+", "Z"));
    return text.substring(0, at) + more + text.substring(at + random.nextInt(2));
  }

  /** Any value, nested at most so deeply. */
  String any(int depth) {
    int kinds = depth <= 0 ? 3 : 6;
    return switch (random.nextInt(kinds)) {
      case 0 -> number();
      case 1 -> "\"" + one(STRINGS) + "\"";
      case 2 -> one(SCALARS);
      case 3 -> "[" + String.join(", ", several(depth)) + "]";
      case 4 -> {
        List<String> all = several(depth);
        yield all.isEmpty() ? "set()" : "{" + String.join(", ", all) + "}";
      }
      default -> {
        List<String> entries = new ArrayList<>();
        for (String value : several(depth)) {
          String key = random.nextInt(5) == 0 ? any(depth - 1) : "\"" + one(STRINGS) + "\"";
          entries.add(key + ": " + value);
        }
        yield "{" + String.join(", ", entries) + "}";
      }
    };
  }

  private List<String> several(int depth) {
    List<String> all = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      all.add(any(depth - 1));
    }
    return all;
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
