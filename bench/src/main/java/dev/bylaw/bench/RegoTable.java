package dev.bylaw.bench;

import dev.bylaw.rego.bench.CaseBench;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures a case of Rego, or prints what was measured side by side: what {@code bench/rego/run}
 * runs.
 */
public final class RegoTable {
  private static final List<String> PEERS = List.of("opa", "regorus", "regorus-vm");

  private final Path folder;

  private RegoTable(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException, JsonException {
    if (arguments[0].equals("measure")) {
      var bench = new CaseBench(Path.of(arguments[4]));
      Files.writeString(Path.of(arguments[3]).resolve(bench.name() + ".json"), bench.results());
      System.out.println(bench.measure(Long.parseLong(arguments[1]), Long.parseLong(arguments[2])));
    } else {
      new RegoTable(Path.of(arguments[1])).print();
    }
  }

  private void print() throws IOException, JsonException {
    Map<String, ObjectValue> own = lines("bylaw");
    Map<String, Map<String, ObjectValue>> peers = new LinkedHashMap<>();
    for (String peer : PEERS) {
      peers.put(peer, lines(peer));
    }
    System.out.println(
        "| case | Bylaw p50, p99 | bytes | OPA p50 | × | regorus p50 | regorus VM p50 | "
            + "JSON text: Bylaw, OPA | two threads: Bylaw, OPA, regorus |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    own.forEach((name, line) -> System.out.println(row(name, line, peers)));
    for (String name : own.keySet()) {
      for (String peer : PEERS) {
        differences(name, peer);
      }
    }
  }

  private static String row(
      String name, ObjectValue line, Map<String, Map<String, ObjectValue>> peers) {
    @Nullable ObjectValue opa = peers.getOrDefault("opa", Map.of()).get(name);
    @Nullable ObjectValue regorus = peers.getOrDefault("regorus", Map.of()).get(name);
    @Nullable ObjectValue vm = peers.getOrDefault("regorus-vm", Map.of()).get(name);
    double mine = number(line, "parsed", "p50_ns");
    return String.format(
        Locale.ROOT,
        "| %s | %s, %s | %.0f | %s | %.0f | %s | %s | %s, %s | %.2f, %.2f, %.2f |",
        name,
        micros(mine),
        micros(number(line, "parsed", "p99_ns")),
        number(line, "parsed", "bytes"),
        micros(number(opa, "parsed", "p50_ns")),
        number(opa, "parsed", "p50_ns") / mine,
        micros(number(regorus, "parsed", "p50_ns")),
        micros(number(vm, "parsed", "p50_ns")),
        micros(number(line, "json", "p50_ns")),
        micros(number(opa, "json", "p50_ns")),
        scaling(line),
        scaling(opa),
        scaling(regorus));
  }

  /** What two threads do, against one in the same loop. */
  private static double scaling(@Nullable ObjectValue line) {
    return number(line, "parsed", "two_threads_ops") / number(line, "parsed", "one_thread_ops");
  }

  private static String micros(double nanos) {
    return Double.isNaN(nanos)
        ? "–"
        : String.format(Locale.ROOT, nanos < 10_000 ? "%.2f" : "%.0f", nanos / 1000);
  }

  private static double number(@Nullable ObjectValue line, String part, String name) {
    return line != null
            && line.get(part) instanceof ObjectValue o
            && o.get(name) instanceof NumberValue n
        ? n.doubleValue()
        : Double.NaN;
  }

  private Map<String, ObjectValue> lines(String engine) throws IOException, JsonException {
    Map<String, ObjectValue> all = new LinkedHashMap<>();
    Path file = folder.resolve(engine + ".jsonl");
    if (Files.exists(file)) {
      for (String text : Files.readAllLines(file)) {
        if (Json.parse(text) instanceof ObjectValue line) {
          all.put(line.text("case"), line);
          if (line.has("error")) {
            System.out.println(engine + " " + line.text("case") + ": " + line.text("error"));
          }
        }
      }
    }
    return all;
  }

  private void differences(String name, String peer) throws IOException, JsonException {
    Path theirs = folder.resolve(peer).resolve(name + ".json");
    if (!Files.exists(theirs)) {
      return;
    }
    Value own = Json.parse(Files.readString(folder.resolve("bylaw").resolve(name + ".json")));
    if (!own.equals(Json.parse(Files.readString(theirs)))) {
      System.out.println(name + ": " + peer + " answers otherwise");
    }
  }
}
