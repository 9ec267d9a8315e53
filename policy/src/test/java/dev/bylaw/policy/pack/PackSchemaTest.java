package dev.bylaw.policy.pack;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.bylaw.document.Documents;
import dev.bylaw.policy.House;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The published schema says what the parser reads. */
class PackSchemaTest {
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(text("pack.schema.json"), InputFormat.JSON);

  static String text(String resource) {
    try (InputStream in = PackSchemaTest.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Value document(String name, String text) {
    return Documents.read(Source.of(name, text), new Diagnostics()).orElseThrow().value();
  }

  private static boolean fits(Value value) {
    return SCHEMA.validate(Json.write(value), InputFormat.JSON).isEmpty();
  }

  private static Set<String> keys(String... path) {
    try {
      Value properties = Json.parse(text("pack.schema.json")).at(path).orElseThrow();
      Set<String> keys = new HashSet<>();
      ((ObjectValue) properties).forEach((key, _) -> keys.add(((StringValue) key).text()));
      return keys;
    } catch (JsonException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theSchemaHasTheKeysThatTheParserKnows() {
    Set<String> rule = new HashSet<>(RuleShape.HEAD);
    rule.addAll(Bodies.typed());
    rule.addAll(Bodies.OTHER_LANGUAGES);
    assertThat(keys("$defs", "rule", "properties")).isEqualTo(rule);
    assertThat(keys("$defs", "pack", "properties")).isEqualTo(Set.copyOf(RuleShape.PACK));
    assertThat(
            keys(
                "$defs",
                "rule",
                "properties",
                "examples",
                "properties",
                "allowed",
                "items",
                "properties"))
        .isEqualTo(Set.copyOf(RuleShape.EXAMPLE));
  }

  @Test
  void aPackWithEveryKindOfRuleFitsBoth() {
    String text = text("good/everything.yaml");
    assertThat(SCHEMA.validate(Json.write(document("x.yaml", text)), InputFormat.JSON)).isEmpty();
    House house = House.allowing().file("packs/everything.yaml", text);
    assertThat(house.problemText()).doesNotContain(": E");
    assertThat(house.policies().broken()).isEmpty();
  }

  @Test
  void theSpecificationsJsonPolicyFitsBoth() {
    String text =
        """
        {"policies": [{"id": "financial-transaction-limit", "rules": [{"resource": "transaction",
        "constraints": {"amount_max": 1000, "daily_aggregate_max": 5000}, "enforcement": "deny"}]}]}
        """;
    assertThat(fits(document("x.json", text))).isTrue();
  }

  /** Each mapping of the good pack, with one key more, is refused by both. */
  @Test
  void anUnknownKeyAnywhereIsRefusedByBoth() {
    String text = text("good/everything.yaml");
    Value pack = document("x.yaml", text);
    List<Value> spoilt = new ArrayList<>();
    spoil(pack, "", spoilt);
    assertThat(spoilt).hasSizeGreaterThan(60);
    for (Value value : spoilt) {
      String json = Json.write(value);
      House house = House.allowing().file("packs/x.json", json);
      house.load();
      boolean parses = house.policies().broken().isEmpty();
      assertThat(parses).as("parser, " + json).isFalse();
      assertThat(fits(value)).as("schema, " + json).isFalse();
    }
  }

  private static final Set<String> FREE =
      Set.of("params", "context", "prefer", "constraints", "credential");

  private static List<Value> spoil(Value value, String key, List<Value> out) {
    for (Value one : variants(value, key)) {
      out.add(one);
    }
    return out;
  }

  /** The value with an unknown key in one of its mappings, once for each mapping. */
  private static List<Value> variants(Value value, String key) {
    List<Value> all = new ArrayList<>();
    if (FREE.contains(key)) {
      return all;
    }
    switch (value) {
      case ObjectValue object -> {
        all.add(object.with("nonsense_key", Value.of(1)));
        for (int i = 0; i < object.size(); i++) {
          String name = ((StringValue) object.key(i)).text();
          for (Value inner : variants(object.value(i), name)) {
            all.add(object.with(name, inner));
          }
        }
      }
      case ArrayValue array -> {
        for (int i = 0; i < array.size(); i++) {
          for (Value inner : variants(array.get(i), key)) {
            List<Value> elements = new ArrayList<>(array.elements());
            elements.set(i, inner);
            all.add(ArrayValue.of(elements));
          }
        }
      }
      case Value _ -> {}
    }
    return all;
  }

  @Test
  void theExamplesOfTheGoodPackHold() {
    House house = House.allowing().file("packs/everything.yaml", text("good/everything.yaml"));
    Diagnostics diagnostics = new Diagnostics();
    int run = 0;
    PackExamples examples =
        new PackExamples(
            house.registry(),
            house.policies().data(),
            dev.bylaw.policy.rule.RuleEnvironment.standard());
    for (Pack pack : house.policies().packs().values()) {
      run += examples.run(pack, diagnostics);
    }
    assertThat(diagnostics.all()).isEmpty();
    assertThat(run).isEqualTo(23);
  }

  @Test
  void anExampleThatComesOutOtherwiseIsTold() {
    House house =
        House.allowing()
            .pack(
                """
                pack: p
                rules:
                  - id: a
                    on: x
                    require: params.amount <= 100
                    examples:
                      allowed: [{action: x, params: {amount: 101}}]
                      violated: [{action: x, params: {amount: 99}}, {action: y}]
                """);
    Diagnostics diagnostics = new Diagnostics();
    PackExamples examples =
        new PackExamples(
            house.registry(),
            house.policies().data(),
            dev.bylaw.policy.rule.RuleEnvironment.standard());
    house.policies().packs().values().forEach(pack -> examples.run(pack, diagnostics));
    assertThat(diagnostics.all())
        .extracting(Object::toString)
        .containsExactly(
            "packs/pack-1.yaml:7:17: E0218: an example of `a` that should be allowed is not:"
                + " `params.amount <= 100` must hold: params.amount <= 100 is false;"
                + " params.amount is 101",
            "packs/pack-1.yaml:8:18: E0218: an example of `a` that should be violated is not: it"
                + " satisfies the rule",
            "packs/pack-1.yaml:8:53: E0218: an example of `a` that should be violated is not: the"
                + " rule is not about it");
  }
}
