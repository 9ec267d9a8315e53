package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRulesProvider;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Instants in nanoseconds since 1970, and durations. */
final class Times {
  private static final int MOST_LONG = 1024;
  private static final Pattern DURATION = Pattern.compile("([0-9]*\\.?[0-9]*)([^.0-9]*)");

  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          Map.entry("ns", BigDecimal.ONE),
          Map.entry("us", new BigDecimal("1e3")),
          Map.entry("µs", new BigDecimal("1e3")),
          Map.entry("μs", new BigDecimal("1e3")),
          Map.entry("ms", new BigDecimal("1e6")),
          Map.entry("s", new BigDecimal("1e9")),
          Map.entry("m", new BigDecimal("6e10")),
          Map.entry("h", new BigDecimal("3.6e12")),
          Map.entry("d", new BigDecimal("8.64e13")),
          Map.entry("w", new BigDecimal("6.048e14")),
          Map.entry("y", new BigDecimal("3.1536e16")));

  /** Names of zones that Java lacks. */
  private static final Map<String, String> SHORT_NAMES =
      Map.of("EST", "America/Panama", "MST", "America/Phoenix", "HST", "Pacific/Honolulu");

  private Times() {}

  static Value now(BuiltinContext c) {
    return NumberValue.of(c.now());
  }

  static Value parseNs(BuiltinContext c, Value layout, Value text) {
    return nanos(GoTimeReading.of(Operands.string(layout, 1), Operands.string(text, 2)));
  }

  static Value parseRfc3339(BuiltinContext c, Value text) {
    String written = Operands.string(text, 1);
    long plain = rfc3339(written);
    return plain == Long.MIN_VALUE
        ? nanos(GoTimeReading.of(GoTime.RFC3339, written))
        : NumberValue.of(plain);
  }

  /**
   * The nanoseconds of the form nearly all texts have, {@code 2025-03-04T15:30:00Z}; {@link
   * Long#MIN_VALUE} for any other, right or wrong.
   */
  private static long rfc3339(String s) {
    if (s.length() != 20
        || s.charAt(4) != '-'
        || s.charAt(7) != '-'
        || s.charAt(10) != 'T'
        || s.charAt(13) != ':'
        || s.charAt(16) != ':'
        || s.charAt(19) != 'Z') {
      return Long.MIN_VALUE;
    }
    int year = digits(s, 0, 4);
    int month = digits(s, 5, 7);
    int day = digits(s, 8, 10);
    int hour = digits(s, 11, 13);
    int minute = digits(s, 14, 16);
    int second = digits(s, 17, 19);
    boolean usual =
        year >= 1700
            && year <= 2200
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= YearMonth.of(year, month).lengthOfMonth()
            && hour >= 0
            && hour < 24
            && minute >= 0
            && minute < 60
            && second >= 0
            && second < 60;
    if (!usual) {
      return Long.MIN_VALUE;
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1_000_000_000L;
  }

  /** The number that decimal digits say, or -1. */
  private static int digits(String s, int from, int to) {
    int n = 0;
    for (int i = from; i < to; i++) {
      int digit = s.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      n = n * 10 + digit;
    }
    return n;
  }

  private static Value nanos(LocalDateTime time) {
    Instant instant = time.toInstant(ZoneOffset.UTC);
    BigInteger n =
        BigInteger.valueOf(instant.getEpochSecond())
            .multiply(BigInteger.valueOf(1_000_000_000))
            .add(BigInteger.valueOf(instant.getNano()));
    if (n.bitLength() > 63) {
      throw BuiltinFailure.error("time outside of valid range");
    }
    return NumberValue.of(n);
  }

  static Value parseDuration(BuiltinContext c, Value text) {
    return duration(Operands.string(text, 1));
  }

  /** The nanoseconds of a duration such as {@code 1h30m}. */
  static Value duration(String s) {
    if (s.length() > MOST_LONG) {
      throw BuiltinFailure.error("time: invalid duration of " + s.length() + " characters");
    }
    boolean negative = s.startsWith("-");
    String rest = negative || s.startsWith("+") ? s.substring(1) : s;
    if (rest.equals("0")) {
      return NumberValue.of(0);
    }
    BigDecimal total = BigDecimal.ZERO;
    Matcher m = DURATION.matcher(rest);
    int at = 0;
    while (at < rest.length()) {
      if (!m.find(at) || m.start() != at || m.group(1).isEmpty() || m.group(1).equals(".")) {
        throw invalid("invalid duration", s);
      }
      if (m.group(2).isEmpty()) {
        throw invalid("missing unit in duration", s);
      }
      BigDecimal unit = UNITS.get(m.group(2));
      if (unit == null && (s.contains("d") || s.contains("w") || s.contains("y"))) {
        throw invalid("invalid duration", s);
      }
      if (unit == null) {
        throw invalid("unknown unit " + GoTimeReading.quote(m.group(2)) + " in duration", s);
      }
      total = total.add(new BigDecimal(m.group(1)).multiply(unit));
      at = m.end();
    }
    BigInteger n = total.toBigInteger();
    BigInteger signed = negative ? n.negate() : n;
    if (rest.isEmpty() || signed.bitLength() > 63) {
      throw invalid("invalid duration", s);
    }
    return NumberValue.of(signed);
  }

  private static BuiltinFailure invalid(String what, String s) {
    return BuiltinFailure.error("time: " + what + " " + GoTimeReading.quote(s));
  }

  static Value date(BuiltinContext c, Value a) {
    ZonedDateTime t = time(a);
    return numbers(t.getYear(), t.getMonthValue(), t.getDayOfMonth());
  }

  static Value clock(BuiltinContext c, Value a) {
    ZonedDateTime t = time(a);
    return numbers(t.getHour(), t.getMinute(), t.getSecond());
  }

  static Value weekday(BuiltinContext c, Value a) {
    return StringValue.of(
        time(a)
            .getDayOfWeek()
            .getDisplayName(java.time.format.TextStyle.FULL, java.util.Locale.ENGLISH));
  }

  static Value format(BuiltinContext c, Value a) {
    ZonedDateTime t = time(a);
    String asked = a instanceof ArrayValue v && v.size() > 2 ? Operands.string(v.get(2), 1) : "";
    String layout = asked.isEmpty() ? GoTime.RFC3339_NANO : GoTime.constant(asked);
    return StringValue.of(GoTime.format(layout, t));
  }

  static Value addDate(BuiltinContext c, Value[] v) {
    ZonedDateTime t = time(v[0]);
    int years = Operands.intValue(v[1], 2);
    int months = Operands.intValue(v[2], 3);
    int days = Operands.intValue(v[3], 4);
    try {
      // As Go: the day of the month is kept and runs over, 31 January + 1 month is 2 or 3 March.
      LocalDate first =
          LocalDate.of(t.getYear(), t.getMonth(), 1).plusYears(years).plusMonths(months);
      LocalDate date = first.plusDays(t.getDayOfMonth() - 1L).plusDays(days);
      ZonedDateTime there = ZonedDateTime.of(date, t.toLocalTime(), t.getZone());
      return nanos(there.withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime());
    } catch (DateTimeException e) {
      throw BuiltinFailure.error("time outside of valid range");
    }
  }

  static Value diff(BuiltinContext c, Value a, Value b) {
    ZonedDateTime x = time(a);
    ZonedDateTime y = time(b);
    y = y.withZoneSameInstant(x.getZone());
    if (x.toInstant().isAfter(y.toInstant())) {
      ZonedDateTime swap = x;
      x = y;
      y = swap;
    }
    int year = y.getYear() - x.getYear();
    int month = y.getMonthValue() - x.getMonthValue();
    int day = y.getDayOfMonth() - x.getDayOfMonth();
    int hour = y.getHour() - x.getHour();
    int minute = y.getMinute() - x.getMinute();
    int second = y.getSecond() - x.getSecond();
    if (second < 0) {
      second += 60;
      minute--;
    }
    if (minute < 0) {
      minute += 60;
      hour--;
    }
    if (hour < 0) {
      hour += 24;
      day--;
    }
    if (day < 0) {
      day += LocalDate.of(x.getYear(), x.getMonth(), 1).lengthOfMonth();
      month--;
    }
    if (month < 0) {
      month += 12;
      year--;
    }
    return numbers(year, month, day, hour, minute, second);
  }

  private static Value numbers(int... all) {
    Value[] values = new Value[all.length];
    for (int i = 0; i < all.length; i++) {
      values[i] = NumberValue.of(all[i]);
    }
    return ArrayValue.of(values);
  }

  /** An instant, of an array in its zone; all that is wrong with it is wrong with operand 1. */
  private static ZonedDateTime time(Value a) {
    Value ns = a;
    ZoneId zone = ZoneOffset.UTC;
    if (a instanceof ArrayValue v && v.size() > 0) {
      ns = Operands.number(v.get(0), 1);
      zone = v.size() > 1 ? zone(Operands.string(v.get(1), 1)) : zone;
      if (v.size() > 2) {
        Operands.string(v.get(2), 1);
      }
    }
    if (!(ns instanceof NumberValue n)) {
      throw BuiltinFailure.operand(
          1, "either number (ns) or [number (ns), string (tz)]", a.kind().word());
    }
    if (!n.isLong()) {
      throw BuiltinFailure.error("timestamp too big");
    }
    Instant instant =
        Instant.ofEpochSecond(
            Math.floorDiv(n.longValue(), 1_000_000_000L),
            Math.floorMod(n.longValue(), 1_000_000_000L));
    return instant.atZone(zone);
  }

  private static ZoneId zone(String name) {
    if (name.isEmpty() || name.equals("UTC")) {
      return ZoneOffset.UTC;
    }
    if (name.equals("Local")) {
      return ZoneId.systemDefault();
    }
    if (name.contains("..") || name.startsWith("/") || name.startsWith("\\")) {
      throw BuiltinFailure.error("time: invalid location name");
    }
    String region = SHORT_NAMES.getOrDefault(name, name);
    // Offsets and abbreviations, which Java takes too, name no place.
    if (name.startsWith("SystemV/") || !ZoneRulesProvider.getAvailableZoneIds().contains(region)) {
      throw BuiltinFailure.error("unknown time zone " + name);
    }
    return ZoneId.of(region);
  }
}
