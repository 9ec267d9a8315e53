package dev.bylaw.policy.language;

import dev.bylaw.policy.Enforcement;
import dev.bylaw.policy.Severity;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.syntax.Span;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A policy that is ready to be asked. Immutable and thread-safe. */
public interface CompiledPolicy {
  /**
   * The actions and capabilities that it can say anything about; empty if that may be any. For
   * every other action it is neither violated nor failed, and need not be asked.
   */
  Set<String> actions();

  /**
   * Asks the policy.
   *
   * @param input what is known of the request
   * @param host the named data of now, and functions
   * @param budget how long it may take
   */
  Answer evaluate(PolicyInput input, LanguageHost host, Duration budget);

  /** What a policy says of a request. */
  sealed interface Answer {
    /** It has nothing to say about this request. */
    record NotApplicable() implements Answer {}

    /**
     * It was evaluated.
     *
     * @param violations empty if the request satisfies it
     */
    record Evaluated(List<Breach> violations) implements Answer {
      public Evaluated {
        violations = List.copyOf(violations);
      }
    }

    /**
     * It could not be evaluated: an error, or the budget ran out. Counts as violated.
     *
     * @param message why, for people: lower case, no full stop
     * @param span the place in the policy
     */
    record Failed(String message, Span span) implements Answer {}
  }

  /**
   * One violation.
   *
   * @param rule the name of the rule in the policy: {@code deny_external_api}
   * @param message for people; empty where the policy gives none
   * @param severity as the policy states it
   * @param enforcement as the policy states it
   * @param span the place in the policy
   */
  record Breach(
      String rule,
      String message,
      Optional<Severity> severity,
      Optional<Enforcement> enforcement,
      Span span) {
    public Breach {
      Objects.requireNonNull(rule);
      Objects.requireNonNull(message);
      Objects.requireNonNull(severity);
      Objects.requireNonNull(enforcement);
      Objects.requireNonNull(span);
    }
  }
}
