package dev.bylaw.rego.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.Request;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.Json;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchTest {
  @TempDir Path folder;

  private void file(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void aCaseIsAnsweredForEachInputInOrderOfName() throws Exception {
    file("policy/p.rego", "package p\n\nfound contains x if some x in data.known[input.key]\n");
    file("data.json", "{\"known\": {\"a\": [3, 1, 2], \"b\": []}}");
    file("query", "data.p.found\n");
    file("inputs/2.json", "{\"key\": \"b\"}");
    file("inputs/1.json", "{\"key\": \"a\"}");

    assertThat(new CaseBench(folder).results()).isEqualTo("[[[1,2,3]],[[]]]");
  }

  @Test
  void anAnswerThatIsUndefinedIsAnEmptyList() throws Exception {
    file("policy/p.rego", "package p\n\nallow if input.key == 1\n");
    file("query", "data.p.allow");
    file("inputs/1.json", "{}");
    file("inputs/2.json", "{\"key\": 1}");

    assertThat(new CaseBench(folder).results()).isEqualTo("[[],[true]]");
  }

  @Test
  void aCaseMayBeOfTheOlderDialect() throws Exception {
    file("policy/p.rego", "package p\n\nallow { input.key == 1 }\n");
    file("v0", "");
    file("query", "data.p.allow");
    file("inputs/1.json", "{\"key\": 1}");

    assertThat(new CaseBench(folder).results()).isEqualTo("[[true]]");
  }

  @Test
  void aCaseIsMeasuredWithItsInputParsedAndAsText() throws Exception {
    file("policy/p.rego", "package p\n\nallow if input.key == 1\n");
    file("query", "data.p.allow");
    file("inputs/1.json", "{\"key\": 1}");
    var bench = new CaseBench(folder);

    Value line = Json.parse(bench.measure(10, 10));

    assertThat(line.at("case")).contains(StringValue.of(bench.name()));
    for (String part : List.of("parsed", "json")) {
      for (String name :
          List.of(
              "p50_ns",
              "p99_ns",
              "mean_ns",
              "n",
              "allocs",
              "bytes",
              "one_thread_ops",
              "two_threads_ops")) {
        assertThat(line.at(part, name).orElseThrow()).as(name).isGreaterThan(NumberValue.of(0));
      }
    }
  }

  @Test
  void theObjectsThatACallMakesAreCountedTheDeadOnesToo() {
    var kept = new Object[3];
    OptionalLong counted =
        new Allocations()
            .perCall(
                times -> {
                  for (int i = 0; i < times * kept.length; i++) {
                    kept[i % kept.length] = new byte[8];
                  }
                },
                72);
    assertThat(counted).hasValue(3);
  }

  @Test
  void aQueryIsReportedInTheFieldsOfOpa() {
    var query =
        Policy.compile(List.of(Source.of("p.rego", "package p\n\nx := 1\n")), Options.standard())
            .prepare("data.p.x");

    ObjectValue report = QueryBench.measure(query, Request.of(null), 5, 5, true, true);

    for (String name : List.of("N", "T", "Bytes", "MemAllocs", "MemBytes", "Extra")) {
      assertThat(report.has(name)).as(name).isTrue();
    }
    String timer = "histogram_timer_rego_query_eval_ns_";
    assertThat(report.at("Extra", timer + "count")).isEqualTo(report.at("N"));
    assertThat(report.at("Extra", timer + "max").orElseThrow())
        .isGreaterThanOrEqualTo(report.at("Extra", timer + "min").orElseThrow());
  }
}
