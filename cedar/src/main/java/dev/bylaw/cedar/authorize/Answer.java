package dev.bylaw.cedar.authorize;

import dev.bylaw.cedar.policy.Effect;
import java.util.ArrayList;
import java.util.Arrays;
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
    return ids(
        Arrays.stream(evaluation.satisfied(), 0, count).filter(p -> p.effect == effect).toList());
  }

  /** The ids of the policies that failed, in the order of the set. */
  public List<String> failed() {
    return evaluation.failures == 0
        ? List.of()
        : ids(Arrays.asList(evaluation.failed()).subList(0, evaluation.failures));
  }

  private static List<String> ids(List<CompiledPolicy> policies) {
    if (policies.size() == 1) {
      return List.of(policies.getFirst().policy.id());
    }
    return policies.stream()
        .sorted(Comparator.comparingInt(p -> p.place))
        .map(p -> p.policy.id())
        .toList();
  }

  /** The policies that failed and why; found out when it is asked. */
  public List<Failure> failures() {
    var found = new ArrayList<Failure>();
    var interpreter = new Interpreter(evaluation.request, evaluation.entities);
    CompiledPolicy[] failed = Arrays.copyOf(evaluation.failed(), evaluation.failures);
    Arrays.sort(failed, Comparator.comparingInt(p -> p.place));
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
