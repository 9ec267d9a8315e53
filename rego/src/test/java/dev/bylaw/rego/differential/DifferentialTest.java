package dev.bylaw.rego.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The engine against OPA: calls of builtins, the questions of its suite with small changes, and
 * programs. Where a program has conflicts, it depends on what is worked out first, and what never,
 * whether they are met: there the engines may differ.
 *
 * <p>Runs with {@code -Dbylaw.long=true} where Go builds OPA. The share of answers that may differ
 * is a ratchet: it only ever goes down. {@code -Dbylaw.seed}, {@code -Dbylaw.calls}, {@code
 * -Dbylaw.mutations} and {@code -Dbylaw.programs} choose others and more.
 */
class DifferentialTest {
  private static final double MOST_CALLS_THAT_DIFFER = 0.04;
  private static final double MOST_PROGRAMS_THAT_DIFFER = 0.003;
  private static final double MOST_MUTATIONS_THAT_DIFFER = 0.01;

  @Test
  void builtinsAnswerAsOpaDoes() throws IOException, JsonException {
    try (Oracle oracle = oracle()) {
      byte[] text = Files.readAllBytes(suites().resolve("opa-capabilities.json"));
      var calls = new BuiltinCalls(random(), (ObjectValue) Json.parse(text));
      var tally = new Tally();
      for (String name : calls.names()) {
        for (int i = Integer.getInteger("bylaw.calls", 20); i > 0; i--) {
          Question q = calls.call(name);
          tally.count(name, q, oracle.ask(q));
        }
      }
      assertThat(tally.share()).isLessThan(MOST_CALLS_THAT_DIFFER);
    }
  }

  @Test
  void changedCasesOfTheSuiteAnswerAsOpaDoes() throws IOException {
    try (Oracle oracle = oracle()) {
      Random random = random();
      Suite suite = Suite.read(suites().resolve("rego"), false);
      var mutation = new Mutation(random, suite.literals());
      var tally = new Tally();
      for (int i = Integer.getInteger("bylaw.mutations", 3000); i > 0; i--) {
        Suite.Seed seed = suite.seeds().get(random.nextInt(suite.seeds().size()));
        Question q = mutation.of(seed.question(), seed.family());
        if (isStable(q)) {
          tally.count(seed.family(), q, oracle.ask(q));
        }
      }
      assertThat(tally.share()).isLessThan(MOST_MUTATIONS_THAT_DIFFER);
    }
  }

  @Test
  void programsEvaluateAsOpaDoes() throws IOException {
    try (Oracle oracle = oracle()) {
      var programs = new Programs(random());
      var tally = new Tally();
      for (int i = Integer.getInteger("bylaw.programs", 5000); i > 0; i--) {
        Question q = programs.next();
        Answer wanted = oracle.ask(q);
        if (!isRefused(wanted) && !isRefused(Engine.ask(q))) {
          tally.count("program " + i, q, wanted);
        }
      }
      assertThat(tally.share()).isLessThan(MOST_PROGRAMS_THAT_DIFFER);
    }
  }

  private static boolean isRefused(Answer answer) {
    return answer.code().startsWith("rego_");
  }

  private static Oracle oracle() {
    assumeThat(Boolean.getBoolean("bylaw.long")).isTrue();
    Optional<Oracle> oracle = Oracle.start();
    assumeThat(oracle).isPresent();
    return oracle.orElseThrow();
  }

  private static Random random() {
    long seed = Long.getLong("bylaw.seed", 20261125L);
    System.out.println("seed " + seed);
    return new Random(seed);
  }

  private static Path suites() {
    String named = System.getenv("BYLAW_CONFORMANCE");
    Optional<Path> found =
        (named != null
                ? Stream.of(Path.of(named))
                : Stream.of("../../shared/conformance", "../shared/conformance").map(Path::of))
            .filter(Files::isDirectory)
            .findFirst();
    assumeThat(found).isPresent();
    return found.orElseThrow();
  }

  /** Whether nothing in it is told by a clock, by chance or by another machine. */
  private static boolean isStable(Question q) {
    String text = q.toString();
    String input = q.input();
    try {
      if (input != null) {
        Json.parse(input);
      }
    } catch (JsonException e) {
      return false;
    }
    return Stream.of("http.send", "lookup_ip", "now_ns", "rand.", "uuid.rfc", "runtime", "print(")
        .noneMatch(text::contains);
  }

  /** How many answers differ, and in what. */
  private static final class Tally {
    private final TreeMap<String, Integer> kinds = new TreeMap<>();
    private int asked;
    private int different;

    void count(String family, Question q, Answer wanted) {
      asked++;
      Answer found = Engine.ask(q);
      String kind = difference(wanted, found);
      if (kind != null) {
        different++;
        if (kinds.merge(family + ": " + kind, 1, Integer::sum) == 1) {
          System.out.println(kind + "\n" + q + "\nOPA:   " + wanted + "\nBylaw: " + found);
        }
      }
    }

    double share() {
      System.out.println(
          "bylaw-note: of " + asked + " answers " + different + " differ from OPA's");
      return (double) different / asked;
    }
  }

  /** What differs; null for nothing. A crash of OPA is no answer. */
  private static @Nullable String difference(Answer wanted, Answer found) {
    if (List.of("other", "panic").contains(wanted.code())) {
      return null;
    }
    if (!wanted.code().equals(found.code())) {
      return "expected " + text(wanted) + ", found " + text(found);
    }
    if (wanted.errors().isEmpty()) {
      return wanted.rows().equals(found.rows()) ? null : "other values";
    }
    boolean same = !wanted.code().startsWith("eval") || firstLine(wanted).equals(firstLine(found));
    return same ? null : "another message";
  }

  /** OPA lists the values that conflict in the lines behind it. */
  private static String firstLine(Answer answer) {
    String message = answer.errors().getFirst().message();
    int end = message.indexOf(":\n");
    return end < 0 ? message : message.substring(0, end);
  }

  private static String text(Answer answer) {
    return answer.errors().isEmpty() ? "values" : answer.code();
  }
}
