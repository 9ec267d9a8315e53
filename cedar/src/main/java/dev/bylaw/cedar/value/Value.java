package dev.bylaw.cedar.value;

/** A value of Cedar. */
public sealed interface Value
    permits Value.Bool,
        Value.Int,
        Value.Text,
        EntityUid,
        SetValue,
        RecordValue,
        DecimalValue,
        IpValue,
        DatetimeValue,
        DurationValue {

  /** A boolean; compare with {@link #TRUE} and {@link #FALSE} or by {@link #value}. */
  record Bool(boolean value) implements Value {
    public static final Bool TRUE = new Bool(true);
    public static final Bool FALSE = new Bool(false);

    /** The one instance that is usually meant. */
    public static Bool of(boolean value) {
      return value ? TRUE : FALSE;
    }

    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /** A signed 64-bit integer, Cedar's {@code Long}. */
  record Int(long value) implements Value, Comparable<Int> {
    @Override
    public int compareTo(Int other) {
      return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /**
   * A string, a sequence of Unicode scalar values. The order is for collections, which keep keys
   * with equal hashes apart by it, however many somebody has made.
   */
  record Text(String value) implements Value, Comparable<Text> {
    @Override
    public int compareTo(Text other) {
      return value.compareTo(other.value);
    }

    @Override
    public String toString() {
      return CedarText.quote(value);
    }
  }

  /** What messages call the type of this value. */
  default String typeName() {
    return switch (this) {
      case Bool _ -> "bool";
      case Int _ -> "long";
      case Text _ -> "string";
      case EntityUid uid -> "(entity of type `" + uid.type() + "`)";
      case SetValue _ -> "set";
      case RecordValue _ -> "record";
      case DecimalValue _ -> "decimal";
      case IpValue _ -> "ipaddr";
      case DatetimeValue _ -> "datetime";
      case DurationValue _ -> "duration";
    };
  }
}
