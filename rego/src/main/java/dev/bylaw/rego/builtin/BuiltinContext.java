package dev.bylaw.rego.builtin;

import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/** What builtins may know beside their operands. One for each query; not thread-safe. */
public final class BuiltinContext {
  private final long now;
  private final ObjectValue runtime;
  private final Predicate<String> mayConnect;
  private final Map<Object, Value> memory = new HashMap<>();

  private Random random = new SecureRandom();

  /**
   * A context.
   *
   * @param now nanoseconds since 1970
   * @param runtime what {@code opa.runtime()} gives
   * @param mayConnect whether {@code http.send} and look-ups may reach a host
   */
  public BuiltinContext(long now, ObjectValue runtime, Predicate<String> mayConnect) {
    this.now = now;
    this.runtime = runtime;
    this.mayConnect = mayConnect;
  }

  /** The same, with numbers at random from a seed. */
  public BuiltinContext seeded(long seed) {
    random = new Random(seed);
    return this;
  }

  /** The instant of the query. */
  public long now() {
    return now;
  }

  /** What {@code opa.runtime()} gives. */
  public ObjectValue runtime() {
    return runtime;
  }

  /** Whether a host may be reached. */
  public boolean mayConnect(String host) {
    return mayConnect.test(host);
  }

  /** Values that stay the same throughout the query. */
  public Map<Object, Value> memory() {
    return memory;
  }

  /** Numbers at random. */
  public Random random() {
    return random;
  }
}
