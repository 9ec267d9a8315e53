package dev.bylaw.content;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds dates and times, and those dates on which somebody was born. A date is made of words, a
 * time of characters; both joined ({@code 2026-03-12T10:11:12Z}) are one match.
 */
final class DateDetector implements Detector {
  private static final Terms BIRTH =
      Terms.of(
          "dob, date of birth, birth date, birthdate, birthday, born, d o b, born on, geburtsdatum,"
              + " geboren, date de naissance, fecha de nacimiento, nato il, nata il, dateofbirth,"
              + " birth");
  private static final Terms MONTHS =
      Terms.of(
          "january, february, march, april, may, june, july, august, september, october, november,"
              + " december, jan, feb, mar, apr, jun, jul, aug, sep, sept, oct, nov, dec");

  private static final double DATE = .7;
  private static final double TIME = .6;

  @Override
  public String name() {
    return "date";
  }

  @Override
  public Set<EntityType> types() {
    return Set.of(EntityType.BIRTH_DATE, EntityType.DATE_TIME);
  }

  @Override
  public void detect(Passage passage, Set<EntityType> asked, Matches matches) {
    Words words = passage.words();
    int behind = 0;
    for (int word = 0; word < words.size(); word++) {
      if (asked.contains(EntityType.BIRTH_DATE)) {
        birthDate(passage, word, matches);
      }
      if (asked.contains(EntityType.DATE_TIME) && words.start(word) >= behind) {
        behind = dateTime(words, word, matches);
      }
    }
  }

  /** Reports a date or a time that starts at that word; where it ends, or 0. */
  private static int dateTime(Words words, int word, Matches matches) {
    String text = words.text();
    int start = words.start(word);
    int dateEnd = dateEnd(words, word);
    if (dateEnd < 0) {
      int timeEnd = joined(text, start) ? -1 : timeEnd(text, start);
      if (timeEnd < 0) {
        return 0;
      }
      matches.add(EntityType.DATE_TIME, start, timeEnd, TIME, "a time");
      return timeEnd;
    }
    int end = dateEnd;
    if (dateEnd + 1 < text.length() && "T ".indexOf(text.charAt(dateEnd)) >= 0) {
      end = Math.max(end, timeEnd(text, dateEnd + 1));
    }
    matches.add(
        EntityType.DATE_TIME, start, end, DATE, end == dateEnd ? "a date" : "a date and a time");
    return end;
  }

  /** Whether a sign before ties the number to something longer: an address, a ratio, a price. */
  private static boolean joined(String text, int start) {
    return start > 0 && ":.,-$€£".indexOf(text.charAt(start - 1)) >= 0;
  }

  private static int dateEnd(Words words, int word) {
    String text = words.text();
    int start = words.start(word);
    if (isIsoDate(text, start)) {
      return start + 10;
    }
    int last = joined(text, start) ? -1 : endOfDate(words, word);
    if (last >= 0) {
      int end = words.end(last);
      return end + 1 < text.length()
              && ".-/".indexOf(text.charAt(end)) >= 0
              && Words.isWordPart(text.charAt(end + 1))
          ? -1
          : end;
    }
    boolean monthAndYear =
        word + 1 < words.size()
            && words.start(word + 1) - words.end(word) == 1
            && Character.isUpperCase(text.charAt(start))
            && MONTHS.at(words, word) != null
            && words.end(word + 1) - words.start(word + 1) == 4;
    @Nullable Integer year = monthAndYear ? number(words, word + 1) : null;
    return year != null && isYear(year) ? words.end(word + 1) : -1;
  }

  /** {@code 2026-03-12}, with a {@code T} or nothing behind it. */
  private static boolean isIsoDate(String text, int start) {
    if (start + 10 > text.length()
        || text.charAt(start + 4) != '-'
        || text.charAt(start + 7) != '-'
        || (start > 0 && "-.".indexOf(text.charAt(start - 1)) >= 0)) {
      return false;
    }
    int year = digits(text, start, 4);
    int month = digits(text, start + 5, 2);
    int day = digits(text, start + 8, 2);
    boolean ends =
        start + 10 == text.length()
            || text.charAt(start + 10) == 'T'
            || !(Words.isWordPart(text.charAt(start + 10)) || text.charAt(start + 10) == '-');
    return ends && isYear(year) && month >= 1 && month <= 12 && isDay(day);
  }

  /** The end of {@code 9:30}, {@code 09:30:15.250Z}, {@code 9:30 pm}, or -1. */
  private static int timeEnd(String text, int start) {
    int hourDigits = start + 1 < text.length() && text.charAt(start + 1) == ':' ? 1 : 2;
    int hour = digits(text, start, hourDigits);
    int at = start + hourDigits;
    if (hour < 0 || hour > 23 || at >= text.length() || text.charAt(at) != ':') {
      return -1;
    }
    int minute = digits(text, at + 1, 2);
    at += 3;
    if (minute < 0 || minute > 59) {
      return -1;
    }
    if (at < text.length() && text.charAt(at) == ':') {
      int second = digits(text, at + 1, 2);
      if (second < 0 || second > 60) {
        return -1;
      }
      at = afterFraction(text, at + 3);
    }
    return at < text.length() && (text.charAt(at) == ':' || isDigit(text.charAt(at)))
        ? -1
        : afterZone(text, at);
  }

  private static int afterFraction(String text, int from) {
    if (from + 1 >= text.length()
        || ".,".indexOf(text.charAt(from)) < 0
        || !isDigit(text.charAt(from + 1))) {
      return from;
    }
    int at = from + 1;
    while (at < text.length() && at - from <= 9 && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int afterZone(String text, int at) {
    if (at < text.length() && text.charAt(at) == 'Z') {
      return at + 1;
    }
    if (at + 5 < text.length()
        && "+-".indexOf(text.charAt(at)) >= 0
        && text.charAt(at + 3) == ':'
        && digits(text, at + 1, 2) >= 0
        && digits(text, at + 4, 2) >= 0) {
      return at + 6;
    }
    int half = at < text.length() && text.charAt(at) == ' ' ? at + 1 : at;
    boolean ofDay =
        half + 1 < text.length()
            && "aApP".indexOf(text.charAt(half)) >= 0
            && "mM".indexOf(text.charAt(half + 1)) >= 0
            && (half + 2 == text.length() || !Words.isWordPart(text.charAt(half + 2)));
    return ofDay ? half + 2 : at;
  }

  /** So many digits as a number, or -1. */
  private static int digits(String text, int start, int count) {
    if (start + count > text.length()) {
      return -1;
    }
    int number = 0;
    for (int i = start; i < start + count; i++) {
      if (!isDigit(text.charAt(i))) {
        return -1;
      }
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static void birthDate(Passage passage, int word, Matches matches) {
    Words words = passage.words();
    int last = endOfDate(words, word);
    if (last < 0) {
      return;
    }
    String field = BIRTH.anywhere(passage.field().words());
    if (field != null) {
      matches.add(
          EntityType.BIRTH_DATE,
          words.start(word),
          words.end(last),
          .97,
          "a date, field name \"" + field + '"');
      return;
    }
    Context.Near near = Context.nearest(BIRTH, words, word, last);
    if (near != null && near.words() <= 5) {
      matches.add(
          EntityType.BIRTH_DATE,
          words.start(word),
          words.end(last),
          .9 - .02 * near.words(),
          "a date, " + near.explanation());
    }
  }

  /** The last word of a date that starts at that word, or -1. */
  private static int endOfDate(Words words, int word) {
    if (word + 2 >= words.size()) {
      return -1;
    }
    @Nullable Integer first = number(words, word);
    @Nullable Integer second = number(words, word + 1);
    @Nullable Integer third = number(words, word + 2);
    String text = words.text();
    boolean close =
        words.start(word + 1) - words.end(word) <= 3
            && words.start(word + 2) - words.end(word + 1) <= 3;
    if (!close) {
      return -1;
    }
    if (first != null && second != null && third != null) {
      boolean same =
          text.charAt(words.end(word)) == text.charAt(words.end(word + 1))
              && "-/. ".indexOf(text.charAt(words.end(word))) >= 0;
      boolean yearFirst = isYear(first) && second >= 1 && second <= 12 && isDay(third);
      boolean yearLast =
          (isYear(third) || words.end(word + 2) - words.start(word + 2) == 2)
              && isDay(first)
              && isDay(second)
              && (first <= 12 || second <= 12);
      return same && (yearFirst || yearLast) ? word + 2 : -1;
    }
    if (first == null && MONTHS.at(words, word) != null && third != null && isYear(third)) {
      @Nullable Integer day = second != null ? second : ordinal(words, word + 1);
      return day != null && isDay(day) ? word + 2 : -1;
    }
    if (MONTHS.at(words, word + 1) != null && third != null && isYear(third)) {
      @Nullable Integer day = first != null ? first : ordinal(words, word);
      return day != null && isDay(day) ? word + 2 : -1;
    }
    return -1;
  }

  private static boolean isYear(int number) {
    return number >= 1900 && number <= 2035;
  }

  private static boolean isDay(int number) {
    return number >= 1 && number <= 31;
  }

  private static @Nullable Integer number(Words words, int word) {
    return words.isNumber(word) && words.end(word) - words.start(word) <= 4
        ? Integer.valueOf(words.text().substring(words.start(word), words.end(word)))
        : null;
  }

  /** 3rd, 21st. */
  private static @Nullable Integer ordinal(Words words, int word) {
    String text =
        words.text().substring(words.start(word), words.end(word)).toLowerCase(Locale.ROOT);
    return text.matches("[0-9]{1,2}(st|nd|rd|th)")
        ? Integer.valueOf(text.substring(0, text.length() - 2))
        : null;
  }
}
