package dev.bylaw.playbook.definition;

import dev.bylaw.playbook.template.Template;
import dev.bylaw.syntax.Source;
import java.util.List;
import java.util.Set;

/**
 * A named, versioned list of steps.
 *
 * @param name what it is called by
 * @param version as it is written; {@code 1.10} is not {@code 1.1}
 * @param description what it is for, for people
 * @param inputs what a run must be given
 * @param steps in order; at least one
 * @param output what a completed run gives
 * @param names of inputs and vars that its templates and conditions refer to
 * @param source the text it was read from
 * @param digest of the text: SHA-256 in lower-case hex; a run is pinned to it
 */
public record Playbook(
    String name,
    String version,
    String description,
    Inputs inputs,
    List<Step> steps,
    Template.Members output,
    Set<String> names,
    Source source,
    String digest) {
  public Playbook {
    steps = List.copyOf(steps);
    names = Set.copyOf(names);
  }
}
