package dev.bylaw.syntax;

import java.util.Arrays;
import java.util.Objects;

/**
 * A named text that positions can be counted in.
 *
 * <p>Two sources are the same if name and text are. Immutable and thread-safe.
 */
public final class Source {
  private final String name;
  private final String text;

  /** Offsets of the first character of each line; built when the first position is asked for. */
  private volatile int[] lineStarts = {};

  private Source(String name, String text) {
    this.name = Objects.requireNonNull(name);
    this.text = Objects.requireNonNull(text);
  }

  /**
   * A source.
   *
   * @param name what diagnostics call it, usually a relative path with forward slashes
   * @param text the whole text; a leading byte order mark is dropped
   */
  public static Source of(String name, String text) {
    return new Source(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  /** What diagnostics call this source. */
  public String name() {
    return name;
  }

  /** The whole text. */
  public String text() {
    return text;
  }

  /**
   * Line and column of an offset, both counted from 1; columns count code points.
   *
   * @param offset in UTF-16 units; one past the end is the position of the end
   * @throws IndexOutOfBoundsException if the offset is outside the text
   */
  public Position position(int offset) {
    Objects.checkIndex(offset, text.length() + 1);
    int[] starts = lineStarts();
    int found = Arrays.binarySearch(starts, offset);
    int line = found >= 0 ? found : -found - 2;
    return new Position(line + 1, text.codePointCount(starts[line], offset) + 1);
  }

  /**
   * The text of a line without its line break.
   *
   * @param line counted from 1
   */
  public String line(int line) {
    int[] starts = lineStarts();
    int start = starts[Objects.checkIndex(line - 1, starts.length)];
    int end = line < starts.length ? starts[line] : text.length();
    while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(start, end);
  }

  /** The part of the line of an offset, without its line break, that is no farther away. */
  Span onLine(int offset, int far) {
    int start = text.lastIndexOf('\n', offset - 1) + 1;
    int end = text.indexOf('\n', offset);
    end = end < 0 ? text.length() : end;
    while (end > offset && text.charAt(end - 1) == '\r') {
      end--;
    }
    start = Math.max(start, offset - far);
    end = Math.min(end, offset + far);
    // No character is cut in two.
    if (start < offset && Character.isLowSurrogate(text.charAt(start))) {
      start++;
    }
    return span(start, Math.max(offset, end));
  }

  /** How many lines there are; at least 1. */
  public int lines() {
    return lineStarts().length;
  }

  /**
   * The offset of a line and column as {@link #position} counts them, clipped to the text.
   *
   * @param line counted from 1
   * @param column counted from 1, in code points
   */
  public int offset(int line, int column) {
    int[] starts = lineStarts();
    if (line > starts.length) {
      return text.length();
    }
    int start = starts[Math.max(line, 1) - 1];
    int end = line < starts.length ? starts[line] : text.length();
    int available = text.codePointCount(start, end);
    return text.offsetByCodePoints(start, Math.clamp(column - 1, 0, available));
  }

  /** The whole text as a span. */
  public Span span() {
    return new Span(this, 0, text.length());
  }

  /** The range from {@code start} to before {@code end}, in UTF-16 units. */
  public Span span(int start, int end) {
    return new Span(this, start, end);
  }

  private int[] lineStarts() {
    int[] starts = lineStarts;
    if (starts.length == 0) {
      starts = scanLines(text);
      lineStarts = starts;
    }
    return starts;
  }

  private static int[] scanLines(String text) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
      }
      starts[count++] = i + 1;
    }
    return Arrays.copyOf(starts, count);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Source that && name.equals(that.name) && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + text.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
