package dev.bylaw.value;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The canonical form of a value in JSON (RFC 8785): the same value, the same bytes.
 *
 * <p>Object keys are in order of UTF-16 code units and numbers as ECMAScript writes doubles. A
 * number that no double stands for (its shortest decimal is another) becomes a string, so that
 * nothing is lost: {@code 9007199254740993} is {@code "9007199254740993"}. Sets are arrays in the
 * total order.
 */
public final class CanonicalJson {
  private static final long MOST_EXACT = 1L << 53;

  private CanonicalJson() {}

  /** The canonical text. */
  public static String write(Value value) {
    var out = new StringBuilder();
    write(out, value);
    return out.toString();
  }

  /** The canonical text in UTF-8. */
  public static byte[] bytes(Value value) {
    return write(value).getBytes(StandardCharsets.UTF_8);
  }

  /** Appends the canonical text. */
  public static void write(StringBuilder out, Value value) {
    switch (value) {
      case NullValue _, BooleanValue _ -> out.append(value);
      case NumberValue number -> number(out, number);
      case StringValue text -> JsonWriter.quote(out, text.text());
      case ArrayValue array -> list(out, array);
      case SetValue set -> list(out, set);
      case ObjectValue object -> object(out, object);
    }
  }

  private static void list(StringBuilder out, Iterable<Value> elements) {
    char before = '[';
    for (Value element : elements) {
      out.append(before);
      before = ',';
      write(out, element);
    }
    out.append(before == '[' ? "[]" : "]");
  }

  private static void object(StringBuilder out, ObjectValue object) {
    Entry[] entries = new Entry[object.size()];
    boolean sorted = true;
    for (int i = 0; i < entries.length; i++) {
      entries[i] = new Entry(key(object.key(i)), object.value(i));
      sorted &= i == 0 || entries[i - 1].compareTo(entries[i]) < 0;
    }
    if (!sorted) {
      Arrays.sort(entries);
    }
    out.append('{');
    for (int i = 0; i < entries.length; i++) {
      if (i > 0) {
        out.append(',');
      }
      JsonWriter.quote(out, entries[i].key);
      out.append(':');
      write(out, entries[i].value);
    }
    out.append('}');
  }

  private static String key(Value key) {
    return JavaValues.keyText(key instanceof NumberValue number ? number.plain() : key);
  }

  private record Entry(String key, Value value) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      return key.compareTo(other.key);
    }
  }

  private static void number(StringBuilder out, NumberValue number) {
    // Up to here doubles leave no whole number out, and ECMAScript writes each as its plain digits.
    if (number.isLong() && number.longValue() <= MOST_EXACT && number.longValue() >= -MOST_EXACT) {
      out.append(number.longValue());
      return;
    }
    double nearest = number.doubleValue();
    if (Double.isFinite(nearest)
        && new BigDecimal(Double.toString(nearest)).compareTo(number.decimal()) == 0) {
      ecmaScript(out, nearest);
    } else {
      JsonWriter.quote(out, number.plain().toString());
    }
  }

  /** Number::toString of ECMA-262 §6.1.6.1.20 over the shortest digits. */
  private static void ecmaScript(StringBuilder out, double number) {
    if (number == 0) {
      out.append('0');
      return;
    }
    BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int k = digits.length();
    int n = k - shortest.scale();
    if (number < 0) {
      out.append('-');
    }
    if (k <= n && n <= 21) {
      out.append(digits).repeat('0', n - k);
    } else if (0 < n && n <= 21) {
      out.append(digits, 0, n).append('.').append(digits, n, k);
    } else if (-6 < n && n <= 0) {
      out.append("0.").repeat('0', -n).append(digits);
    } else {
      out.append(digits.charAt(0));
      if (k > 1) {
        out.append('.').append(digits, 1, k);
      }
      out.append('e').append(n > 0 ? '+' : '-').append(Math.abs(n - 1));
    }
  }
}
