package dev.bylaw.policy.cedar;

import dev.bylaw.cedar.extension.ExtensionCall;
import dev.bylaw.cedar.extension.ExtensionFunction;
import dev.bylaw.cedar.schema.Type;
import dev.bylaw.cedar.value.DatetimeValue;
import dev.bylaw.cedar.value.DecimalValue;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.cedar.value.SetValue;
import dev.bylaw.cedar.value.Value;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values as Cedar has them.
 *
 * <p>By a type of a schema, a text is a decimal, an address, an instant, a duration or an entity,
 * and a number a decimal. Without one, a number is a long, or a decimal where it has a fraction of
 * up to four digits. What fits nothing stays the text it is: a comparison with it fails, and so
 * does its policy; nothing is left out that a policy might look for.
 */
final class CedarValues {
  private CedarValues() {}

  /** The value; null for null, which is not there in Cedar. */
  static @Nullable Value of(dev.bylaw.value.Value value, @Nullable Type type) {
    return switch (type) {
      case Type.Extension(var kind) -> extension(value, kind);
      case Type.Entity(var name) when value instanceof StringValue id ->
          EntityUid.of(name, id.text());
      case Type.SetOf(var element) when value instanceof ArrayValue array -> set(array, element);
      case Type.SetOf(var element) when value instanceof dev.bylaw.value.SetValue members ->
          set(members, element);
      case Type.RecordOf record when value instanceof ObjectValue object -> record(object, record);
      case null, default -> untyped(value);
    };
  }

  private static @Nullable Value untyped(dev.bylaw.value.Value value) {
    return switch (value) {
      case NullValue _ -> null;
      case BooleanValue truth -> Value.Bool.of(truth == BooleanValue.TRUE);
      case StringValue text -> new Value.Text(text.text());
      case NumberValue number -> number(number);
      case ArrayValue array -> set(array, null);
      case dev.bylaw.value.SetValue members -> set(members, null);
      case ObjectValue object -> record(object, null);
    };
  }

  private static Value number(NumberValue number) {
    if (number.isLong()) {
      return new Value.Int(number.longValue());
    }
    Optional<DecimalValue> decimal = decimal(number);
    return decimal.isPresent() ? decimal.get() : new Value.Text(number.toString());
  }

  private static Optional<DecimalValue> decimal(NumberValue number) {
    BigDecimal exact = number.decimal();
    if (exact.precision() - exact.scale() > 20 || exact.scale() > 100) {
      return Optional.empty();
    }
    BigDecimal plain = exact.stripTrailingZeros();
    return DecimalValue.parse(
        plain
            .setScale(Math.max(1, plain.scale()), java.math.RoundingMode.UNNECESSARY)
            .toPlainString());
  }

  private static @Nullable Value extension(
      dev.bylaw.value.Value value, ExtensionFunction.Kind kind) {
    @Nullable Value made =
        switch (value) {
          case NumberValue number when kind == ExtensionFunction.Kind.DECIMAL ->
              decimal(number).orElse(null);
          case StringValue text when kind == ExtensionFunction.Kind.DATETIME ->
              instant(text.text());
          case StringValue text -> constructed(text.text(), kind);
          default -> null;
        };
    return made == null ? untyped(value) : made;
  }

  private static @Nullable Value constructed(String text, ExtensionFunction.Kind kind) {
    return switch (kind) {
      case DECIMAL -> ExtensionCall.construct(ExtensionFunction.DECIMAL, text);
      case IPADDR -> ExtensionCall.construct(ExtensionFunction.IP, text);
      case DATETIME -> ExtensionCall.construct(ExtensionFunction.DATETIME, text);
      case DURATION -> ExtensionCall.construct(ExtensionFunction.DURATION, text);
      case BOOL, LONG, STRING -> null;
    };
  }

  /** An instant of RFC 3339, however fine. */
  private static @Nullable Value instant(String text) {
    try {
      return datetime(Instant.parse(text));
    } catch (DateTimeException _) {
      return constructed(text, ExtensionFunction.Kind.DATETIME);
    }
  }

  static DatetimeValue datetime(Instant at) {
    return new DatetimeValue(at.toEpochMilli());
  }

  private static SetValue set(Iterable<dev.bylaw.value.Value> elements, @Nullable Type type) {
    List<Value> values = new ArrayList<>();
    for (dev.bylaw.value.Value each : elements) {
      Value value = of(each, type);
      if (value != null) {
        values.add(value);
      }
    }
    return SetValue.of(values);
  }

  static RecordValue record(ObjectValue object, Type.@Nullable RecordOf type) {
    if (object.size() == 0) {
      return RecordValue.EMPTY;
    }
    Map<String, Value> values = LinkedHashMap.newLinkedHashMap(object.size());
    object.forEach((key, each) -> {
      String name = key instanceof StringValue text ? text.text() : key.toString();
      Value value = of(each, typeOf(type, name));
      if (value != null) {
        values.put(name, value);
      }
    });
    return RecordValue.of(values);
  }

  static @Nullable Type typeOf(Type.@Nullable RecordOf type, String name) {
    Type.Attribute attribute = type == null ? null : type.attributes().get(name);
    return attribute == null ? null : attribute.type();
  }
}
