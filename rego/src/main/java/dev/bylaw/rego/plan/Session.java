package dev.bylaw.rego.plan;

import dev.bylaw.rego.builtin.BuiltinContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What all evaluations of one query share: budget, cancellation, builtin state, observers. */
public final class Session {
  private static final int CHECK_EVERY = 1024;
  private static final int MOST_ERRORS = 100;

  private final BuiltinContext context;
  private final long steps;
  private final long deadline;
  private final BooleanSupplier cancelled;
  private long used;
  private int untilCheck = CHECK_EVERY;

  final boolean strictErrors;
  final @Nullable Consumer<String> prints;
  final @Nullable Observer observer;

  private @Nullable List<EvaluationException> errors;

  /**
   * A session.
   *
   * @param steps how many steps may be taken
   * @param deadline as {@link System#nanoTime} counts; {@link Long#MAX_VALUE} for none
   * @param strictErrors whether an error of a builtin ends the evaluation
   */
  public Session(
      BuiltinContext context,
      long steps,
      long deadline,
      BooleanSupplier cancelled,
      boolean strictErrors,
      @Nullable Consumer<String> prints,
      @Nullable Observer observer) {
    this.context = context;
    this.steps = steps;
    this.deadline = deadline;
    this.cancelled = cancelled;
    this.strictErrors = strictErrors;
    this.prints = prints;
    this.observer = observer;
  }

  /** Counts a step; now and then looks whether to go on. */
  void step() {
    if (--untilCheck <= 0) {
      check();
    }
  }

  private void check() {
    used += CHECK_EVERY;
    untilCheck = CHECK_EVERY;
    if (used > steps) {
      throw new EvaluationException(
          EvaluationException.CANCEL, "evaluation took more than " + steps + " steps", null);
    }
    if (cancelled.getAsBoolean()
        || (deadline != Long.MAX_VALUE && System.nanoTime() - deadline > context.excused())) {
      throw new EvaluationException(
          EvaluationException.CANCEL, "caller cancelled query execution", null);
    }
  }

  BuiltinContext context() {
    return context;
  }

  /** Errors of builtins that made something undefined. */
  public List<EvaluationException> errors() {
    return errors == null ? List.of() : List.copyOf(errors);
  }

  void failed(EvaluationException error) {
    if (errors == null) {
      errors = new ArrayList<>();
    }
    if (errors.size() < MOST_ERRORS) {
      errors.add(error);
    }
  }
}
