package dev.bylaw.rego.bench;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.Scanner;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Counts the objects that some work makes. The JVM tells a thread's bytes but not its objects, so
 * all objects in the heap are counted before and after, the dead ones among them, while no
 * collection runs.
 */
final class Allocations {
  /** So much is made at most between two counts: far less than there is room for. */
  private static final long MOST_BYTES = 4_000_000;

  private static final int MOST_CALLS = 20_000;
  private static final int TRIES = 5;

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

  /** Does the work so often. */
  @FunctionalInterface
  interface Repeated<X extends Exception> {
    void run(int times) throws X;
  }

  /**
   * Objects for each call, rounded; empty where this JVM does not count them, or collects whenever
   * it is asked to.
   *
   * @param bytes how many a call allocates
   */
  <X extends Exception> OptionalLong perCall(Repeated<X> work, long bytes) throws X {
    int times = Math.clamp(MOST_BYTES / Math.max(1, bytes), 1, MOST_CALLS);
    try {
      work.run(times);
      for (int i = 0; i < TRIES; i++) {
        long collections = collections();
        long first = objects();
        long before = objects();
        work.run(times);
        long after = objects();
        if (collections() == collections) {
          // What counting makes by itself is taken off.
          long made = after - before - (before - first);
          return OptionalLong.of(Math.max(0, Math.round((double) made / times)));
        }
      }
    } catch (JMException | NoSuchElementException e) {
      // Not a HotSpot JVM.
    }
    return OptionalLong.empty();
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  /** All objects of the heap: what the last line of a histogram of classes says. */
  private long objects() throws JMException {
    Object histogram =
        beans.invoke(
            new ObjectName("com.sun.management:type=DiagnosticCommand"),
            "gcClassHistogram",
            new Object[] {new String[] {"-all"}},
            new String[] {String[].class.getName()});
    String text = String.valueOf(histogram).stripTrailing();
    String total = text.substring(text.lastIndexOf('\n') + 1).strip();
    return new Scanner(total).skip("Total").nextLong();
  }
}
