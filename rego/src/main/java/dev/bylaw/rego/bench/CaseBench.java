package dev.bylaw.rego.bench;

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
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures a folder {@code CASE/{policy/*.rego, data.json?, inputs/*.json, query}}; an empty file
 * {@code v0} says that the policy is of that dialect. Each evaluation is timed by itself, round
 * robin over the inputs.
 */
public final class CaseBench {
  private final String name;
  private final PreparedQuery query;
  private final double prepareMillis;
  private final List<Value> inputs = new ArrayList<>();
  private final List<byte[]> texts = new ArrayList<>();

  /**
   * Reads and prepares a case.
   *
   * @throws IOException if a file is missing or cannot be read
   */
  public CaseBench(Path folder) throws IOException {
    name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    List<Source> sources = new ArrayList<>();
    for (Path p : files(folder.resolve("policy"), ".rego")) {
      sources.add(Source.of(String.valueOf(p.getFileName()), Files.readString(p)));
    }
    Dialect dialect = Files.exists(folder.resolve("v0")) ? Dialect.V0 : Dialect.V1;
    Path dataFile = folder.resolve("data.json");
    Value data = Files.exists(dataFile) ? json(dataFile) : ObjectValue.EMPTY;
    if (!(data instanceof ObjectValue)) {
      throw new IOException(dataFile + ": expected an object, found " + data.kind().described());
    }
    Path queryFile = folder.resolve("query");
    if (!Files.isRegularFile(queryFile)) {
      throw new IOException("no such file: " + queryFile);
    }
    String text = Files.readString(queryFile).strip();
    long start = System.nanoTime();
    query =
        Policy.compile(sources, Options.standard().withDialect(dialect))
            .withData(data)
            .prepare(text);
    prepareMillis = (System.nanoTime() - start) / 1e6;
    for (Path p : files(folder.resolve("inputs"), ".json")) {
      texts.add(Files.readAllBytes(p));
      inputs.add(json(p));
    }
    if (inputs.isEmpty()) {
      throw new IOException(folder.resolve("inputs") + ": no inputs; expected files of JSON");
    }
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("no such folder: " + folder);
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(p -> p.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static Value json(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Json.parse(in);
    } catch (JsonException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** The case's name: that of its folder. */
  public String name() {
    return name;
  }

  /** How many inputs there are. */
  public int inputs() {
    return inputs.size();
  }

  /** The answer for the input of a number; null if it is undefined. */
  public @Nullable Value answer(int input) {
    return query.value(Request.of(inputs.get(input))).orElse(null);
  }

  /** Whether not all inputs have the same answer. */
  public boolean tellsInputsApart() {
    Value first = answer(0);
    for (int i = 1; i < inputs.size(); i++) {
      if (!Objects.equals(first, answer(i))) {
        return true;
      }
    }
    return false;
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
    Samples.Work parsed = i -> asked(request.withInput(inputs.get(i)));
    Samples.Work fromText = i -> asked(request.withInput(Json.parse(texts.get(i))));
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

  private int asked(Request request) {
    return query.value(request).isPresent() ? 1 : 0;
  }

  private Value timed(Samples.Work work, long warmMillis, long timeMillis) throws JsonException {
    var bench = new Samples(inputs.size(), work);
    bench.warm(warmMillis);
    Samples.Measured m = bench.measure(timeMillis);
    long[] together = bench.oneAndTwoThreads(timeMillis);
    return ObjectValue.builder(8)
        .put("p50_ns", NumberValue.of(m.quantile(0.5)))
        .put("p99_ns", NumberValue.of(m.quantile(0.99)))
        .put("mean_ns", NumberValue.of(Math.round(m.mean() * 10) / 10.0))
        .put("n", NumberValue.of(m.count()))
        .put("allocs", m.allocations(1))
        .put("bytes", NumberValue.of(m.bytes() / m.count()))
        .put("one_thread_ops", NumberValue.of(together[0]))
        .put("two_threads_ops", NumberValue.of(together[1]))
        .build();
  }
}
