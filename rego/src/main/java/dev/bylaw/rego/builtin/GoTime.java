package dev.bylaw.rego.builtin;

import java.time.DayOfWeek;
import java.time.Month;
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

  static List<String> pieces(String layout) {
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
      case "January" -> longMonth(t.getMonth());
      case "Jan" -> month(t.getMonth());
      case "Monday" -> longDay(t.getDayOfWeek());
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

  static String month(Month m) {
    return longMonth(m).substring(0, 3);
  }

  static String longMonth(Month m) {
    return m.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  static String day(DayOfWeek d) {
    return longDay(d).substring(0, 3);
  }

  static String longDay(DayOfWeek d) {
    return d.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }
}
