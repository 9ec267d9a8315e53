package dev.bylaw.cedar.authorize;

import dev.bylaw.cedar.policy.Effect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** A decision and why. */
public final class Answer {
  /**
   * A policy that could not be evaluated and was skipped.
   *
   * @param policy its id
   * @param message why
   * @param where the place of the failing part, {@code file:line:column}, or the empty text
   */
  public record Failure(String policy, String message, String where) {}

  private static final Comparator<CompiledPolicy> BY_PLACE =
      Comparator.comparingInt(policy -> policy.place);

  private final Evaluation evaluation;

  Answer(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** Allow if some permit is satisfied and no forbid is. */
  public Decision decision() {
    return evaluation.forbids == 0 && evaluation.permits > 0 ? Decision.ALLOW : Decision.DENY;
  }

  /** Whether the decision is to allow. */
  public boolean isAllowed() {
    return decision() == Decision.ALLOW;
  }

  /** Whether some permit is satisfied, whatever forbids say. */
  public boolean isPermitted() {
    return evaluation.permits > 0;
  }

  /**
   * The ids of the policies that made the decision, in the order of the set: the satisfied forbids,
   * or if there are none the satisfied permits.
   */
  public List<String> reasons() {
    Effect effect = evaluation.forbids > 0 ? Effect.FORBID : Effect.PERMIT;
    int count = evaluation.forbids + evaluation.permits;
    if (count == 0) {
      return List.of();
    }
    CompiledPolicy[] satisfied = evaluation.satisfied();
    var made = new CompiledPolicy[effect == Effect.FORBID ? evaluation.forbids : count];
    int found = 0;
    for (int i = 0; i < count; i++) {
      if (satisfied[i].effect == effect) {
        made[found++] = satisfied[i];
      }
    }
    return ids(made);
  }

  /** The ids of the policies that failed, in the order of the set. */
  public List<String> failed() {
    return evaluation.failures == 0
        ? List.of()
        : ids(Arrays.copyOf(evaluation.failed(), evaluation.failures));
  }

  /** The ids in the order of the set; those of one place in the index come in order already. */
  private static List<String> ids(CompiledPolicy[] policies) {
    if (policies.length == 1) {
      return List.of(policies[0].policy.id());
    }
    Arrays.sort(policies, BY_PLACE);
    var ids = new String[policies.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = policies[i].policy.id();
    }
    return Collections.unmodifiableList(Arrays.asList(ids));
  }

  /** The policies that failed and why; found out when it is asked. */
  public List<Failure> failures() {
    var found = new ArrayList<Failure>();
    var interpreter = new Interpreter(evaluation.request, evaluation.entities);
    CompiledPolicy[] failed = Arrays.copyOf(evaluation.failed(), evaluation.failures);
    Arrays.sort(failed, BY_PLACE);
    for (CompiledPolicy policy : failed) {
      try {
        boolean satisfied = interpreter.isSatisfied(policy.policy);
        throw new IllegalStateException(
            policy.policy.id() + " failed, but evaluates to " + satisfied);
      } catch (EvaluationException why) {
        found.add(new Failure(policy.policy.id(), why.getMessage(), why.place().toString()));
      }
    }
    return found;
  }

  @Override
  public String toString() {
    return decision() + " because of " + reasons() + ", failed " + failed();
  }
}
