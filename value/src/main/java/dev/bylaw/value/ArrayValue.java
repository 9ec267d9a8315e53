package dev.bylaw.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A list of values. */
public final class ArrayValue implements Value, Iterable<Value> {
  /** The empty list. */
  public static final ArrayValue EMPTY = new ArrayValue(new Value[0]);

  private final Value[] elements;
  private int hash;

  private ArrayValue(Value[] elements) {
    this.elements = elements;
  }

  /** A list of the given values, in that order. */
  public static ArrayValue of(Value... elements) {
    return elements.length == 0 ? EMPTY : new ArrayValue(elements.clone());
  }

  /** A list of the given values, in that order. */
  public static ArrayValue of(Collection<? extends Value> elements) {
    return owned(elements.toArray(new Value[0]));
  }

  /** Takes the array as it is: the caller never touches it again. */
  static ArrayValue owned(Value[] elements) {
    return elements.length == 0 ? EMPTY : new ArrayValue(elements);
  }

  /** How many elements there are. */
  public int size() {
    return elements.length;
  }

  /**
   * An element.
   *
   * @param index from 0
   * @throws ArrayIndexOutOfBoundsException if there is none
   */
  public Value get(int index) {
    return elements[index];
  }

  /** The element at a decimal index without sign or leading zeros, or null if there is none. */
  public @Nullable Value get(String index) {
    int length = index.length();
    if (length == 0 || length > 9 || (length > 1 && index.charAt(0) == '0')) {
      return null;
    }
    int number = 0;
    for (int i = 0; i < length; i++) {
      int digit = index.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      number = number * 10 + digit;
    }
    return number < elements.length ? elements[number] : null;
  }

  /** This list with one more element at its end. */
  public ArrayValue with(Value element) {
    Value[] more = Arrays.copyOf(elements, elements.length + 1);
    more[elements.length] = java.util.Objects.requireNonNull(element);
    return new ArrayValue(more);
  }

  /** The elements, unmodifiable. */
  public List<Value> elements() {
    return Collections.unmodifiableList(Arrays.asList(elements));
  }

  @Override
  public Iterator<Value> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < elements.length;
      }

      @Override
      public Value next() {
        if (next >= elements.length) {
          throw new NoSuchElementException();
        }
        return elements[next++];
      }
    };
  }

  @Override
  public Kind kind() {
    return Kind.ARRAY;
  }

  @Override
  public List<@Nullable Object> toJava() {
    List<@Nullable Object> list = new java.util.ArrayList<>(elements.length);
    for (Value element : elements) {
      list.add(element.toJava());
    }
    return Collections.unmodifiableList(list);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof ArrayValue that && Arrays.equals(elements, that.elements));
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = (Arrays.hashCode(elements) * 31) + 5;
      hash = known;
    }
    return known;
  }

  /** The list in JSON. */
  @Override
  public String toString() {
    return Json.write(this);
  }
}
