package dev.bylaw.content.file;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the fonts of a PDF call their glyphs: {@code /ToUnicode} maps (ISO 32000-1, 9.10.3) by the
 * names under which pages use them. A name that stands for two fonts is not known.
 */
final class PdfFonts {
  private static final int MOST_GLYPHS = 200_000;

  /** The text of each code, and how many bytes a code has. */
  record Glyphs(int bytes, Map<Integer, String> texts) {}

  private final Map<Integer, String> objects = new HashMap<>();
  private final Map<Integer, String> streams = new HashMap<>();
  private final Map<String, Integer> fonts = new HashMap<>();
  private final Map<Integer, @Nullable Glyphs> known = new HashMap<>();
  private static final int AMBIGUOUS = -1;

  private int glyphs;

  /** Takes the objects that stand in a file as they are. */
  void addFile(String pdf) {
    for (int at = pdf.indexOf(" obj"); at >= 0; at = pdf.indexOf(" obj", at + 4)) {
      int number = objectNumber(pdf, at);
      int end = pdf.indexOf("endobj", at);
      int stream = pdf.indexOf("stream", at);
      int stop = end < 0 ? pdf.length() : end;
      if (stream >= 0 && stream < stop) {
        stop = stream;
      }
      if (number >= 0) {
        addObject(number, pdf.substring(at + 4, stop));
      }
    }
  }

  /** Takes the content of a stream: a map of glyphs, or an object stream (7.5.7). */
  void addStream(int number, String dictionary, String content) {
    if (content.contains("beginbf")) {
      streams.put(number, content);
    }
    if (dictionary.contains("/ObjStm")) {
      int first = Math.min(number(dictionary, "/First"), content.length());
      int at = 0;
      int before = -1;
      int beforeAt = 0;
      while (at < first) {
        int[] pair = new int[2];
        at = twoNumbers(content, at, first, pair);
        if (at < 0) {
          break;
        }
        int offset = Math.min(first + pair[1], content.length());
        if (before >= 0 && offset >= beforeAt) {
          addObject(before, content.substring(beforeAt, offset));
        }
        before = pair[0];
        beforeAt = offset;
      }
      if (before >= 0) {
        addObject(before, content.substring(beforeAt));
      }
    }
  }

  private void addObject(int number, String object) {
    objects.put(number, object);
  }

  /** Reads which name stands for which font, once all is taken. */
  void resolve() {
    for (String object : objects.values()) {
      for (int at = object.indexOf("/Font"); at >= 0; at = object.indexOf("/Font", at + 5)) {
        int i = skipBlanks(object, at + 5);
        if (object.startsWith("<<", i)) {
          int end = object.indexOf(">>", i);
          names(object.substring(i + 2, end < 0 ? object.length() : end));
        } else {
          int dictionary = reference(object, i);
          if (dictionary >= 0) {
            names(objects.getOrDefault(dictionary, ""));
          }
        }
      }
    }
  }

  /** {@code /F1 5 0 R /F2 6 0 R} */
  private void names(String dictionary) {
    for (int at = dictionary.indexOf('/'); at >= 0; at = dictionary.indexOf('/', at + 1)) {
      int end = at + 1;
      while (end < dictionary.length() && " \r\n\t/<>[]()".indexOf(dictionary.charAt(end)) < 0) {
        end++;
      }
      int font = reference(dictionary, skipBlanks(dictionary, end));
      if (font >= 0) {
        fonts.merge(
            dictionary.substring(at + 1, end),
            font,
            (one, other) -> one.equals(other) ? one : AMBIGUOUS);
      }
    }
  }

  /** Whether a font of that name numbers its glyphs as it likes, or could, as none is known. */
  boolean isNumbered(String name) {
    String font = objects.get(fonts.getOrDefault(name, AMBIGUOUS));
    return font == null
        ? objects.values().stream().anyMatch(object -> object.contains("/Identity-"))
        : font.contains("/Identity-") || font.contains("/Type0");
  }

  /** What the glyphs of a font are, if it says so. */
  @Nullable Glyphs glyphs(String name) {
    int font = fonts.getOrDefault(name, AMBIGUOUS);
    return known.computeIfAbsent(font, this::read);
  }

  private @Nullable Glyphs read(int font) {
    String object = objects.getOrDefault(font, "");
    int at = object.indexOf("/ToUnicode");
    int map = at < 0 ? -1 : reference(object, skipBlanks(object, at + 10));
    String content = streams.get(map);
    return content == null ? null : parse(content);
  }

  private Glyphs parse(String map) {
    Map<Integer, String> texts = new HashMap<>();
    int bytes = 2;
    int space = map.indexOf("begincodespacerange");
    if (space >= 0) {
      int open = map.indexOf('<', space);
      int close = map.indexOf('>', space);
      bytes = close > open && close - open <= 3 ? 1 : 2;
    }
    for (int at = map.indexOf("beginbf"); at >= 0; at = map.indexOf("beginbf", at + 7)) {
      int end = map.indexOf("endbf", at);
      String section = map.substring(at, end < 0 ? map.length() : end);
      if (section.startsWith("beginbfchar")) {
        characters(section, texts);
      } else {
        ranges(section, texts);
      }
    }
    return new Glyphs(bytes, texts);
  }

  private void characters(String section, Map<Integer, String> texts) {
    int[] at = {0};
    for (String code = hex(section, at); code != null; code = hex(section, at)) {
      String text = hex(section, at);
      if (text == null || glyphs++ > MOST_GLYPHS) {
        return;
      }
      texts.put(code(code), utf16(text));
    }
  }

  private void ranges(String section, Map<Integer, String> texts) {
    int[] at = {0};
    for (String low = hex(section, at); low != null; low = hex(section, at)) {
      String high = hex(section, at);
      if (high == null) {
        return;
      }
      int open = section.indexOf('<', at[0]);
      int list = section.indexOf('[', at[0]);
      boolean listed = list >= 0 && list < open;
      int end = listed ? section.indexOf(']', list) : -1;
      String text = hex(section, at);
      int last = Math.min(code(high), code(low) + 65_535);
      for (int code = code(low); text != null && code <= last; code++) {
        if (glyphs++ > MOST_GLYPHS) {
          return;
        }
        texts.put(code, listed ? utf16(text) : later(utf16(text), code - code(low)));
        if (listed && code < last) {
          int next = section.indexOf('<', at[0]);
          text = next >= 0 && next < end ? hex(section, at) : null;
        }
      }
      if (listed && end >= 0) {
        at[0] = Math.max(at[0], end);
      }
    }
  }

  /** The text whose last character is so much later. */
  private static String later(String text, int by) {
    if (text.isEmpty()) {
      return text;
    }
    int last = text.length() - 1;
    return text.substring(0, last) + (char) (text.charAt(last) + by);
  }

  /** The digits of the next {@code <…>}, or null. */
  private static @Nullable String hex(String text, int[] at) {
    int open = text.indexOf('<', at[0]);
    int close = open < 0 ? -1 : text.indexOf('>', open);
    if (close < 0) {
      return null;
    }
    at[0] = close + 1;
    StringBuilder digits = new StringBuilder();
    for (int i = open + 1; i < close && digits.length() < 128; i++) {
      if (Character.digit(text.charAt(i), 16) >= 0) {
        digits.append(text.charAt(i));
      }
    }
    return digits.toString();
  }

  private static int code(String digits) {
    return digits.isEmpty() || digits.length() > 4 ? 0 : Integer.parseInt(digits, 16);
  }

  private static String utf16(String digits) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i + 4 <= digits.length(); i += 4) {
      text.append((char) Integer.parseInt(digits.substring(i, i + 4), 16));
    }
    return text.toString();
  }

  private static int skipBlanks(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) <= ' ') {
      i++;
    }
    return i;
  }

  /** The number of the object that {@code 12 0 R} refers to, or -1. */
  private static int reference(String text, int from) {
    int[] pair = new int[2];
    int end = twoNumbers(text, from, text.length(), pair);
    if (end < 0) {
      return -1;
    }
    int letter = skipBlanks(text, end);
    return letter < text.length() && text.charAt(letter) == 'R' ? pair[0] : -1;
  }

  /** Reads two numbers; the offset behind them, or -1. */
  private static int twoNumbers(String text, int from, int limit, int[] pair) {
    int i = from;
    for (int k = 0; k < 2; k++) {
      i = skipBlanks(text, i);
      int start = i;
      int number = 0;
      while (i < limit && text.charAt(i) >= '0' && text.charAt(i) <= '9' && i - start < 9) {
        number = number * 10 + text.charAt(i) - '0';
        i++;
      }
      if (i == start) {
        return -1;
      }
      pair[k] = number;
    }
    return i;
  }

  private static int number(String dictionary, String key) {
    int at = dictionary.indexOf(key);
    int i = at < 0 ? dictionary.length() : skipBlanks(dictionary, at + key.length());
    int number = 0;
    for (int end = i + 9;
        i < Math.min(end, dictionary.length()) && Character.isDigit(dictionary.charAt(i));
        i++) {
      number = number * 10 + Character.digit(dictionary.charAt(i), 10);
    }
    return number;
  }

  /** The number in {@code 12 0 obj}, whose word {@code obj} follows the blank at that offset. */
  static int objectNumber(String pdf, int blank) {
    int i = blank;
    while (i > 0 && Character.isDigit(pdf.charAt(i - 1)) && blank - i < 6) {
      i--;
    }
    int generation = i;
    while (i > 0 && pdf.charAt(i - 1) == ' ') {
      i--;
    }
    int end = i;
    while (i > 0 && Character.isDigit(pdf.charAt(i - 1)) && end - i < 9) {
      i--;
    }
    return generation == blank || end == generation || i == end
        ? -1
        : Integer.parseInt(pdf.substring(i, end));
  }
}
