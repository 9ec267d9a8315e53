package dev.bylaw.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Texts laid out within a width: broken between words, and inside a word only where it is longer
 * than a whole line. Escape sequences of colours have no width.
 */
final class Fold {
  private static final char ESCAPE = '\u001b';

  private Fold() {}

  /** How many columns a text takes. */
  static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int end = escapeEnd(text, i);
      if (end > i) {
        i = end;
        continue;
      }
      int codePoint = text.codePointAt(i);
      width++;
      i += Character.charCount(codePoint);
    }
    return width;
  }

  /**
   * A line for people, on as many lines as it needs; what follows the first is indented a little
   * more than it.
   *
   * @param columns how wide a line may be; 0 for any width
   */
  static String line(String text, int columns) {
    if (columns == 0 || width(text) <= columns) {
      return text;
    }
    int indent = 0;
    while (indent < text.length() && text.charAt(indent) == ' ') {
      indent++;
    }
    String hanging = " ".repeat(Math.min(indent + 4, columns / 2));
    List<String> lines =
        words(text.substring(indent), columns - indent, columns - hanging.length());
    return text.substring(0, indent) + String.join("\n" + hanging, lines);
  }

  /** A text as lines of at most a width. */
  static List<String> words(String text, int columns) {
    return words(text, columns, columns);
  }

  private static List<String> words(String text, int first, int others) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    int room = Math.max(1, first);
    while (width(rest) > room) {
      int cut = cut(rest, room);
      lines.add(rest.substring(0, cut).stripTrailing());
      rest = rest.substring(cut).stripLeading();
      room = Math.max(1, others);
    }
    lines.add(rest);
    return lines;
  }

  /**
   * Where a text that is too long is cut: behind the last space that fits; else inside its first
   * word, behind a mark that joins its parts, else where the line is full.
   */
  private static int cut(String text, int room) {
    int space = 0;
    int joint = 0;
    int full = 0;
    int width = 0;
    for (int i = 0; i < text.length() && width <= room; ) {
      int end = escapeEnd(text, i);
      if (end > i) {
        i = end;
        continue;
      }
      int codePoint = text.codePointAt(i);
      if (codePoint == ' ' && !text.substring(0, i).isBlank()) {
        space = i + 1;
      }
      width++;
      if (width > room) {
        break;
      }
      i += Character.charCount(codePoint);
      full = i;
      if (codePoint == ',' || codePoint == '/' || codePoint == '+') {
        joint = i;
      }
    }
    return space > 0 ? space : joint > 0 ? joint : full;
  }

  /** The end of the escape sequence that begins at a place; the place itself if there is none. */
  private static int escapeEnd(String text, int at) {
    if (text.charAt(at) != ESCAPE) {
      return at;
    }
    int end = text.indexOf('m', at);
    return end < 0 ? at : end + 1;
  }
}
