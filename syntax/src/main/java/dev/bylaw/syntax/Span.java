package dev.bylaw.syntax;

import java.util.Objects;

/**
 * A range of a source.
 *
 * @param source where
 * @param start offset of the first character, in UTF-16 units
 * @param end offset after the last character; equal to {@code start} for a place between two
 */
public record Span(Source source, int start, int end) {
  public Span {
    Objects.checkFromToIndex(start, end, source.text().length());
  }

  /** Line and column of the first character. */
  public Position position() {
    return source.position(start);
  }

  /** The text of the range. */
  public String text() {
    return source.text().substring(start, end);
  }

  /** The smallest span of the same source that holds this one and the other. */
  public Span to(Span other) {
    if (!source.equals(other.source)) {
      throw new IllegalArgumentException("spans of two sources: " + source + ", " + other.source);
    }
    return new Span(source, Math.min(start, other.start), Math.max(end, other.end));
  }

  /** {@code name:line:column}, the form that terminals and editors make a link of. */
  @Override
  public String toString() {
    return source.name() + ":" + position();
  }
}
