package dev.bylaw.cedar.command;

import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.DiagnosticsException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What could not be read or done; parts are tried one after the other and told together. */
final class Complaints {
  private final List<Trouble> troubles = new ArrayList<>();
  private final List<Diagnostic> warnings = new ArrayList<>();

  /** The part, or null and a complaint: first what failed, then why. */
  <T> @Nullable T attempt(String what, Supplier<? extends @Nullable T> part) {
    try {
      return part.get();
    } catch (DiagnosticsException mistakes) {
      troubles.add(Trouble.of(what, mistakes.diagnostics()));
    } catch (Failure fails) {
      troubles.add(fails.trouble());
    } catch (IllegalArgumentException wrong) {
      troubles.add(Trouble.of(what, String.valueOf(wrong.getMessage())));
    }
    return null;
  }

  /** The part, or null and a complaint that begins with what the mistakes amount to. */
  <T> @Nullable T attempt(
      Function<List<Diagnostic>, String> headline, Supplier<? extends @Nullable T> part) {
    try {
      return part.get();
    } catch (DiagnosticsException mistakes) {
      troubles.add(Trouble.of("", mistakes.diagnostics()).under(headline));
    } catch (Failure fails) {
      troubles.add(fails.trouble());
    } catch (IllegalArgumentException wrong) {
      troubles.add(Trouble.of(String.valueOf(wrong.getMessage()), ""));
    }
    return null;
  }

  /** Takes note of what is probably not meant in a schema. */
  void warn(List<Diagnostic> found) {
    warnings.addAll(found);
  }

  /** What was noted. */
  List<Diagnostic> warnings() {
    return warnings;
  }

  boolean none() {
    return troubles.isEmpty();
  }

  /** The failure of all this; what is only not meant can wait. */
  Outcome outcome() {
    return new Outcome(Outcome.FAILED, "", troubles, false);
  }

  /** The outcome of a command whose inputs may have mistakes: what it does, or its failure. */
  static Outcome outcome(String whatFails, Supplier<Outcome> command) {
    var complaints = new Complaints();
    Outcome outcome = complaints.<Outcome>attempt(whatFails, command);
    return outcome == null ? complaints.outcome() : outcome;
  }
}
