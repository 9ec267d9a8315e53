package dev.bylaw.policy.decision;

import dev.bylaw.policy.Effect;
import dev.bylaw.policy.rule.Obligation;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.StringJoiner;

/** Decisions in words. */
final class Explanation {
  private Explanation() {}

  /** What the agent is told: what stands in the way and what to do; nothing of files and rules. */
  static String forAgent(Decision decision) {
    String action = "`" + decision.action().tool() + "`";
    StringJoiner out = new StringJoiner(" ");
    out.add(
        switch (decision.effect()) {
          case ALLOW -> action + " is allowed.";
          case WARN -> action + " is allowed, with a warning.";
          case REQUIRE_APPROVAL -> action + " needs a person's approval; it was not done.";
          case BLOCK -> action + " is blocked; it was not done.";
        });
    Set<String> said = new LinkedHashSet<>();
    for (Violation violation : decision.violations()) {
      if (!violation.granted()) {
        said.add(sentence(told(violation)));
      }
    }
    said.forEach(out::add);
    if (!decision.note().isEmpty()) {
      out.add(sentence(decision.note()));
    }
    for (Obligation obligation : decision.obligations()) {
      out.add(sentence(obligation.detail()));
    }
    if (decision.effect() == Effect.REQUIRE_APPROVAL) {
      out.add("Wait for the answer, or do without this action.");
    } else if (decision.effect() == Effect.BLOCK && !said.isEmpty()) {
      out.add("Change the action so that this no longer holds, or do without it.");
    }
    return out.toString();
  }

  /** Of a rule that could not be evaluated also why: most often a field that the agent can give. */
  private static String told(Violation violation) {
    return violation.failed() && !violation.detail().isEmpty()
        ? violation.message() + ": " + violation.detail()
        : violation.message();
  }

  /** What the auditor is told: the whole way to the decision. */
  static String forAuditor(Decision decision) {
    StringBuilder out = new StringBuilder();
    DecidedAction action = decision.action();
    out.append(decision.effect().word())
        .append(" (")
        .append(decision.reason().word())
        .append("): ")
        .append(action.agent())
        .append(" → ")
        .append(action.tool());
    if (!action.capability().equals(action.tool())) {
      out.append(" (").append(action.capability()).append(')');
    }
    if (!action.checkpoint().isEmpty()) {
      out.append(" at checkpoint ").append(action.checkpoint());
    }
    out.append("; ")
        .append(decision.consulted().size())
        .append(decision.consulted().size() == 1 ? " rule" : " rules")
        .append(" matched, ")
        .append(decision.violations().size())
        .append(" violated; policies ")
        .append(decision.revision());
    if (!decision.note().isEmpty()) {
      out.append("\n  ").append(decision.note());
    }
    for (Violation violation : decision.violations()) {
      violation(out, violation);
    }
    for (CapStanding cap : decision.caps()) {
      out.append("\n  cap ").append(cap.rule()).append(": ").append(usage(cap));
    }
    for (Obligation obligation : decision.obligations()) {
      out.append("\n  ")
          .append(obligation.kind().word())
          .append(" by ")
          .append(obligation.rule())
          .append(": ")
          .append(obligation.detail());
    }
    for (Overridden overridden : decision.overridden()) {
      out.append("\n  ")
          .append(overridden.rule())
          .append(" is overridden by ")
          .append(overridden.by())
          .append(": ")
          .append(overridden.why());
    }
    return out.toString();
  }

  private static void violation(StringBuilder out, Violation violation) {
    out.append("\n  ")
        .append(violation.enforcement().word())
        .append(" by ")
        .append(violation.title())
        .append(" (")
        .append(violation.severity().word())
        .append(violation.failed() ? ", could not be evaluated" : "")
        .append(violation.granted() ? ", agreed to" : "")
        .append(") at ")
        .append(violation.file())
        .append(':')
        .append(violation.line())
        .append(": ")
        .append(violation.message());
    if (!violation.detail().isEmpty()) {
      out.append(" [").append(violation.detail()).append(']');
    }
  }

  /** {@code 4990 + 10 of at most 5000 USD in day, for c42}. */
  static String usage(CapStanding cap) {
    StringBuilder out = new StringBuilder();
    out.append(cap.used().toPlainString())
        .append(" used + ")
        .append(cap.amount().toPlainString())
        .append(cap.inclusive() ? " of at most " : " of less than ")
        .append(cap.limit().toPlainString());
    if (!cap.currency().isEmpty()) {
      out.append(' ').append(cap.currency());
    }
    out.append(" (").append(cap.window()).append(')');
    if (!cap.key().isEmpty()) {
      out.append(" for ").append(cap.key());
    }
    return out.toString();
  }

  private static String sentence(String text) {
    if (text.isEmpty()) {
      return "";
    }
    String begun = Character.toUpperCase(text.charAt(0)) + text.substring(1);
    return begun.endsWith(".") || begun.endsWith("!") || begun.endsWith("?") ? begun : begun + ".";
  }
}
