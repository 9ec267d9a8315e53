package dev.bylaw.rego.builtin;

import com.google.re2j.Pattern;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** Glob patterns: {@code *}, {@code **}, {@code ?}, {@code [a-z]}, {@code [!a]}, {@code {a,b}}. */
public final class Globs {
  private static final int MOST_CACHED = 1_000;
  private static final String SPECIAL = "*?\\[]{}";
  private static final ConcurrentHashMap<List<String>, Pattern> CACHE = new ConcurrentHashMap<>();

  private Globs() {}

  static Value match(BuiltinContext c, Value a, Value delimiters, Value text) {
    String pattern = Operands.string(a, 1);
    List<String> separators =
        switch (delimiters) {
          case NullValue _ -> List.of();
          case ArrayValue v when v.size() == 0 -> List.of(".");
          case ArrayValue v -> separators(v);
          default -> Operands.fail(2, "one of {array, null}", delimiters);
        };
    return BooleanValue.of(
        compiled(pattern, separators).matcher(Operands.string(text, 3)).matches());
  }

  /**
   * Whether a text is what a pattern describes, without separators.
   *
   * @throws BuiltinFailure if it is no pattern
   */
  public static boolean matches(String pattern, String text) {
    return compiled(pattern, List.of()).matcher(text).matches();
  }

  private static List<String> separators(ArrayValue v) {
    List<String> all = Operands.strings(v, 2);
    for (String s : all) {
      if (s.codePointCount(0, s.length()) != 1) {
        throw BuiltinFailure.type(
            "operand 2 must be array of runes but got array containing string");
      }
    }
    return all;
  }

  private static Pattern compiled(String glob, List<String> separators) {
    List<String> key = new ArrayList<>(separators);
    key.add(glob);
    Pattern known = CACHE.get(key);
    if (known == null) {
      known = Pattern.compile(translate(glob, separators), Pattern.DOTALL);
      if (CACHE.size() >= MOST_CACHED) {
        CACHE.clear();
      }
      CACHE.put(key, known);
    }
    return known;
  }

  private static String translate(String glob, List<String> separators) {
    String one = separators.isEmpty() ? "." : "[^" + quoted(separators) + "]";
    var out = new StringBuilder();
    int alternatives = 0;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '\\' -> {
          if (i + 1 == glob.length()) {
            throw BuiltinFailure.error(
                "glob: syntax error at " + glob.length() + ": trailing backslash");
          }
          out.append(Pattern.quote(String.valueOf(glob.charAt(++i))));
        }
        case '*' -> {
          if (i + 1 < glob.length() && glob.charAt(i + 1) == '*') {
            out.append(".*");
            i++;
          } else {
            out.append(one).append('*');
          }
        }
        case '?' -> out.append(one);
        case '{' -> {
          alternatives++;
          out.append("(?:");
        }
        case '}' -> {
          if (alternatives > 0) {
            alternatives--;
            out.append(')');
          } else {
            out.append("\\}");
          }
        }
        case ',' -> out.append(alternatives > 0 ? "|" : ",");
        case '[' -> {
          int end = glob.indexOf(']', i + 2);
          if (end < 0) {
            throw BuiltinFailure.error("unexpected end of input");
          }
          out.append(range(glob.substring(i + 1, end)));
          i = end;
        }
        default -> {
          int point = glob.codePointAt(i);
          out.append(Pattern.quote(Character.toString(point)));
          i += Character.charCount(point) - 1;
        }
      }
    }
    if (alternatives > 0) {
      throw BuiltinFailure.error("unexpected end of input");
    }
    return out.toString();
  }

  private static String range(String inside) {
    boolean not = inside.startsWith("!") || inside.startsWith("^");
    String chars = not ? inside.substring(1) : inside;
    var out = new StringBuilder(not ? "[^" : "[");
    if (chars.length() == 3 && chars.charAt(1) == '-') {
      out.append(escaped(chars.charAt(0))).append('-').append(escaped(chars.charAt(2)));
    } else {
      for (int i = 0; i < chars.length(); i++) {
        out.append(escaped(chars.charAt(i)));
      }
    }
    return out.append(']').toString();
  }

  private static String quoted(List<String> separators) {
    var out = new StringBuilder();
    for (String s : separators) {
      s.codePoints().forEach(p -> out.append(String.format("\\x{%x}", p)));
    }
    return out.toString();
  }

  private static String escaped(char c) {
    return Character.isLetterOrDigit(c) ? String.valueOf(c) : String.format("\\x{%x}", (int) c);
  }

  static Value quoteMeta(BuiltinContext c, Value a) {
    var out = new StringBuilder();
    Operands.string(a, 1)
        .codePoints()
        .forEach(p -> {
          if (p < 128 && SPECIAL.indexOf(p) >= 0) {
            out.append('\\');
          }
          out.appendCodePoint(p);
        });
    return StringValue.of(out.toString());
  }
}
