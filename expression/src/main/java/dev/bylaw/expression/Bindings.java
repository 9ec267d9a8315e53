package dev.bylaw.expression;

import dev.bylaw.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The values of the variables in one evaluation.
 *
 * <p>A slot is the place of a variable in the list that {@link Expressions} was made with, from 0.
 */
@FunctionalInterface
public interface Bindings {
  /** The value of the variable, or null if it has none; an expression that needs it then fails. */
  @Nullable Value lookup(int slot);

  /** The values in order of slots; slots beyond have none. */
  static Bindings of(@Nullable Value... values) {
    @Nullable Value[] bound = values.clone();
    return slot -> slot < bound.length ? bound[slot] : null;
  }
}
