package dev.bylaw.rego.builtin;

import com.google.re2j.Pattern;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.nio.charset.StandardCharsets;
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
        compiled(pattern, separators)
            .matcher(WatchedText.of(c, Operands.string(text, 3)))
            .matches());
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
    if (glob.length() > Regexes.MOST_LONG) {
      throw BuiltinFailure.error("pattern has more than " + Regexes.MOST_LONG + " characters");
    }
    String one = separators.isEmpty() ? "." : "[^" + quoted(separators) + "]";
    var out = new StringBuilder();
    int alternatives = 0;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '\\' -> {
          if (i + 1 == glob.length()) {
            throw wrong(glob, glob.length(), "trailing backslash");
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
        case '[' -> i = range(glob, i + 1, out);
        default -> {
          int point = glob.codePointAt(i);
          out.append(Pattern.quote(Character.toString(point)));
          i += Character.charCount(point) - 1;
        }
      }
    }
    if (alternatives > 0) {
      throw wrong(glob, glob.length(), "unclosed `{`");
    }
    return out.toString();
  }

  /** A class behind its bracket, a range or characters alone; gives the place of its end. */
  private static int range(String glob, int from, StringBuilder out) {
    boolean not = glob.startsWith("!", from);
    int at = not ? from + 1 : from;
    out.append(not ? "[^" : "[");
    int behind = at < glob.length() ? glob.offsetByCodePoints(at, 1) : at;
    if (!glob.startsWith("-", behind)) {
      return characters(glob, at, out);
    }
    if (behind + 1 >= glob.length()) {
      throw wrong(glob, glob.length(), "unexpected end of input");
    }
    int low = glob.codePointAt(at);
    int high = glob.codePointAt(behind + 1);
    int end = glob.offsetByCodePoints(behind + 1, 1);
    if (end >= glob.length()) {
      throw wrong(glob, glob.length(), "unexpected end of input");
    }
    if (glob.charAt(end) != ']') {
      throw wrong(glob, glob.offsetByCodePoints(end, 1), "expected close range character");
    }
    if (high < low) {
      throw wrong(glob, end + 1, "range hi character is less than lo");
    }
    out.append(escaped(low)).append('-').append(escaped(high)).append(']');
    return end;
  }

  private static int characters(String glob, int from, StringBuilder out) {
    int at = from;
    while (at < glob.length() && glob.charAt(at) != ']') {
      if (glob.charAt(at) == '\\' && at + 1 < glob.length()) {
        at++;
      }
      out.append(escaped(glob.codePointAt(at)));
      at = glob.offsetByCodePoints(at, 1);
    }
    if (at >= glob.length()) {
      throw wrong(glob, glob.length(), "unexpected end of input");
    }
    if (at == from) {
      throw wrong(glob, at + 1, "could not parse range");
    }
    out.append(']');
    return at;
  }

  /** What is wrong behind a place, which counts bytes. */
  private static BuiltinFailure wrong(String glob, int behind, String what) {
    int bytes = glob.substring(0, behind).getBytes(StandardCharsets.UTF_8).length;
    return BuiltinFailure.error("glob: syntax error at " + bytes + ": " + what);
  }

  private static String quoted(List<String> separators) {
    var out = new StringBuilder();
    for (String s : separators) {
      s.codePoints().forEach(p -> out.append(escaped(p)));
    }
    return out.toString();
  }

  private static String escaped(int point) {
    return String.format("\\x{%x}", point);
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
