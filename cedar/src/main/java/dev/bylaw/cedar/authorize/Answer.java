package dev.bylaw.cedar.authorize;

import dev.bylaw.cedar.policy.Effect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    return ids(
        evaluation.satisfied(),
        count,
        effect,
        effect == Effect.FORBID ? evaluation.forbids : evaluation.permits);
  }

  /** The ids of the policies that failed, in the order of the set. */
  public List<String> failed() {
    return ids(evaluation.failed(), evaluation.failures, null, evaluation.failures);
  }

  /**
   * The ids in the order of the set; those of one place in the index come in order already.
   *
   * @param count how many policies there are
   * @param effect of those that are wanted; null wants all
   * @param wanted how many those are
   */
  private static List<String> ids(
      CompiledPolicy[] policies, int count, @Nullable Effect effect, int wanted) {
    if (wanted == 0) {
      return List.of();
    }
    var ids = new String[wanted];
    int found = 0;
    int before = -1;
    for (int i = 0; i < count; i++) {
      CompiledPolicy policy = policies[i];
      if (effect == null || policy.effect == effect) {
        if (policy.place < before) {
          return ids(sorted(policies, count), count, effect, wanted);
        }
        before = policy.place;
        ids[found++] = policy.policy.id();
      }
    }
    return wanted == 1 ? List.of(ids[0]) : Collections.unmodifiableList(Arrays.asList(ids));
  }

  private static CompiledPolicy[] sorted(CompiledPolicy[] policies, int count) {
    CompiledPolicy[] sorted = Arrays.copyOf(policies, count);
    Arrays.sort(sorted, BY_PLACE);
    return sorted;
  }

  /** The policies that failed and why; found out when it is asked. */
  public List<Failure> failures() {
    var found = new ArrayList<Failure>();
    var interpreter = new Interpreter(evaluation.request, evaluation.entities);
    for (CompiledPolicy policy : sorted(evaluation.failed(), evaluation.failures)) {
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
