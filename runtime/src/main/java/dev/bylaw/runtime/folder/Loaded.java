package dev.bylaw.runtime.folder;

import dev.bylaw.playbook.definition.Playbook;
import dev.bylaw.policy.effective.PolicySet;
import dev.bylaw.runtime.settings.Settings;
import dev.bylaw.syntax.Diagnostic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An identity's folder, read.
 *
 * @param policies the compiled packs, effective for each agent
 * @param settings what {@code bylaw.yaml} says to the runtime
 * @param playbooks those that can run, by name
 * @param broken playbooks that cannot, by file
 * @param diagnostics everything that is wrong, in every file
 */
public record Loaded(
    PolicySet policies,
    Settings settings,
    Map<String, Playbook> playbooks,
    List<String> broken,
    List<Diagnostic> diagnostics) {
  public Loaded {
    playbooks = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(playbooks));
    broken = List.copyOf(broken);
    diagnostics = List.copyOf(diagnostics);
  }
}
