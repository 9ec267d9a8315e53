package dev.bylaw.cedar.command;

import dev.bylaw.syntax.DiagnosticsException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What could not be read or done; parts are tried one after the other and told together. */
final class Complaints {
  private final StringBuilder text = new StringBuilder();

  /** The part, or null and a complaint: first what failed, then why. */
  <T> @Nullable T attempt(String what, Supplier<? extends @Nullable T> part) {
    try {
      return part.get();
    } catch (DiagnosticsException mistakes) {
      add(what, mistakes.getMessage() + "\n");
    } catch (IllegalArgumentException wrong) {
      add(what, "  ╰─▶ " + wrong.getMessage() + "\n");
    }
    return null;
  }

  private void add(String what, String why) {
    text.append("  × ").append(what).append('\n').append(why);
  }

  boolean none() {
    return text.isEmpty();
  }

  /** The failure of all this. */
  Outcome outcome() {
    return Outcome.failed(text.toString());
  }

  /** The outcome of a command whose inputs may have mistakes: what it does, or its failure. */
  static Outcome outcome(String whatFails, Supplier<Outcome> command) {
    var complaints = new Complaints();
    Outcome outcome = complaints.<Outcome>attempt(whatFails, command);
    return outcome == null ? complaints.outcome() : outcome;
  }
}
