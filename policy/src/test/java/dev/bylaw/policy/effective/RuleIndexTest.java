package dev.bylaw.policy.effective;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.House;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.policy.rule.Evaluation;
import dev.bylaw.policy.rule.Outcome;
import dev.bylaw.policy.rule.RuleCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleIndexTest {
  private static final List<String> ACTIONS = List.of("pay", "mail", "http", "crm_a", "x");

  /** Whatever the index leaves out is not applicable, for random rules and requests. */
  @Test
  void theIndexNeverLeavesOutARuleThatApplies() {
    long seed = Long.getLong("seed", 20260301L);
    Random random = new Random(seed);
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      rules.append(rule(random, i));
    }
    House house = House.allowing().rules(rules.toString());
    assertThat(house.problems()).allMatch(each -> !each.isError());
    AgentPolicy agent = house.policies().agent("bot").orElseThrow();
    List<EffectiveRule> all = agent.effective().applying();
    int found = 0;
    for (int i = 0; i < 500; i++) {
      Evaluation evaluation = evaluation(house, request(random));
      Set<Integer> candidates = new HashSet<>();
      for (int place : agent.candidates(evaluation)) {
        assertThat(candidates.add(place)).isTrue();
      }
      found += candidates.size();
      for (int place = 0; place < all.size(); place++) {
        Outcome outcome = RuleCheck.check(all.get(place).rule(), evaluation);
        if (!candidates.contains(place)) {
          assertThat(outcome)
              .as("seed " + seed + ", " + all.get(place).rule())
              .isEqualTo(Outcome.NOT_APPLICABLE);
        }
      }
    }
    // It is an index, not a list of everything.
    assertThat(found).isLessThan(500 * 300 / 2);
  }

  private static String rule(Random random, int number) {
    String action = ACTIONS.get(random.nextInt(ACTIONS.size()));
    String when =
        switch (random.nextInt(8)) {
          case 0 -> "params.kind == 'k" + random.nextInt(9) + "'";
          case 1 -> "params.kind in ['k1', 'k2'] && params.n > 3";
          case 2 -> "params.n > 3 || params.kind == 'k3'";
          case 3 -> "action == '" + action + "'";
          case 4 -> "params.kind == 'k" + random.nextInt(9) + "' && agent.role == 'agent'";
          case 5 -> "params.n == " + random.nextInt(5);
          case 6 -> "!(params.kind == 'k1')";
          default -> "";
        };
    String on =
        switch (random.nextInt(5)) {
          case 0 -> "";
          case 1 -> "on: '*', ";
          case 2 -> "on: [crm_*, " + action + "], ";
          default -> "on: " + action + ", ";
        };
    return "- {id: r"
        + number
        + ", "
        + on
        + (when.isEmpty() ? "" : "when: \"" + when + "\", ")
        + (random.nextInt(9) == 0 ? "checkpoint: c, " : "")
        + "require: \"false\"}\n";
  }

  private static String request(Random random) {
    StringBuilder out = new StringBuilder("{\"action\": \"");
    out.append(ACTIONS.get(random.nextInt(ACTIONS.size()))).append('"');
    if (random.nextInt(4) > 0) {
      out.append(", \"kind\": \"k").append(random.nextInt(9)).append('"');
    }
    if (random.nextInt(4) > 0) {
      out.append(", \"n\": ").append(random.nextInt(6)).append(random.nextBoolean() ? ".0" : "");
    }
    if (random.nextInt(4) == 0) {
      out.append(", \"checkpoint\": \"c\"");
    }
    return out.append('}').toString();
  }

  private static Evaluation evaluation(House house, String json) {
    ActionRequest request = ActionRequest.fromValue(House.json(json), "bot");
    PolicySet policies = house.policies();
    var facts = policies.registry().facts(request, List.of(), House.NOW);
    return new Evaluation(
        policies.environment(),
        new PolicyInput(request, facts, request.params(), false),
        policies.data(),
        policies.tenant());
  }

  @Test
  void ofManyRulesOnlyThoseForTheCustomerAreFound() {
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      rules.append("- {id: r").append(i).append(", on: pay, when: \"params.customer == 'c");
      rules.append(i).append("'\", require: \"true\"}\n");
    }
    House house = House.allowing().rules(rules.toString());
    AgentPolicy agent = house.policies().agent("bot").orElseThrow();
    assertThat(agent.candidates(evaluation(house, "{\"action\": \"pay\", \"customer\": \"c123\"}")))
        .containsExactly(123);
    assertThat(agent.candidates(evaluation(house, "{\"action\": \"pay\"}"))).hasSize(500);
    assertThat(agent.candidates(evaluation(house, "{\"action\": \"mail\"}"))).isEmpty();
  }

  @Test
  void theTraceSaysForEachRuleHowFarItCame() {
    House house =
        House.of(
                """
                identity: acme
                default: allow
                agents: {bot: {packs: [p], precedence: identity_overrides, overrides: [{id: s, signature: mine}]}}
                """)
            .pack(
                """
                pack: p
                rules:
                  - {id: other, on: y, require: "true"}
                  - {id: guard, on: x, when: params.a == 1, require: "true"}
                  - {id: ok, on: x, require: "true"}
                  - {id: bad, on: x, require: "false", message: never}
                  - {id: broken, on: x, require: params.missing}
                  - {id: sign, signature: Ours}
                  - {id: files, attachments: {max_count: 1}}
                """)
            .pack("pack: q\nrules: [{id: q, on: x, require: \"true\"}]\n");
    assertThat(house.problemText()).isEmpty();
    ActionRequest request =
        ActionRequest.fromValue(
            House.json("{\"action\": \"x\", \"a\": 2, \"body\": \"b\"}"), "bot");
    var facts = house.policies().registry().facts(request, List.of(), House.NOW);
    var trace = house.point().why(request, facts, house.usage());
    List<String> lines = new ArrayList<>();
    trace.rules().forEach(line -> lines.add(line.rule().rule().id() + " " + line.step().word()));
    assertThat(lines)
        .containsExactly(
            "p/other not_matched",
            "p/guard guard_false",
            "p/ok satisfied",
            "p/bad violated",
            "p/broken failed",
            "p/sign satisfied",
            "p/files not_applicable",
            "agent:bot/s overridden",
            "q/q not_attached");
    assertThat(trace.toValue().get("rules")).isNotNull();
    assertThat(trace.rules().getFirst().rule().toValue().text("file"))
        .isEqualTo("packs/pack-1.yaml");
  }
}
