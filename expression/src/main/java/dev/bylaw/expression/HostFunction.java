package dev.bylaw.expression;

import dev.bylaw.value.Value;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A function of the program around, callable from expressions.
 *
 * @param name may be qualified: {@code bylaw.contains_pii}
 * @param arity how many arguments it takes, of any kind
 * @param returns what it returns
 * @param pure whether equal arguments always give equal results; such calls on constants are worked
 *     out at compile time
 * @param cost steps of the budget that a call spends, at least 1
 * @param body thread-safe; an {@link IllegalArgumentException} is a failure with its message
 */
public record HostFunction(
    String name, int arity, Type returns, boolean pure, int cost, Body body) {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

  /** What a host function does. */
  @FunctionalInterface
  public interface Body {
    /**
     * The value for the arguments; timestamps and durations come as their text.
     *
     * @throws IllegalArgumentException if there is none; the message is shown to people
     */
    Value call(List<Value> arguments);
  }

  public HostFunction {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a name of a function: " + name);
    }
    if (arity < 0 || cost < 1) {
      throw new IllegalArgumentException("arity " + arity + ", cost " + cost);
    }
    Objects.requireNonNull(returns);
    Objects.requireNonNull(body);
  }

  /** A pure function of cost 10 that returns anything. */
  public static HostFunction pure(String name, int arity, Body body) {
    return new HostFunction(name, arity, Type.DYNAMIC, true, 10, body);
  }

  /** A function of cost 100 that returns anything and may look at the world. */
  public static HostFunction impure(String name, int arity, Body body) {
    return new HostFunction(name, arity, Type.DYNAMIC, false, 100, body);
  }

  /** The same with another type of result. */
  public HostFunction returning(Type type) {
    return new HostFunction(name, arity, type, pure, cost, body);
  }
}
