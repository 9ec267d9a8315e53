package dev.bylaw.value;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of Java objects. */
final class JavaValues {
  static final int MOST_DEEP = 512;

  /** The accessors of a record class, looked up once. */
  private static final ClassValue<RecordComponent[]> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
          RecordComponent[] components = type.getRecordComponents();
          for (RecordComponent component : components) {
            component.getAccessor().setAccessible(true);
          }
          return components;
        }
      };

  private JavaValues() {}

  static Value convert(@Nullable Object object, int depth) {
    if (depth > MOST_DEEP) {
      throw new IllegalArgumentException(
          "nested deeper than " + MOST_DEEP + ", perhaps in a cycle");
    }
    return switch (object) {
      case null -> NullValue.NULL;
      case Value value -> value;
      case Boolean truth -> BooleanValue.of(truth);
      case Number number -> number(number);
      case CharSequence text -> StringValue.of(text.toString());
      case Character character -> StringValue.of(character.toString());
      case Enum<?> constant -> StringValue.of(constant.name());
      case Optional<?> optional -> convert(optional.orElse(null), depth);
      case Map<?, ?> map -> map(map, depth);
      case Set<?> set -> set(set, depth);
      case Iterable<?> list -> list(list, depth);
      case Record fields -> fields(fields, depth);
      case TemporalAccessor time -> StringValue.of(time.toString());
      case TemporalAmount time -> StringValue.of(time.toString());
      case UUID id -> StringValue.of(id.toString());
      case URI address -> StringValue.of(address.toString());
      default -> other(object, depth);
    };
  }

  static String keyText(Value key) {
    return key instanceof StringValue text ? text.text() : key.toString();
  }

  private static Value number(Number number) {
    return switch (number) {
      case Integer i -> NumberValue.of(i.longValue());
      case Long l -> NumberValue.of(l);
      case Short s -> NumberValue.of(s.longValue());
      case Byte b -> NumberValue.of(b.longValue());
      case Double d -> NumberValue.of(d);
      case Float f -> NumberValue.of(Double.parseDouble(f.toString()));
      case BigDecimal d -> NumberValue.of(d);
      case BigInteger i -> NumberValue.of(i);
      default -> NumberValue.of(new BigDecimal(number.toString()));
    };
  }

  private static Value map(Map<?, ?> map, int depth) {
    ObjectValue.Builder builder = ObjectValue.builder(map.size());
    map.forEach((key, value) -> builder.put(convert(key, depth + 1), convert(value, depth + 1)));
    return builder.build();
  }

  private static Value set(Set<?> set, int depth) {
    Set<Value> members = LinkedHashSet.newLinkedHashSet(set.size());
    set.forEach(member -> members.add(convert(member, depth + 1)));
    return SetValue.of(members);
  }

  private static Value list(Iterable<?> list, int depth) {
    List<Value> elements = new ArrayList<>();
    list.forEach(element -> elements.add(convert(element, depth + 1)));
    return ArrayValue.of(elements);
  }

  private static Value fields(Record fields, int depth) {
    RecordComponent[] components = COMPONENTS.get(fields.getClass());
    ObjectValue.Builder builder = ObjectValue.builder(components.length);
    for (RecordComponent component : components) {
      try {
        builder.put(
            component.getName(), convert(component.getAccessor().invoke(fields), depth + 1));
      } catch (IllegalAccessException e) {
        throw new IllegalArgumentException("cannot read " + fields.getClass(), e);
      } catch (InvocationTargetException e) {
        throw new IllegalArgumentException("reading " + component + " failed", e.getCause());
      }
    }
    return builder.build();
  }

  private static Value other(Object object, int depth) {
    if (!object.getClass().isArray()) {
      throw new IllegalArgumentException("no JSON value for " + object.getClass().getName());
    }
    Value[] elements = new Value[Array.getLength(object)];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = convert(Array.get(object, i), depth + 1);
    }
    return ArrayValue.owned(elements);
  }
}
