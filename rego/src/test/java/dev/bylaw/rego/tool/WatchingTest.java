package dev.bylaw.rego.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.Request;
import dev.bylaw.rego.builtin.JsonText;
import dev.bylaw.rego.plan.Observer;
import dev.bylaw.rego.tool.Explanation.Detail;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WatchingTest {
  private static final Policy POLICY =
      Policy.compile(
          List.of(
              Source.of(
                  "p.rego",
                  """
                  package p

                  default allow := false

                  allow if {
                    input.x > 1
                    input.x > 100
                  }

                  allow if {
                    helper(input.x)
                    trace("after")
                  }

                  helper(x) if {
                    trace("within")
                    y := x + 1; y > 2
                  }

                  odd contains x if {
                    some x in [1, 2, 3]
                    x % 2 == 1
                  }
                  """)),
          Options.standard().withObserved(true));

  private static Explanation explained(String query, String input) {
    var explanation = new Explanation(Source.of("query", query).span(0, query.length()));
    watched(query, input, explanation);
    return explanation;
  }

  private static List<?> watched(String query, String input, Observer observer) {
    return POLICY.prepare(query).solutions(Request.of(json(input)).observedBy(observer));
  }

  private static Value json(String text) {
    try {
      return Json.parse(text);
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whichRulesFiredIsTold() {
    assertThat(explained("data.p.allow", "{\"x\": 5}").pretty(Detail.FULL))
        .isEqualTo(
            """
            query:1       Enter data.p.allow
            p.rego:5      | Enter data.p.allow
            p.rego:6      | | Eval input.x > 1
            p.rego:7      | | Eval input.x > 100
            p.rego:7      | | Fail input.x > 100
            p.rego:10     | Enter data.p.allow
            p.rego:11     | | Eval helper(input.x)
            p.rego:15     | | Enter data.p.helper
            p.rego:16     | | | Eval trace("within")
            p.rego:16     | | | Note "within"
            p.rego:17     | | | Eval y := x + 1
            p.rego:17     | | | Eval y > 2
            p.rego:15     | | | Exit data.p.helper
            p.rego:12     | | Eval trace("after")
            p.rego:12     | | Note "after"
            p.rego:10     | | Exit data.p.allow
            """);
  }

  @Test
  void whyARuleDidNotFireIsTold() {
    assertThat(explained("data.p.allow", "{\"x\": 0}").pretty(Detail.FAILS))
        .isEqualTo(
            """
            query:1       Enter data.p.allow
            p.rego:5      | Enter data.p.allow
            p.rego:6      | | Fail input.x > 1
            p.rego:10     | Enter data.p.allow
            p.rego:15     | | Enter data.p.helper
            p.rego:17     | | | Fail y > 2
            p.rego:11     | | Fail helper(input.x)
            """);
    assertThat(explained("data.p.odd", "{}").pretty(Detail.FAILS))
        .contains("| | Fail x % 2 == 1\n")
        .doesNotContain("Fail some x");
  }

  @Test
  void whatRulesNoteIsToldWithTheWayThere() {
    Explanation explanation = explained("data.p.allow", "{\"x\": 5}");
    assertThat(explanation.pretty(Detail.NOTES))
        .isEqualTo(
            """
            query:1       Enter data.p.allow
            p.rego:10     | Enter data.p.allow
            p.rego:15     | | Enter data.p.helper
            p.rego:16     | | | Note "within"
            p.rego:12     | | Note "after"
            """);
    assertThat(JsonText.compact(explanation.json(Detail.NOTES)))
        .startsWith("[{\"Location\":{\"col\":1,\"file\":\"query\",\"row\":1},\"Op\":\"Enter\"")
        .contains("\"Message\":\"\\\"within\\\"\",\"Op\":\"Note\",\"ParentID\":2,\"QueryID\":3");
  }

  @Test
  void eachLineHasItsCountsAndItsTime() {
    var now = new AtomicLong();
    var profile = new Profile(() -> now.addAndGet(10));
    watched("data.p.odd", "{}", profile);
    assertThat(JsonText.compact(profile.json("query", List.of(Profile.Sort.LINE), 1)))
        .isEqualTo(
            "[{\"location\":{\"col\":3,\"file\":\"p.rego\",\"row\":22},"
                + "\"num_eval\":3,\"num_gen_expr\":1,\"num_redo\":2,\"total_time_ns\":50}]");
    assertThat(profile.pretty("query", List.of(Profile.Sort.NUM_EVAL), 0))
        .isEqualTo(
            """
            ┌──────┬──────────┬──────────┬──────────────┬───────────┐
            │ Time │ Num Eval │ Num Redo │ Num Gen Expr │ Location  │
            ├──────┼──────────┼──────────┼──────────────┼───────────┤
            │ 50ns │ 3        │ 2        │ 1            │ p.rego:22 │
            │ 70ns │ 1        │ 3        │ 1            │ p.rego:21 │
            └──────┴──────────┴──────────┴──────────────┴───────────┘
            """);
  }

  @Test
  void watchingChangesNoAnswer() {
    for (String query : List.of("data.p", "x := data.p.odd[_]; not data.p.nope", "data.p.odd[2]")) {
      var all =
          new Observers(
              List.of(
                  new Coverage(),
                  new Profile(),
                  new Explanation(Source.of("query", query).span(0, 1))));
      assertThat(watched(query, "{\"x\": 5}", all))
          .isEqualTo(POLICY.prepare(query).solutions(Request.of(json("{\"x\": 5}"))));
    }
  }
}
