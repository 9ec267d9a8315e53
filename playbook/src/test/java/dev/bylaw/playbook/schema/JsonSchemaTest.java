package dev.bylaw.playbook.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.playbook.schema.JsonSchema.Misfit;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaTest {
  private static Value json(String text) {
    try {
      return Json.parse(text.replace('\'', '"'));
    } catch (JsonException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static JsonSchema schema(String text) throws JsonSchema.NoSchemaException {
    return JsonSchema.of(json(text));
  }

  @Test
  void aMisfitSaysWhereAndWhat() throws JsonSchema.NoSchemaException {
    JsonSchema schema =
        schema(
            "{'properties': {'a': {'type': 'array', 'items': {'$ref': '#/$defs/n'}}}, '$defs': {'n': {'type': 'integer', 'maximum': 5}}}");
    assertThat(schema.check(json("{'a': [1, 2]}"))).isEmpty();
    assertThat(schema.check(json("{'a': [1, 7, 'x']}")))
        .extracting(Misfit::path)
        .containsExactlyInAnyOrder("/a/1", "/a/2");
  }

  @Test
  void numbersAreExact() throws JsonSchema.NoSchemaException {
    JsonSchema schema = schema("{'exclusiveMaximum': 1000, 'multipleOf': 0.01}");
    assertThat(schema.check(json("999.99"))).isEmpty();
    assertThat(schema.check(json("1000.00"))).hasSize(1);
    assertThat(schema.check(json("999.999"))).hasSize(1);
    assertThat(schema.check(json("999.9999999999999999999999"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'$ref': '#'}",
        "{'allOf': [{'$ref': '#'}]}",
        "{'items': {'$ref': '#'}}",
        "{'$defs': {'a': {'$ref': '#/$defs/b'}, 'b': {'not': {'$ref': '#/$defs/a'}}}}",
        "{'properties': {'x': {'$ref': '#/$defs/none'}}}",
        "{'$ref': 'https://example.org/schema.json'}",
        "{'$ref': 'file:///etc/passwd'}",
        "{'$ref': '#name', '$defs': {'a': {'$anchor': 'name'}}}",
        "{'$dynamicRef': '#a'}",
        "{'properties': {'x': {'$id': 'https://example.org/x'}}}",
        "{'$schema': 'http://json-schema.org/draft-07/schema#'}",
        "{'type': 'intger'}",
        "{'pattern': '('}",
        "{'pattern': '(?=a)'}",
        "{'patternProperties': {'(': {}}}",
        "{'patternProperties': {'(?=a)': {}}}",
        "{'minimum': 'x'}",
        "[]",
        "'text'"
      })
  void whatLeavesTheSchemaOrTurnsInCirclesIsNone(String text) {
    assertThatThrownBy(() -> schema(text))
        .isInstanceOfSatisfying(
            JsonSchema.NoSchemaException.class, e -> assertThat(e.misfits()).isNotEmpty());
  }

  @Test
  void aSchemaThatDoublesItselfIsRefused() {
    var text = new StringBuilder("{'$ref': '#/$defs/d0', '$defs': {");
    for (int i = 0; i < 40; i++) {
      String next = "{'$ref': '#/$defs/d" + (i + 1) + "'}";
      text.append("'d").append(i).append("': {'allOf': [").append(next).append(',').append(next);
      text.append("]}, ");
    }
    text.append("'d40': {'type': 'string'}}}");
    assertThatThrownBy(() -> schema(text.toString())).hasMessageContaining("more than 10000 parts");
  }

  @Test
  void dataThatLooksLikeASchemaIsData() throws JsonSchema.NoSchemaException {
    JsonSchema schema = schema("{'enum': [{'$ref': 'x'}], 'default': {'$ref': 'y'}}");
    assertThat(schema.check(json("{'$ref': 'x'}"))).isEmpty();
  }
}
