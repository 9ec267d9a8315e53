package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Operands of the kind that a builtin takes; positions count from 1. */
@SuppressWarnings("TypeParameterUnusedInFormals") // fail returns nothing of any type.
final class Operands {
  private static final long MOST_CHARACTERS = 1L << 26;

  private Operands() {}

  static String string(Value v, int position) {
    return v instanceof StringValue s ? s.text() : fail(position, "string", v);
  }

  static NumberValue number(Value v, int position) {
    return v instanceof NumberValue n ? n : fail(position, "number", v);
  }

  static boolean bool(Value v, int position) {
    return v instanceof BooleanValue b
        ? b.isTrue()
        : Operands.<Boolean>fail(position, "boolean", v);
  }

  static ArrayValue array(Value v, int position) {
    return v instanceof ArrayValue a ? a : fail(position, "array", v);
  }

  static ObjectValue object(Value v, int position) {
    return v instanceof ObjectValue o ? o : fail(position, "object", v);
  }

  static SetValue set(Value v, int position) {
    return v instanceof SetValue s ? s : fail(position, "set", v);
  }

  /** A whole number of any size. */
  static BigInteger integer(Value v, int position) {
    if (!(v instanceof NumberValue n)) {
      return fail(position, "integer", v);
    }
    if (!n.isInteger()) {
      throw BuiltinFailure.operand(position, "integer number", "floating-point number");
    }
    return n.decimal().toBigIntegerExact();
  }

  /** A whole number; of one beyond the range of an int, the end of the range. */
  static int intValue(Value v, int position) {
    return Math.clamp(intOrLong(v, position), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** A whole number written as one that a long holds. */
  static long intOrLong(Value v, int position) {
    NumberValue n = number(v, position);
    if (!n.isWrittenAsLong()) {
      throw BuiltinFailure.operand(position, "integer number", "floating-point number");
    }
    return n.longValue();
  }

  static long longValue(Value v, int position) {
    BigInteger n = integer(number(v, position), position);
    if (n.bitLength() > 63) {
      throw BuiltinFailure.error("operand " + position + " is out of range");
    }
    return n.longValue();
  }

  /** The elements of an array, or the members of a set in order. */
  static List<Value> collection(Value v, int position) {
    return collection(v, position, "one of {set, array}");
  }

  /** The elements of an array, or the members of a set in order; else one of these is expected. */
  static List<Value> collection(Value v, int position, String expected) {
    return switch (v) {
      case ArrayValue a -> a.elements();
      case SetValue s -> s.members();
      default -> fail(position, expected, v);
    };
  }

  /** The strings of an array or set. */
  static List<String> strings(Value v, int position) {
    List<String> strings = new ArrayList<>();
    for (Value element : collection(v, position)) {
      if (!(element instanceof StringValue s)) {
        throw BuiltinFailure.operand(
            position,
            v.kind().word() + " of strings",
            v.kind().word() + " containing " + element.kind().word());
      }
      strings.add(s.text());
    }
    return strings;
  }

  static <T> T fail(int position, String expected, Value found) {
    throw BuiltinFailure.operand(position, expected, found.kind().word());
  }

  /**
   * Checks how long a text is that is about to be made: operands that multiply each other would
   * else take all memory there is.
   */
  static void room(long characters) {
    if (characters > MOST_CHARACTERS) {
      throw BuiltinFailure.error("the result has more than " + MOST_CHARACTERS + " characters");
    }
  }
}
