package dev.bylaw.cedar.text;

import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a node was written, if it was written as text.
 *
 * <p>All places are equal, so that the equality of the records that carry one is the equality of
 * what they say.
 */
public final class Place {
  /** The place of what was never text. */
  public static final Place NONE = new Place(null, 0, 0);

  private final @Nullable Source source;
  private final int start;
  private final int end;

  private Place(@Nullable Source source, int start, int end) {
    this.source = source;
    this.start = start;
    this.end = end;
  }

  /** The range from {@code start} to before {@code end} of a source. */
  public static Place of(Source source, int start, int end) {
    return new Place(source, start, end);
  }

  /** The range as a span. */
  public Optional<Span> span() {
    return source == null ? Optional.empty() : Optional.of(source.span(start, end));
  }

  /** The range as a span, or another where there is none. */
  public Span spanOr(Span other) {
    return source == null ? other : source.span(start, end);
  }

  /** Offset of the first character. */
  public int start() {
    return start;
  }

  /** Offset after the last character. */
  public int end() {
    return end;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Place;
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return span().map(Span::toString).orElse("");
  }
}
