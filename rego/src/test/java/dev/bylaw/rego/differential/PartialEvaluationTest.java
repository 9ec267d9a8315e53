package dev.bylaw.rego.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.Request;
import dev.bylaw.rego.partial.Residual;
import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.rego.plan.Query;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartialEvaluationTest {
  private static final String ROLES =
      """
      package p

      default allow := false

      allow if input.role == "admin"

      allow if {
        some r in data.roles
        r == input.role
        not input.blocked
      }

      names contains x if {
        some x in data.roles
        x != input.skip
      }

      level := "high" if {
        input.risk > data.limit
      } else := "low"

      twice(x) := x * 2

      known := count(data.roles)
      """;

  private static Residual left(String query) throws JsonException {
    var data = (ObjectValue) Json.parse("{\"roles\": [\"dev\", \"ops\"], \"limit\": 3}");
    return Policy.compile(List.of(Source.of("p.rego", ROLES)), Options.standard())
        .withData(data)
        .partially(query, List.of("input"), Request.of(null));
  }

  @Test
  void aConditionIsLeftOfEachWayToHold() throws JsonException {
    Residual left = left("data.p.allow == true");
    assertThat(left.queries())
        .containsExactly(
            "input.role == \"admin\"",
            "\"dev\" == input.role\nnot input.blocked",
            "\"ops\" == input.role\nnot input.blocked");
    assertThat(left.support()).isEmpty();
  }

  @Test
  void aRuleWhoseAbsenceCountsIsSupport() throws JsonException {
    Residual left = left("data.p.allow");
    assertThat(left.queries()).containsExactly("data.partial.p.allow");
    assertThat(left.support().get("partial.p.rego"))
        .contains("default allow := false", "not input.blocked", "\"dev\" == input.role");
  }

  @Test
  void membersAndElsesAndFunctionsAreSupport() throws JsonException {
    assertThat(left("data.p.names[x]").support().get("partial.p.rego"))
        .contains("names contains \"dev\" if {\n\t\"dev\" != input.skip\n}");
    assertThat(left("x = data.p.level").support().get("partial.p.rego"))
        .contains("input.risk > 3", "} else := \"low\"");
    assertThat(left("x = data.p.twice(input.a)").support().get("partial.p.rego"))
        .contains("twice(");
  }

  @Test
  void whatIsKnownIsWorkedOut() throws JsonException {
    assertThat(left("x = data.p.known").queries()).containsExactly("x = 2");
    assertThat(left("data.p.known == 2").queries()).containsExactly("");
    assertThat(left("data.p.known == 3").queries()).isEmpty();
    assertThat(left("input.n > data.p.known").queries()).containsExactly("input.n > 2");
  }

  @Test
  void withTheUnknownsFilledInTheAnswerIsTheSame() throws JsonException {
    long seed = Long.getLong("bylaw.seed", 20261126L);
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var programs = new Programs(random);
    int compared = 0;
    for (int i = Integer.getInteger("bylaw.partial", 1500); i > 0; i--) {
      compared += agrees(programs.next(), random) ? 1 : 0;
    }
    System.out.println("bylaw-note: " + compared + " residuals compared");
    assertThat(compared).isGreaterThan(100);
  }

  private static boolean agrees(Question q, Random random) throws JsonException {
    String unknown = List.of("input", "input.a", "data.b", "data.c").get(random.nextInt(4));
    Policy policy;
    Set<Map<String, Value>> wanted;
    Request request =
        Request.of(
            q.input() == null
                ? null
                : Json.parse(q.input().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    try {
      policy = policy(q.modules()).withData(q.data());
      wanted = answers(policy, q.query(), request);
    } catch (DiagnosticsException | EvaluationException e) {
      return false;
    }
    Residual left;
    try {
      left = policy.partially(q.query(), List.of(unknown), request, random.nextBoolean(), Set.of());
    } catch (EvaluationException conflict) {
      // Rules that are worked out ahead may be ones that the query itself never reaches.
      return false;
    }
    Set<Map<String, Value>> found = new HashSet<>();
    try {
      Policy rest = policy(left.support()).withData(q.data());
      for (String query : left.queries()) {
        found.addAll(answers(rest, query.isEmpty() ? "true" : query, request));
      }
    } catch (DiagnosticsException e) {
      // A constant in the place of a name can be one of which the checker knows better: a type that
      // an operand cannot have, or a shape that a pattern cannot have, so that it binds nothing.
      Set<String> known = Set.of("rego_type_error", "rego_unsafe_var_error");
      if (e.diagnostics().stream().map(Diagnostic::code).allMatch(known::contains)) {
        return false;
      }
      throw new AssertionError(q + "\nunknown " + unknown + "\n" + left, e);
    }
    assertThat(found).as("%s\nunknown %s\n%s", q, unknown, left).isEqualTo(wanted);
    return true;
  }

  private static Policy policy(Map<String, String> modules) {
    List<Source> sources =
        modules.entrySet().stream().map(e -> Source.of(e.getKey(), e.getValue())).toList();
    return Policy.compile(sources, Options.standard());
  }

  private static Set<Map<String, Value>> answers(Policy policy, String query, Request request) {
    Set<Map<String, Value>> answers = new HashSet<>();
    for (Query.Solution s : policy.prepare(query + "; true").solutions(request)) {
      answers.add(s.bindings());
    }
    return answers;
  }
}
