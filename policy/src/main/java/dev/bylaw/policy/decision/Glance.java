package dev.bylaw.policy.decision;

import dev.bylaw.policy.cap.CapCharge;
import dev.bylaw.policy.cap.CapUsage;
import dev.bylaw.policy.effective.AgentPolicy;
import dev.bylaw.policy.effective.EffectiveRule;
import dev.bylaw.policy.rule.Evaluation;
import dev.bylaw.policy.rule.Outcome;
import dev.bylaw.policy.rule.RuleBody;
import dev.bylaw.policy.rule.RuleCheck;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * Looks at the ledger on behalf of a policy: where a cap of the agent stands for the request. It
 * reserves nothing, so that a hard limit is the cap's own matter; within one evaluation the same
 * cap always stands in the same way.
 */
final class Glance implements Evaluation.CapGlance {
  private final AgentPolicy agent;
  private final CapUsage usage;
  private final Map<String, ObjectValue> seen = new HashMap<>(2);

  Glance(AgentPolicy agent, CapUsage usage) {
    this.agent = agent;
    this.usage = usage;
  }

  @Override
  public ObjectValue at(String rule, Evaluation evaluation) {
    ObjectValue known = seen.get(rule);
    if (known == null) {
      known = look(rule, evaluation);
      seen.put(rule, known);
    }
    return known;
  }

  private ObjectValue look(String name, Evaluation evaluation) {
    for (EffectiveRule each : agent.effective().applying()) {
      if (each.rule().id().name().equals(name) && each.rule().body() instanceof RuleBody.Cap) {
        return switch (RuleCheck.demand(each.rule(), evaluation)) {
          case Outcome.Charged(var charge) -> standing(charge, evaluation);
          case Outcome.Failed(var why) -> throw new IllegalArgumentException(why);
          case Outcome.NotApplicable _,
              Outcome.Satisfied _,
              Outcome.Violated _,
              Outcome.Breached _ ->
              throw new IllegalArgumentException("`" + name + "` is not about this request");
        };
      }
    }
    throw new IllegalArgumentException("the agent has no cap `" + name + "`");
  }

  private ObjectValue standing(CapCharge charge, Evaluation evaluation) {
    BigDecimal used = usage.used(charge.counter(), charge.window(), evaluation.input().instant());
    return ObjectValue.builder(5)
        .put("used", NumberValue.of(used))
        .put("amount", NumberValue.of(charge.amount()))
        .put("limit", NumberValue.of(charge.limit()))
        .put("left", NumberValue.of(charge.limit().subtract(used)))
        .put("currency", charge.counter().currency())
        .build();
  }
}
