package dev.bylaw.rego.plan;

import dev.bylaw.rego.builtin.BuiltinContext;
import dev.bylaw.value.ObjectValue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Within which limits a question is asked, and what it may know and tell. Immutable; the same for
 * all questions of a caller, so that asking one makes none.
 *
 * @param steps how many steps may be taken: elements scanned, rules and functions evaluated
 * @param memory how many bytes may be allocated, collected or not
 * @param time how long it may take
 * @param cancelled asked now and then whether to stop
 * @param strictErrors whether an error of a builtin ends the evaluation
 * @param clock what {@code time.now_ns} tells
 * @param seed of numbers at random; null for ones that cannot be foretold
 * @param runtime what {@code opa.runtime} tells
 * @param mayConnect which hosts {@code http.send} and look-ups may reach
 * @param prints takes the lines that are printed
 * @param observer is told what is evaluated, if the policy was compiled so
 */
public record Settings(
    long steps,
    long memory,
    @Nullable Duration time,
    BooleanSupplier cancelled,
    boolean strictErrors,
    InstantSource clock,
    @Nullable Long seed,
    ObjectValue runtime,
    Predicate<String> mayConnect,
    @Nullable Consumer<String> prints,
    @Nullable Observer observer) {

  /** No limits; no host may be reached, nothing is printed and nobody watches. */
  public static final Settings UNLIMITED =
      new Settings(
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          null,
          () -> false,
          false,
          InstantSource.system(),
          null,
          ObjectValue.EMPTY,
          host -> false,
          null,
          null);

  /** What builtins may know of it; one for each question. */
  public BuiltinContext context() {
    var context = new BuiltinContext(clock, runtime, mayConnect);
    if (seed != null) {
      context.seeded(seed);
    }
    if (observer != null) {
      context.notingTo(observer::note, observer::testCase);
    }
    return context;
  }
}
