package dev.bylaw.cedar.command;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A part that a command needs and cannot have: a file that is not there, a request that is none.
 */
public final class Failure extends RuntimeException {
  private final transient Trouble trouble;

  /** A failure that is told as it is. */
  public Failure(Trouble trouble) {
    super(
        trouble.cause().isEmpty() ? trouble.message() : trouble.message() + ": " + trouble.cause(),
        null,
        false,
        false);
    this.trouble = trouble;
  }

  /** What is told. */
  public Trouble trouble() {
    return trouble;
  }

  /** The part; what it fails by is told as the reason of another failure. */
  static <T extends @Nullable Object> T within(String what, Supplier<T> part) {
    try {
      return part.get();
    } catch (Failure inner) {
      throw new Failure(inner.trouble.within(what));
    }
  }
}
