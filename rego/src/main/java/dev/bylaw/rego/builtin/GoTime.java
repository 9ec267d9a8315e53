package dev.bylaw.rego.builtin;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Times by Go's layouts: the reference time {@code Mon Jan 2 15:04:05 MST 2006}, as examples. */
final class GoTime {
  static final String RFC3339 = "2006-01-02T15:04:05Z07:00";
  static final String RFC3339_NANO = "2006-01-02T15:04:05.999999999Z07:00";

  private static final int MOST_LONG = 1 << 16;
  private static final Map<String, String> CONSTANTS =
      Map.ofEntries(
          Map.entry("ANSIC", "Mon Jan _2 15:04:05 2006"),
          Map.entry("UnixDate", "Mon Jan _2 15:04:05 MST 2006"),
          Map.entry("RubyDate", "Mon Jan 02 15:04:05 -0700 2006"),
          Map.entry("RFC822", "02 Jan 06 15:04 MST"),
          Map.entry("RFC822Z", "02 Jan 06 15:04 -0700"),
          Map.entry("RFC850", "Monday, 02-Jan-06 15:04:05 MST"),
          Map.entry("RFC1123", "Mon, 02 Jan 2006 15:04:05 MST"),
          Map.entry("RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700"),
          Map.entry("RFC3339", RFC3339),
          Map.entry("RFC3339Nano", RFC3339_NANO));

  /** What a layout is made of; longest first where one begins another. */
  private static final List<String> PIECES =
      List.of(
          "January",
          "Jan",
          "Monday",
          "Mon",
          "MST",
          "2006",
          "__2",
          "002",
          "01",
          "02",
          "03",
          "04",
          "05",
          "06",
          "15",
          "PM",
          "pm",
          "-070000",
          "-07:00:00",
          "-0700",
          "-07:00",
          "-07",
          "Z070000",
          "Z07:00:00",
          "Z0700",
          "Z07:00",
          "Z07",
          "_2",
          "1",
          "2",
          "3",
          "4",
          "5");

  private GoTime() {}

  /** The layout of a name such as {@code RFC3339}, else the text itself. */
  static String constant(String layout) {
    return CONSTANTS.getOrDefault(layout, layout);
  }

  private static List<String> pieces(String layout) {
    if (layout.length() > MOST_LONG) {
      throw BuiltinFailure.error("layout has more than " + MOST_LONG + " characters");
    }
    List<String> found = new ArrayList<>();
    var text = new StringBuilder();
    int at = 0;
    while (at < layout.length()) {
      String piece = pieceAt(layout, at);
      if (piece == null) {
        text.append(layout.charAt(at++));
        continue;
      }
      if (!text.isEmpty()) {
        found.add("'" + text);
        text.setLength(0);
      }
      found.add(piece);
      at += piece.length();
    }
    if (!text.isEmpty()) {
      found.add("'" + text);
    }
    return found;
  }

  private static @Nullable String pieceAt(String layout, int at) {
    char c = layout.charAt(at);
    if ((c == '.' || c == ',') && at + 1 < layout.length()) {
      char digit = layout.charAt(at + 1);
      if (digit == '0' || digit == '9') {
        int end = at + 1;
        while (end < layout.length() && layout.charAt(end) == digit) {
          end++;
        }
        if (end == layout.length() || !Character.isDigit(layout.charAt(end))) {
          return layout.substring(at, end);
        }
      }
      return null;
    }
    for (String piece : PIECES) {
      if (layout.startsWith(piece, at)) {
        boolean word = piece.equals("Jan") || piece.equals("Mon");
        int end = at + piece.length();
        if (word && end < layout.length() && Character.isLowerCase(layout.charAt(end))) {
          continue;
        }
        return piece;
      }
    }
    return null;
  }

  static String format(String layout, ZonedDateTime t) {
    var out = new StringBuilder();
    for (String piece : pieces(layout)) {
      out.append(format1(piece, t));
    }
    return out.toString();
  }

  private static String format1(String piece, ZonedDateTime t) {
    return switch (piece) {
      case "January" -> t.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case "Jan" -> month(t.getMonth());
      case "Monday" -> t.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case "Mon" -> day(t.getDayOfWeek());
      case "MST" -> abbreviation(t);
      case "2006" -> String.format(Locale.ROOT, "%04d", t.getYear());
      case "06" -> two(t.getYear() % 100);
      case "01" -> two(t.getMonthValue());
      case "1" -> Integer.toString(t.getMonthValue());
      case "02" -> two(t.getDayOfMonth());
      case "_2" -> String.format(Locale.ROOT, "%2d", t.getDayOfMonth());
      case "2" -> Integer.toString(t.getDayOfMonth());
      case "__2" -> String.format(Locale.ROOT, "%3d", t.getDayOfYear());
      case "002" -> String.format(Locale.ROOT, "%03d", t.getDayOfYear());
      case "15" -> two(t.getHour());
      case "03" -> two((t.getHour() + 11) % 12 + 1);
      case "3" -> Integer.toString((t.getHour() + 11) % 12 + 1);
      case "04" -> two(t.getMinute());
      case "4" -> Integer.toString(t.getMinute());
      case "05" -> two(t.getSecond());
      case "5" -> Integer.toString(t.getSecond());
      case "PM" -> t.getHour() >= 12 ? "PM" : "AM";
      case "pm" -> t.getHour() >= 12 ? "pm" : "am";
      default -> other(piece, t);
    };
  }

  private static String other(String piece, ZonedDateTime t) {
    if (piece.startsWith("'")) {
      return piece.substring(1);
    }
    if (piece.startsWith(".") || piece.startsWith(",")) {
      return fraction(piece, t.getNano());
    }
    int offset = t.getOffset().getTotalSeconds();
    if (piece.startsWith("Z") && offset == 0) {
      return "Z";
    }
    String colon = piece.contains(":") ? ":" : "";
    String digits = piece.substring(1).replace(":", "");
    int size = Math.abs(offset);
    return (offset < 0 ? "-" : "+")
        + two(size / 3600)
        + (digits.length() > 2 ? colon + two(size / 60 % 60) : "")
        + (digits.length() > 4 ? colon + two(size % 60) : "");
  }

  private static String fraction(String piece, int nano) {
    int digits = Math.min(piece.length() - 1, 9);
    String all = String.format(Locale.ROOT, "%09d", nano).substring(0, digits);
    if (piece.charAt(1) == '0') {
      return piece.charAt(0) + all;
    }
    String shorter = all.replaceFirst("0+$", "");
    return shorter.isEmpty() ? "" : piece.charAt(0) + shorter;
  }

  private static String abbreviation(ZonedDateTime t) {
    if (t.getZone() instanceof ZoneOffset offset) {
      return offset.getTotalSeconds() == 0 ? "UTC" : other("-0700", t);
    }
    String name = java.time.format.DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(t);
    if (name.equals("GMT") || !name.startsWith("GMT")) {
      return name;
    }
    // A zone without letters of its own is called by its offset, whole hours as such.
    return other(t.getOffset().getTotalSeconds() % 3600 == 0 ? "-07" : "-0700", t);
  }

  private static String two(int n) {
    return n < 10 ? "0" + n : Integer.toString(n);
  }

  private static String month(Month m) {
    return m.getDisplayName(TextStyle.FULL, Locale.ENGLISH).substring(0, 3);
  }

  private static String day(DayOfWeek d) {
    return d.getDisplayName(TextStyle.FULL, Locale.ENGLISH).substring(0, 3);
  }

  static ZonedDateTime parse(String layout, String text) {
    return new Reading(constant(layout), text).time();
  }

  /** A text being read by a layout. */
  private static final class Reading {
    private final String layout;
    private final String text;
    private int at;
    private int year;
    private int month = 1;
    private int day = 1;
    private int yearDay;
    private int hour;
    private int minute;
    private int second;
    private int nano;
    private boolean afternoon;
    private boolean half;
    private ZoneId zone = ZoneOffset.UTC;

    Reading(String layout, String text) {
      this.layout = layout;
      this.text = text;
    }

    ZonedDateTime time() {
      List<String> pieces = pieces(layout);
      for (int i = 0; i < pieces.size(); i++) {
        piece(pieces.get(i));
        boolean seconds = pieces.get(i).equals("05") || pieces.get(i).equals("5");
        boolean fractionNext =
            i + 1 < pieces.size()
                && (pieces.get(i + 1).startsWith(".") || pieces.get(i + 1).startsWith(","));
        if (seconds
            && !fractionNext
            && at + 1 < text.length()
            && (text.charAt(at) == '.' || text.charAt(at) == ',')
            && Character.isDigit(text.charAt(at + 1))) {
          fraction(-1);
        }
      }
      if (at < text.length()) {
        throw BuiltinFailure.error(
            "parsing time \"" + text + "\": extra text: \"" + text.substring(at) + "\"");
      }
      if (half) {
        if (hour < 1 || hour > 12) {
          throw range("hour");
        }
        hour = hour % 12 + (afternoon ? 12 : 0);
      }
      if (month < 1 || month > 12) {
        throw range("month");
      }
      try {
        LocalDate date =
            yearDay > 0 ? LocalDate.ofYearDay(year, yearDay) : LocalDate.of(year, month, day);
        return ZonedDateTime.of(date, LocalTime.of(hour, minute, second, nano), zone);
      } catch (DateTimeException e) {
        throw range("day");
      }
    }

    private BuiltinFailure range(String what) {
      return BuiltinFailure.error("parsing time \"" + text + "\": " + what + " out of range");
    }

    private BuiltinFailure mismatch(String piece) {
      return BuiltinFailure.error(
          "parsing time \""
              + text
              + "\" as \""
              + layout
              + "\": cannot parse \""
              + text.substring(Math.min(at, text.length()))
              + "\" as \""
              + piece
              + "\"");
    }

    private void piece(String piece) {
      switch (piece) {
        case "January" ->
            month =
                name(piece, m -> Month.of(m).getDisplayName(TextStyle.FULL, Locale.ENGLISH), 12);
        case "Jan" -> month = name(piece, m -> GoTime.month(Month.of(m)), 12);
        case "Monday" ->
            name(piece, d -> DayOfWeek.of(d).getDisplayName(TextStyle.FULL, Locale.ENGLISH), 7);
        case "Mon" -> name(piece, d -> GoTime.day(DayOfWeek.of(d)), 7);
        case "MST" -> abbreviation();
        case "2006" -> year = digits(piece, 4, 4);
        case "06" -> {
          int two = digits(piece, 2, 2);
          year = two >= 69 ? 1900 + two : 2000 + two;
        }
        case "01" -> month = digits(piece, 2, 2);
        case "1" -> month = digits(piece, 1, 2);
        case "02" -> day = digits(piece, 2, 2);
        case "2" -> day = digits(piece, 1, 2);
        case "_2" -> {
          if (at < text.length() && text.charAt(at) == ' ') {
            at++;
          }
          day = digits(piece, 1, 2);
        }
        case "002" -> yearDay = digits(piece, 3, 3);
        case "15" -> hour = limited(piece, 2, 24, "hour");
        case "03", "3" -> {
          half = true;
          hour = digits(piece, piece.length(), 2);
        }
        case "04" -> minute = limited(piece, 2, 60, "minute");
        case "4" -> minute = limited(piece, 1, 60, "minute");
        case "05" -> second = limited(piece, 2, 60, "second");
        case "5" -> second = limited(piece, 1, 60, "second");
        case "PM", "pm" -> {
          half = true;
          String found = at + 2 <= text.length() ? text.substring(at, at + 2) : "";
          if (!found.equalsIgnoreCase("AM") && !found.equalsIgnoreCase("PM")) {
            throw mismatch(piece);
          }
          afternoon = found.equalsIgnoreCase("PM");
          at += 2;
        }
        default -> {
          if (piece.startsWith("'")) {
            literal(piece.substring(1));
          } else if (piece.startsWith(".") || piece.startsWith(",")) {
            boolean optional = piece.charAt(1) == '9';
            boolean there = at < text.length() && text.charAt(at) == piece.charAt(0);
            if (there) {
              fraction(optional ? -1 : piece.length() - 1);
            } else if (!optional) {
              throw mismatch(piece);
            }
          } else {
            offset(piece);
          }
        }
      }
    }

    private void literal(String expected) {
      if (!text.startsWith(expected, at)) {
        throw mismatch(expected);
      }
      at += expected.length();
    }

    private int limited(String piece, int least, int limit, String what) {
      int n = digits(piece, least, 2);
      if (n >= limit) {
        throw range(what);
      }
      return n;
    }

    private int digits(String piece, int least, int most) {
      int start = at;
      while (at < text.length()
          && at - start < most
          && text.charAt(at) >= '0'
          && text.charAt(at) <= '9') {
        at++;
      }
      if (at - start < least) {
        at = start;
        throw mismatch(piece);
      }
      return Integer.parseInt(text.substring(start, at));
    }

    private int name(String piece, java.util.function.IntFunction<String> names, int count) {
      for (int i = 1; i <= count; i++) {
        String name = names.apply(i);
        if (text.regionMatches(true, at, name, 0, name.length())) {
          at += name.length();
          return i;
        }
      }
      throw mismatch(piece);
    }

    private void fraction(int exactly) {
      int start = ++at;
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        at++;
      }
      int length = at - start;
      if (length == 0 || (exactly > 0 && length != exactly)) {
        at = start;
        throw mismatch(".");
      }
      String nine = (text.substring(start, at) + "000000000").substring(0, 9);
      nano = Integer.parseInt(nine);
    }

    private void abbreviation() {
      int start = at;
      while (at < text.length() && Character.isUpperCase(text.charAt(at)) && at - start < 5) {
        at++;
      }
      if (at - start < 3) {
        throw mismatch("MST");
      }
    }

    private void offset(String piece) {
      if (piece.startsWith("Z") && at < text.length() && text.charAt(at) == 'Z') {
        at++;
        zone = ZoneOffset.UTC;
        return;
      }
      if (at >= text.length() || (text.charAt(at) != '+' && text.charAt(at) != '-')) {
        throw mismatch(piece);
      }
      int sign = text.charAt(at++) == '-' ? -1 : 1;
      boolean colon = piece.contains(":");
      int parts = piece.substring(1).replace(":", "").length() / 2;
      int[] values = new int[3];
      for (int i = 0; i < parts; i++) {
        if (i > 0 && colon) {
          literal(":");
        }
        values[i] = digits(piece, 2, 2);
      }
      try {
        zone =
            ZoneOffset.ofHoursMinutesSeconds(sign * values[0], sign * values[1], sign * values[2]);
      } catch (DateTimeException e) {
        throw range("time zone offset");
      }
    }
  }
}
