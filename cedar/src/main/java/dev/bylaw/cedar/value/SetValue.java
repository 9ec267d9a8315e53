package dev.bylaw.cedar.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A set of values without an order; look-up is by hash. */
public final class SetValue implements Value {
  /** The set without elements. */
  public static final SetValue EMPTY = new SetValue(new Value[0]);

  private final Value[] elements;
  private final @Nullable HashIndex index;
  private final int hash;
  private final boolean onlyEntities;

  private SetValue(Value[] elements) {
    this.elements = elements;
    this.index = HashIndex.worthwhile(elements);
    int sum = 0;
    boolean entities = true;
    for (Value element : elements) {
      sum += element.hashCode();
      entities &= element instanceof EntityUid;
    }
    this.hash = sum;
    this.onlyEntities = entities;
  }

  /** The set of the values, equal ones once. */
  public static SetValue of(Collection<? extends Value> values) {
    return values.isEmpty()
        ? EMPTY
        : new SetValue(new LinkedHashSet<Value>(values).toArray(Value[]::new));
  }

  /** The set of the values, equal ones once. */
  public static SetValue of(Value... values) {
    return of(List.of(values));
  }

  /** How many elements there are. */
  public int size() {
    return elements.length;
  }

  /** One of the elements, by a place that means nothing. */
  public Value element(int place) {
    return elements[place];
  }

  /** The elements, in the order they were given. */
  public List<Value> elements() {
    return List.of(elements);
  }

  /** Whether every element is an entity reference; true for the empty set. */
  public boolean onlyEntities() {
    return onlyEntities;
  }

  /** Whether an equal value is an element. */
  public boolean contains(Value value) {
    return (index == null ? HashIndex.scan(elements, value) : index.of(value)) >= 0;
  }

  /** Whether every element of the other is one of this. */
  public boolean containsAll(SetValue other) {
    for (Value value : other.elements) {
      if (!contains(value)) {
        return false;
      }
    }
    return true;
  }

  /** Whether some element of the other is one of this. */
  public boolean containsAny(SetValue other) {
    if (elements.length < other.elements.length) {
      return other.containsAny(this);
    }
    for (Value value : other.elements) {
      if (contains(value)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof SetValue that
            && hash == that.hash
            && elements.length == that.elements.length
            && containsAll(that));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return Arrays.stream(elements).map(Value::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
