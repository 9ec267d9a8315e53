package dev.bylaw.bench;

import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Measures how much heap data takes for each byte of its JSON, and how long it takes to load:
 * {@code bench/run dev.bylaw.bench.RegoHeap [MEGABYTES]}. Files of each kind are made, read, and
 * held.
 */
public final class RegoHeap {
  /** The text of an entry. */
  private interface Entry {
    String of(int number, Random random);
  }

  private static final Map<String, Entry> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put(
        "records",
        (i, r) ->
            "\"user-%d\":{\"id\":%d,\"name\":\"User %d\",\"mail\":\"user-%d@example.com\",\"active\":%s,\"roles\":[\"%s\",\"%s\"]}"
                .formatted(i, i, i, i, r.nextBoolean(), role(r), role(r)));
    KINDS.put(
        "grants",
        (i, r) ->
            "\"grant-%d\":{\"role\":\"%s\",\"action\":\"read\",\"resource\":\"res-%d\",\"until\":%d}"
                .formatted(
                    i, role(r), r.nextInt(100_000), 1_700_000_000L + r.nextInt(100_000_000)));
    KINDS.put(
        "prefixes",
        (i, r) ->
            "\"zone-%d/team-%d/app-%d\":\"tenant-%d\""
                .formatted(i / 10_000, i / 100 % 100, i % 100, i));
    KINDS.put(
        "decimals",
        (i, r) -> "\"d%d\":[%s]".formatted(i, numbers(r, 20, n -> n.nextInt(10_000_000) / 100.0)));
    KINDS.put("doubles", (i, r) -> "\"d%d\":[%s]".formatted(i, numbers(r, 20, Random::nextDouble)));
    KINDS.put(
        "whole numbers",
        (i, r) -> "\"n%d\":[%s]".formatted(i, numbers(r, 20, n -> n.nextInt(100_000_000))));
    KINDS.put(
        "nested arrays",
        (i, r) ->
            "\"a%d\":[[%s],[%s],[[%s]]]"
                .formatted(
                    i,
                    numbers(r, 4, n -> n.nextInt(1000)),
                    numbers(r, 3, n -> n.nextInt(1000)),
                    numbers(r, 5, n -> n.nextInt(1000))));
  }

  private RegoHeap() {}

  public static void main(String[] arguments) throws IOException, JsonException {
    long bytes = (arguments.length > 0 ? Long.parseLong(arguments[0]) : 100) * 1_000_000;
    System.out.println("| data | JSON, MB | load, s | heap, MB | heap for each byte |");
    System.out.println("| --- | --- | --- | --- | --- |");
    for (Map.Entry<String, Entry> kind : KINDS.entrySet()) {
      measure(kind.getKey(), kind.getValue(), bytes);
    }
  }

  private static void measure(String name, Entry entry, long bytes)
      throws IOException, JsonException {
    Path file = Files.createTempFile("bylaw-heap", ".json");
    try {
      write(file, entry, bytes);
      long before = held();
      long start = System.nanoTime();
      Value value;
      try (InputStream in = Files.newInputStream(file)) {
        value = Json.parse(in);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      long heap = held() - before;
      long size = Files.size(file);
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f | %.1f | %.0f | %.2f |%n",
          name,
          size / 1e6,
          seconds,
          heap / 1e6,
          (double) heap / size);
      if (value.at("none").isPresent()) { // Held until here.
        throw new IllegalStateException("no such entry was written");
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void write(Path file, Entry entry, long bytes) throws IOException {
    var random = new Random(42);
    try (var out = Files.newBufferedWriter(file)) {
      long written = 0;
      for (int i = 0; written < bytes; i++) {
        String text = (i == 0 ? "{" : ",") + entry.of(i, random);
        out.write(text);
        written += text.length();
      }
      out.write("}");
    }
  }

  private static long held() {
    var memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < 3; i++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }

  private static String role(Random random) {
    return "role-" + random.nextInt(50);
  }

  private static String numbers(
      Random random, int count, java.util.function.Function<Random, Number> number) {
    var out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      out.append(i == 0 ? "" : ",").append(number.apply(random));
    }
    return out.toString();
  }
}
