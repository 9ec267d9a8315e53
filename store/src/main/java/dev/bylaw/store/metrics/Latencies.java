package dev.bylaw.store.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long evaluations took, by identity, since it was last written down: a histogram with 16
 * buckets to each power of two, so that a percentile is off by at most 6 %. Safe from many threads,
 * without locks.
 */
public final class Latencies {
  private static final int FINE_BITS = 4;
  private static final int BUCKETS = 64 << FINE_BITS;

  /** Receives how many there are in a bucket. */
  @FunctionalInterface
  interface Drained {
    void bucket(String identity, int bucket, long count);
  }

  private final Map<String, AtomicLongArray> byIdentity = new ConcurrentHashMap<>();

  /** Notes that an evaluation took so many nanoseconds. */
  public void record(String identity, long nanos) {
    AtomicLongArray known = byIdentity.get(identity);
    if (known == null) {
      known = byIdentity.computeIfAbsent(identity, _ -> new AtomicLongArray(BUCKETS));
    }
    known.getAndIncrement(bucket(nanos));
  }

  /** Gives everything away and starts anew. */
  void drain(Drained to) {
    byIdentity.forEach((identity, counts) -> {
      for (int bucket = 0; bucket < BUCKETS; bucket++) {
        long count = counts.get(bucket) == 0 ? 0 : counts.getAndSet(bucket, 0);
        if (count > 0) {
          to.bucket(identity, bucket, count);
        }
      }
    });
  }

  static int bucket(long nanos) {
    long value = Math.max(1, nanos);
    int power = 63 - Long.numberOfLeadingZeros(value);
    int fine =
        power >= FINE_BITS
            ? (int) (value >>> (power - FINE_BITS)) & ((1 << FINE_BITS) - 1)
            : (int) (value << (FINE_BITS - power)) & ((1 << FINE_BITS) - 1);
    return (power << FINE_BITS) | fine;
  }

  /** The highest number of nanoseconds that falls into a bucket. */
  static long most(int bucket) {
    int power = bucket >> FINE_BITS;
    long fine = bucket & ((1 << FINE_BITS) - 1);
    double top = Math.scalb(1 + (fine + 1) / (double) (1 << FINE_BITS), power);
    return top >= Long.MAX_VALUE ? Long.MAX_VALUE : (long) Math.ceil(top) - 1;
  }
}
