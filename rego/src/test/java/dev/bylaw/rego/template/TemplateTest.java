package dev.bylaw.rego.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.PreparedQuery;
import dev.bylaw.rego.Request;
import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code strings.render_template}, beside what OPA's answers were. */
class TemplateTest {
  private static final PreparedQuery RENDER =
      Policy.compile(List.of(), Options.standard())
          .prepare("strings.render_template(input.template, input.data)");

  static Stream<String> filled() throws IOException {
    try (InputStream in = TemplateTest.class.getResourceAsStream("filled.jsonl")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
    }
  }

  private static String render(ObjectValue of) {
    Request request = Request.of(of).withStrictErrors(true).withBudget(20_000, null);
    return ((StringValue) RENDER.value(request).orElseThrow()).text();
  }

  @ParameterizedTest
  @MethodSource("filled")
  void aTemplateGivesWhatOpaMakesOfIt(String line) throws JsonException {
    ObjectValue each = (ObjectValue) Json.parseAsWritten(line.getBytes(StandardCharsets.UTF_8));
    if (each.has("gives")) {
      assertThat(render(each)).isEqualTo(each.text("gives"));
    } else {
      assertThatThrownBy(() -> render(each))
          .isInstanceOf(EvaluationException.class)
          .hasMessageEndingWith("strings.render_template: " + each.text("fails"));
    }
  }

  private static ObjectValue of(String template, String data) throws JsonException {
    return ObjectValue.of("template", StringValue.of(template), "data", Json.parse(data));
  }

  @Test
  void aTemplateThatCallsItselfOrLoopsOnAndOnEndsWithAnError() throws JsonException {
    assertThatThrownBy(
            () -> render(of("{{define \"a\"}}{{template \"a\"}}{{end}}{{template \"a\"}}", "{}")))
        .hasMessageContaining("exceeded maximum template depth");
    String loops = "{{range 1000000}}".repeat(6) + "{{end}}".repeat(6);
    assertThatThrownBy(() -> render(of(loops, "{}"))).hasMessageContaining("steps");
    assertThatThrownBy(() -> render(of("{{" + "(".repeat(100_000), "{}")))
        .hasMessageContaining("template");
    assertThatThrownBy(() -> render(of("{{if .a}}".repeat(100_000), "{}")))
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void aSetHasNoPlaceInATemplatesData() {
    assertThatThrownBy(() ->
            Policy.compile(List.of(), Options.standard())
                .prepare("strings.render_template(\"\", {\"a\": {1}})")
                .value(Request.of(null).withStrictErrors(true)))
        .isInstanceOf(EvaluationException.class);
  }
}
