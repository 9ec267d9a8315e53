package dev.bylaw.value;

import org.jspecify.annotations.Nullable;

/**
 * Where a key stands among keys laid out in an array: open addressing over positions.
 *
 * <p>Keys stand at every {@code stride}-th place. Up to {@value #SCANNED} keys are compared one
 * after the other, which is faster than a table and needs no memory.
 */
final class HashIndex {
  static final int SCANNED = 8;

  private HashIndex() {}

  /**
   * A table of the keys, or null where they are few.
   *
   * @param keys laid out with the stride
   * @param count how many keys
   */
  static int @Nullable [] build(Value[] keys, int count, int stride) {
    if (count <= SCANNED) {
      return null;
    }
    int[] table = new int[Integer.highestOneBit(count * 2 - 1) << 1];
    for (int i = 0; i < count; i++) {
      int slot = spread(keys[i * stride].hashCode()) & (table.length - 1);
      while (table[slot] != 0) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = i + 1;
    }
    return table;
  }

  /** The position of a key, or -1. */
  static int find(Value key, Value[] keys, int count, int stride, int @Nullable [] table) {
    if (table == null) {
      for (int i = 0; i < count; i++) {
        if (key.equals(keys[i * stride])) {
          return i;
        }
      }
      return -1;
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

  /** The position of a text among the keys, or -1; makes no {@link StringValue}. */
  static int find(String key, Value[] keys, int count, int stride, int @Nullable [] table) {
    if (table == null) {
      for (int i = 0; i < count; i++) {
        if (keys[i * stride] instanceof StringValue text && key.equals(text.text())) {
          return i;
        }
      }
      return -1;
    }
    int slot = spread(key.hashCode()) & (table.length - 1);
    for (int found = table[slot]; found != 0; found = table[slot]) {
      if (keys[(found - 1) * stride] instanceof StringValue text && key.equals(text.text())) {
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
