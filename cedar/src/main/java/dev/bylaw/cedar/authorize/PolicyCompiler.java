package dev.bylaw.cedar.authorize;

import dev.bylaw.cedar.policy.Policy;
import dev.bylaw.cedar.policy.Scope;
import dev.bylaw.cedar.policy.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles policies; a condition that several have is compiled once and asked once. */
final class PolicyCompiler {
  private record Body(boolean unless, dev.bylaw.cedar.policy.Expr expr) {}

  private final Map<Body, Integer> uses = new HashMap<>();
  private final Map<Body, Code> compiled = new HashMap<>();
  private final HeldAttributes attributes = new HeldAttributes();
  private int sharedConditions;

  List<CompiledPolicy> compile(Collection<Policy> policies) {
    for (Policy policy : policies) {
      for (Template.Condition condition : policy.template().conditions()) {
        if (uses.merge(body(condition), 1, Integer::sum) == 1) {
          attributes.count(condition.body());
        }
      }
    }
    var all = new ArrayList<CompiledPolicy>(policies.size());
    for (Policy policy : policies) {
      Code[] conditions =
          policy.template().conditions().stream().map(this::condition).toArray(Code[]::new);
      all.add(
          new CompiledPolicy(
              policy,
              all.size(),
              typeBesideContainer(policy.principal()),
              typeBesideContainer(policy.resource()),
              conditions));
    }
    return all;
  }

  Evaluation.Shared shared() {
    return new Evaluation.Shared(sharedConditions, attributes.held());
  }

  private static Body body(Template.Condition condition) {
    return new Body(condition.unless(), condition.body());
  }

  private static @Nullable String typeBesideContainer(Scope scope) {
    return scope instanceof Scope.IsIn(var type, _, _) ? type.intern() : null;
  }

  private Code condition(Template.Condition condition) {
    Body body = body(condition);
    Code known = compiled.get(body);
    if (known != null) {
      return known;
    }
    Code code = new ExprCompiler(attributes).compile(condition.body());
    if (condition.unless()) {
      code = new Codes.Not(code);
    }
    if (uses.getOrDefault(body, 1) > 1) {
      code = new Codes.Shared(sharedConditions++, code);
    }
    compiled.put(body, code);
    return code;
  }
}
