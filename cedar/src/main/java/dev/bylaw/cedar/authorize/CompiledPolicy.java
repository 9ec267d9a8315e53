package dev.bylaw.cedar.authorize;

import dev.bylaw.cedar.policy.Effect;
import dev.bylaw.cedar.policy.Policy;
import org.jspecify.annotations.Nullable;

/** A policy with its conditions compiled, and what the index cannot tell of its scope. */
final class CompiledPolicy {
  final Policy policy;
  final Effect effect;
  final int place;

  /** The type that an {@code is … in …} of the scope asks for, beside the container. */
  final @Nullable String principalType;

  final @Nullable String resourceType;
  private final Code[] conditions;

  CompiledPolicy(
      Policy policy,
      int place,
      @Nullable String principalType,
      @Nullable String resourceType,
      Code[] conditions) {
    this.policy = policy;
    this.effect = policy.effect();
    this.place = place;
    this.principalType = principalType;
    this.resourceType = resourceType;
    this.conditions = conditions;
  }

  /** Whether it applies, where the index has found its scope to hold. */
  @SuppressWarnings("ReferenceEquality") // types are interned
  int test(Evaluation on) {
    if ((principalType != null && principalType != on.request.principal().type())
        || (resourceType != null && resourceType != on.request.resource().type())) {
      return Code.FALSE;
    }
    for (Code condition : conditions) {
      int truth = condition.test(on);
      if (truth != Code.TRUE) {
        return truth;
      }
    }
    return Code.TRUE;
  }
}
