package dev.bylaw.runtime.folder;

import dev.bylaw.playbook.definition.Playbook;
import dev.bylaw.policy.effective.PolicySet;
import dev.bylaw.runtime.settings.Settings;
import dev.bylaw.syntax.Diagnostic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An identity's folder, read.
 *
 * @param policySet the compiled packs, effective for each agent; empty if {@code bylaw.yaml} has
 *     never been usable
 * @param settings what {@code bylaw.yaml} says to the runtime
 * @param playbooks those that can run, by name
 * @param diagnostics everything that is wrong, in every file
 */
public record Loaded(
    Optional<PolicySet> policySet,
    Settings settings,
    Map<String, Playbook> playbooks,
    List<Diagnostic> diagnostics) {
  public Loaded {
    playbooks = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(playbooks));
    diagnostics = List.copyOf(diagnostics);
  }

  /** Whether there is nothing to decide by. */
  public boolean isUnusable() {
    return policySet.isEmpty();
  }

  /** The compiled packs of a folder that can be used. */
  public PolicySet policies() {
    return policySet.orElseThrow();
  }
}
