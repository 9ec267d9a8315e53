package dev.bylaw.rego.builtin;

import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.Year;
import java.time.YearMonth;
import java.util.List;
import java.util.function.IntFunction;

/** A time being read by one of Go's layouts, and what Go says of one that cannot be. */
final class GoTimeReading {
  private final String layout;
  private final String text;
  private int at;
  private int year;
  private int month = -1;
  private int day = -1;
  private int yearDay = -1;
  private int hour;
  private int minute;
  private int second;
  private int nano;
  private boolean morning;
  private boolean afternoon;
  private int offset;

  private GoTimeReading(String layout, String text) {
    this.layout = layout;
    this.text = text;
  }

  /** The time a text says, in UTC. */
  static LocalDateTime of(String layout, String text) {
    return new GoTimeReading(GoTime.constant(layout), text).time();
  }

  /** In quotes as Go's package of times writes them: bytes beyond ASCII as numbers. */
  static String quote(String text) {
    var out = new StringBuilder("\"");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (c < ' ' || c >= 0x80) {
        out.append(String.format("\\x%02x", c));
      } else {
        out.append(c == '"' || c == '\\' ? "\\" : "").append((char) c);
      }
    }
    return out.append('"').toString();
  }

  private LocalDateTime time() {
    List<String> pieces = GoTime.pieces(layout);
    for (int i = 0; i < pieces.size(); i++) {
      String piece = pieces.get(i);
      piece(piece);
      boolean fractionNext = i + 1 < pieces.size() && isFraction(pieces.get(i + 1));
      if ((piece.equals("05") || piece.equals("5")) && !fractionNext && fractionHere()) {
        fraction(digitsFrom(at + 1));
      }
    }
    if (at < text.length()) {
      throw fault("extra text: " + quote(text.substring(at)));
    }
    if (afternoon && hour < 12) {
      hour += 12;
    } else if (morning && hour == 12) {
      hour = 0;
    }
    return LocalDateTime.of(date(), LocalTime.of(hour, minute, second, nano)).minusSeconds(offset);
  }

  private LocalDate date() {
    if (yearDay >= 0) {
      if (yearDay < 1 || yearDay > Year.of(year).length()) {
        throw range("day-of-year");
      }
      LocalDate date = LocalDate.ofYearDay(year, yearDay);
      if (month >= 0 && month != date.getMonthValue()) {
        throw fault("day-of-year does not match month");
      }
      if (day >= 0 && day != date.getDayOfMonth()) {
        throw fault("day-of-year does not match day");
      }
      return date;
    }
    int inMonth = month < 0 ? 1 : month;
    int inDay = day < 0 ? 1 : day;
    if (inDay < 1 || inDay > YearMonth.of(year, inMonth).lengthOfMonth()) {
      throw range("day");
    }
    return LocalDate.of(year, inMonth, inDay);
  }

  private BuiltinFailure fault(String what) {
    return BuiltinFailure.error("parsing time " + quote(text) + ": " + what);
  }

  private BuiltinFailure range(String what) {
    return fault(what + " out of range");
  }

  private BuiltinFailure mismatch(String piece, int from) {
    return BuiltinFailure.error(
        "parsing time "
            + quote(text)
            + " as "
            + quote(layout)
            + ": cannot parse "
            + quote(text.substring(Math.min(from, text.length())))
            + " as "
            + quote(piece));
  }

  private void piece(String piece) {
    switch (piece) {
      case "January" -> month = name(piece, m -> GoTime.longMonth(Month.of(m)), 12);
      case "Jan" -> month = name(piece, m -> GoTime.month(Month.of(m)), 12);
      case "Monday" -> name(piece, d -> GoTime.longDay(DayOfWeek.of(d)), 7);
      case "Mon" -> name(piece, d -> GoTime.day(DayOfWeek.of(d)), 7);
      case "MST" -> abbreviation();
      case "2006" -> year = digits(piece, 4, 4);
      case "06" -> {
        int two = digits(piece, 2, 2);
        year = two >= 69 ? 1900 + two : 2000 + two;
      }
      case "01", "1" -> {
        month = digits(piece, piece.length(), 2);
        if (month < 1 || month > 12) {
          throw range("month");
        }
      }
      case "02", "2" -> day = digits(piece, piece.length(), 2);
      case "_2" -> {
        spaces(1);
        day = digits(piece, 1, 2);
      }
      case "002" -> yearDay = digits(piece, 3, 3);
      case "__2" -> {
        spaces(2);
        yearDay = digits(piece, 1, 3);
      }
      case "15" -> hour = limited(piece, 1, 24, "hour");
      case "03", "3" -> hour = limited(piece, piece.length(), 13, "hour");
      case "04", "4" -> minute = limited(piece, piece.length(), 60, "minute");
      case "05", "5" -> second = limited(piece, piece.length(), 60, "second");
      case "PM" -> half(piece, "AM", "PM");
      case "pm" -> half(piece, "am", "pm");
      default -> {
        if (piece.startsWith("'")) {
          literal(piece.substring(1));
        } else if (!isFraction(piece)) {
          offset(piece);
        } else if (piece.charAt(1) == '9') {
          if (fractionHere()) {
            fraction(digitsFrom(at + 1));
          }
        } else if (digitsFrom(at + 1) < piece.length() - 1 || !fractionHere()) {
          throw mismatch(piece, at);
        } else {
          fraction(piece.length() - 1);
        }
      }
    }
  }

  /** A text between: a space in it stands for any number of them. */
  private void literal(String expected) {
    int i = 0;
    while (i < expected.length()) {
      char c = expected.charAt(i);
      if (c != ' ') {
        if (at >= text.length() || text.charAt(at) != c) {
          throw mismatch(expected, at);
        }
        i++;
        at++;
        continue;
      }
      if (at < text.length() && text.charAt(at) != ' ') {
        throw mismatch(expected, at);
      }
      while (i < expected.length() && expected.charAt(i) == ' ') {
        i++;
      }
      spaces(Integer.MAX_VALUE);
    }
  }

  private void spaces(int most) {
    for (int n = 0; n < most && at < text.length() && text.charAt(at) == ' '; n++) {
      at++;
    }
  }

  private void half(String piece, String am, String pm) {
    if (!text.startsWith(am, at) && !text.startsWith(pm, at)) {
      throw mismatch(piece, at);
    }
    morning |= text.startsWith(am, at);
    afternoon |= text.startsWith(pm, at);
    at += 2;
  }

  private int limited(String piece, int least, int limit, String what) {
    int n = digits(piece, least, 2);
    if (n >= limit) {
      throw range(what);
    }
    return n;
  }

  private int digits(String piece, int least, int most) {
    int count = Math.min(most, digitsFrom(at));
    if (count < least) {
      throw mismatch(piece, at);
    }
    at += count;
    return Integer.parseInt(text.substring(at - count, at));
  }

  private int digitsFrom(int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end - start;
  }

  private int name(String piece, IntFunction<String> names, int count) {
    for (int i = 1; i <= count; i++) {
      String name = names.apply(i);
      if (text.regionMatches(true, at, name, 0, name.length())) {
        at += name.length();
        return i;
      }
    }
    throw mismatch(piece, at);
  }

  private static boolean isFraction(String piece) {
    return piece.startsWith(".") || piece.startsWith(",");
  }

  private boolean fractionHere() {
    return at < text.length()
        && (text.charAt(at) == '.' || text.charAt(at) == ',')
        && digitsFrom(at + 1) > 0;
  }

  private void fraction(int length) {
    String written = text.substring(at + 1, at + 1 + length);
    nano = Integer.parseInt((written + "000000000").substring(0, 9));
    at += 1 + length;
  }

  /** Letters for a zone: what they mean is not known here, UTC is taken. */
  private void abbreviation() {
    int length = text.startsWith("UTC", at) ? 3 : abbreviationLength(text.substring(at));
    if (length == 0) {
      throw mismatch("MST", at);
    }
    at += length;
  }

  private static int abbreviationLength(String rest) {
    if (rest.length() < 3) {
      return 0;
    }
    if (rest.startsWith("ChST") || rest.startsWith("MeST")) {
      return 4;
    }
    if (rest.startsWith("GMT")) {
      return 3 + signedLength(rest.substring(3));
    }
    if (rest.charAt(0) == '+' || rest.charAt(0) == '-') {
      return signedLength(rest);
    }
    int letters = 0;
    while (letters < Math.min(6, rest.length())
        && rest.charAt(letters) >= 'A'
        && rest.charAt(letters) <= 'Z') {
      letters++;
    }
    return switch (letters) {
      case 3 -> 3;
      case 4 -> rest.charAt(3) == 'T' || rest.startsWith("WITA") ? 4 : 0;
      case 5 -> rest.charAt(4) == 'T' ? 5 : 0;
      default -> 0;
    };
  }

  /** The length of a sign and up to 23 hours. */
  private static int signedLength(String rest) {
    if (rest.isEmpty() || (rest.charAt(0) != '+' && rest.charAt(0) != '-')) {
      return 0;
    }
    int end = 1;
    while (end < rest.length() && rest.charAt(end) >= '0' && rest.charAt(end) <= '9') {
      end++;
    }
    boolean hours = end > 1 && end < 9 && Integer.parseInt(rest.substring(1, end)) < 24;
    return hours ? end : 0;
  }

  private void offset(String piece) {
    int start = at;
    if (piece.startsWith("Z") && text.startsWith("Z", at)) {
      at++;
      return;
    }
    if (at >= text.length() || (text.charAt(at) != '+' && text.charAt(at) != '-')) {
      throw mismatch(piece, start);
    }
    int sign = text.charAt(at++) == '-' ? -1 : 1;
    boolean colon = piece.contains(":");
    int parts = piece.substring(1).replace(":", "").length() / 2;
    int[] values = new int[3];
    for (int i = 0; i < parts; i++) {
      if (i > 0 && colon) {
        if (!text.startsWith(":", at)) {
          throw mismatch(piece, start);
        }
        at++;
      }
      if (digitsFrom(at) < 2) {
        throw mismatch(piece, start);
      }
      values[i] = digits(piece, 2, 2);
    }
    String[] names = {"hour", "minute", "second"};
    for (int i = 2; i >= 0; i--) {
      if (values[i] > (i == 0 ? 24 : 60)) {
        throw range("time zone offset " + names[i]);
      }
    }
    offset = sign * ((values[0] * 60 + values[1]) * 60 + values[2]);
  }
}
