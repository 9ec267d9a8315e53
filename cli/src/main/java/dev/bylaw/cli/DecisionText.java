package dev.bylaw.cli;

import dev.bylaw.cli.Screen.Style;
import dev.bylaw.policy.Effect;
import dev.bylaw.policy.decision.CapStanding;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.decision.Overridden;
import dev.bylaw.policy.decision.Violation;
import dev.bylaw.policy.rule.Obligation;
import java.util.Locale;

/** A decision as people read it. */
final class DecisionText {
  private final Screen screen;
  private final String indent;

  DecisionText(Screen screen, String indent) {
    this.screen = screen;
    this.indent = indent;
  }

  /** The word of an effect, in its colour. */
  static String word(Screen screen, Effect effect) {
    String word = effect.word().replace('_', ' ').toUpperCase(Locale.ROOT);
    return switch (effect) {
      case ALLOW -> screen.styled(Style.GOOD, word);
      case WARN -> screen.styled(Style.WARNING, word);
      case REQUIRE_APPROVAL -> screen.styled(Style.ASK, word);
      case BLOCK -> screen.styled(Style.BAD, word);
    };
  }

  /** The whole decision: what it comes to, and every rule that had a part in it. */
  void print(Decision decision) {
    String action = decision.action().tool();
    String capability = decision.action().capability();
    screen.line(
        indent,
        word(screen, decision.effect()),
        "  ",
        screen.styled(Style.BOLD, decision.action().agent() + " → " + action),
        capability.equals(action) ? "" : screen.styled(Style.DIM, " (" + capability + ")"),
        decision.action().checkpoint().isEmpty()
            ? ""
            : screen.styled(Style.DIM, " at " + decision.action().checkpoint()));
    reasons(decision);
  }

  /** Why, without the first line. */
  void reasons(Decision decision) {
    if (!decision.note().isEmpty()) {
      line("· ", decision.note());
    }
    for (Violation violation : decision.violations()) {
      violation(violation);
    }
    for (CapStanding cap : decision.caps()) {
      line("· ", "cap " + cap.rule() + ": " + usage(cap));
    }
    for (Obligation obligation : decision.obligations()) {
      line(
          "· ", obligation.kind().word() + " by " + obligation.rule() + ": " + obligation.detail());
    }
    for (Overridden each : decision.overridden()) {
      line("· ", each.rule() + " is overridden by " + each.by() + ": " + each.why());
    }
  }

  private void violation(Violation violation) {
    String state =
        violation.granted() ? ", agreed to" : violation.failed() ? ", could not be evaluated" : "";
    screen.line(
        indent,
        "  ",
        screen.styled(violation.granted() ? Style.DIM : Style.BAD, "✗ " + violation.title()),
        screen.styled(
            Style.DIM,
            " ("
                + violation.severity().word()
                + ", "
                + violation.enforcement().word()
                + state
                + ") "
                + violation.file()
                + ":"
                + violation.line()));
    screen.line(indent, "    ", Screen.printable(violation.message()));
    if (!violation.detail().isEmpty()) {
      screen.line(indent, "    ", screen.styled(Style.DIM, violation.detail()));
    }
  }

  private void line(String mark, String text) {
    screen.line(indent, "  ", screen.styled(Style.DIM, mark + text));
  }

  private static String usage(CapStanding cap) {
    return cap.used().toPlainString()
        + " used + "
        + cap.amount().toPlainString()
        + (cap.inclusive() ? ", at most " : ", less than ")
        + cap.limit().toPlainString()
        + (cap.currency().isEmpty() ? "" : " " + cap.currency())
        + " ("
        + cap.window()
        + (cap.key().isEmpty() ? ")" : "; " + cap.key() + ")");
  }
}
