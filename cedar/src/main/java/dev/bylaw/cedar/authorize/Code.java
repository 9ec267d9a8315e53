package dev.bylaw.cedar.authorize;

import dev.bylaw.cedar.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression.
 *
 * <p>That it has no value is an answer here, not an exception: {@code null} for {@link #value},
 * {@link #FAILED} for {@link #test}.
 */
interface Code {
  int FALSE = 0;
  int TRUE = 1;
  int FAILED = -1;

  /** The value, or null if there is none. */
  @Nullable Value value(Evaluation on);

  /** Whether it is true, {@link #FAILED} if it is no boolean or has no value. */
  default int test(Evaluation on) {
    return value(on) instanceof Value.Bool(var truth) ? of(truth) : FAILED;
  }

  /** Code that is asked whether it holds, more than for a value. */
  interface Test extends Code {
    @Override
    default @Nullable Value value(Evaluation on) {
      int truth = test(on);
      return truth < 0 ? null : Value.Bool.of(truth == TRUE);
    }

    @Override
    int test(Evaluation on);
  }

  static int of(boolean truth) {
    return truth ? TRUE : FALSE;
  }
}
