package dev.bylaw.policy.rule;

import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.value.StringValue;
import java.util.List;
import java.util.Set;

/**
 * Which requests a rule is about, by facts that are cheap to look at. A request matches if any part
 * of the pattern does: a checkpoint adds rules and never removes one.
 *
 * @param actions names of actions and capabilities
 * @param prefixes beginnings of names, from {@code crm_*}
 * @param every whether every action is meant, by {@code *}
 * @param checkpoints names of checkpoints
 * @param resourceType the type of the resource; empty for any. Stands alone
 */
public record Pattern(
    Set<String> actions,
    List<String> prefixes,
    boolean every,
    Set<String> checkpoints,
    String resourceType) {

  /** Every request, without saying so: it matches all and covers none. */
  public static final Pattern NONE = new Pattern(Set.of(), List.of(), false, Set.of(), "");

  public Pattern {
    actions = Set.copyOf(actions);
    prefixes = List.copyOf(prefixes);
    checkpoints = Set.copyOf(checkpoints);
  }

  /** Actions and capabilities by name, and nothing else. */
  public static Pattern on(Set<String> actions) {
    return new Pattern(actions, List.of(), false, Set.of(), "");
  }

  /** Whether it says nothing, and so matches everything. */
  public boolean isOpen() {
    return actions.isEmpty()
        && prefixes.isEmpty()
        && !every
        && checkpoints.isEmpty()
        && resourceType.isEmpty();
  }

  /** Whether a request is meant, or the pattern says nothing. */
  public boolean matches(PolicyInput input) {
    return isOpen() || covers(input);
  }

  /** Whether a request is meant in so many words; an action that no rule covers is unknown. */
  public boolean covers(PolicyInput input) {
    return every
        || names(input.facts().tool())
        || names(input.facts().capability())
        || (!checkpoints.isEmpty() && checkpoints.contains(input.checkpoint().text()))
        || (!resourceType.isEmpty()
            && input.resource().get("type") instanceof StringValue type
            && resourceType.equals(type.text()));
  }

  /** Whether an action or capability is meant by its name. */
  public boolean names(String action) {
    if (every || actions.contains(action)) {
      return true;
    }
    for (int i = 0; i < prefixes.size(); i++) {
      if (action.startsWith(prefixes.get(i))) {
        return true;
      }
    }
    return false;
  }
}
