package dev.bylaw.expression;

import dev.bylaw.expression.Domain.Bytes;
import dev.bylaw.expression.Result.Failed;
import dev.bylaw.expression.Result.Reason;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.StringValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions on texts, as in CEL's string extension; positions count code points from 0. */
final class Texts {
  private Texts() {}

  /** Something asked of two texts. */
  @FunctionalInterface
  interface Test {
    boolean of(String text, String part);
  }

  static Object test(String name, Object a, Object b, Test test, Node site, Frame frame) {
    if (!(a instanceof StringValue text) || !(b instanceof StringValue part)) {
      return site.notApplicable(name, a, b);
    }
    return frame.spend(text.text().length() >> 6)
        ? BooleanValue.of(test.of(text.text(), part.text()))
        : site.outOfBudget();
  }

  /** Something made of a text that is not longer than it. */
  @FunctionalInterface
  interface Change {
    String of(String text);
  }

  static Object changed(String name, Object a, Change change, Node site, Frame frame) {
    if (!(a instanceof StringValue text)) {
      return site.notApplicable(name, a);
    }
    return frame.spend(1 + (text.text().length() >> 6))
        ? StringValue.of(change.of(text.text()))
        : site.outOfBudget();
  }

  static String lowerAscii(String text) {
    return mapped(text, 'A', 'Z', 'a' - 'A');
  }

  static String upperAscii(String text) {
    return mapped(text, 'a', 'z', 'A' - 'a');
  }

  private static String mapped(String text, char from, char to, int shift) {
    char[] letters = text.toCharArray();
    for (int i = 0; i < letters.length; i++) {
      if (letters[i] >= from && letters[i] <= to) {
        letters[i] += (char) shift;
      }
    }
    return new String(letters);
  }

  /** Without the white space of Unicode at both ends. */
  static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c >= '\t' && c <= '\r'
        || c == ' '
        || c == '\u0085'
        || c == '\u00a0'
        || c == '\u1680'
        || c >= '\u2000' && c <= '\u200a'
        || c == '\u2028'
        || c == '\u2029'
        || c == '\u202f'
        || c == '\u205f'
        || c == '\u3000';
  }

  static Object charAt(Object a, Object b, Node site, Frame frame) {
    if (!(a instanceof StringValue text) || !(b instanceof NumberValue index)) {
      return site.notApplicable("charAt", a, b);
    }
    int[] codePoints = codePoints(text.text(), frame);
    int at = position(index, codePoints == null ? -1 : codePoints.length);
    if (codePoints == null) {
      return site.outOfBudget();
    }
    if (at < 0) {
      return outside(index, codePoints.length, site);
    }
    return at == codePoints.length
        ? StringValue.EMPTY
        : StringValue.of(Character.toString(codePoints[at]));
  }

  static Object substring(Object a, Object from, @Nullable Object to, Node site, Frame frame) {
    if (!(a instanceof StringValue text)
        || !(from instanceof NumberValue start)
        || !(to == null || to instanceof NumberValue)) {
      return to == null
          ? site.notApplicable("substring", a, from)
          : site.notApplicable("substring", a, from, to);
    }
    int[] codePoints = codePoints(text.text(), frame);
    if (codePoints == null) {
      return site.outOfBudget();
    }
    int first = position(start, codePoints.length);
    int last = to instanceof NumberValue end ? position(end, codePoints.length) : codePoints.length;
    if (first < 0) {
      return outside(start, codePoints.length, site);
    }
    return last < first
        ? site.failed(Reason.MISSING, "substring ends before it starts or after the text")
        : StringValue.of(new String(codePoints, first, last - first));
  }

  /** Where a part first or last stands, from a position on or up to it; -1 if nowhere. */
  static Object indexOf(
      boolean last, Object a, Object b, @Nullable Object from, Node site, Frame frame) {
    String name = last ? "lastIndexOf" : "indexOf";
    if (!(a instanceof StringValue text)
        || !(b instanceof StringValue part)
        || !(from == null || from instanceof NumberValue)) {
      return from == null ? site.notApplicable(name, a, b) : site.notApplicable(name, a, b, from);
    }
    String all = text.text();
    long work = 1 + ((long) all.length() * Math.min(part.text().length() + 1, 64) >> 6);
    if (!frame.spend(work)) {
      return site.outOfBudget();
    }
    int length = all.codePointCount(0, all.length());
    int offset = last ? length : 0;
    if (from instanceof NumberValue start) {
      offset = position(start, length);
      if (part.text().isEmpty() && offset >= 0) {
        return NumberValue.of(offset);
      }
      if (offset < 0 || offset == length) {
        return outside(start, length - 1, site);
      }
    }
    int unit = all.offsetByCodePoints(0, offset);
    int found = last ? all.lastIndexOf(part.text(), unit) : all.indexOf(part.text(), unit);
    return NumberValue.of(found < 0 ? -1 : all.codePointCount(0, found));
  }

  static Object replaced(Object[] arguments, Node site, Frame frame) {
    if (!(arguments[0] instanceof StringValue text)
        || !(arguments[1] instanceof StringValue part)
        || !(arguments[2] instanceof StringValue by)) {
      return site.notApplicable("replace", arguments);
    }
    long most = Integer.MAX_VALUE;
    if (arguments.length == 4) {
      if (!(arguments[3] instanceof NumberValue limit) || !limit.isLong()) {
        return site.notApplicable("replace", arguments);
      }
      most = limit.longValue() < 0 ? most : limit.longValue();
    }
    return replaced(text.text(), part.text(), by.text(), most, site, frame);
  }

  private static Object replaced(
      String text, String part, String by, long most, Node site, Frame frame) {
    var out = new StringBuilder();
    int copied = 0;
    int at = text.indexOf(part);
    for (long done = 0; done < most && at >= 0; done++) {
      out.append(text, copied, at).append(by);
      copied = at + part.length();
      if (out.length() > frame.outputSize() || !frame.spend(1 + (by.length() >> 6))) {
        return site.outOfBudget();
      }
      if (part.isEmpty()) {
        if (at >= text.length()) {
          break;
        }
        int next = at + Character.charCount(text.codePointAt(at));
        out.append(text, at, next);
        copied = next;
        at = next;
      } else {
        at = text.indexOf(part, copied);
      }
    }
    if (!frame.spend(text.length() >> 6)) {
      return site.outOfBudget();
    }
    return StringValue.of(out.append(text, copied, text.length()).toString());
  }

  static Object split(Object a, Object b, @Nullable Object most, Node site, Frame frame) {
    if (!(a instanceof StringValue text)
        || !(b instanceof StringValue separator)
        || !(most == null || most instanceof NumberValue number && number.isLong())) {
      return most == null
          ? site.notApplicable("split", a, b)
          : site.notApplicable("split", a, b, most);
    }
    long limit = most instanceof NumberValue number ? number.longValue() : -1;
    List<StringValue> parts = new ArrayList<>();
    String rest = text.text();
    if (limit == 0) {
      return ArrayValue.EMPTY;
    }
    int from = 0;
    while (limit < 0 || parts.size() < limit - 1) {
      int end = nextSeparator(rest, from, separator.text());
      if (end < 0) {
        break;
      }
      parts.add(StringValue.of(rest.substring(from, end)));
      from = end + separator.text().length();
      if (parts.size() > frame.outputSize() || !frame.spend(1)) {
        return site.outOfBudget();
      }
    }
    if (!frame.spend(rest.length() >> 6)) {
      return site.outOfBudget();
    }
    if (from < rest.length() || !separator.text().isEmpty()) {
      parts.add(StringValue.of(rest.substring(from)));
    }
    return ArrayValue.of(parts);
  }

  /** Between any two code points where the separator is empty. */
  private static int nextSeparator(String text, int from, String separator) {
    if (!separator.isEmpty()) {
      return text.indexOf(separator, from);
    }
    int next = from < text.length() ? text.offsetByCodePoints(from, 1) : text.length();
    return next < text.length() ? next : -1;
  }

  static Object joined(Object a, @Nullable Object b, Node site, Frame frame) {
    if (!(a instanceof ArrayValue list) || !(b == null || b instanceof StringValue)) {
      return b == null ? site.notApplicable("join", a) : site.notApplicable("join", a, b);
    }
    String separator = b instanceof StringValue text ? text.text() : "";
    var out = new StringBuilder();
    for (int i = 0; i < list.size(); i++) {
      if (!(list.get(i) instanceof StringValue element)) {
        return site.failed(Reason.TYPE, "`join` takes strings, found " + Domain.word(list.get(i)));
      }
      out.append(i == 0 ? "" : separator).append(element.text());
      long length = (long) element.text().length() + separator.length();
      if (out.length() > frame.outputSize() || !frame.spend(1 + (length >> 6))) {
        return site.outOfBudget();
      }
    }
    return StringValue.of(out.toString());
  }

  /** {@code a + b} for texts, bytes and lists. */
  static Object sum(Object a, Object b, Node site, Frame frame) {
    if (a instanceof StringValue x && b instanceof StringValue y) {
      long length = (long) x.text().length() + y.text().length();
      return fits(length, length >> 6, frame)
          ? StringValue.of(x.text().concat(y.text()))
          : site.outOfBudget();
    }
    if (a instanceof Bytes x && b instanceof Bytes y) {
      long length = (long) x.octets().length + y.octets().length;
      if (!fits(length, length >> 6, frame)) {
        return site.outOfBudget();
      }
      byte[] sum = Arrays.copyOf(x.octets(), (int) length);
      System.arraycopy(y.octets(), 0, sum, x.octets().length, y.octets().length);
      return new Bytes(sum);
    }
    List<?> first = elements(a);
    List<?> second = elements(b);
    if (first == null || second == null) {
      return site.notApplicable("+", a, b);
    }
    long size = (long) first.size() + second.size();
    if (!fits(size, size, frame)) {
      return site.outOfBudget();
    }
    List<Object> sum = new ArrayList<>(first);
    sum.addAll(second);
    return Domain.list(sum);
  }

  private static boolean fits(long size, long steps, Frame frame) {
    return size <= frame.outputSize() && frame.spend(1 + steps);
  }

  private static @Nullable List<?> elements(Object operand) {
    return operand instanceof ArrayValue array
        ? array.elements()
        : operand instanceof Domain.Items items ? items.elements() : null;
  }

  /** {@code size(x)}: code points, octets, elements or entries. */
  static Object size(Object a, Node site, Frame frame) {
    return switch (a) {
      case StringValue text ->
          frame.spend(text.text().length() >> 6)
              ? NumberValue.of(text.text().codePointCount(0, text.text().length()))
              : site.outOfBudget();
      case Bytes bytes -> NumberValue.of(bytes.octets().length);
      default -> {
        int size = Domain.size(a);
        yield size < 0 ? site.notApplicable("size", a) : NumberValue.of(size);
      }
    };
  }

  private static int @Nullable [] codePoints(String text, Frame frame) {
    return frame.spend(1 + (text.length() >> 4)) ? text.codePoints().toArray() : null;
  }

  /** A position from 0 to the length, or -1 if it is none. */
  private static int position(NumberValue number, int length) {
    return number.isLong() && number.longValue() >= 0 && number.longValue() <= length
        ? (int) number.longValue()
        : -1;
  }

  private static Failed outside(NumberValue index, int most, Node site) {
    return site.failed(
        Reason.MISSING, "position " + index + " is not within 0 to " + Math.max(0, most));
  }
}
