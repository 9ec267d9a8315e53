package dev.bylaw.policy.cedar;

import dev.bylaw.cedar.policy.Policy;
import dev.bylaw.cedar.policy.Template;
import dev.bylaw.policy.Enforcement;
import dev.bylaw.policy.Severity;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Span;
import java.util.List;
import java.util.Optional;

/**
 * A policy with what its annotations say.
 *
 * @param severity {@code @severity}
 * @param enforcement {@code @enforcement}
 * @param message {@code @message}; empty where there is none
 * @param span where it stands
 */
record Annotated(
    Policy policy,
    Optional<Severity> severity,
    Optional<Enforcement> enforcement,
    String message,
    Span span) {
  static final String UNKNOWN = "E0203";

  /** Reads the annotations; words that are none go to the diagnostics. */
  static Annotated of(Policy policy, Span fallback, Diagnostics diagnostics) {
    Template template = policy.template();
    Span span = template.place().spanOr(fallback);
    Span head = span.source().span(span.start(), span.start());
    String severity = template.annotations().getOrDefault("severity", "");
    String enforcement = template.annotations().getOrDefault("enforcement", "");
    Optional<Severity> grave = Severity.named(severity);
    Optional<Enforcement> level = Enforcement.named(enforcement);
    if (template.annotations().containsKey("severity") && grave.isEmpty()) {
      unknown("severity", severity, head, Severity.WORDS, diagnostics);
    }
    if (template.annotations().containsKey("enforcement") && level.isEmpty()) {
      unknown("enforcement", enforcement, head, Enforcement.WORDS, diagnostics);
    }
    return new Annotated(
        policy, grave, level, template.annotations().getOrDefault("message", ""), span);
  }

  private static void unknown(
      String what, String found, Span span, List<String> known, Diagnostics diagnostics) {
    diagnostics.error(
        UNKNOWN,
        span,
        "unknown "
            + what
            + " `"
            + found
            + "`, expected one of `"
            + String.join("`, `", known)
            + "`",
        DidYouMean.hint(found, known));
  }

  String id() {
    return policy.id();
  }
}
