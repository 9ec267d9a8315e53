package dev.bylaw.rego.plan;

import dev.bylaw.rego.builtin.BuiltinContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What all evaluations of one query share: budget, cancellation, builtin state, observers. */
public final class Session implements BuiltinContext.Watch {
  private static final int CHECK_EVERY = 1024;
  private static final int MOST_ERRORS = 100;

  private final BuiltinContext context;
  private final long steps;
  private final long deadline;
  private final BooleanSupplier cancelled;
  private long used;
  private long memory = Long.MAX_VALUE;
  private long allocatedBefore;
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
    context.watchedBy(this);
  }

  /**
   * Limits what the thread may allocate from now on, whether or not it is collected: a bound from
   * above of what the evaluation holds.
   */
  public Session withMemory(long bytes) {
    memory = bytes;
    allocatedBefore = bytes == Long.MAX_VALUE ? 0 : Allocation.ofThisThread();
    return this;
  }

  /** Counts a step; now and then looks whether to go on. */
  void step() {
    if (--untilCheck <= 0) {
      check();
    }
  }

  @Override
  public void spend(long work) {
    used += work - untilCheck;
    check();
  }

  private void check() {
    used += CHECK_EVERY;
    untilCheck = CHECK_EVERY;
    if (used > steps) {
      throw new EvaluationException(
          EvaluationException.CANCEL, "evaluation took more than " + steps + " steps", null);
    }
    if (memory != Long.MAX_VALUE && Allocation.ofThisThread() - allocatedBefore > memory) {
      throw new EvaluationException(
          EvaluationException.CANCEL, "evaluation took more than " + memory + " bytes", null);
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
