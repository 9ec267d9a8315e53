package dev.bylaw.value;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Where a key stands among keys laid out in an array: open addressing over positions.
 *
 * <p>Keys stand at every {@code stride}-th place. Up to {@value #SCANNED} keys are compared one
 * after the other, which is faster than a table and needs no memory. Among more, a text may be held
 * as a bare {@link String}.
 */
final class HashIndex {
  static final int SCANNED = 8;

  /** More probes than this are no accident: somebody has chosen keys whose hashes are alike. */
  private static final int MOST_PROBES = 512;

  /** At place 0 of a table that holds the positions in order of their keys instead. */
  private static final int SORTED = -1;

  private HashIndex() {}

  /**
   * A table of the keys, or null where they are few.
   *
   * @param keys laid out with the stride
   * @param count how many keys
   */
  static int @Nullable [] build(Object[] keys, int count, int stride) {
    if (count <= SCANNED) {
      return null;
    }
    int[] table = new int[Integer.highestOneBit(count * 2 - 1) << 1];
    for (int i = 0; i < count; i++) {
      int slot = spread(keys[i * stride].hashCode()) & (table.length - 1);
      int probes = 0;
      while (table[slot] != 0) {
        slot = (slot + 1) & (table.length - 1);
        if (++probes > MOST_PROBES) {
          return sorted(keys, count, stride);
        }
      }
      table[slot] = i + 1;
    }
    return table;
  }

  /** What stands at a place. */
  static Value value(Object held) {
    return held instanceof String text ? StringValue.of(text) : (Value) held;
  }

  private static int[] sorted(Object[] keys, int count, int stride) {
    Integer[] positions = new Integer[count];
    Arrays.setAll(positions, i -> i);
    Arrays.sort(positions, Comparator.comparing(i -> value(keys[i * stride])));
    int[] table = new int[count + 1];
    table[0] = SORTED;
    for (int i = 0; i < count; i++) {
      table[i + 1] = positions[i];
    }
    return table;
  }

  private static int search(Value key, Object[] keys, int stride, int[] table) {
    int low = 1;
    int high = table.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = value(keys[table[middle] * stride]).compareTo(key);
      if (order == 0) {
        return table[middle];
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** The position of a key, or -1. */
  static int find(Value key, Object[] keys, int count, int stride, int @Nullable [] table) {
    if (key instanceof StringValue text) {
      return find(text, keys, count, stride, table);
    }
    if (table == null) {
      for (int i = 0; i < count; i++) {
        if (key.equals(keys[i * stride])) {
          return i;
        }
      }
      return -1;
    }
    if (table[0] == SORTED) {
      return search(key, keys, stride, table);
    }
    int slot = spread(key.hashCode()) & (table.length - 1);
    for (int found = table[slot]; found != 0; found = table[slot]) {
      if (key.equals(keys[(found - 1) * stride])) {
        return found - 1;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return -1;
  }

  @SuppressWarnings("ReferenceEquality") // Names are one object: most keys need no comparison.
  private static int find(
      StringValue key, Object[] keys, int count, int stride, int @Nullable [] table) {
    if (table == null) {
      for (int i = 0; i < count; i++) {
        if (keys[i * stride] == key) {
          return i;
        }
      }
    }
    return find(key.text(), keys, count, stride, table);
  }

  /** The position of a text among the keys, or -1; makes no {@link StringValue}. */
  static int find(String key, Object[] keys, int count, int stride, int @Nullable [] table) {
    if (table == null) {
      for (int i = 0; i < count; i++) {
        if (keys[i * stride] instanceof StringValue text && key.equals(text.text())) {
          return i;
        }
      }
      return -1;
    }
    if (table[0] == SORTED) {
      return search(StringValue.of(key), keys, stride, table);
    }
    int slot = spread(key.hashCode()) & (table.length - 1);
    for (int found = table[slot]; found != 0; found = table[slot]) {
      Object there = keys[(found - 1) * stride];
      if (key.equals(there instanceof StringValue text ? text.text() : there)) {
        return found - 1;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return -1;
  }

  /** Mixes high bits into low ones: keys' hashes of short texts differ little. */
  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 16);
  }
}
