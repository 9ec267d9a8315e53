package dev.bylaw.policy.pack;

import dev.bylaw.policy.data.NamedData;
import dev.bylaw.policy.registry.Registry;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.policy.request.Facts;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.policy.rule.Evaluation;
import dev.bylaw.policy.rule.Fulfilment;
import dev.bylaw.policy.rule.Outcome;
import dev.bylaw.policy.rule.Rule;
import dev.bylaw.policy.rule.RuleCheck;
import dev.bylaw.policy.rule.RuleEnvironment;
import dev.bylaw.policy.rule.RuleExample;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Runs the examples of rules as tests: each rule alone, about its own examples. */
public final class PackExamples {
  private final Registry registry;
  private final NamedData data;
  private final RuleEnvironment environment;

  /** Examples over an identity. */
  public PackExamples(Registry registry, NamedData data, RuleEnvironment environment) {
    this.registry = registry;
    this.data = data;
    this.environment = environment;
  }

  /**
   * Runs the examples of a pack.
   *
   * @param diagnostics takes those that come out otherwise than the pack says, as {@code E0218}
   * @return how many were run
   */
  public int run(Pack pack, Diagnostics diagnostics) {
    int run = 0;
    for (Rule rule : pack.rules()) {
      for (RuleExample example : rule.examples()) {
        run++;
        check(rule, example, diagnostics);
      }
    }
    return run;
  }

  private void check(Rule rule, RuleExample example, Diagnostics diagnostics) {
    Outcome outcome;
    try {
      outcome = outcome(rule, example.request());
    } catch (IllegalArgumentException | DateTimeException e) {
      diagnostics.error("E0218", example.span(), "the example is no request: " + e.getMessage());
      return;
    }
    Optional<String> wrong =
        switch (outcome) {
          case Outcome.NotApplicable _ ->
              example.violated()
                  ? Optional.of("the rule is not about it")
                  : Optional.<String>empty();
          case Outcome.Satisfied _ ->
              example.violated() ? Optional.of("it satisfies the rule") : Optional.<String>empty();
          case Outcome.Violated(var message, var detail) ->
              example.violated()
                  ? Optional.<String>empty()
                  : Optional.of(message + (detail.isEmpty() ? "" : ": " + detail));
          case Outcome.Breached(var breaches) ->
              example.violated()
                  ? Optional.<String>empty()
                  : Optional.of(breaches.getFirst().rule() + " " + breaches.getFirst().message());
          case Outcome.Failed(var why) ->
              example.violated()
                  ? Optional.<String>empty()
                  : Optional.of("the rule could not be evaluated: " + why);
          case Outcome.Charged(var charge) -> {
            boolean fits = charge.fits(used(example.request()));
            yield fits == example.violated()
                ? Optional.of(fits ? "it fits the cap" : "it passes the cap")
                : Optional.<String>empty();
          }
        };
    wrong.ifPresent(why ->
        diagnostics.error(
            "E0218",
            example.span(),
            "an example of `"
                + rule.id().rule()
                + "` that should be "
                + (example.violated() ? "violated" : "allowed")
                + " is not: "
                + why));
  }

  private Outcome outcome(Rule rule, ObjectValue example) {
    ObjectValue written = example.without("agent").without("has_human_approval");
    for (String own : List.of("credential", "capability", "time", "used", "result")) {
      written = written.without(own);
    }
    ActionRequest request = ActionRequest.fromValue(written, "example");
    Facts facts =
        registry.facts(
            request,
            List.of(),
            example.text("time").isEmpty() ? Instant.EPOCH : Instant.parse(example.text("time")));
    facts = stated(facts, example);
    boolean agreed = example.get("has_human_approval") == BooleanValue.TRUE;
    PolicyInput input = new PolicyInput(request, facts, request.params(), agreed);
    Evaluation evaluation = evaluation(input);
    if (Fulfilment.kind(rule.body()).isPresent() && RuleCheck.guard(rule, evaluation) == null) {
      Value carried = Fulfilment.of(List.of(rule), evaluation).carried();
      evaluation =
          facts.result().isPresent()
              ? evaluation(input.withFacts(facts.withResult(carried)))
              : evaluation(
                  input.withParams(
                      carried instanceof ObjectValue params ? params : input.params()));
    }
    return RuleCheck.check(rule, evaluation);
  }

  private Evaluation evaluation(PolicyInput input) {
    return new Evaluation(
        environment,
        input,
        data,
        new Evaluation.Tenant(registry.identity(), registry.zone(), registry.currency()));
  }

  private static Facts stated(Facts facts, ObjectValue example) {
    ObjectValue agent =
        switch (example.get("agent")) {
          case ObjectValue attributes -> facts.agent().with(attributes);
          case StringValue id -> ObjectValue.of("id", id);
          case null, default -> facts.agent();
        };
    String capability = example.text("capability");
    Facts with =
        new Facts(
            facts.identity(),
            agent,
            example.get("credential") instanceof ObjectValue given ? given : ObjectValue.EMPTY,
            capability.isEmpty() ? facts.capability() : capability,
            facts.tool(),
            facts.resource(),
            facts.besides(),
            facts.time(),
            facts.run(),
            false,
            Optional.empty(),
            Optional.empty());
    Value result = example.get("result");
    return result == null ? with : with.withResult(result);
  }

  private static BigDecimal used(ObjectValue example) {
    return example.get("used") instanceof NumberValue used ? used.decimal() : BigDecimal.ZERO;
  }
}
