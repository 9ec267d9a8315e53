package dev.bylaw.policy.registry;

import dev.bylaw.syntax.Span;
import java.util.List;
import java.util.Objects;

/**
 * What was agreed about a conflict between rules that state the same setting.
 *
 * @param setting which setting
 * @param agents for whom; empty for all
 * @param winner the rule that holds, {@code pack/rule}; empty where precedence decides and only the
 *     reason is recorded
 * @param note why
 * @param by who decided; may be empty
 * @param span where it stands
 */
public record Resolution(
    String setting, List<String> agents, String winner, String note, String by, Span span) {
  public Resolution {
    Objects.requireNonNull(setting);
    agents = List.copyOf(agents);
    Objects.requireNonNull(winner);
    Objects.requireNonNull(note);
    Objects.requireNonNull(by);
    Objects.requireNonNull(span);
  }

  /** Whether it is about an agent's setting. */
  public boolean isAbout(String agent, String which) {
    return setting.equals(which) && (agents.isEmpty() || agents.contains(agent));
  }

  /** The resolution in one line. */
  String words() {
    return setting + " " + agents + ": " + winner + " (" + note + ", " + by + ")";
  }
}
