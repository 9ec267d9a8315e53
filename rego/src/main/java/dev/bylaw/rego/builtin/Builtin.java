package dev.bylaw.rego.builtin;

import dev.bylaw.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * One builtin.
 *
 * @param signature its type as text: {@code string, array[any] -> boolean}
 * @param arity how many operands
 * @param steady whether it gives the same for the same operands, always
 */
public record Builtin(String name, String signature, int arity, boolean steady, Body body) {

  /** The work; null for undefined. */
  public sealed interface Body {}

  /** Without operands. */
  @FunctionalInterface
  public non-sealed interface F0 extends Body {
    @Nullable Value apply(BuiltinContext context);
  }

  /** Of one operand. */
  @FunctionalInterface
  public non-sealed interface F1 extends Body {
    @Nullable Value apply(BuiltinContext context, Value a);
  }

  /** Of two operands. */
  @FunctionalInterface
  public non-sealed interface F2 extends Body {
    @Nullable Value apply(BuiltinContext context, Value a, Value b);
  }

  /** Of three operands. */
  @FunctionalInterface
  public non-sealed interface F3 extends Body {
    @Nullable Value apply(BuiltinContext context, Value a, Value b, Value c);
  }

  /** Of any number of operands. */
  @FunctionalInterface
  public non-sealed interface FN extends Body {
    @Nullable Value apply(BuiltinContext context, Value[] operands);
  }

  /** Calls it; the number of operands must be right. */
  public @Nullable Value call(BuiltinContext context, Value[] operands) {
    return switch (body) {
      case F0 f -> f.apply(context);
      case F1 f -> f.apply(context, operands[0]);
      case F2 f -> f.apply(context, operands[0], operands[1]);
      case F3 f -> f.apply(context, operands[0], operands[1], operands[2]);
      case FN f -> f.apply(context, operands);
    };
  }
}
