package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What builtins may know beside their operands. One for each query; not thread-safe. */
public final class BuiltinContext {
  private static final int TICKS = 1024;
  private static final int TICKS_OF_A_STEP = 256;

  private final InstantSource clock;
  private final ObjectValue runtime;
  private final Predicate<String> mayConnect;

  // Made when first asked for: most policies ask for none of them.
  private @Nullable Map<Object, Value> memory;
  private @Nullable Random random;
  private @Nullable Instant now;
  private @Nullable Object host;
  private long excused;
  private @Nullable Watch watch;
  private int ticks;
  private @Nullable Predicate<String> mayCall;
  private @Nullable Consumer<String> notes;
  private @Nullable Consumer<ArrayValue> cases;

  /**
   * A context.
   *
   * @param clock tells the instant of the query, once
   * @param runtime what {@code opa.runtime()} gives
   * @param mayConnect whether {@code http.send} and look-ups may reach a host
   */
  public BuiltinContext(InstantSource clock, ObjectValue runtime, Predicate<String> mayConnect) {
    this.clock = clock;
    this.runtime = runtime;
    this.mayConnect = mayConnect;
  }

  /** The same, with numbers at random from a seed. */
  public BuiltinContext seeded(long seed) {
    random = new Random(seed);
    return this;
  }

  /** The same, where somebody takes the notes of {@code trace} and the cases of tests. */
  public BuiltinContext notingTo(Consumer<String> notes, Consumer<ArrayValue> cases) {
    this.notes = notes;
    this.cases = cases;
    return this;
  }

  void testCase(ArrayValue names) {
    if (cases != null) {
      cases.accept(names);
    }
  }

  void note(String text) {
    if (notes != null) {
      notes.accept(text);
    }
  }

  /** The same, on behalf of the program around it. */
  public BuiltinContext hostedBy(Object program) {
    host = program;
    return this;
  }

  /** The program around it, for functions that it adds; null if it did not say. */
  public @Nullable Object host() {
    return host;
  }

  /** Keeps the budget of a query, and ends the evaluation where it is used up. */
  @FunctionalInterface
  public interface Watch {
    /** Counts steps and looks whether to go on. */
    void spend(long steps);
  }

  /** Says who keeps the budget. */
  public void watchedBy(Watch other) {
    watch = other;
  }

  /**
   * Counts a small piece of a builtin's work, such as a character read or an element made: so that
   * the budget also ends one call over much.
   */
  void tick() {
    if ((++ticks & (TICKS - 1)) == 0 && watch != null) {
      watch.spend(TICKS / TICKS_OF_A_STEP);
    }
  }

  /** Takes time off the query's account: what the program around it spent for it. */
  public void excuse(long nanos) {
    excused += nanos;
  }

  /** The time taken off the query's account so far, in nanoseconds. */
  public long excused() {
    return excused;
  }

  /** The instant of the query, in nanoseconds since 1970. */
  public long now() {
    if (now == null) {
      now = clock.instant();
    }
    return now.getEpochSecond() * 1_000_000_000 + now.getNano();
  }

  /** What {@code opa.runtime()} gives. */
  public ObjectValue runtime() {
    return runtime;
  }

  /** Whether a host may be reached. */
  public boolean mayConnect(String host) {
    return mayConnect.test(host);
  }

  /** The same, where what {@code http.send} connects to is asked for by its whole address. */
  public BuiltinContext connectingTo(Predicate<String> addresses) {
    mayCall = addresses;
    return this;
  }

  /** Whether {@code http.send} may connect to an address. */
  public boolean mayCall(String scheme, String host, int port) {
    Predicate<String> addresses = mayCall;
    return addresses == null
        ? mayConnect.test(host)
        : addresses.test(scheme + "://" + host + (port < 0 ? "" : ":" + port));
  }

  /** Values that stay the same throughout the query. */
  public Map<Object, Value> memory() {
    if (memory == null) {
      memory = new HashMap<>();
    }
    return memory;
  }

  /** Numbers at random. */
  public Random random() {
    if (random == null) {
      random = new SecureRandom();
    }
    return random;
  }
}
