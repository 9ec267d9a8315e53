package dev.bylaw.rego;

import dev.bylaw.rego.plan.Observer;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What to ask with, and within which limits.
 *
 * @param input the input document; null where there is none
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
public record Request(
    @Nullable Value input,
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

  /** A request with an input and no limits. */
  public static Request of(@Nullable Value input) {
    return new Request(
        input,
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
  }

  public Request withInput(@Nullable Value other) {
    // By itself, for it is done for each question.
    return new Request(
        other,
        steps,
        memory,
        time,
        cancelled,
        strictErrors,
        clock,
        seed,
        runtime,
        mayConnect,
        prints,
        observer);
  }

  public Request withBudget(long mostSteps, @Nullable Duration mostTime) {
    return with(it -> {
      it.steps = mostSteps;
      it.time = mostTime;
    });
  }

  /** The same, limited in what the evaluation may allocate, collected or not. */
  public Request withMemory(long mostBytes) {
    return with(it -> it.memory = mostBytes);
  }

  public Request cancelledBy(BooleanSupplier asked) {
    return with(it -> it.cancelled = asked);
  }

  public Request withStrictErrors(boolean on) {
    return with(it -> it.strictErrors = on);
  }

  public Request withClock(InstantSource other) {
    return with(it -> it.clock = other);
  }

  public Request withSeed(long other) {
    return with(it -> it.seed = other);
  }

  public Request withRuntime(ObjectValue other) {
    return with(it -> it.runtime = other);
  }

  public Request connectingTo(Predicate<String> hosts) {
    return with(it -> it.mayConnect = hosts);
  }

  public Request printingTo(Consumer<String> lines) {
    return with(it -> it.prints = lines);
  }

  public Request observedBy(Observer other) {
    return with(it -> it.observer = other);
  }

  private Request with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.request();
  }

  /** A request while it is made out of another. */
  private static final class Draft {
    private @Nullable Value input;
    private long steps;
    private long memory;
    private @Nullable Duration time;
    private BooleanSupplier cancelled;
    private boolean strictErrors;
    private InstantSource clock;
    private @Nullable Long seed;
    private ObjectValue runtime;
    private Predicate<String> mayConnect;
    private @Nullable Consumer<String> prints;
    private @Nullable Observer observer;

    Draft(Request from) {
      input = from.input;
      steps = from.steps;
      memory = from.memory;
      time = from.time;
      cancelled = from.cancelled;
      strictErrors = from.strictErrors;
      clock = from.clock;
      seed = from.seed;
      runtime = from.runtime;
      mayConnect = from.mayConnect;
      prints = from.prints;
      observer = from.observer;
    }

    Request request() {
      return new Request(
          input,
          steps,
          memory,
          time,
          cancelled,
          strictErrors,
          clock,
          seed,
          runtime,
          mayConnect,
          prints,
          observer);
    }
  }
}
