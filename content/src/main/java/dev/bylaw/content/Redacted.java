package dev.bylaw.content;

/**
 * A text or value after redaction.
 *
 * @param result what may be passed on
 * @param found what the original contained, with spans in the original
 * @param remaining what a last inspection of {@code result} found or could not see; {@link
 *     Findings#clean} in all but hopeless cases (a detector that does not work, say), which a
 *     caller must treat as not redacted
 */
public record Redacted<T>(T result, Findings found, Findings remaining) {

  /** Whether {@code result} was inspected as a whole and nothing was found any more. */
  public boolean clean() {
    return remaining.clean();
  }
}
