package dev.bylaw.rego.template;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The functions that templates may call. {@code and} and {@code or} are the evaluator's. */
final class Functions {
  static final Set<String> NAMES =
      Set.of(
          "and",
          "call",
          "eq",
          "ge",
          "gt",
          "html",
          "index",
          "js",
          "le",
          "len",
          "lt",
          "ne",
          "not",
          "or",
          "print",
          "printf",
          "println",
          "slice",
          "urlquery");

  private static final Set<String> OF_ONE = Set.of("len", "not");
  private static final Set<String> OF_TWO = Set.of("ge", "gt", "le", "lt", "ne");

  private final BiFunction<String, List<Value>, String> printf;

  Functions(BiFunction<String, List<Value>, String> printf) {
    this.printf = printf;
  }

  /** What a function did not like; the evaluator adds where. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failure(String message) {
      super(message, null, false, false);
    }
  }

  /** How many arguments a function takes at least. */
  static int least(String name) {
    return OF_TWO.contains(name)
        ? 2
        : Set.of("print", "println", "html", "js", "urlquery").contains(name) ? 0 : 1;
  }

  /** Whether it takes no more than the least. */
  static boolean isExact(String name) {
    return OF_ONE.contains(name) || OF_TWO.contains(name);
  }

  @Nullable Object call(String name, List<@Nullable Object> given) {
    return switch (name) {
      case "not" -> BooleanValue.of(!Values.truth(given.getFirst()));
      case "len" -> length(given.getFirst());
      case "index" -> index(given);
      case "slice" -> slice(given);
      case "print" -> StringValue.of(print(given));
      case "println" -> StringValue.of(println(given));
      case "printf" -> StringValue.of(formatted(given));
      case "html" -> StringValue.of(html(text(given)));
      case "js" -> StringValue.of(js(text(given)));
      case "urlquery" -> StringValue.of(query(text(given)));
      case "eq" -> BooleanValue.of(equal(given));
      case "ne" -> BooleanValue.of(!same(given.get(0), given.get(1)));
      case "lt" -> BooleanValue.of(is(given, order -> order < 0));
      case "le" -> BooleanValue.of(is(given, order -> order <= 0));
      case "gt" -> BooleanValue.of(is(given, order -> order > 0));
      case "ge" -> BooleanValue.of(is(given, order -> order >= 0));
      default -> throw new IllegalStateException(name);
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Long length(@Nullable Object of) {
    return switch (of) {
      case StringValue s -> (long) bytes(s.text()).length;
      case NumberValue n -> (long) n.toString().length();
      case ArrayValue a -> (long) a.size();
      case ObjectValue o -> (long) o.size();
      case null -> throw new Failure("len of nil pointer");
      default -> throw new Failure("len of type " + Values.type(of));
    };
  }

  private static @Nullable Object index(List<@Nullable Object> given) {
    Object here = given.getFirst();
    if (here == null || here instanceof NullValue) {
      throw new Failure("index of untyped nil");
    }
    for (Object key : given.subList(1, given.size())) {
      here =
          switch (here) {
            case ArrayValue a -> a.get(place(key, a.size() - 1));
            case StringValue s -> {
              byte[] all = bytes(s.text());
              yield (long) (all[place(key, all.length - 1)] & 0xFF);
            }
            case ObjectValue o -> {
              if (!(key instanceof StringValue name)) {
                throw new Failure("value has type " + Values.type(key) + "; should be string");
              }
              yield o.get(name);
            }
            case null -> throw new Failure("index of nil pointer");
            default -> throw new Failure("can't index item of type " + Values.type(here));
          };
    }
    return here;
  }

  private static int place(@Nullable Object key, int last) {
    if (!(key instanceof Long number)) {
      throw new Failure("cannot index slice/array with type " + Values.type(key));
    }
    if (number < 0 || number > last) {
      throw new Failure("index out of range: " + number);
    }
    return number.intValue();
  }

  private static Object slice(List<@Nullable Object> given) {
    Object of = given.getFirst();
    int size =
        switch (of) {
          case StringValue s -> bytes(s.text()).length;
          case ArrayValue a -> a.size();
          case null -> throw new Failure("slice of untyped nil");
          default -> throw new Failure("can't slice item of type " + Values.type(of));
        };
    if (given.size() > 4) {
      throw new Failure("too many slice indexes: " + (given.size() - 1));
    }
    if (given.size() == 4 && of instanceof StringValue) {
      throw new Failure("cannot 3-index slice a string");
    }
    int from = given.size() > 1 ? place(given.get(1), size) : 0;
    int to = given.size() > 2 ? place(given.get(2), size) : size;
    if (from > to) {
      throw new Failure("invalid slice index: " + from + " > " + to);
    }
    if (given.size() > 3 && place(given.get(3), size) < to) {
      throw new Failure("invalid slice index: " + to + " > " + given.get(3));
    }
    return of instanceof ArrayValue a
        ? ArrayValue.of(a.elements().subList(from, to))
        : StringValue.of(
            new String(
                Arrays.copyOfRange(bytes(((StringValue) of).text()), from, to),
                StandardCharsets.UTF_8));
  }

  /** Blanks stand between operands neither of which is a text. */
  private static String print(List<@Nullable Object> given) {
    var out = new StringBuilder();
    for (int i = 0; i < given.size(); i++) {
      if (i > 0 && !isText(given.get(i)) && !isText(given.get(i - 1))) {
        out.append(' ');
      }
      out.append(Values.print(given.get(i)));
    }
    return out.toString();
  }

  private static boolean isText(@Nullable Object value) {
    return value instanceof StringValue || value instanceof NumberValue;
  }

  private static String println(List<@Nullable Object> given) {
    return String.join(" ", given.stream().map(Values::print).toList()) + "\n";
  }

  private static String text(List<@Nullable Object> given) {
    return given.size() == 1 && given.getFirst() instanceof StringValue s ? s.text() : print(given);
  }

  private String formatted(List<@Nullable Object> given) {
    if (!(given.getFirst() instanceof StringValue format)) {
      throw new Failure(
          "wrong type for value; expected string; got " + Values.type(given.getFirst()));
    }
    List<Value> values = new ArrayList<>();
    List<@Nullable Object> rest = given.subList(1, given.size());
    for (Object each : rest) {
      values.add(
          switch (each) {
            case Long n -> NumberValue.of(n);
            case Double d -> NumberValue.of(d);
            case null, default -> StringValue.of(Values.print(each));
          });
    }
    return printf.apply(fitted(format.text(), rest, values), values);
  }

  /**
   * The format for values that have become texts: what Go writes of a truth value, of a number of
   * JSON and of a type is put in their places.
   */
  private static String fitted(String format, List<@Nullable Object> given, List<Value> values) {
    var out = new StringBuilder(format);
    int next = 0;
    for (int i = 0; i + 1 < out.length(); i++) {
      if (out.charAt(i) != '%') {
        continue;
      }
      int verb = i + 1;
      while (verb < out.length() && "+-# 0123456789.".indexOf(out.charAt(verb)) >= 0) {
        verb++;
      }
      if (verb == out.length() || "*[".indexOf(out.charAt(verb)) >= 0) {
        break; // Widths and places that arguments say are left alone.
      }
      char c = out.charAt(verb);
      i = verb;
      if (c == '%' || next == given.size()) {
        continue;
      }
      Object value = given.get(next);
      if (c == 'T') {
        values.set(next, StringValue.of(Values.type(value)));
        out.setCharAt(verb, 'v');
      } else if (c == 't' && value instanceof BooleanValue) {
        out.setCharAt(verb, 'v');
      } else if (value instanceof NumberValue && "vsqxX".indexOf(c) < 0) {
        values.set(next, StringValue.of("%!" + c + "(json.Number=" + value + ")"));
        out.setCharAt(verb, 'v');
      }
      next++;
    }
    return out.toString();
  }

  private static String html(String text) {
    return text.replace("\0", "\uFFFD")
        .replace("&", "&amp;")
        .replace("\"", "&#34;")
        .replace("'", "&#39;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }

  private static String js(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '\\' -> out.append("\\\\");
            case '\'' -> out.append("\\'");
            case '"' -> out.append("\\\"");
            case '<', '>', '&', '=' -> out.append("\\u%04X".formatted(c));
            default -> {
              if (c < ' ' || Character.isISOControl(c) || !Character.isDefined(c)) {
                out.append("\\u%04X".formatted(c));
              } else {
                out.appendCodePoint(c);
              }
            }
          }
        });
    return out.toString();
  }

  private static String query(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }

  /** What values can be compared as; null for those that cannot. */
  private static @Nullable Object comparable(@Nullable Object value) {
    return switch (value) {
      case BooleanValue b -> b == BooleanValue.TRUE;
      case Long n -> n;
      case Double d -> d;
      case StringValue s -> s.text();
      case NumberValue n -> n.toString();
      case null, default -> null;
    };
  }

  private static boolean equal(List<@Nullable Object> given) {
    if (given.size() < 2) {
      throw new Failure("missing argument for comparison");
    }
    for (Object other : given.subList(1, given.size())) {
      if (same(given.getFirst(), other)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNone(@Nullable Object value) {
    return value == null || value instanceof NullValue;
  }

  private static boolean same(@Nullable Object a, @Nullable Object b) {
    if (isNone(a) || isNone(b)) {
      return isNone(a) && isNone(b);
    }
    for (Object each : new Object[] {a, b}) {
      if (comparable(each) == null) {
        throw new Failure("non-comparable type " + Values.print(each) + ": " + Values.type(each));
      }
    }
    return comparison(a, b) == 0;
  }

  private static boolean is(List<@Nullable Object> given, IntPredicate wanted) {
    Object a = given.get(0);
    Object b = given.get(1);
    if (comparable(a) == null || a instanceof BooleanValue || comparable(b) == null) {
      throw new Failure("invalid type for comparison");
    }
    return wanted.test(comparison(a, b));
  }

  private static int comparison(@Nullable Object a, @Nullable Object b) {
    Object x = comparable(a);
    Object y = comparable(b);
    if (x instanceof Long n && y instanceof Long m) {
      return Long.compare(n, m);
    }
    if (x instanceof Double n && y instanceof Double m) {
      return Double.compare(n, m);
    }
    if (x instanceof String n && y instanceof String m) {
      return Arrays.compareUnsigned(bytes(n), bytes(m));
    }
    if (x instanceof Boolean n && y instanceof Boolean m) {
      return Boolean.compare(n, m);
    }
    throw new Failure(
        "incompatible types for comparison: " + Values.type(a) + " and " + Values.type(b));
  }
}
