package dev.bylaw.rego.bench;

import com.sun.management.ThreadMXBean;
import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.PreparedQuery;
import dev.bylaw.rego.Request;
import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.builtin.JsonText;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Measures a folder {@code CASE/{policy/*.rego, data.json?, inputs/*.json, query}}; an empty file
 * {@code v0} says that the policy is of that dialect. Each evaluation is timed by itself, round
 * robin over the inputs.
 */
public final class CaseBench {
  private static final int MOST_SAMPLES = 4_000_000;

  private final String name;
  private final PreparedQuery query;
  private final double prepareMillis;
  private final List<Value> inputs = new ArrayList<>();
  private final List<byte[]> texts = new ArrayList<>();

  /** Something that answers the input of a number. */
  private interface Work {
    boolean run(int input) throws JsonException;
  }

  /**
   * Reads and prepares a case.
   *
   * @throws IOException if a file is missing or cannot be read
   */
  public CaseBench(Path folder) throws IOException {
    name = String.valueOf(folder.getFileName());
    List<Source> sources = new ArrayList<>();
    for (Path p : files(folder.resolve("policy"), ".rego")) {
      sources.add(Source.of(String.valueOf(p.getFileName()), Files.readString(p)));
    }
    Dialect dialect = Files.exists(folder.resolve("v0")) ? Dialect.V0 : Dialect.V1;
    Path dataFile = folder.resolve("data.json");
    Value data = Files.exists(dataFile) ? json(Files.readAllBytes(dataFile)) : ObjectValue.EMPTY;
    for (Path p : files(folder.resolve("inputs"), ".json")) {
      byte[] text = Files.readAllBytes(p);
      texts.add(text);
      inputs.add(json(text));
    }
    String text = Files.readString(folder.resolve("query")).strip();
    long start = System.nanoTime();
    query =
        Policy.compile(sources, Options.standard().withDialect(dialect))
            .withData(data)
            .prepare(text);
    prepareMillis = (System.nanoTime() - start) / 1e6;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(p -> p.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static Value json(byte[] text) throws IOException {
    try {
      return Json.parse(text);
    } catch (JsonException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** The case's name: that of its folder. */
  public String name() {
    return name;
  }

  /** One list for each input, in order of name: empty for undefined, else of the value. */
  public String results() {
    List<Value> all = new ArrayList<>();
    for (Value input : inputs) {
      all.add(query.value(Request.of(input)).map(ArrayValue::of).orElse(ArrayValue.EMPTY));
    }
    return JsonText.compact(ArrayValue.of(all));
  }

  /** Measures, and says so in one line of JSON. */
  public String measure(long warmMillis, long timeMillis) throws IOException {
    Request request = Request.of(null);
    Work parsed = i -> query.value(request.withInput(inputs.get(i))).isPresent();
    Work fromText = i -> query.value(request.withInput(Json.parse(texts.get(i)))).isPresent();
    try {
      ObjectValue.Builder line = ObjectValue.builder(4);
      line.put("case", name);
      line.put("prepare_ms", NumberValue.of(Math.round(prepareMillis * 1000) / 1000.0));
      line.put("parsed", timed(parsed, warmMillis, timeMillis));
      line.put("json", timed(fromText, warmMillis, timeMillis));
      return JsonText.compact(line.build());
    } catch (JsonException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Value timed(Work work, long warmMillis, long timeMillis) throws JsonException {
    repeat(work, warmMillis * 1_000_000, new long[0]);
    long[] samples = new long[MOST_SAMPLES];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    int n = repeat(work, timeMillis * 1_000_000, samples);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    long[] sorted = Arrays.copyOf(samples, n);
    Arrays.sort(sorted);
    double mean = Arrays.stream(sorted).average().orElse(0);
    return ObjectValue.builder(7)
        .put("p50_ns", NumberValue.of(sorted[n / 2]))
        .put("p99_ns", NumberValue.of(sorted[(int) (n * 0.99)]))
        .put("mean_ns", NumberValue.of(Math.round(mean * 10) / 10.0))
        .put("n", NumberValue.of(n))
        // The JVM counts bytes, not objects.
        .put("allocs", NullValue.NULL)
        .put("bytes", NumberValue.of(bytes / Math.max(1, n)))
        .put("two_threads_ops", NumberValue.of(twoThreads(work, timeMillis)))
        .build();
  }

  private int repeat(Work work, long nanos, long[] samples) throws JsonException {
    long end = System.nanoTime() + nanos;
    int n = 0;
    int input = 0;
    long now = System.nanoTime();
    while (now < end && (samples.length == 0 || n < samples.length)) {
      long start = System.nanoTime();
      work.run(input);
      now = System.nanoTime();
      if (samples.length > 0) {
        samples[n] = now - start;
      }
      n++;
      input = input + 1 == inputs.size() ? 0 : input + 1;
    }
    return n;
  }

  /** Evaluations a second of two threads together. */
  private long twoThreads(Work work, long millis) {
    AtomicLong total = new AtomicLong();
    CountDownLatch done = new CountDownLatch(2);
    long start = System.nanoTime();
    for (int t = 0; t < 2; t++) {
      Thread.ofPlatform()
          .start(() -> {
            try {
              total.addAndGet(repeat(work, millis * 1_000_000, new long[0]));
            } catch (JsonException e) {
              throw new IllegalStateException(StringValue.of(name) + " changed", e);
            } finally {
              done.countDown();
            }
          });
    }
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Math.round(total.get() * 1e9 / (System.nanoTime() - start));
  }
}
