package dev.bylaw.playbook.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.document.Documents;
import dev.bylaw.playbook.Shop;
import dev.bylaw.playbook.schema.JsonSchema;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema says what the reader says. */
class PlaybookSchemaTest {
  private static final String RESOURCE = "/dev/bylaw/playbook/definition/playbook.schema.json";
  private static final ObjectValue DOCUMENT = document();
  private static final JsonSchema SCHEMA = schema();

  private static ObjectValue document() {
    try {
      return (ObjectValue) Json.parse(Shop.resource(RESOURCE));
    } catch (JsonException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonSchema schema() {
    try {
      return JsonSchema.ofTrusted(DOCUMENT);
    } catch (JsonSchema.NoSchemaException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Value value(String yaml) {
    return Documents.read(Source.of("p.yaml", yaml), new Diagnostics()).orElseThrow().value();
  }

  private static boolean reads(String yaml) {
    var found = new Diagnostics();
    var _ = Playbooks.read(Source.of("p.yaml", yaml), Shop.vocabulary(), found);
    return !found.hasErrors();
  }

  @Test
  void theSpecificationsPlaybookFits() {
    assertThat(SCHEMA.check(value(Shop.resource("/playbooks/process_customer_refund.yaml"))))
        .isEmpty();
  }

  /** A text with an unknown key in one mapping: the reader names the keys it knows there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "playbook; description: d\\n  unknown_key_: 1",
        "step; unknown_key_: 1",
        "approval; requires_approval: { unknown_key_: 1 }",
        "retry; retry: { unknown_key_: 1 }",
        "fallback; on_error: { unknown_key_: 1, fallback: [{ id: f, action: log }] }"
      })
  void theReaderAndTheSchemaKnowTheSameKeys(String definition, String keys) {
    String step = definition.equals("playbook") ? "" : "      " + keys + "\n";
    String yaml =
        "playbook:\n  name: p\n  version: a\n"
            + (definition.equals("playbook") ? "  " + keys.replace("\\n", "\n") + "\n" : "")
            + "  steps:\n    - id: a\n      action: log\n"
            + step;
    Matcher known =
        Pattern.compile("unknown_key_.*?known here: ([a-z_, ]+)", Pattern.DOTALL)
            .matcher(Shop.wrongWith(yaml));
    assertThat(known.find()).as(Shop.wrongWith(yaml)).isTrue();
    Set<String> ofReader = new TreeSet<>(Arrays.asList(known.group(1).split(", ")));
    ofReader.removeAll(StepReader.LATER.keySet());

    ObjectValue properties =
        (ObjectValue) DOCUMENT.at("$defs", definition, "properties").orElseThrow();
    Set<String> ofSchema = new TreeSet<>();
    properties.forEach((key, _) -> ofSchema.add(((StringValue) key).text()));
    assertThat(ofSchema).isEqualTo(ofReader);
    assertThat(SCHEMA.check(value(yaml))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "if: a > 3",
        "if: true",
        "params: { message: hello }",
        "policy_check: here",
        "requires_approval: true",
        "requires_approval: { approvers: maria, quorum: 2, timeout: PT5M, on_timeout: escalate, channel: slack }",
        "requires_approval: { approvers: [maria, legal] }",
        "retry: { max_attempts: 5, delay: 1s, backoff: 1.5, max_delay: 1h30m, retry_if: error.retryable }",
        "timeout: 500ms",
        "on_error: continue",
        "on_error: { fallback: [{ id: b, action: log }] }",
        "output: { a: \"{{a}}\" }"
      })
  void whatTheReaderTakesTheSchemaTakes(String more) {
    String yaml = yaml(more);
    assertThat(Shop.wrongWith(yaml)).isEmpty();
    assertThat(SCHEMA.check(value(yaml))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "if: [a]",
        "params: [a]",
        "requires_approval: maybe",
        "requires_approval: { quorum: 0 }",
        "requires_approval: { on_timeout: shrug }",
        "retry: { max_attempts: 0 }",
        "retry: { backoff: 0.5 }",
        "retry: 3",
        "timeout: 5 parsecs",
        "timeout: -5s",
        "on_error: ignore",
        "on_error: { fallback: [] }",
        "on_error: [{ id: b, action: log }]",
        "output: text"
      })
  void whatTheSchemaRefusesTheReaderRefuses(String more) {
    String yaml = yaml(more);
    assertThat(reads(yaml)).isFalse();
    assertThat(SCHEMA.check(value(yaml))).isNotEmpty();
  }

  private static String yaml(String more) {
    return "playbook:\n  name: p\n  version: \"1\"\n  inputs: { a: { type: number } }\n"
        + "  steps:\n    - id: s\n      action: log\n      "
        + more
        + "\n";
  }

  @Test
  void everyMappingOfTheSchemaIsClosed() {
    Collection<String> open = new ArrayList<>();
    DOCUMENT.forEach((key, value) -> collectOpen(((StringValue) key).text(), value, open));
    assertThat(open).isEmpty();
  }

  private static void collectOpen(String path, Value value, Collection<String> open) {
    if (value instanceof ObjectValue object) {
      if (object.has("properties")
          && path.startsWith("$defs")
          && !object.has("additionalProperties")) {
        open.add(path);
      }
      object.forEach((key, inner) -> collectOpen(path + "/" + key, inner, open));
    } else if (value instanceof ArrayValue array) {
      List<Value> elements = array.elements();
      elements.forEach(element -> collectOpen(path, element, open));
    }
  }
}
