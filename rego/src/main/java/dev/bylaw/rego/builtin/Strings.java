package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Strings; places count code points. */
final class Strings {
  private Strings() {}

  static Value concat(BuiltinContext c, Value a, Value b) {
    String glue = Operands.string(a, 1);
    if (!(b instanceof ArrayValue) && !(b instanceof SetValue)) {
      throw BuiltinFailure.operand(2, "one of {set, array}", b.kind().word());
    }
    List<String> parts = Operands.strings(b, 2);
    long length = (long) glue.length() * parts.size();
    for (String part : parts) {
      length += part.length();
    }
    Operands.room(length);
    return StringValue.of(String.join(glue, parts));
  }

  static Value contains(BuiltinContext c, Value a, Value b) {
    return BooleanValue.of(Operands.string(a, 1).contains(Operands.string(b, 2)));
  }

  static Value startsWith(BuiltinContext c, Value a, Value b) {
    return BooleanValue.of(Operands.string(a, 1).startsWith(Operands.string(b, 2)));
  }

  static Value endsWith(BuiltinContext c, Value a, Value b) {
    return BooleanValue.of(Operands.string(a, 1).endsWith(Operands.string(b, 2)));
  }

  static Value lower(BuiltinContext c, Value a) {
    String text = Operands.string(a, 1);
    var out = new StringBuilder(text.length());
    // Letter by letter: neither does what stands around one matter, nor becomes one two.
    text.codePoints().map(Character::toLowerCase).forEach(out::appendCodePoint);
    return StringValue.of(out.toString());
  }

  static Value upper(BuiltinContext c, Value a) {
    String text = Operands.string(a, 1);
    var out = new StringBuilder(text.length());
    text.codePoints().map(Character::toUpperCase).forEach(out::appendCodePoint);
    return StringValue.of(out.toString());
  }

  static Value indexOf(BuiltinContext c, Value a, Value b) {
    String text = Operands.string(a, 1);
    String part = wanted(b);
    int at = text.indexOf(part);
    return NumberValue.of(at < 0 ? -1 : text.codePointCount(0, at));
  }

  private static String wanted(Value b) {
    String part = Operands.string(b, 2);
    if (part.isEmpty()) {
      throw BuiltinFailure.error("empty search character");
    }
    return part;
  }

  static Value indexOfN(BuiltinContext c, Value a, Value b) {
    String text = Operands.string(a, 1);
    String part = wanted(b);
    List<Value> places = new ArrayList<>();
    int counted = 0;
    int points = 0;
    for (int at = text.indexOf(part);
        at >= 0;
        at = text.indexOf(part, at + Character.charCount(text.codePointAt(at)))) {
      c.tick();
      points += text.codePointCount(counted, at);
      counted = at;
      places.add(NumberValue.of(points));
    }
    return ArrayValue.of(places);
  }

  static Value count(BuiltinContext c, Value a, Value b) {
    String text = Operands.string(a, 1);
    String part = Operands.string(b, 2);
    if (part.isEmpty()) {
      return NumberValue.of(text.codePointCount(0, text.length()) + 1);
    }
    int n = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      n++;
    }
    return NumberValue.of(n);
  }

  static Value substring(BuiltinContext c, Value a, Value from, Value length) {
    String text = Operands.string(a, 1);
    int start = Operands.intValue(from, 2);
    int count = Operands.intValue(length, 3);
    if (start < 0) {
      throw BuiltinFailure.error("negative offset");
    }
    int size = text.codePointCount(0, text.length());
    if (start >= size) {
      return StringValue.EMPTY;
    }
    int stop = count < 0 ? size : (int) Math.min((long) start + count, size);
    int first = text.offsetByCodePoints(0, start);
    return StringValue.of(text.substring(first, text.offsetByCodePoints(first, stop - start)));
  }

  static Value replace(BuiltinContext c, Value a, Value old, Value by) {
    String text = Operands.string(a, 1);
    String from = Operands.string(old, 2);
    String to = Operands.string(by, 3);
    if ((text.length() + 1L) * (to.length() + 1L) > Integer.MAX_VALUE / 64) {
      Operands.room(text.length() + occurrences(text, from) * (to.length() - from.length()));
    }
    return StringValue.of(text.replace(from, to));
  }

  private static long occurrences(String text, String part) {
    if (part.isEmpty()) {
      return text.length() + 1L;
    }
    long count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  static Value replaceN(BuiltinContext c, Value patterns, Value text) {
    ObjectValue o = Operands.object(patterns, 1);
    List<String> olds = new ArrayList<>();
    List<String> news = new ArrayList<>();
    for (int i = 0; i < o.size(); i++) {
      if (!(o.sortedKey(i) instanceof StringValue k)) {
        throw BuiltinFailure.type("operand 1 non-string key found in pattern object");
      }
      if (!(o.sortedValue(i) instanceof StringValue v)) {
        throw BuiltinFailure.type("operand 1 non-string value found in pattern object");
      }
      olds.add(k.text());
      news.add(v.text());
    }
    String s = Operands.string(text, 2);
    var out = new StringBuilder();
    int at = 0;
    boolean afterEmpty = false;
    while (at <= s.length()) {
      int match = -1;
      for (int i = 0; i < olds.size() && match < 0; i++) {
        if (s.startsWith(olds.get(i), at) && !(olds.get(i).isEmpty() && afterEmpty)) {
          match = i;
        }
      }
      if (match >= 0) {
        Operands.room((long) out.length() + news.get(match).length());
        out.append(news.get(match));
        at += olds.get(match).length();
        afterEmpty = olds.get(match).isEmpty();
        continue;
      }
      afterEmpty = false;
      if (at < s.length()) {
        out.append(s.charAt(at));
      }
      at++;
    }
    return StringValue.of(out.toString());
  }

  static Value reverse(BuiltinContext c, Value a) {
    if (!(a instanceof StringValue s)) {
      throw BuiltinFailure.operand(1, "string", a.kind().word());
    }
    return StringValue.of(new StringBuilder(s.text()).reverse().toString());
  }

  static Value split(BuiltinContext c, Value a, Value b) {
    return array(pieces(c, Operands.string(a, 1), Operands.string(b, 2)));
  }

  static Value splitN(BuiltinContext c, Value a, Value b, Value n) {
    int count = Operands.intValue(n, 3);
    List<String> all = pieces(c, Operands.string(a, 1), Operands.string(b, 2));
    int size = Math.min(Math.abs(count), all.size());
    return array(count < 0 ? all.subList(all.size() - size, all.size()) : all.subList(0, size));
  }

  private static List<String> pieces(BuiltinContext c, String text, String delimiter) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    if (delimiter.isEmpty()) {
      while (at < text.length()) {
        c.tick();
        int next = text.offsetByCodePoints(at, 1);
        parts.add(text.substring(at, next));
        at = next;
      }
      return parts;
    }
    for (int next = text.indexOf(delimiter); next >= 0; next = text.indexOf(delimiter, at)) {
      c.tick();
      parts.add(text.substring(at, next));
      at = next + delimiter.length();
    }
    parts.add(text.substring(at));
    return parts;
  }

  static Value array(List<String> texts) {
    List<Value> values = new ArrayList<>(texts.size());
    texts.forEach(t -> values.add(StringValue.of(t)));
    return ArrayValue.of(values);
  }

  static Value trim(BuiltinContext c, Value a, Value b) {
    String text = Operands.string(a, 1);
    String cut = Operands.string(b, 2);
    return StringValue.of(trimRight(trimLeft(text, cut), cut));
  }

  static Value trimLeft(BuiltinContext c, Value a, Value b) {
    return StringValue.of(trimLeft(Operands.string(a, 1), Operands.string(b, 2)));
  }

  static Value trimRight(BuiltinContext c, Value a, Value b) {
    return StringValue.of(trimRight(Operands.string(a, 1), Operands.string(b, 2)));
  }

  private static String trimLeft(String text, String cut) {
    int at = 0;
    while (at < text.length() && cut.indexOf(text.codePointAt(at)) >= 0) {
      at += Character.charCount(text.codePointAt(at));
    }
    return text.substring(at);
  }

  private static String trimRight(String text, String cut) {
    int end = text.length();
    while (end > 0 && cut.indexOf(text.codePointBefore(end)) >= 0) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(0, end);
  }

  static Value trimPrefix(BuiltinContext c, Value a, Value b) {
    String text = Operands.string(a, 1);
    String prefix = Operands.string(b, 2);
    return StringValue.of(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
  }

  static Value trimSuffix(BuiltinContext c, Value a, Value b) {
    String text = Operands.string(a, 1);
    String suffix = Operands.string(b, 2);
    return StringValue.of(
        text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text);
  }

  static Value trimSpace(BuiltinContext c, Value a) {
    String text = Operands.string(a, 1);
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (end > start && isSpace(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return StringValue.of(text.substring(start, end));
  }

  private static boolean isSpace(int c) {
    return (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0 || Character.isSpaceChar(c);
  }

  static Value anyPrefix(BuiltinContext c, Value a, Value b) {
    return anyMatch(a, b, String::startsWith);
  }

  static Value anySuffix(BuiltinContext c, Value a, Value b) {
    return anyMatch(a, b, String::endsWith);
  }

  private static Value anyMatch(Value a, Value b, BiPredicate<String, String> match) {
    List<String> texts = texts(a, 1);
    List<String> parts = texts(b, 2);
    for (String text : texts) {
      for (String part : parts) {
        if (match.test(text, part)) {
          return BooleanValue.TRUE;
        }
      }
    }
    return BooleanValue.FALSE;
  }

  private static List<String> texts(Value v, int position) {
    return switch (v) {
      case StringValue s -> List.of(s.text());
      case ArrayValue _, SetValue _ -> Operands.strings(v, position);
      default -> Operands.fail(position, "one of {string, set, array}", v);
    };
  }

  /** The parts of an interpolated string: constants, or sets with at most one value. */
  static Value template(BuiltinContext c, Value a) {
    var out = new StringBuilder();
    for (Value part : Operands.array(a, 1)) {
      if (part instanceof SetValue s) {
        if (s.size() > 1) {
          throw BuiltinFailure.error("template-strings must not produce multiple outputs");
        }
        out.append(s.size() == 0 ? "<undefined>" : text(s.sorted(0)));
      } else {
        out.append(text(part));
      }
    }
    return StringValue.of(out.toString());
  }

  static String text(Value v) {
    return v instanceof StringValue s ? s.text() : TermText.of(v);
  }
}
