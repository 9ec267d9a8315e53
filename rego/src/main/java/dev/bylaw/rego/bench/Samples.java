package dev.bylaw.rego.bench;

import com.sun.management.ThreadMXBean;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.Value;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * Times the same work over several inputs in turn. Not thread-safe; the work is done by two threads
 * at once where that is measured.
 */
public final class Samples {
  private static final int MOST = 4_000_000;

  /** How often the work is done between two looks at the clock, where it is not timed by itself. */
  private static final int BATCH = 16;

  /** The compiler is done when it has compiled nothing for so long. */
  private static final long QUIET_NANOS = 300_000_000;

  private static final int ROUNDS = 5;

  private final int inputs;
  private final Work work;

  /** Does the work for the input of a number. */
  @FunctionalInterface
  public interface Work {
    /** Does it once, and gives a number that depends on all of the answer. */
    int run(int input) throws JsonException;
  }

  /** Answers are added up here, so that none is for nothing. */
  private final LongAdder sink = new LongAdder();

  /**
   * What was measured.
   *
   * @param sorted nanoseconds of each evaluation, shortest first; never empty
   * @param bytes allocated by all of them
   * @param objects made by each of them; empty where that cannot be counted
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Measured(long[] sorted, long bytes, OptionalLong objects) {
    /** How often. */
    public long count() {
      return sorted.length;
    }

    /** Nanoseconds that this part of the evaluations took at most. */
    public long quantile(double q) {
      return sorted[(int) Math.min(sorted.length - 1, (long) (sorted.length * q))];
    }

    /** {@link #objects} as JSON: null where they cannot be counted. */
    public Value allocations(long calls) {
      return objects.isPresent() ? NumberValue.of(objects.getAsLong() * calls) : NullValue.NULL;
    }

    double mean() {
      return Arrays.stream(sorted).average().orElse(0);
    }

    /** The standard deviation. */
    double deviation() {
      double mean = mean();
      return Math.sqrt(
          Arrays.stream(sorted).mapToDouble(s -> (s - mean) * (s - mean)).average().orElse(0));
    }

    long total() {
      return Arrays.stream(sorted).sum();
    }
  }

  /** Work over inputs 0, 1, … of so many. */
  public Samples(int inputs, Work work) {
    this.inputs = inputs;
    this.work = work;
  }

  /**
   * Does the work for so long, and in both ways that it is measured in; then, while the compiler is
   * still at work on it, for at most as long again.
   */
  public void warm(long millis) throws JsonException {
    long[] nowhere = new long[1024];
    loop(System.nanoTime() + millis * 250_000);
    repeat(millis * 750_000, nowhere);
    long latest = System.nanoTime() + millis * 1_000_000;
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    long before = -1;
    while (compiler.getTotalCompilationTime() != before && System.nanoTime() < latest) {
      before = compiler.getTotalCompilationTime();
      repeat(QUIET_NANOS, nowhere);
    }
  }

  /** Times each evaluation by itself. */
  public Measured measure(long millis) throws JsonException {
    long[] samples = new long[MOST];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    int n = repeat(millis * 1_000_000, samples);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    long[] sorted = Arrays.copyOf(samples, n);
    Arrays.sort(sorted);
    return new Measured(sorted, bytes, new Allocations().perCall(this::times, bytes / n));
  }

  private void times(int count) throws JsonException {
    int sum = 0;
    int input = 0;
    for (int i = 0; i < count; i++) {
      sum += work.run(input);
      input = input + 1 == inputs ? 0 : input + 1;
    }
    sink.add(sum);
  }

  /** Times at least one evaluation; no more than there is room for, but where that is little. */
  private int repeat(long nanos, long[] samples) throws JsonException {
    boolean kept = samples.length == MOST;
    long end = System.nanoTime() + nanos;
    int n = 0;
    int sum = 0;
    int input = 0;
    long now;
    do {
      long start = System.nanoTime();
      sum += work.run(input);
      now = System.nanoTime();
      samples[kept ? n : n & 1023] = now - start;
      n++;
      input = input + 1 == inputs ? 0 : input + 1;
    } while (now < end && (!kept || n < MOST));
    sink.add(sum);
    return n;
  }

  /**
   * Evaluations a second of one thread and of two together, not timed one by one: of each the best
   * of several rounds taken in turn, as what else the machine does only takes away.
   */
  public long[] oneAndTwoThreads(long millis) {
    long one = 0;
    long two = 0;
    try (var pool = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < ROUNDS; round++) {
        one = Math.max(one, throughput(pool, 1, millis / ROUNDS));
        two = Math.max(two, throughput(pool, 2, millis / ROUNDS));
      }
    }
    return new long[] {one, two};
  }

  private long throughput(ExecutorService pool, int threads, long millis) {
    long start = System.nanoTime();
    long end = start + millis * 1_000_000;
    long all = 0;
    try {
      List<Future<Long>> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        running.add(pool.submit(() -> loop(end)));
      }
      for (Future<Long> each : running) {
        all += each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("what was evaluated before fails", e.getCause());
    }
    return Math.round(all * 1e9 / (System.nanoTime() - start));
  }

  private long loop(long end) throws JsonException {
    long n = 0;
    int sum = 0;
    int input = 0;
    do {
      for (int i = 0; i < BATCH; i++) {
        sum += work.run(input);
        input = input + 1 == inputs ? 0 : input + 1;
      }
      n += BATCH;
    } while (System.nanoTime() < end);
    sink.add(sum);
    return n;
  }
}
