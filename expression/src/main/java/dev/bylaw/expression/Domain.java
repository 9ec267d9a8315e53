package dev.bylaw.expression;

import dev.bylaw.expression.Result.Failed;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What terms come to: a {@link Value}, or one of the kinds of CEL that values do not have.
 *
 * <p>Those are {@link Instant} (timestamp), {@link Duration}, {@link Bytes}, {@link TypeName},
 * lists and maps that hold one of these ({@link Items}, {@link Entries}), and {@link Failed}. All
 * are equal by content.
 */
final class Domain {
  private static final int BRIEF = 60;

  private Domain() {}

  /** Octets. */
  static final class Bytes {
    private final byte[] octets;

    Bytes(byte[] octets) {
      this.octets = octets;
    }

    byte[] octets() {
      return octets;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Bytes that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(octets);
    }
  }

  /** A type as a value: {@code int}. */
  record TypeName(String name) {}

  /** A list with at least one element that is no value. */
  record Items(List<Object> elements) {
    Object get(int index) {
      return elements.get(index);
    }

    int size() {
      return elements.size();
    }
  }

  /** A map with at least one entry whose value is no {@link Value}; keys are scalars. */
  record Entries(Map<Object, Object> map) {
    @Nullable Object get(Object key) {
      return map.get(key);
    }
  }

  /** The list of such elements. */
  static Object list(List<Object> elements) {
    Value[] values = new Value[elements.size()];
    for (int i = 0; i < values.length; i++) {
      if (!(elements.get(i) instanceof Value value)) {
        return new Items(List.copyOf(elements));
      }
      values[i] = value;
    }
    return ArrayValue.of(values);
  }

  /** The map of such entries. */
  static Object map(Map<Object, Object> entries) {
    ObjectValue.Builder object = ObjectValue.builder(entries.size());
    for (Map.Entry<Object, Object> entry : entries.entrySet()) {
      if (!(entry.getKey() instanceof Value key) || !(entry.getValue() instanceof Value value)) {
        return new Entries(entries);
      }
      object.put(key, value);
    }
    return object.build();
  }

  /** Whether a value has no parts. */
  static boolean isScalar(Value value) {
    return switch (value) {
      case NullValue _, BooleanValue _, NumberValue _, StringValue _ -> true;
      case ArrayValue _, ObjectValue _, SetValue _ -> false;
    };
  }

  /**
   * Whether two operands are equal: numbers by what they are worth, others by kind and content.
   * Large ones spend; where that fails the answer means nothing ({@link Frame#isSpent}).
   */
  static boolean equal(Object a, Object b, Frame frame) {
    return switch (a) {
      case StringValue x when b instanceof StringValue y -> equalTexts(x.text(), y.text(), frame);
      case ArrayValue x when b instanceof ArrayValue y -> equalArrays(x, y, frame);
      case ObjectValue x when b instanceof ObjectValue y -> equalObjects(x, y, frame);
      case SetValue x when b instanceof SetValue y ->
          x.size() == y.size() && frame.spend(x.size()) && x.equals(y);
      case Items x when b instanceof Items y ->
          x.size() == y.size() && frame.spend(x.size()) && x.equals(y);
      case Entries x when b instanceof Entries y ->
          x.map().size() == y.map().size() && frame.spend(x.map().size()) && x.equals(y);
      default -> a.equals(b);
    };
  }

  private static boolean equalTexts(String a, String b, Frame frame) {
    return a.length() == b.length() && frame.spend(a.length() >> 6) && a.equals(b);
  }

  private static boolean equalArrays(ArrayValue a, ArrayValue b, Frame frame) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!frame.spend(1) || !equal(a.get(i), b.get(i), frame)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalObjects(ObjectValue a, ObjectValue b, Frame frame) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      Value other = b.get(a.key(i));
      if (!frame.spend(1) || other == null || !equal(a.value(i), other, frame)) {
        return false;
      }
    }
    return true;
  }

  /** The order of two operands of one kind; empty where there is none. */
  static OptionalInt order(Object a, Object b) {
    return switch (a) {
      case NumberValue x when b instanceof NumberValue y -> OptionalInt.of(x.compareTo(y));
      case StringValue x when b instanceof StringValue y -> OptionalInt.of(x.compareTo(y));
      case BooleanValue x when b instanceof BooleanValue y -> OptionalInt.of(x.compareTo(y));
      case Instant x when b instanceof Instant y -> OptionalInt.of(x.compareTo(y));
      case Duration x when b instanceof Duration y -> OptionalInt.of(x.compareTo(y));
      case Bytes x when b instanceof Bytes y ->
          OptionalInt.of(Arrays.compareUnsigned(x.octets(), y.octets()));
      default -> OptionalInt.empty();
    };
  }

  /** What an operand is, in messages. */
  static String word(Object operand) {
    return switch (operand) {
      case Value value -> value.kind().word();
      case Instant _ -> "timestamp";
      case Duration _ -> "duration";
      case Bytes _ -> "bytes";
      case TypeName _ -> "type";
      case Items _ -> "array";
      case Entries _ -> "object";
      default -> "failure";
    };
  }

  /** The name of an operand's type in CEL. */
  static String typeName(Object operand) {
    return switch (operand) {
      case NullValue _ -> "null_type";
      case BooleanValue _ -> "bool";
      case NumberValue number -> number.isLong() ? "int" : "double";
      case StringValue _ -> "string";
      case Instant _ -> "google.protobuf.Timestamp";
      case Duration _ -> "google.protobuf.Duration";
      case Bytes _ -> "bytes";
      case TypeName _ -> "type";
      case ObjectValue _, Entries _ -> "map";
      default -> "list";
    };
  }

  /** An operand in a message, cut short. */
  static String brief(Object operand) {
    Object told = told(operand);
    String text =
        told instanceof ArrayValue || told instanceof ObjectValue || told instanceof SetValue
            ? word(operand)
            : String.valueOf(told);
    return text.length() <= BRIEF ? text : text.substring(0, BRIEF) + "…";
  }

  /** What an evaluation hands out for what the outermost term came to. */
  static Result result(Object operand) {
    return operand instanceof Failed failure ? failure : Result.of(told(operand));
  }

  /** An operand as a value: timestamps, durations and types are their text, bytes their base64. */
  static Value told(Object operand) {
    return switch (operand) {
      case Value value -> value;
      case Instant instant -> StringValue.of(Times.text(instant));
      case Duration duration -> StringValue.of(Times.text(duration));
      case Bytes bytes ->
          StringValue.of(java.util.Base64.getEncoder().encodeToString(bytes.octets()));
      case TypeName type -> StringValue.of(type.name());
      case Items items -> ArrayValue.of(items.elements().stream().map(Domain::told).toList());
      case Entries entries -> {
        ObjectValue.Builder object = ObjectValue.builder(entries.map().size());
        entries.map().forEach((key, value) -> object.put(told(key), told(value)));
        yield object.build();
      }
      default -> throw new IllegalStateException("no operand: " + operand);
    };
  }

  /** How many elements a list, set or map has; -1 for anything else. */
  static int size(Object operand) {
    return switch (operand) {
      case ArrayValue array -> array.size();
      case ObjectValue object -> object.size();
      case SetValue set -> set.size();
      case Items items -> items.size();
      case Entries entries -> entries.map().size();
      default -> -1;
    };
  }

  /** What a loop runs over: elements of a list or set, keys of a map; null for anything else. */
  static @Nullable Iterable<?> range(Object operand) {
    return switch (operand) {
      case ArrayValue array -> array.elements();
      case SetValue set -> set.members();
      case Items items -> items.elements();
      case Entries entries -> entries.map().keySet();
      case ObjectValue object -> {
        List<Value> keys = new ArrayList<>(object.size());
        for (int i = 0; i < object.size(); i++) {
          keys.add(object.key(i));
        }
        yield keys;
      }
      default -> null;
    };
  }
}
