package dev.bylaw.rego.plan;

import dev.bylaw.syntax.Span;
import dev.bylaw.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rule as written: a body and, behind it, what it yields; then its {@code else}. */
final class Clause {
  final Span span;
  final Pattern[] arguments;
  int slots;
  int collectors;
  Step body = Step.Done.DONE;
  @Nullable Clause otherwise;

  /** The value, if it is the same for all evaluations. */
  @Nullable Value constant;

  Clause(Span span, List<Pattern> arguments) {
    this.span = span;
    this.arguments = arguments.toArray(new Pattern[0]);
  }

  /** The value, or null if neither the body nor an else has a solution. */
  @Nullable Value value(Evaluation e, Value[] given) {
    for (Clause c = this; c != null; c = c.otherwise) {
      Frame f = new Frame(c.slots, c.collectors, e);
      if (!c.accepts(f, given)) {
        continue;
      }
      c.body.run(f);
      if (f.result != null) {
        return f.result;
      }
    }
    return null;
  }

  private boolean accepts(Frame f, Value[] given) {
    for (int i = 0; i < arguments.length; i++) {
      if (!arguments[i].match(f, given[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether nothing stands before its value. */
  boolean alwaysHolds() {
    return arguments.length == 0 && body instanceof Steps.Result;
  }

  /** Runs the body for the solutions it adds to a collector. */
  void collect(Evaluation e, Collector into) {
    Frame f = new Frame(slots, collectors, e);
    f.solutions = into;
    body.run(f);
  }
}
