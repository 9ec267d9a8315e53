package dev.bylaw.cedar.command;

import dev.bylaw.syntax.Source;

/**
 * A text that a command reads when it comes to it, so that what is wrong is told in the order in
 * which Cedar's own tool finds it.
 */
@FunctionalInterface
public interface Text {
  /**
   * The text.
   *
   * @throws Failure if it cannot be read
   */
  Source read();

  /** A text that is at hand. */
  static Text of(Source source) {
    return () -> source;
  }
}
