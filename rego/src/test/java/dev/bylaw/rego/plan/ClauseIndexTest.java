package dev.bylaw.rego.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.PreparedQuery;
import dev.bylaw.rego.Request;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules that cannot hold are not looked at; all that can are. */
final class ClauseIndexTest {
  private static final String PREFIXES =
      """
      package p

      found contains "a" if startswith(input.path, "/a/")
      found contains "ab" if startswith(input.path, "/a/b/")
      found contains "c" if startswith(input.path, "/c/")
      found contains "all" if startswith(input.path, "")
      found contains "glob" if glob.match("/a/*/x", ["/"], input.path)
      found contains "wild" if glob.match("*/x", [], input.path)
      found contains "braces" if glob.match("{/a/b,/c}/x", [], input.path)
      found contains "escaped" if glob.match("/a\\\\*x", [], input.path)
      found contains "read" if input.action == "read"
      found contains "write" if input.action == "write"
      found contains "either" if input.action in ["read", "write"]
      found contains "always" if true
      """;

  private static PreparedQuery query(String module, String text) {
    return Policy.compile(
            List.of(Source.of("p.rego", module)), Options.standard().withObserved(true))
        .prepare(text);
  }

  private static Value json(String text) throws JsonException {
    return Json.parse(text);
  }

  private static String found(String input) throws JsonException {
    return query(PREFIXES, "data.p.found").value(Request.of(json(input))).orElseThrow().toString();
  }

  @Test
  void aTextIsMetByAllOfItsPrefixesAndByWhatAsksOtherQuestions() throws JsonException {
    assertThat(found("{\"path\": \"/a/b/x\", \"action\": \"read\"}"))
        .isEqualTo(
            "[\"a\",\"ab\",\"all\",\"always\",\"braces\",\"either\",\"glob\",\"read\",\"wild\"]");
    assertThat(found("{\"path\": \"/c/x\", \"action\": \"write\"}"))
        .isEqualTo("[\"all\",\"always\",\"braces\",\"c\",\"either\",\"wild\",\"write\"]");
    assertThat(found("{\"path\": \"/a*x\"}")).isEqualTo("[\"all\",\"always\",\"escaped\"]");
    assertThat(found("{\"path\": \"/\"}")).isEqualTo("[\"all\",\"always\"]");
  }

  @Test
  void whatIsMissingOrNoTextMeetsNoPrefix() throws JsonException {
    assertThat(found("{}")).isEqualTo("[\"always\"]");
    assertThat(found("{\"path\": 7}")).isEqualTo("[\"always\"]");
  }

  @Test
  void rulesThatAreLeftOutAreNotEvaluated() throws JsonException {
    List<String> entered = new ArrayList<>();
    Observer observer =
        new Observer() {
          @Override
          public void enter(Span literal) {
            entered.add(literal.text());
          }

          @Override
          public void pass(Span literal) {}

          @Override
          public void rule(String name, Span rule) {}
        };

    query(PREFIXES, "data.p.found")
        .value(Request.of(json("{\"path\": \"/c/\"}")).observedBy(observer));

    assertThat(entered)
        .contains("startswith(input.path, \"/c/\")")
        .doesNotContain("startswith(input.path, \"/a/\")", "input.action == \"read\"");
  }

  @Test
  void anErrorOfTheComparisonIsNotHiddenByTheIndex() throws JsonException {
    PreparedQuery query = query(PREFIXES, "data.p.found");
    Request strict = Request.of(json("{\"path\": 7}")).withStrictErrors(true);

    assertThatThrownBy(() -> query.value(strict))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("startswith");
  }

  @Test
  void aReplacedComparisonIsAskedItself() throws JsonException {
    String module =
        """
        package p

        always_true(_, _) := true

        found contains 1 if startswith(input.path, "/a/")
        found contains 2 if startswith(input.path, "/b/")
        found contains 3 if startswith(input.path, "/c/")

        all := replaced if replaced := found with startswith as always_true
        """;

    assertThat(
            query(module, "data.p.all").value(Request.of(json("{\"path\": \"/z\"}"))).orElseThrow())
        .hasToString("[1,2,3]");
  }

  @Test
  void argumentsOfFunctionsAreLookedUp() {
    String module =
        """
        package p

        kind(x) := "a" if startswith(x, "a-")
        kind(x) := "b" if startswith(x, "b-")
        kind(x) := "c" if startswith(x, "c-")

        kinds := [kind("b-1"), kind("c-1"), kind("a-1")]
        """;

    assertThat(query(module, "data.p.kinds").value(Request.of(null)).orElseThrow())
        .hasToString("[\"b\",\"c\",\"a\"]");
  }
}
