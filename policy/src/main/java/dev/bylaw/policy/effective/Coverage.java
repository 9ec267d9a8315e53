package dev.bylaw.policy.effective;

import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.policy.rule.Pattern;
import dev.bylaw.policy.rule.Rule;
import dev.bylaw.policy.rule.RuleBody;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The actions that some rule is about in so many words, whether or not its guard holds. A rule that
 * is about everything without saying so covers nothing.
 */
final class Coverage {
  private final Set<String> actions = new HashSet<>();
  private final Set<String> checkpoints = new HashSet<>();
  private final Set<String> resourceTypes = new HashSet<>();
  private final List<String> prefixes = new ArrayList<>();
  private boolean every;

  Coverage(List<EffectiveRule> rules) {
    for (EffectiveRule effective : rules) {
      Rule rule = effective.rule();
      Pattern pattern = rule.pattern();
      actions.addAll(pattern.actions());
      checkpoints.addAll(pattern.checkpoints());
      prefixes.addAll(pattern.prefixes());
      every |= pattern.every();
      if (!pattern.resourceType().isEmpty()) {
        resourceTypes.add(pattern.resourceType());
      }
      if (pattern.isOpen()) {
        actions.addAll(rule.actionsInGuard());
        if (rule.body() instanceof RuleBody.Foreign foreign) {
          actions.addAll(foreign.policy().reach().named());
          every |= foreign.policy().reach().namesAll();
        }
      }
    }
  }

  /** Whether an action or capability is meant by its name. */
  boolean names(String action) {
    return every
        || actions.contains(action)
        || (!prefixes.isEmpty() && prefixes.stream().anyMatch(action::startsWith));
  }

  /** Whether what an action touches is meant by its type. */
  boolean touches(String resourceType) {
    return resourceTypes.contains(resourceType);
  }

  /** Whether a request is meant. */
  boolean holds(PolicyInput input) {
    return names(input.facts().tool())
        || names(input.facts().capability())
        || (!checkpoints.isEmpty() && checkpoints.contains(input.checkpoint().text()))
        || (!resourceTypes.isEmpty() && resourceTypes.contains(input.resource().text("type")));
  }
}
