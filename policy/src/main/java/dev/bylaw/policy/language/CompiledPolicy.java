package dev.bylaw.policy.language;

import dev.bylaw.policy.Enforcement;
import dev.bylaw.policy.Severity;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.syntax.Span;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A policy that is ready to be asked. Immutable for its users, and thread-safe. */
public interface CompiledPolicy {
  /** Which requests it can say anything about. */
  Reach reach();

  /**
   * Asks the policy. Whatever the request holds, there is an answer.
   *
   * @param input what is known of the request
   * @param host the named data of now, and functions
   * @param budget how long it may take
   */
  Answer evaluate(PolicyInput input, LanguageHost host, Duration budget);

  /**
   * Why each of its rules is not violated: for people, one line for each, without a line break at
   * the end. Takes its time; asked by {@code bylaw why} only.
   */
  String explain(PolicyInput input, LanguageHost host, Duration budget);

  /** What a policy says of a request. */
  sealed interface Answer {
    /** It has nothing to say about this request. */
    Answer NOT_APPLICABLE = new NotApplicable();

    /** The request is as it demands. */
    Answer SATISFIED = new Evaluated(List.of());

    /** It has nothing to say about this request. */
    record NotApplicable() implements Answer {}

    /**
     * It was evaluated.
     *
     * @param breaches empty if the request satisfies it
     */
    record Evaluated(List<Breach> breaches) implements Answer {
      public Evaluated {
        breaches = List.copyOf(breaches);
      }
    }
  }

  /**
   * One violation, or one rule that could not be evaluated, which counts as one.
   *
   * @param rule the name of the rule in the policy: {@code deny_external_api}
   * @param message for people; empty where the policy gives none
   * @param detail how it was found, or why it failed; may be empty
   * @param severity as the policy states it
   * @param enforcement as the policy states it
   * @param failed whether it could not be evaluated: an error, or the budget ran out
   * @param span the place in the policy
   */
  record Breach(
      String rule,
      String message,
      String detail,
      Optional<Severity> severity,
      Optional<Enforcement> enforcement,
      boolean failed,
      Span span) {
    public Breach {
      Objects.requireNonNull(rule);
      Objects.requireNonNull(message);
      Objects.requireNonNull(detail);
      Objects.requireNonNull(severity);
      Objects.requireNonNull(enforcement);
      Objects.requireNonNull(span);
    }
  }
}
