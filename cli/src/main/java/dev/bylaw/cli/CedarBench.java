package dev.bylaw.cli;

import dev.bylaw.cedar.authorize.Answer;
import dev.bylaw.cedar.authorize.Authorizer;
import dev.bylaw.cedar.authorize.Request;
import dev.bylaw.cedar.authorize.RequestJson;
import dev.bylaw.cedar.command.Inputs;
import dev.bylaw.cedar.command.Loaded;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A case to be measured: policies, entities and requests of a folder, built ahead.
 *
 * <p>What is timed is the whole answer: the decision, the ids of the policies that made it, and
 * those of the policies that erred.
 */
final class CedarBench {
  /** A request that is asked again and again. */
  private interface Call {
    int ask(int number);
  }

  private final String name;
  private final Loaded loaded;
  private final Authorizer authorizer;
  private final List<Source> texts;
  private final List<Request> requests;

  private static final int WARMING_STEP_MILLIS = 100;
  private static final int MOST_MORE_WARMING = 20;
  private static final int ROUNDS = 5;

  /** Results are added up here, so that none is for nothing. */
  private final LongAdder sink = new LongAdder();

  private CedarBench(String name, Loaded loaded, List<Source> texts) {
    this.name = name;
    this.loaded = loaded;
    this.authorizer = Authorizer.of(loaded.policies());
    this.texts = texts;
    this.requests = texts.stream().map(text -> RequestJson.read(text, loaded.schema())).toList();
  }

  /**
   * Reads a folder: {@code policies.cedar}, {@code requests.json}, and perhaps {@code
   * schema.cedarschema} or {@code schema.json}, {@code entities.json}, {@code links.json}.
   */
  static CedarBench read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UsageException("there is no folder `" + folder + "`");
    }
    Inputs inputs =
        Inputs.NONE.withPolicies(CedarFiles.read("policy set", folder.resolve("policies.cedar")));
    Source schema = file(folder, "schema.cedarschema");
    Source jsonSchema = file(folder, "schema.json");
    inputs =
        schema != null
            ? inputs.withSchema(schema)
            : jsonSchema == null ? inputs : inputs.withJsonSchema(jsonSchema);
    Source entities = file(folder, "entities.json");
    inputs = entities == null ? inputs : inputs.withEntities(entities);
    Source links = file(folder, "links.json");
    return new CedarBench(
        String.valueOf(folder.toAbsolutePath().normalize().getFileName()),
        Loaded.forBench(inputs, links),
        requests(folder.resolve("requests.json")));
  }

  private static @Nullable Source file(Path folder, String name) {
    Path file = folder.resolve(name);
    return Files.exists(file) ? CedarFiles.read(name, file) : null;
  }

  private static List<Source> requests(Path file) {
    String text = CedarFiles.read("requests", file).text();
    try {
      if (Json.parse(text) instanceof ArrayValue array && array.size() > 0) {
        return array.elements().stream()
            .map(each -> Source.of("request", Json.write(each)))
            .toList();
      }
    } catch (JsonException e) {
      throw new UsageException(
          file + ":" + e.line() + ":" + e.column() + ": not JSON: " + e.getMessage());
    }
    throw new UsageException(file + ": expected an array of requests");
  }

  String name() {
    return name;
  }

  /** {@code [decision, [reason ids], [erring ids]]} for each request, ids sorted. */
  Value answers() {
    return ArrayValue.of(
        requests.stream()
            .map(request -> {
              Answer answer = authorizer.authorize(request, loaded.entities());
              return (Value)
                  ArrayValue.of(
                      List.of(
                          StringValue.of(answer.isAllowed() ? "allow" : "deny"),
                          ids(answer.reasons()),
                          ids(answer.failed())));
            })
            .toList());
  }

  private static Value ids(List<String> ids) {
    return ArrayValue.of(ids.stream().sorted().map(id -> (Value) StringValue.of(id)).toList());
  }

  /** Measures and gives the line of figures. */
  Value measure(long warmMillis, long timeMillis) throws Exception {
    warm(this::decide, warmMillis);
    long[] samples = timed(this::decide, timeMillis);
    warm(this::read, warmMillis);
    long[] json = timed(this::read, timeMillis);
    long[] perSecond = throughput(warmMillis, timeMillis);
    return ObjectValue.builder(12)
        .put("case", name)
        .put("policies", NumberValue.of(loaded.policies().policies().size()))
        .put("entities", NumberValue.of(loaded.entities().size()))
        .put("requests", NumberValue.of(requests.size()))
        .put("median_ns", NumberValue.of(samples[samples.length / 2]))
        .put("p99_ns", NumberValue.of(samples[(int) (samples.length * 99L / 100)]))
        .put("allocs", NullValue.NULL)
        .put("bytes", NumberValue.of(bytes()))
        .put("json_median_ns", NumberValue.of(json[json.length / 2]))
        .put("per_s_1", NumberValue.of(perSecond[0]))
        .put("per_s_2", NumberValue.of(perSecond[1]))
        .build();
  }

  private int decide(int number) {
    return consumed(authorizer.authorize(requests.get(number), loaded.entities()));
  }

  private int read(int number) {
    Request request = RequestJson.read(texts.get(number), loaded.schema());
    return consumed(authorizer.authorize(request, loaded.entities()));
  }

  private static int consumed(Answer answer) {
    return (answer.isAllowed() ? 1 : 0) + answer.reasons().size() + answer.failed().size();
  }

  /**
   * Calls for that long at least, and until the compiler has come to rest: what is measured after a
   * short warm-up would else be how far it has come.
   */
  private void warm(Call call, long millis) {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    timed(call, millis);
    for (int i = 0; i < MOST_MORE_WARMING; i++) {
      long before = compiler.getTotalCompilationTime();
      timed(call, WARMING_STEP_MILLIS);
      if (compiler.getTotalCompilationTime() - before < WARMING_STEP_MILLIS / 20) {
        return;
      }
    }
  }

  /** Nanoseconds of each call, round robin over the requests, sorted. */
  private long[] timed(Call call, long millis) {
    long[] samples = new long[1 << 16];
    int count = 0;
    int sum = 0;
    long end = System.nanoTime() + millis * 1_000_000;
    do {
      for (int i = 0; i < requests.size(); i++) {
        long start = System.nanoTime();
        sum += call.ask(i);
        long took = System.nanoTime() - start;
        if (count == samples.length) {
          samples = Arrays.copyOf(samples, count * 2);
        }
        samples[count++] = took;
      }
    } while (System.nanoTime() < end);
    sink.add(sum);
    samples = Arrays.copyOf(samples, count);
    Arrays.sort(samples);
    return samples;
  }

  /** Bytes that a call allocates, on average. */
  private long bytes() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    int calls = requests.size() * (1 + 20_000 / requests.size());
    int sum = 0;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < calls; i++) {
      sum += decide(i % requests.size());
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    sink.add(sum);
    return allocated / calls;
  }

  /**
   * Decisions a second by one thread and by two on the same policies and entities: the best of
   * rounds in turn, as what else the machine does in the meantime only takes away.
   */
  private long[] throughput(long warmMillis, long timeMillis) throws Exception {
    long[][] perSecond = new long[2][ROUNDS];
    try (var pool = Executors.newFixedThreadPool(2)) {
      perSecond(pool, 2, warmMillis);
      for (int round = 0; round < ROUNDS; round++) {
        for (int threads = 1; threads <= 2; threads++) {
          perSecond[threads - 1][round] =
              perSecond(pool, threads, Math.max(1, timeMillis / ROUNDS));
        }
      }
    }
    return Arrays.stream(perSecond)
        .mapToLong(rounds -> Arrays.stream(rounds).max().orElse(0))
        .toArray();
  }

  private long perSecond(ExecutorService pool, int threads, long millis) throws Exception {
    long start = System.nanoTime();
    Callable<Long> worker =
        () -> {
          long count = 0;
          int sum = 0;
          while (System.nanoTime() - start < millis * 1_000_000) {
            for (int i = 0; i < requests.size(); i++) {
              sum += decide(i);
            }
            count += requests.size();
          }
          sink.add(sum);
          return count;
        };
    long total = 0;
    for (Future<Long> future : pool.invokeAll(Collections.nCopies(threads, worker))) {
      total += future.get();
    }
    return total * 1_000_000_000 / (System.nanoTime() - start);
  }
}
