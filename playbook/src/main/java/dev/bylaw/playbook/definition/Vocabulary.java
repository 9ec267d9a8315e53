package dev.bylaw.playbook.definition;

import dev.bylaw.playbook.action.ActionSpec;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What there is for playbooks to name.
 *
 * @param actions by name
 * @param vars names of the vars of {@code bylaw.yaml}
 * @param secrets names of the secrets; empty where they are not known yet and not checked
 * @param checkpoints those that some rule names; empty where they are not known and not checked
 * @param approvers the people who may answer questions, each with its groups; empty where they are
 *     not known and not checked
 */
public record Vocabulary(
    Map<String, ActionSpec> actions,
    Set<String> vars,
    Optional<Set<String>> secrets,
    Optional<Set<String>> checkpoints,
    Optional<Map<String, Set<String>>> approvers) {
  public Vocabulary {
    actions = Map.copyOf(actions);
    vars = Set.copyOf(vars);
    secrets = secrets.map(Set::copyOf);
    checkpoints = checkpoints.map(Set::copyOf);
    approvers = approvers.map(Map::copyOf);
  }

  /** A vocabulary of actions and vars that leaves secrets, checkpoints and people unchecked. */
  public static Vocabulary of(Collection<ActionSpec> actions, Set<String> vars) {
    Map<String, ActionSpec> byName = new LinkedHashMap<>();
    actions.forEach(action -> byName.put(action.name(), action));
    return new Vocabulary(byName, vars, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same with other vars: those a run was started with, to read its definition again. */
  public Vocabulary withVars(Set<String> others) {
    return new Vocabulary(actions, others, secrets, checkpoints, approvers);
  }
}
