package dev.bylaw.cli;

import dev.bylaw.cedar.authorize.Answer;
import dev.bylaw.cedar.authorize.Authorizer;
import dev.bylaw.cedar.authorize.Request;
import dev.bylaw.cedar.authorize.RequestJson;
import dev.bylaw.cedar.command.Inputs;
import dev.bylaw.cedar.command.Loaded;
import dev.bylaw.rego.bench.Samples;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A case to be measured: policies, entities and requests of a folder, built ahead.
 *
 * <p>What is timed is the whole answer: the decision, the ids of the policies that made it, and
 * those of the policies that erred.
 */
final class CedarBench {
  private final String name;
  private final Loaded loaded;
  private final Authorizer authorizer;
  private final List<Source> texts;
  private final List<Request> requests;

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
  Value measure(long warmMillis, long timeMillis) throws JsonException {
    Samples held = new Samples(requests.size(), this::decide);
    held.warm(warmMillis);
    Samples.Measured decided = held.measure(timeMillis);
    Samples text = new Samples(requests.size(), this::read);
    text.warm(warmMillis);
    Samples.Measured read = text.measure(timeMillis);
    held.warm(warmMillis);
    long[] perSecond = held.oneAndTwoThreads(timeMillis);
    return ObjectValue.builder(12)
        .put("case", name)
        .put("policies", NumberValue.of(loaded.policies().policies().size()))
        .put("entities", NumberValue.of(loaded.entities().size()))
        .put("requests", NumberValue.of(requests.size()))
        .put("median_ns", NumberValue.of(decided.quantile(0.5)))
        .put("p99_ns", NumberValue.of(decided.quantile(0.99)))
        .put("allocs", decided.allocations(1))
        .put("bytes", NumberValue.of(decided.bytes() / decided.count()))
        .put("json_median_ns", NumberValue.of(read.quantile(0.5)))
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
}
