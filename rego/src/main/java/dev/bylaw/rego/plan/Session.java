package dev.bylaw.rego.plan;

import dev.bylaw.rego.builtin.BuiltinContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all evaluations of one query share: budget, cancellation, builtin state, observers. */
public final class Session implements BuiltinContext.Watch {
  private static final int CHECK_EVERY = 1024;
  private static final int MOST_ERRORS = 100;

  private final Settings settings;
  private final long deadline;
  private final long allocatedBefore;
  private @Nullable BuiltinContext context;
  private long used;
  private int untilCheck = CHECK_EVERY;
  private @Nullable List<EvaluationException> errors;

  /** A session that begins now. */
  public Session(Settings settings) {
    this(settings, null);
  }

  /** A session that begins now, whose builtins know what the program around it says. */
  public Session(Settings settings, @Nullable BuiltinContext context) {
    this.settings = settings;
    this.deadline =
        settings.time() == null ? Long.MAX_VALUE : System.nanoTime() + settings.time().toNanos();
    this.allocatedBefore = settings.memory() == Long.MAX_VALUE ? 0 : Allocation.ofThisThread();
    if (context != null) {
      this.context = context;
      context.watchedBy(this);
    }
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
    if (used > settings.steps()) {
      throw new EvaluationException(
          EvaluationException.CANCEL,
          "evaluation took more than " + settings.steps() + " steps",
          null);
    }
    long memory = settings.memory();
    if (memory != Long.MAX_VALUE && Allocation.ofThisThread() - allocatedBefore > memory) {
      throw new EvaluationException(
          EvaluationException.CANCEL, "evaluation took more than " + memory + " bytes", null);
    }
    if (settings.cancelled().getAsBoolean()
        || (deadline != Long.MAX_VALUE
            && System.nanoTime() - deadline > (context == null ? 0 : context.excused()))) {
      throw new EvaluationException(
          EvaluationException.CANCEL, "caller cancelled query execution", null);
    }
  }

  /** Made when the first builtin asks: many policies call none. */
  BuiltinContext context() {
    BuiltinContext known = context;
    if (known == null) {
      known = settings.context();
      known.watchedBy(this);
      context = known;
    }
    return known;
  }

  Settings settings() {
    return settings;
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
