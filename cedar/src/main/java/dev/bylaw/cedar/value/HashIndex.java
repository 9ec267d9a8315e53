package dev.bylaw.cedar.value;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the place of a key in an array of distinct keys, by open addressing; immutable. */
final class HashIndex {
  private final Object[] keys;
  private final int[] places;
  private final int mask;

  /** More probes than this are no accident: somebody has chosen keys whose hashes are alike. */
  private static final int MOST_PROBES = 512;

  /** Where hashes are alike: a map, which tells such keys apart by their order. */
  private final @Nullable Map<Object, Integer> ordered;

  /** Over the keys, which are distinct and stay as they are. */
  HashIndex(Object[] keys) {
    this.keys = keys;
    int size = Integer.highestOneBit(Math.max(1, keys.length * 2 - 1)) << 1;
    this.places = new int[size];
    this.mask = size - 1;
    this.ordered = fill() ? null : ordered(keys);
  }

  /** Enters the keys; false if too many of them want the same place. */
  private boolean fill() {
    for (int i = 0; i < keys.length; i++) {
      int at = spread(keys[i].hashCode()) & mask;
      int probes = 0;
      while (places[at] != 0) {
        at = (at + 1) & mask;
        if (++probes > MOST_PROBES) {
          return false;
        }
      }
      places[at] = i + 1;
    }
    return true;
  }

  private static Map<Object, Integer> ordered(Object[] keys) {
    Map<Object, Integer> places = HashMap.newHashMap(keys.length);
    for (int i = 0; i < keys.length; i++) {
      places.put(keys[i], i);
    }
    return places;
  }

  /** The place of an equal key, or -1. */
  @SuppressWarnings("ReferenceEquality") // the same key is equal, and that is fast to see
  int of(Object key) {
    if (ordered != null) {
      return ordered.getOrDefault(key, -1);
    }
    int at = spread(key.hashCode()) & mask;
    for (int place = places[at]; place != 0; place = places[at]) {
      Object found = keys[place - 1];
      if (found == key || found.equals(key)) {
        return place - 1;
      }
      at = (at + 1) & mask;
    }
    return -1;
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 16);
  }

  /** The same for few keys, where it is not worth building one. */
  @SuppressWarnings("ReferenceEquality") // the same key is equal, and that is fast to see
  static int scan(Object[] keys, Object key) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] == key || keys[i].equals(key)) {
        return i;
      }
    }
    return -1;
  }

  /** An index, or none for so few keys that a scan is as fast. */
  static @Nullable HashIndex worthwhile(Object[] keys) {
    return keys.length > 4 ? new HashIndex(keys) : null;
  }
}
