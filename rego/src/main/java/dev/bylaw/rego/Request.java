package dev.bylaw.rego;

import dev.bylaw.rego.plan.Observer;
import dev.bylaw.rego.plan.Settings;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What to ask with, and within which limits. Immutable and thread-safe.
 *
 * @param input the input document; null where there is none
 * @param settings limits, and what the question may know and tell
 */
public record Request(@Nullable Value input, Settings settings) {

  /** A request with an input and no limits. */
  public static Request of(@Nullable Value input) {
    return new Request(input, Settings.UNLIMITED);
  }

  /** The same with another input; cheap, for it is done for each question. */
  public Request withInput(@Nullable Value other) {
    return new Request(other, settings);
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
    var draft = new Draft(settings);
    change.accept(draft);
    return new Request(input, draft.settings());
  }

  /** Settings while they are made out of others. */
  private static final class Draft {
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

    Draft(Settings from) {
      steps = from.steps();
      memory = from.memory();
      time = from.time();
      cancelled = from.cancelled();
      strictErrors = from.strictErrors();
      clock = from.clock();
      seed = from.seed();
      runtime = from.runtime();
      mayConnect = from.mayConnect();
      prints = from.prints();
      observer = from.observer();
    }

    Settings settings() {
      return new Settings(
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
