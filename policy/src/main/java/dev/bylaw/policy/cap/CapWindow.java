package dev.bylaw.policy.cap;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** The time over which a cap counts. */
public sealed interface CapWindow {
  /**
   * A minute, hour, day, week (from Monday), month or year of the calendar.
   *
   * @param unit which
   * @param zone whose midnight ends a day
   */
  record Calendar(Unit unit, ZoneId zone) implements CapWindow {}

  /**
   * The time just past: usage at an instant counts while it is younger than the length. What was
   * charged a little later counts with it too: callers reach the ledger in another order than they
   * looked at the clock, and a clock that is set back frees no budget.
   *
   * @param length positive
   */
  record Rolling(Duration length) implements CapWindow {
    public Rolling {
      if (!length.isPositive()) {
        throw new IllegalArgumentException("a rolling window has a positive length: " + length);
      }
    }
  }

  /** Only what is under way now: reserved and neither committed nor released. */
  record Concurrent() implements CapWindow {}

  /** A unit of the calendar. */
  enum Unit {
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTH,
    YEAR
  }

  /**
   * Instants from {@code from}, inclusive, to {@code to}, exclusive.
   *
   * @param from the first instant that counts
   * @param to the first that does not
   */
  record Range(Instant from, Instant to) {}

  /**
   * The instants that count together with one.
   *
   * @param at the instant of the charge
   */
  default Range around(Instant at) {
    return switch (this) {
      case Calendar(Unit unit, ZoneId zone) -> {
        ZonedDateTime start = start(unit, at.atZone(zone));
        yield new Range(start.toInstant(), next(unit, start).toInstant());
      }
      // Exactly `length` ago is outside, so that a cap of one an hour admits one each hour.
      case Rolling(Duration length) ->
          new Range(at.minus(length).plus(1, ChronoUnit.MILLIS), at.plus(length));
      case Concurrent _ -> new Range(Instant.MIN, Instant.MAX);
    };
  }

  private static ZonedDateTime start(Unit unit, ZonedDateTime at) {
    LocalDate day = at.toLocalDate();
    return switch (unit) {
      case MINUTE -> at.truncatedTo(ChronoUnit.MINUTES);
      case HOUR -> at.truncatedTo(ChronoUnit.HOURS);
      case DAY -> day.atStartOfDay(at.getZone());
      case WEEK ->
          day.with(TemporalAdjusters.previousOrSame(java.time.DayOfWeek.MONDAY))
              .atStartOfDay(at.getZone());
      case MONTH -> day.withDayOfMonth(1).atStartOfDay(at.getZone());
      case YEAR -> day.withDayOfYear(1).atStartOfDay(at.getZone());
    };
  }

  private static ZonedDateTime next(Unit unit, ZonedDateTime start) {
    LocalDate day = start.toLocalDate();
    return switch (unit) {
      case MINUTE -> start.plusMinutes(1);
      case HOUR -> start.plusHours(1);
      case DAY -> day.plusDays(1).atStartOfDay(start.getZone());
      case WEEK -> day.plusWeeks(1).atStartOfDay(start.getZone());
      case MONTH -> day.plusMonths(1).atStartOfDay(start.getZone());
      case YEAR -> day.plusYears(1).atStartOfDay(start.getZone());
    };
  }
}
