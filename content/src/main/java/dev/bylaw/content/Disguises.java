package dev.bylaw.content;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Other texts that a text holds in disguise, one level deep: escapes undone (percent, {@code
 * \\u0040}, <code>&amp;#64;</code>, {@code (at)}), base64 and hexadecimal runs decoded, digits
 * spelled out as words put in figures. Each leads back to the original: an escape to its own
 * characters, a decoded run to the whole run.
 */
final class Disguises {
  private static final int SHORTEST_RUN = 16;
  private static final int FEWEST_SPELLED = 7;
  private static final Map<String, Character> ENTITIES =
      Map.of(
          "amp", '&', "lt", '<', "gt", '>', "quot", '"', "apos", '\'', "nbsp", ' ', "commat", '@',
          "period", '.', "sol", '/', "colon", ':');
  private static final List<String> FIGURES =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

  private record Sign(String name, String sign) {}

  private static final List<Sign> SIGNS =
      List.of(
          new Sign("at", "@"),
          new Sign("@", "@"),
          new Sign("dot", "."),
          new Sign(".", "."),
          new Sign("punkt", "."),
          new Sign("dash", "-"),
          new Sign(":", ":"));

  private Disguises() {}

  /** The texts behind {@code original}, whose plain form is {@code plain}; usually none. */
  static List<PlainText> behind(String original, PlainText plain) {
    List<PlainText> texts = new ArrayList<>();
    PlainText unescaped = new Unescaping(original).run();
    if (unescaped != null) {
      texts.add(unescaped);
    }
    decodeRuns(original, texts);
    PlainText figures = figures(plain);
    if (figures != null) {
      texts.add(figures);
    }
    return texts;
  }

  private static void decodeRuns(String text, List<PlainText> texts) {
    for (int i = 0; i < text.length(); ) {
      if (!isBase64(text.charAt(i))) {
        i++;
        continue;
      }
      int end = i;
      while (end < text.length() && isBase64(text.charAt(end))) {
        end++;
      }
      int padded = end;
      while (padded < text.length() && padded - end < 2 && text.charAt(padded) == '=') {
        padded++;
      }
      if (end - i >= SHORTEST_RUN) {
        String hidden = decode(text.substring(i, end));
        if (hidden != null) {
          texts.add(PlainText.hidden(hidden, i, padded));
        }
      }
      i = padded;
    }
  }

  private static boolean isBase64(char c) {
    return (c < 0x80 && Words.isWordPart(c)) || c == '+' || c == '/' || c == '-' || c == '_';
  }

  private static @Nullable String decode(String run) {
    if (run.length() % 2 == 0 && run.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      byte[] bytes = new byte[run.length() / 2];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) Integer.parseInt(run, 2 * i, 2 * i + 2, 16);
      }
      return readable(bytes);
    }
    if (run.length() % 4 == 1) {
      return null;
    }
    try {
      return readable(Base64.getDecoder().decode(run.replace('-', '+').replace('_', '/')));
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  private static @Nullable String readable(byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, 8); i++) {
      if (bytes[i] >= 0 && bytes[i] < 9) {
        return null;
      }
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      long strange =
          text.chars().filter(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t').count();
      return strange * 20 > text.length() ? null : text;
    } catch (CharacterCodingException notText) {
      return null;
    }
  }

  /** The text with each run of at least seven spelled figures as digits; null if there is none. */
  private static @Nullable PlainText figures(PlainText plain) {
    String text = plain.text();
    Words words = Words.of(text);
    StringBuilder result = null;
    int[] starts = {};
    int[] ends = {};
    int done = 0;
    for (int i = 0; i < words.size(); ) {
      int last = i;
      while (last < words.size() && figure(words, last) >= 0) {
        last++;
      }
      if (last - i >= FEWEST_SPELLED) {
        if (result == null) {
          result = new StringBuilder();
          starts = new int[text.length()];
          ends = new int[text.length()];
        }
        for (int k = done; k < words.start(i); k++) {
          starts[result.length()] = plain.originalStart(k);
          ends[result.length()] = plain.originalEnd(k + 1);
          result.append(text.charAt(k));
        }
        for (int k = i; k < last; k++) {
          starts[result.length()] = plain.originalStart(words.start(k));
          ends[result.length()] = plain.originalEnd(words.end(k));
          result.append((char) ('0' + figure(words, k)));
        }
        done = words.end(last - 1);
      }
      i = Math.max(last, i + 1);
    }
    if (result == null) {
      return null;
    }
    for (int k = done; k < text.length(); k++) {
      starts[result.length()] = plain.originalStart(k);
      ends[result.length()] = plain.originalEnd(k + 1);
      result.append(text.charAt(k));
    }
    return new PlainText(result.toString(), starts, ends);
  }

  private static int figure(Words words, int word) {
    int start = words.start(word);
    int length = words.end(word) - start;
    if (length < 2 || length > 5) {
      return -1;
    }
    if (length == 2) {
      return words.text().regionMatches(true, start, "oh", 0, 2) ? 0 : -1;
    }
    for (int figure = 0; figure < 10; figure++) {
      String name = FIGURES.get(figure);
      if (name.length() == length && words.text().regionMatches(true, start, name, 0, length)) {
        return figure;
      }
    }
    return -1;
  }

  /** Undoes escapes in one pass; bytes of percent escapes are read as UTF-8. */
  private static final class Unescaping {
    private final String text;
    private final StringBuilder result = new StringBuilder();
    private int[] starts = {};
    private int[] ends = {};
    private int at;

    Unescaping(String text) {
      this.text = text;
    }

    @Nullable PlainText run() {
      int first = next(0);
      if (first < 0) {
        return null;
      }
      starts = new int[text.length()];
      ends = new int[text.length()];
      boolean any = false;
      while (at < text.length()) {
        int before = at;
        char c = text.charAt(at);
        String decoded = isEscape(c) ? escape(c) : null;
        if (decoded == null) {
          at = before + 1;
          put(c, before, at);
        } else {
          any = true;
          if (isBracket(c)) {
            dropSpaceBefore();
          }
          for (int i = 0; i < decoded.length(); i++) {
            put(decoded.charAt(i), before, at);
          }
        }
      }
      if (!any) {
        return null;
      }
      int length = result.length();
      return PlainText.of(
          result.toString(), Arrays.copyOf(starts, length), Arrays.copyOf(ends, length));
    }

    private static boolean isEscape(char c) {
      return c == '%' || c == '\\' || c == '&' || isBracket(c);
    }

    private static boolean isBracket(char c) {
      return c == '[' || c == '(' || c == '{' || c == '<';
    }

    private void dropSpaceBefore() {
      int length = result.length();
      if (length > 0 && result.charAt(length - 1) == ' ') {
        result.setLength(length - 1);
      }
    }

    private int next(int from) {
      for (int i = from; i < text.length(); i++) {
        char c = text.charAt(i);
        if (isEscape(c)) {
          return i;
        }
      }
      return -1;
    }

    private void put(char c, int start, int end) {
      starts[result.length()] = start;
      ends[result.length()] = end;
      result.append(c);
    }

    private @Nullable String escape(char sign) {
      return switch (sign) {
        case '%' -> percent();
        case '\\' -> backslash();
        case '&' -> entity();
        default -> bracketed();
      };
    }

    /** {@code (at)}, {@code [dot]}, {@code [.]}: a sign put so that no machine should read it. */
    private @Nullable String bracketed() {
      int closing = "])}>".charAt("[({<".indexOf(text.charAt(at)));
      for (Sign sign : SIGNS) {
        int end = at + 1 + sign.name.length();
        if (end < text.length()
            && text.charAt(end) == closing
            && text.regionMatches(true, at + 1, sign.name, 0, sign.name.length())) {
          at = end + 1;
          if (at < text.length() && text.charAt(at) == ' ') {
            at++;
          }
          return sign.sign;
        }
      }
      return null;
    }

    private @Nullable String percent() {
      byte[] bytes = new byte[4];
      int count = 0;
      int lead = hex(at + 1, 2);
      if (lead < 0) {
        return null;
      }
      int wanted = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      while (count < wanted
          && at < text.length()
          && text.charAt(at) == '%'
          && hex(at + 1, 2) >= 0) {
        bytes[count++] = (byte) hex(at + 1, 2);
        at += 3;
      }
      return new String(bytes, 0, count, StandardCharsets.UTF_8);
    }

    private @Nullable String backslash() {
      if (at + 1 >= text.length()) {
        return null;
      }
      int digits = text.charAt(at + 1) == 'u' ? 4 : text.charAt(at + 1) == 'x' ? 2 : 0;
      int value = digits == 0 ? -1 : hex(at + 2, digits);
      if (value < 0) {
        return null;
      }
      at += 2 + digits;
      return String.valueOf((char) value);
    }

    private @Nullable String entity() {
      int end = at + 1;
      while (end < text.length() && end - at < 9 && text.charAt(end) != ';') {
        end++;
      }
      if (end == text.length() || text.charAt(end) != ';' || end - at < 3) {
        return null;
      }
      String name = text.substring(at + 1, end);
      Character known = ENTITIES.get(name);
      if (known != null) {
        at = end + 1;
        return String.valueOf(known);
      }
      try {
        int point =
            name.startsWith("#x") || name.startsWith("#X")
                ? Integer.parseInt(name, 2, name.length(), 16)
                : name.startsWith("#") ? Integer.parseInt(name, 1, name.length(), 10) : -1;
        if (point <= 0 || point > Character.MAX_CODE_POINT) {
          return null;
        }
        at = end + 1;
        return Character.toString(point);
      } catch (NumberFormatException notANumber) {
        return null;
      }
    }

    private int hex(int from, int count) {
      if (from + count > text.length()) {
        return -1;
      }
      int value = 0;
      for (int i = from; i < from + count; i++) {
        int digit = Character.digit(text.charAt(i), 16);
        if (digit < 0) {
          return -1;
        }
        value = value * 16 + digit;
      }
      return value;
    }
  }
}
