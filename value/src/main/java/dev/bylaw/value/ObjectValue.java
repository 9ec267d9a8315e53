package dev.bylaw.value;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map from values to values; of JSON, from strings.
 *
 * <p>Entries keep the order they were given in; the {@linkplain #sortedKey sorted} order is worked
 * out when it is first asked for. Two objects are equal if their entries are, in whatever order.
 */
public final class ObjectValue implements Value {
  /** The empty object. */
  public static final ObjectValue EMPTY = new ObjectValue(new Value[0]);

  /** From so many entries on, texts are held bare: the tables of large data are made of them. */
  private static final int BARE_FROM = 64;

  /** Keys at even places, their values behind them; see {@link HashIndex#value}. */
  private final Object[] entries;

  private final int @Nullable [] table;
  private int hash;

  /** Entry positions in order of key; a racing thread works out the same. */
  private volatile int @Nullable [] order;

  private ObjectValue(Value[] entries) {
    this.entries = entries.length < 2 * BARE_FROM ? entries : bare(entries);
    this.table = HashIndex.build(this.entries, entries.length / 2, 2);
  }

  private static Object[] bare(Value[] entries) {
    Object[] all = new Object[entries.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = entries[i] instanceof StringValue text ? text.text() : entries[i];
    }
    return all;
  }

  private Value at(int place) {
    return entries instanceof Value[] values ? values[place] : HashIndex.value(entries[place]);
  }

  /** An object with one entry. */
  public static ObjectValue of(String key, Value value) {
    return new ObjectValue(new Value[] {StringValue.of(key), Objects.requireNonNull(value)});
  }

  /** An object with two entries. */
  public static ObjectValue of(String key1, Value value1, String key2, Value value2) {
    return builder(2).put(key1, value1).put(key2, value2).build();
  }

  /** An object with the entries of a map, in its order. */
  public static ObjectValue of(Map<String, ? extends Value> entries) {
    Builder builder = builder(entries.size());
    entries.forEach(builder::put);
    return builder.build();
  }

  /** Collects entries; a key put again replaces the value and keeps the place. */
  public static Builder builder() {
    return new Builder(8);
  }

  /** {@link #builder()} with room for so many entries. */
  public static Builder builder(int size) {
    return new Builder(Math.max(1, size));
  }

  /** How many entries there are. */
  public int size() {
    return entries.length / 2;
  }

  /** The value of a key, or null. */
  public @Nullable Value get(String key) {
    int found = HashIndex.find(key, entries, entries.length / 2, 2, table);
    return found < 0 ? null : at(found * 2 + 1);
  }

  /** The value of a key, or null. */
  public @Nullable Value get(Value key) {
    int found = HashIndex.find(key, entries, entries.length / 2, 2, table);
    return found < 0 ? null : at(found * 2 + 1);
  }

  /** Whether there is such a key. */
  public boolean has(String key) {
    return HashIndex.find(key, entries, entries.length / 2, 2, table) >= 0;
  }

  /** The text of a key, or the empty text where there is none or it is not a string. */
  public String text(String key) {
    return get(key) instanceof StringValue text ? text.text() : "";
  }

  /** The key at a place in the given order. */
  public Value key(int index) {
    return at(Objects.checkIndex(index, size()) * 2);
  }

  /** The value at a place in the given order. */
  public Value value(int index) {
    return at(Objects.checkIndex(index, size()) * 2 + 1);
  }

  /** The key at a place in sorted order. */
  public Value sortedKey(int index) {
    return at(order()[index] * 2);
  }

  /** The value at a place in sorted order of the keys. */
  public Value sortedValue(int index) {
    return at(order()[index] * 2 + 1);
  }

  /** Calls for each entry in the given order. */
  public void forEach(BiConsumer<? super Value, ? super Value> action) {
    for (int i = 0; i < entries.length; i += 2) {
      action.accept(at(i), at(i + 1));
    }
  }

  /** This object with one entry set. */
  public ObjectValue with(String key, Value value) {
    return toBuilder(1).put(key, value).build();
  }

  /** This object with all entries of the other set. */
  public ObjectValue with(ObjectValue other) {
    if (other.size() == 0) {
      return this;
    }
    Builder builder = toBuilder(other.size());
    other.forEach(builder::put);
    return builder.build();
  }

  /** This object without a key. */
  public ObjectValue without(String key) {
    if (!has(key)) {
      return this;
    }
    Builder builder = builder(size());
    forEach((k, v) -> {
      if (!(k instanceof StringValue text && text.text().equals(key))) {
        builder.put(k, v);
      }
    });
    return builder.build();
  }

  private Builder toBuilder(int more) {
    Builder builder = builder(size() + more);
    forEach(builder::put);
    return builder;
  }

  private int[] order() {
    int[] known = order;
    if (known == null) {
      Integer[] places = new Integer[size()];
      Arrays.setAll(places, i -> i);
      Arrays.sort(places, Comparator.comparing(i -> at(i * 2)));
      known = Arrays.stream(places).mapToInt(Integer::intValue).toArray();
      order = known;
    }
    return known;
  }

  @Override
  public Kind kind() {
    return Kind.OBJECT;
  }

  @Override
  public Map<String, @Nullable Object> toJava() {
    Map<String, @Nullable Object> map = LinkedHashMap.newLinkedHashMap(size());
    forEach((key, value) -> map.put(JavaValues.keyText(key), value.toJava()));
    return Collections.unmodifiableMap(map);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof ObjectValue that)
        || size() != that.size()
        || hashCode() != that.hashCode()) {
      return false;
    }
    for (int i = 0; i < entries.length; i += 2) {
      Value own = at(i + 1);
      if (!own.equals(that.get(at(i)))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = 17;
      for (int i = 0; i < entries.length; i += 2) {
        known += (entries[i].hashCode() * 31) ^ (entries[i + 1].hashCode() * 0x85EBCA6B);
      }
      hash = known;
    }
    return known;
  }

  /** The object in JSON, in the given order. */
  @Override
  public String toString() {
    return Json.write(this);
  }

  /** Collects the entries of an object. Not thread-safe; made for one object. */
  public static final class Builder {
    /** So many keys are compared one after the other: two maps would cost more than that. */
    private static final int SCANNED = 24;

    private Value[] entries;
    private int size;

    /** By text where the key is one: its many collisions would be sorted out, a value's not. */
    private @Nullable Map<String, Integer> texts;

    private @Nullable Map<Value, Integer> others;

    private Builder(int room) {
      entries = new Value[room * 2];
    }

    /** Sets an entry. */
    public Builder put(String key, Value value) {
      return put(StringValue.of(key), value);
    }

    /** Sets an entry of a text. */
    public Builder put(String key, String text) {
      return put(key, StringValue.of(text));
    }

    /** Sets an entry. */
    public Builder put(Value key, Value value) {
      int found = find(key);
      if (found < 0) {
        return add(key, value);
      }
      entries[found * 2 + 1] = Objects.requireNonNull(value);
      return this;
    }

    /** Adds an entry under a key that is not there: the caller has looked. */
    Builder add(Value key, Value value) {
      Objects.requireNonNull(value);
      if (size * 2 == entries.length) {
        entries = Arrays.copyOf(entries, entries.length * 2);
      }
      entries[size * 2] = key;
      entries[size * 2 + 1] = value;
      if (texts != null && others != null) {
        note(key, size, texts, others);
      }
      size++;
      return this;
    }

    /** Whether a key was set. */
    boolean has(Value key) {
      return find(key) >= 0;
    }

    /** Whether a key was set. */
    public boolean has(String key) {
      return find(StringValue.of(key)) >= 0;
    }

    private int find(Value key) {
      if (size <= SCANNED) {
        return HashIndex.find(key, entries, size, 2, null);
      }
      Map<String, Integer> byText = texts;
      Map<Value, Integer> byValue = others;
      if (byText == null || byValue == null) {
        byText = new HashMap<>();
        byValue = new TreeMap<>();
        for (int i = 0; i < size; i++) {
          note(entries[i * 2], i, byText, byValue);
        }
        texts = byText;
        others = byValue;
      }
      return key instanceof StringValue text
          ? byText.getOrDefault(text.text(), -1)
          : byValue.getOrDefault(key, -1);
    }

    private static void note(
        Value key, int place, Map<String, Integer> texts, Map<Value, Integer> others) {
      if (key instanceof StringValue text) {
        texts.put(text.text(), place);
      } else {
        others.put(key, place);
      }
    }

    /** The object. */
    public ObjectValue build() {
      return size == 0 ? EMPTY : new ObjectValue(Arrays.copyOf(entries, size * 2));
    }
  }
}
