package dev.bylaw.cedar.partial;

import dev.bylaw.cedar.authorize.Decision;
import dev.bylaw.cedar.policy.Effect;
import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.policy.Template;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a decision.
 *
 * @param outcomes what is known of each policy, in the order of the set
 */
public record PartialAnswer(List<Outcome> outcomes) {

  /** What is known of a policy. */
  public sealed interface Outcome {
    /** Its id. */
    String policy();

    /** Permit or forbid. */
    Effect effect();

    /** It applies. */
    record Satisfied(String policy, Effect effect) implements Outcome {}

    /** It does not apply. */
    record Unsatisfied(String policy, Effect effect) implements Outcome {}

    /** It cannot be evaluated and is skipped. */
    record Failed(String policy, Effect effect, String message) implements Outcome {}

    /**
     * It depends on what is not known.
     *
     * @param condition what is left to be asked
     */
    record Open(String policy, Effect effect, Expr condition) implements Outcome {}
  }

  public PartialAnswer {
    outcomes = List.copyOf(outcomes);
  }

  /** The decision, if what is known makes it whatever the rest is. */
  public Optional<Decision> decision() {
    if (any(Outcome.Satisfied.class, Effect.FORBID)) {
      return Optional.of(Decision.DENY);
    }
    boolean permitted = any(Outcome.Satisfied.class, Effect.PERMIT);
    if (!permitted && !any(Outcome.Open.class, Effect.PERMIT)) {
      return Optional.of(Decision.DENY);
    }
    return permitted && !any(Outcome.Open.class, Effect.FORBID)
        ? Optional.of(Decision.ALLOW)
        : Optional.empty();
  }

  private boolean any(Class<? extends Outcome> kind, Effect effect) {
    return outcomes.stream().anyMatch(o -> kind.isInstance(o) && o.effect() == effect);
  }

  /** The policies that depend on what is not known. */
  public List<Outcome.Open> open() {
    return outcomes.stream()
        .filter(Outcome.Open.class::isInstance)
        .map(Outcome.Open.class::cast)
        .toList();
  }

  /** The open policies as policies of their own, without scopes. */
  public List<Template> residuals() {
    return open().stream()
        .map(open -> PartialAuthorizer.residual(open, open.condition(), new LinkedHashMap<>()))
        .toList();
  }

  /**
   * All policies as policies of their own, without scopes and with their annotations: those that
   * are decided ask for {@code true} or {@code false}. One that cannot be evaluated never applies.
   */
  public List<Template> allResiduals(PolicySet policies) {
    return outcomes.stream()
        .map(outcome -> {
          Expr condition =
              outcome instanceof Outcome.Open open
                  ? open.condition()
                  : new Expr.Literal(
                      Value.Bool.of(outcome instanceof Outcome.Satisfied), Place.NONE);
          var annotations = new LinkedHashMap<String, String>();
          policies
              .policy(outcome.policy())
              .ifPresent(policy -> annotations.putAll(policy.template().annotations()));
          return PartialAuthorizer.residual(outcome, condition, annotations);
        })
        .toList();
  }
}
