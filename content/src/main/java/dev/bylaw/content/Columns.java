package dev.bylaw.content;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The columns of tables in a text (CSV, tabs, Markdown): lines with as many cells as the line above
 * them, under a head, which is a first line without digits. Found in one pass.
 */
final class Columns {
  private static final String SIGNS = "|\t;,";
  private static final int LONGEST_LINE = 2_000;
  private static final int NONE = -1;

  private final Words words;
  private final String text;
  private int lines;
  private int[] starts = new int[16];
  private int[] heads = new int[16];
  private char[] signs = new char[16];

  private Columns(Words words) {
    this.words = words;
    this.text = words.text();
  }

  static Columns of(Words words) {
    Columns columns = new Columns(words);
    if (columns.text.indexOf('\n') >= 0) {
      columns.scan();
    }
    return columns;
  }

  private void scan() {
    int head = NONE;
    char sign = 0;
    int cells = 0;
    boolean rows = false;
    for (int start = 0; start < text.length(); ) {
      int newLine = text.indexOf('\n', start);
      int end = newLine < 0 ? text.length() : newLine;
      if (!isRule(start, end)) {
        char its = signOf(start, end);
        int count = its == 0 ? 0 : separators(start, end, its);
        if (its == 0) {
          head = NONE;
        } else if (head == NONE || its != sign || count != cells) {
          head = isHead(start, end) ? lines : NONE;
        }
        sign = its;
        cells = count;
      }
      rows |= head != NONE && head != lines;
      add(start, head, sign);
      start = end + 1;
    }
    if (!rows) {
      // Most texts hold no table: nothing needs to be looked up in them.
      lines = 0;
    }
  }

  private void add(int start, int head, char sign) {
    if (lines == starts.length) {
      starts = Arrays.copyOf(starts, lines * 2);
      heads = Arrays.copyOf(heads, lines * 2);
      signs = Arrays.copyOf(signs, lines * 2);
    }
    starts[lines] = start;
    heads[lines] = head;
    signs[lines] = sign;
    lines++;
  }

  /** {@code |---|---|} */
  private boolean isRule(int start, int end) {
    boolean dash = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if ("|-+:= ".indexOf(c) < 0) {
        return false;
      }
      dash |= c == '-' || c == '=';
    }
    return dash;
  }

  private char signOf(int start, int end) {
    if (end - start <= LONGEST_LINE) {
      for (int k = 0; k < SIGNS.length(); k++) {
        int at = text.indexOf(SIGNS.charAt(k), start, end);
        if (at >= 0) {
          return SIGNS.charAt(k);
        }
      }
    }
    return 0;
  }

  /** The signs between cells from {@code start} to {@code end}; none count between quotes. */
  private int separators(int start, int end, char sign) {
    int count = 0;
    boolean quoted = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      count += c == sign && !quoted ? 1 : 0;
    }
    return count;
  }

  private boolean isHead(int start, int end) {
    for (int i = start; i < end; i++) {
      if (Character.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the character there lies in a row of a table, under its head. */
  boolean isCell(int offset) {
    return headOf(offset) != NONE;
  }

  /** The first of {@code terms} in the head of the column in which the character there lies. */
  Context.@Nullable Near head(Terms terms, int offset) {
    int head = headOf(offset);
    if (head == NONE) {
      return null;
    }
    int line = lineOf(offset);
    int column = separators(starts[line], offset, signs[line]);
    int end = starts[head + 1];
    for (int word = words.at(starts[head]);
        word < words.size() && words.start(word) < end;
        word++) {
      int its = separators(starts[head], words.start(word), signs[line]);
      String term = its == column ? terms.at(words, word) : null;
      if (term != null) {
        return new Context.Near(term, 1, offset - words.start(word), true);
      }
    }
    return null;
  }

  /** The head of the column in which the character there lies; empty outside of tables. */
  String name(int offset) {
    int head = headOf(offset);
    if (head == NONE) {
      return "";
    }
    int line = lineOf(offset);
    int column = separators(starts[line], offset, signs[line]);
    int end = starts[head + 1];
    int from = starts[head];
    int count = 0;
    boolean quoted = false;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      boolean ends = c == '\n' || (c == signs[line] && !quoted);
      if (ends && count == column) {
        return text.substring(from, i);
      }
      if (ends) {
        count++;
        from = i + 1;
      }
    }
    return "";
  }

  private int headOf(int offset) {
    if (lines == 0) {
      return NONE;
    }
    int line = lineOf(offset);
    return heads[line] == line ? NONE : heads[line];
  }

  private int lineOf(int offset) {
    int found = Arrays.binarySearch(starts, 0, lines, offset);
    return found >= 0 ? found : -found - 2;
  }
}
