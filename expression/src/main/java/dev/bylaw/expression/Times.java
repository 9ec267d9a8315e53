package dev.bylaw.expression;

import dev.bylaw.expression.Result.Reason;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.StringValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Timestamps (years 1 to 9999, RFC 3339) and durations ({@code 1h30m}, about ±10,000 years). */
final class Times {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final long MOST_SECONDS = 315_576_000_000L;
  private static final int LONGEST = 64;
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");
  private static final Pattern DURATION =
      Pattern.compile("[+-]?(0|(\\d+(\\.\\d+)?(ns|us|µs|μs|ms|s|m|h))+)");
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|μs|ms|s|m|h)");
  private static final Pattern OFFSET = Pattern.compile("([+-]?)(\\d\\d):(\\d\\d)");

  private Times() {}

  /** What to read off a timestamp or a duration. */
  enum Field {
    FULL_YEAR("getFullYear"),
    MONTH("getMonth"),
    DATE("getDate"),
    DAY_OF_MONTH("getDayOfMonth"),
    DAY_OF_WEEK("getDayOfWeek"),
    DAY_OF_YEAR("getDayOfYear"),
    HOURS("getHours"),
    MINUTES("getMinutes"),
    SECONDS("getSeconds"),
    MILLISECONDS("getMilliseconds");

    private final String function;

    Field(String function) {
      this.function = function;
    }

    String function() {
      return function;
    }

    private long of(ZonedDateTime time) {
      return switch (this) {
        case FULL_YEAR -> time.getYear();
        case MONTH -> time.getMonthValue() - 1;
        case DATE -> time.getDayOfMonth();
        case DAY_OF_MONTH -> time.getDayOfMonth() - 1;
        case DAY_OF_WEEK -> time.getDayOfWeek().getValue() % 7;
        case DAY_OF_YEAR -> time.getDayOfYear() - 1;
        case HOURS -> time.getHour();
        case MINUTES -> time.getMinute();
        case SECONDS -> time.getSecond();
        case MILLISECONDS -> time.getNano() / 1_000_000;
      };
    }
  }

  /** {@code timestamp(x)} of a text, of seconds since 1970, or of a timestamp. */
  static Object timestamp(Object value, Node site, Frame frame) {
    return switch (value) {
      case Instant instant -> instant;
      case StringValue text -> parsedTimestamp(text.text(), site);
      case NumberValue number when number.isLong() ->
          number.longValue() < FIRST.getEpochSecond() || number.longValue() > LAST.getEpochSecond()
              ? outOfRange(site)
              : Instant.ofEpochSecond(number.longValue());
      default -> site.notApplicable("timestamp", value);
    };
  }

  private static Object parsedTimestamp(String text, Node site) {
    if (text.length() <= LONGEST && RFC_3339.matcher(text).matches()) {
      try {
        String upper = text.toUpperCase(java.util.Locale.ROOT);
        return checked(
            OffsetDateTime.parse(upper, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant(), site);
      } catch (DateTimeParseException _) {
        // A day or an hour that does not exist: told like any other text that is no timestamp.
      }
    }
    return site.failed(
        Reason.FORMAT,
        "expected a timestamp such as `2026-01-31T08:00:00Z`, found "
            + Domain.brief(StringValue.of(text)));
  }

  /** {@code duration(x)} of a text or of a duration. */
  static Object duration(Object value, Node site, Frame frame) {
    return switch (value) {
      case Duration duration -> duration;
      case StringValue text -> parsedDuration(text.text(), site);
      default -> site.notApplicable("duration", value);
    };
  }

  private static Object parsedDuration(String text, Node site) {
    if (text.length() > LONGEST || !DURATION.matcher(text).matches()) {
      return site.failed(
          Reason.FORMAT,
          "expected a duration such as `1h30m`, found " + Domain.brief(StringValue.of(text)));
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher parts = PART.matcher(text);
    while (parts.find()) {
      nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(nanosPer(parts.group(2))));
    }
    BigDecimal[] split = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
    if (split[0].compareTo(BigDecimal.valueOf(MOST_SECONDS)) > 0) {
      return outOfRange(site);
    }
    Duration duration = Duration.ofSeconds(split[0].longValue(), split[1].longValue());
    return checked(text.startsWith("-") ? duration.negated() : duration, site);
  }

  private static BigDecimal nanosPer(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "h" -> 3_600_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "s" -> 1_000_000_000L;
          case "ms" -> 1_000_000L;
          case "ns" -> 1L;
          default -> 1_000L;
        });
  }

  /** A timestamp later, or earlier, by a duration. */
  static Object plus(Instant instant, Duration duration, Node site) {
    return checked(instant.plus(duration), site);
  }

  /** The sum of two durations. */
  static Object plus(Duration a, Duration b, Node site) {
    return checked(a.plus(b), site);
  }

  /** From one timestamp to another, as far as 64 bits of nanoseconds reach: some 292 years. */
  static Object between(Instant from, Instant to, Node site) {
    Duration between = Duration.between(from, to);
    return Math.abs(between.toSeconds()) > Long.MAX_VALUE / 1_000_000_000 - 1
        ? outOfRange(site)
        : between;
  }

  private static Object checked(Instant instant, Node site) {
    return instant.isBefore(FIRST) || instant.isAfter(LAST) ? outOfRange(site) : instant;
  }

  private static Object checked(Duration duration, Node site) {
    return Math.abs(duration.toSeconds()) > MOST_SECONDS ? outOfRange(site) : duration;
  }

  private static Object outOfRange(Node site) {
    return site.failed(Reason.NUMBER, "a time out of range");
  }

  /** A field of a timestamp in UTC, or of a duration. */
  static Object field(Field field, Object value, Node site) {
    return switch (value) {
      case Instant instant -> NumberValue.of(field.of(instant.atZone(ZoneOffset.UTC)));
      case Duration duration -> ofDuration(field, duration, site);
      default -> site.notApplicable(field.function(), value);
    };
  }

  /** A field of a timestamp in a zone: {@code Europe/Berlin}, {@code +02:00}. */
  static Object field(Field field, Object value, Object zone, Node site) {
    if (!(value instanceof Instant instant) || !(zone instanceof StringValue name)) {
      return site.notApplicable(field.function(), value, zone);
    }
    ZoneId found = zone(name.text());
    return found == null
        ? site.failed(Reason.FORMAT, "unknown time zone " + Domain.brief(name))
        : NumberValue.of(field.of(instant.atZone(found)));
  }

  private static @Nullable ZoneId zone(String name) {
    Matcher offset = OFFSET.matcher(name);
    try {
      if (!offset.matches()) {
        return ZoneId.of(name);
      }
      int minutes = Integer.parseInt(offset.group(2)) * 60 + Integer.parseInt(offset.group(3));
      return ZoneOffset.ofTotalSeconds((offset.group(1).equals("-") ? -minutes : minutes) * 60);
    } catch (DateTimeException _) {
      return null;
    }
  }

  /** All hours, minutes or seconds of a duration; the milliseconds of its last second. */
  private static Object ofDuration(Field field, Duration duration, Node site) {
    return switch (field) {
      case HOURS -> NumberValue.of(duration.toHours());
      case MINUTES -> NumberValue.of(duration.toMinutes());
      case SECONDS -> NumberValue.of(duration.toSeconds());
      case MILLISECONDS -> NumberValue.of(duration.toMillisPart());
      case FULL_YEAR, MONTH, DATE, DAY_OF_MONTH, DAY_OF_WEEK, DAY_OF_YEAR ->
          site.notApplicable(field.function(), duration);
    };
  }

  /** RFC 3339 in UTC. */
  static String text(Instant instant) {
    return instant.toString();
  }

  /** Seconds with no, three, six or nine decimals: {@code 5400s}, {@code 0.250s}. */
  static String text(Duration duration) {
    boolean negative = duration.isNegative();
    Duration length = duration.abs();
    String nanos = String.format(java.util.Locale.ROOT, "%09d", length.getNano());
    int digits = nanos.endsWith("000000") ? 3 : nanos.endsWith("000") ? 6 : 9;
    String fraction = length.getNano() == 0 ? "" : "." + nanos.substring(0, digits);
    return (negative ? "-" : "") + length.getSeconds() + fraction + "s";
  }
}
