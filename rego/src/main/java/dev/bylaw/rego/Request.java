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
    return new Request(
        input,
        mostSteps,
        memory,
        mostTime,
        cancelled,
        strictErrors,
        clock,
        seed,
        runtime,
        mayConnect,
        prints,
        observer);
  }

  /** The same, limited in what the evaluation may allocate, collected or not. */
  public Request withMemory(long mostBytes) {
    return new Request(
        input,
        steps,
        mostBytes,
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

  public Request cancelledBy(BooleanSupplier asked) {
    return new Request(
        input,
        steps,
        memory,
        time,
        asked,
        strictErrors,
        clock,
        seed,
        runtime,
        mayConnect,
        prints,
        observer);
  }

  public Request withStrictErrors(boolean on) {
    return new Request(
        input,
        steps,
        memory,
        time,
        cancelled,
        on,
        clock,
        seed,
        runtime,
        mayConnect,
        prints,
        observer);
  }

  public Request withClock(InstantSource other) {
    return new Request(
        input,
        steps,
        memory,
        time,
        cancelled,
        strictErrors,
        other,
        seed,
        runtime,
        mayConnect,
        prints,
        observer);
  }

  public Request withSeed(long other) {
    return new Request(
        input,
        steps,
        memory,
        time,
        cancelled,
        strictErrors,
        clock,
        other,
        runtime,
        mayConnect,
        prints,
        observer);
  }

  public Request withRuntime(ObjectValue other) {
    return new Request(
        input,
        steps,
        memory,
        time,
        cancelled,
        strictErrors,
        clock,
        seed,
        other,
        mayConnect,
        prints,
        observer);
  }

  public Request connectingTo(Predicate<String> hosts) {
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
        hosts,
        prints,
        observer);
  }

  public Request printingTo(Consumer<String> lines) {
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
        lines,
        observer);
  }

  public Request observedBy(Observer other) {
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
        other);
  }
}
