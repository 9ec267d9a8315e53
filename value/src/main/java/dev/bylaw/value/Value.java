package dev.bylaw.value;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value or a set. See the package for equality and order.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface Value extends Comparable<Value>
    permits NullValue, BooleanValue, NumberValue, StringValue, ArrayValue, ObjectValue, SetValue {

  /** What a value is, in the total order. */
  enum Kind {
    NULL,
    BOOLEAN,
    NUMBER,
    STRING,
    ARRAY,
    OBJECT,
    SET;

    /** The name in messages: {@code null}, {@code boolean}, {@code number}, … */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The name with its article: {@code a number}, {@code an array}, {@code null}. */
    public String described() {
      return switch (this) {
        case NULL -> word();
        case ARRAY, OBJECT -> "an " + word();
        case BOOLEAN, NUMBER, STRING, SET -> "a " + word();
      };
    }
  }

  /** What this value is. */
  Kind kind();

  /**
   * The value as plain Java: null, {@link Boolean}, {@link Long} or {@link java.math.BigDecimal},
   * {@link String}, {@link java.util.List}, {@link Map} (in the object's order, a key that is not a
   * string as its JSON text), {@link java.util.Set}; unmodifiable.
   */
  @Nullable Object toJava();

  /**
   * The value of a Java object.
   *
   * @param object null, a {@link Value}, {@link Boolean}, {@link Number}, {@link CharSequence},
   *     {@link Character}, an enum constant (its name), a {@link Map}, a {@link java.util.Set} (a
   *     set), another {@link Iterable} or an array (an array), a record (an object by component),
   *     an {@link Optional} (null when empty), or a {@link java.time} value, {@link java.util.UUID}
   *     or {@link java.net.URI} (its text)
   * @throws IllegalArgumentException for any other class, for NaN and infinities, and for nesting
   *     deeper than {@value JavaValues#MOST_DEEP} (a cycle, say)
   */
  static Value of(@Nullable Object object) {
    return JavaValues.convert(object, 0);
  }

  /**
   * The value a path leads to: object keys by name, array elements by index from 0.
   *
   * @param path keys, outermost first
   */
  default Optional<Value> at(String... path) {
    Value here = this;
    for (String key : path) {
      Value next =
          switch (here) {
            case ObjectValue object -> object.get(key);
            case ArrayValue array -> array.get(key);
            case NullValue _, BooleanValue _, NumberValue _, StringValue _, SetValue _ -> null;
          };
      if (next == null) {
        return Optional.empty();
      }
      here = next;
    }
    return Optional.of(here);
  }

  /** The total order of all values. */
  @Override
  default int compareTo(Value other) {
    return this == other ? 0 : Order.compare(this, other);
  }
}
