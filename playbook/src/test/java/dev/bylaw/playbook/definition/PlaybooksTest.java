package dev.bylaw.playbook.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.playbook.Shop;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaybooksTest {
  private static Source calling(String name, String other) {
    return Source.of(
        name + ".yaml",
        "playbook:\n  name: "
            + name
            + "\n  version: \"1\"\n  steps:\n"
            + "    - { id: a, playbook: "
            + other
            + " }\n");
  }

  private static Source logging(String file, String name) {
    return Source.of(
        file,
        "playbook:\n  name: " + name + "\n  version: \"1\"\n  steps: [{ id: a, action: log }]\n");
  }

  @Test
  void aCycleOfPlaybooksIsToldOnceWithItsWay() {
    var found = new Diagnostics();
    var read =
        Playbooks.readAll(
            List.of(
                calling("a", "b"), calling("b", "c"), calling("c", "a"), logging("d.yaml", "d")),
            Shop.vocabulary(),
            found);
    assertThat(found.all().stream().filter(d -> d.code().equals("E0315")))
        .extracting(Diagnostic::message)
        .containsExactly("playbook `a` calls itself: a → b → c → a");
    assertThat(read).containsOnlyKeys("d");
  }

  @Test
  void twoPlaybooksOfOneNameAreToldAndTheFirstStays() {
    var found = new Diagnostics();
    var read =
        Playbooks.readAll(
            List.of(logging("x.yaml", "p"), logging("y.yaml", "p")), Shop.vocabulary(), found);
    assertThat(found.all()).extracting(Diagnostic::code).containsExactly("E0316");
    assertThat(read.values()).extracting(p -> p.source().name()).containsExactly("x.yaml");
  }

  @Test
  void aBrokenPlaybookTakesNoOtherWithIt() {
    var found = new Diagnostics();
    var read =
        Playbooks.readAll(
            List.of(Source.of("broken.yaml", "playbook: ["), logging("x.yaml", "p")),
            Shop.vocabulary(),
            found);
    assertThat(found.hasErrors()).isTrue();
    assertThat(read).containsOnlyKeys("p");
  }

  @Test
  void aVersionIsTextAsItIsWritten() {
    Playbook playbook =
        Shop.playbook("playbook: { name: p, version: 1.10, steps: [{ id: a, action: log }] }");
    assertThat(playbook.version()).isEqualTo("1.10");
  }

  @Test
  void theDigestIsThatOfTheText() {
    Source source = logging("a.yaml", "p");
    assertThat(Shop.playbook(source.text()).digest())
        .hasSize(64)
        .isNotEqualTo(Shop.playbook(source.text() + "\n").digest());
  }

  @Test
  void moreStepsThanAPlaybookHoldsAreToldOnce() {
    var yaml = new StringBuilder("playbook:\n  name: p\n  version: \"1\"\n  steps:\n");
    for (int i = 0; i <= StepReader.MOST_STEPS + 5; i++) {
      yaml.append("    - { id: s").append(i).append(", action: log }\n");
    }
    var found = new Diagnostics();
    var _ = Playbooks.read(Source.of("p.yaml", yaml.toString()), Shop.vocabulary(), found);
    assertThat(found.all()).extracting(Diagnostic::code).containsExactly("E0317");
  }

  @Test
  void fallbacksInFallbacksEndSomewhere() {
    String step = "{ id: last, action: log }";
    for (int i = 0; i < 20; i++) {
      step = "{ id: s" + i + ", action: log, on_error: { fallback: [" + step + "] } }";
    }
    assertThat(Shop.wrongWith("playbook: { name: p, version: \"1\", steps: [" + step + "] }"))
        .contains("E0317");
  }

  @Test
  void declaredInputsHaveDefaultsAndAreChecked() {
    Inputs inputs =
        Shop.playbook(
                """
                playbook:
                  name: p
                  version: "1"
                  inputs:
                    amount: { type: number, minimum: 0, description: what to pay }
                    currency: { type: string, enum: [USD, EUR], default: USD }
                    note: { type: string, required: false }
                  steps: [{ id: a, action: log }]
                """)
            .inputs();
    assertThat(inputs.complete(Shop.json("{'amount': 5}")).values())
        .isEqualTo(Shop.json("{'amount': 5, 'currency': 'USD'}"));
    assertThat(inputs.complete(Shop.json("{'amount': -1, 'currency': 'GBP'}")).problems())
        .hasSize(2)
        .allMatch(problem -> problem.startsWith("input `"));
    assertThat(inputs.complete(ObjectValue.EMPTY).problems())
        .containsExactly("input `amount` is missing");
    assertThat(inputs.all().values().iterator().next().summary()).isEqualTo("what to pay");
  }

  @Test
  void inputsMayBeOneWholeSchema() {
    Inputs inputs =
        Shop.playbook(
                """
                playbook:
                  name: p
                  version: "1"
                  inputs:
                    type: object
                    properties: { a: { type: integer }, b: { type: integer } }
                    required: [a]
                    dependentRequired: { a: [b] }
                  steps: [{ id: s, action: log, params: { message: "{{b}}" } }]
                """)
            .inputs();
    assertThat(inputs.names()).containsExactly("a", "b");
    assertThat(inputs.complete(Shop.json("{'a': 1}")).problems()).hasSize(1);
    assertThat(inputs.complete(Shop.json("{'a': 1, 'b': 2}")).problems()).isEmpty();
  }

  @Test
  void theSchemaOfAnInputMayReferToItsOwnParts() {
    Inputs inputs =
        Shop.playbook(
                """
                playbook:
                  name: p
                  version: "1"
                  inputs:
                    to: { $defs: { n: { type: integer } }, type: array, items: { $ref: "#/$defs/n" } }
                  steps: [{ id: s, action: log }]
                """)
            .inputs();
    assertThat(inputs.complete(Shop.json("{'to': [1]}")).problems()).isEmpty();
    assertThat(inputs.complete(Shop.json("{'to': ['x']}")).problems())
        .containsExactly("input `to/0`: string found, integer expected");
  }

  @Test
  void aHostilePatternCostsNoMoreThanItsInput() {
    Inputs inputs =
        Shop.playbook(
                """
                playbook:
                  name: p
                  version: "1"
                  inputs: { a: { type: string, pattern: "^(a+)+$" } }
                  steps: [{ id: s, action: log }]
                """)
            .inputs();
    ObjectValue hostile = ObjectValue.of("a", StringValue.of("a".repeat(50_000) + "!"));
    assertThat(inputs.complete(hostile).problems()).hasSize(1);
  }

  /** Bits of real playbooks, shuffled, doubled and cut: told, never an exception. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void hostileFilesAreToldAndNeverAnError(long seed) {
    var random = new Random(seed);
    List<String> lines =
        Stream.of(
                Shop.resource("/playbooks/process_customer_refund.yaml"),
                "playbook:\n  inputs: { type: object }\n  steps: *x\n    on_error: &x { fallback: [*x] }\n",
                "      requires_approval: { timeout: {{t}}, on_timeout: fallback }\n      if: '['\n",
                "      retry: { retry_if: 'steps.a', backoff: 1e400 }\n    - parallel: {{x}}\n",
                "      params: { query: \"'{{a}}\", ? a : b, {{c}}: {{d}} }\n      output: {{x}}\n")
            .flatMap(String::lines)
            .toList();
    for (int i = 0; i < 300; i++) {
      var text = new StringBuilder();
      int count = 1 + random.nextInt(lines.size());
      int from = random.nextInt(3) == 0 ? random.nextInt(lines.size()) : 0;
      for (int j = 0; j < count; j++) {
        String line =
            random.nextInt(5) == 0
                ? lines.get(random.nextInt(lines.size()))
                : lines.get((from + j) % lines.size());
        text.append(random.nextInt(20) == 0 ? line.substring(line.length() / 2) : line)
            .append('\n');
      }
      var found = new Diagnostics();
      Optional<Playbook> read =
          Playbooks.read(Source.of("h.yaml", text.toString()), Shop.vocabulary(), found);
      assertThat(read.isPresent()).isEqualTo(!found.hasErrors());
      found.all().forEach(diagnostic -> assertThat(diagnostic.render()).isNotBlank());
    }
  }
}
