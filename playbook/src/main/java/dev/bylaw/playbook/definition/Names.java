package dev.bylaw.playbook.definition;

import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.playbook.template.Reference;
import dev.bylaw.playbook.template.TemplateReader;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the templates and conditions of one playbook may refer to at the place that is being read,
 * and what they did refer to.
 */
final class Names implements TemplateReader.Names {
  private static final String UNDEFINED = "E0322";
  private static final String NO_STEP = "E0323";
  private static final String NOT_BEFORE = "E0324";
  private static final String NO_OUTPUT = "E0325";
  private static final String NO_SECRET = "E0327";
  private static final String NO_OWN_OUTPUT = "E0329";
  private static final String MAY_BE_MISSING = "W0301";
  private static final String TAKEN_FOR_INPUT = "W0303";

  /**
   * A step before the place that is being read.
   *
   * @param outputs the known fields of its output; empty where they are not known
   * @param certain whether it has an output whenever the place is reached
   */
  record Earlier(Set<String> outputs, boolean certain) {}

  private final Vocabulary vocabulary;
  private final Diagnostics diagnostics;
  private final Map<String, Span> allSteps = new HashMap<>();
  private final Map<String, Earlier> earlier = new LinkedHashMap<>();
  private final Map<String, Span> used = new LinkedHashMap<>();
  private Optional<Set<String>> inputs = Optional.empty();
  private Set<String> secretsHere = new TreeSet<>();
  private Set<String> guarded = Set.of();
  private Optional<Set<String>> ownOutput = Optional.empty();

  Names(Vocabulary vocabulary, Diagnostics diagnostics) {
    this.vocabulary = vocabulary;
    this.diagnostics = diagnostics;
  }

  /** The inputs the playbook declares; until this is called, any name may be one. */
  void declare(Set<String> names) {
    inputs = Optional.of(names);
  }

  /** Makes a step known by its id, before it is its turn. */
  Optional<Span> announce(String id, Span span) {
    return Optional.ofNullable(allSteps.putIfAbsent(id, span));
  }

  /** From here on a step is before. */
  void passed(String id, Set<String> outputs, boolean certain) {
    earlier.put(id, new Earlier(outputs, certain));
  }

  /** The steps before this place, to come back to. */
  Map<String, Earlier> mark() {
    return new LinkedHashMap<>(earlier);
  }

  /** Back to a place: steps passed since may not have run. */
  void reset(Map<String, Earlier> mark) {
    for (Map.Entry<String, Earlier> step : earlier.entrySet()) {
      if (!mark.containsKey(step.getKey())) {
        step.setValue(new Earlier(step.getValue().outputs(), false));
      }
    }
  }

  /** A step begins whose condition asks about these steps. */
  void enterStep(Set<String> asked) {
    guarded = asked;
    secretsHere = new TreeSet<>();
  }

  /** The secrets that were referred to since the step began. */
  Set<String> secretsHere() {
    return Set.copyOf(secretsHere);
  }

  /** Whether {@code output} means something here, and which fields it has. */
  void ownOutput(Optional<Set<String>> fields) {
    ownOutput = fields;
  }

  /** The names of inputs and vars that were referred to, with the place of the first. */
  Map<String, Span> used() {
    return used;
  }

  @Override
  public void see(Reference reference, Span span) {
    switch (reference.root()) {
      case NAME -> name(reference.name(), span);
      case STEP -> step(reference.name(), reference.path(), span);
      case SECRET -> secret(reference, span);
      case OUTPUT -> {
        if (ownOutput.isEmpty()) {
          diagnostics.error(
              NO_OWN_OUTPUT,
              span,
              "there is no `output` here",
              "write `steps.<id>.output.<key>` for that of a step before");
        } else {
          field(ownOutput.get(), reference.path(), span);
        }
      }
    }
  }

  private void name(String name, Span span) {
    boolean first = used.putIfAbsent(name, span) == null;
    if (vocabulary.vars().contains(name) || inputs.map(set -> set.contains(name)).orElse(false)) {
      return;
    }
    Set<String> known = new TreeSet<>(vocabulary.vars());
    inputs.ifPresent(known::addAll);
    String hint = DidYouMean.hint(name, known);
    if (inputs.isPresent()) {
      diagnostics.error(
          UNDEFINED,
          span,
          "`" + name + "` is neither an input nor a var",
          hint.isEmpty() ? "declare it under `inputs`, or in `vars` of bylaw.yaml" : hint);
    } else if (first && !hint.isEmpty()) {
      diagnostics.warning(
          TAKEN_FOR_INPUT, span, "`" + name + "` is taken for an input of the playbook", hint);
    }
  }

  /** Looks at a reference to a step, of a template or a condition. */
  void step(String id, List<String> path, Span span) {
    Earlier step = earlier.get(id);
    if (step == null) {
      if (allSteps.containsKey(id)) {
        diagnostics.add(
            Diagnostic.error(NOT_BEFORE, span, "step `" + id + "` is not before this one")
                .withNote("it stands here", allSteps.get(id)));
      } else {
        diagnostics.error(
            NO_STEP, span, "there is no step `" + id + "`", DidYouMean.hint(id, allSteps.keySet()));
      }
      return;
    }
    if (path.isEmpty() || !Set.of("output", "status", "error").contains(path.getFirst())) {
      diagnostics.error(
          NO_OUTPUT,
          span,
          path.isEmpty()
              ? "a step as a whole has no value"
              : "a step has no `" + path.getFirst() + "`",
          "expected `output`, `status` or `error` behind the step");
      return;
    }
    if (path.getFirst().equals("output")) {
      field(step.outputs(), path.subList(1, path.size()), span);
      if (!step.certain() && !guarded.contains(id)) {
        diagnostics.warning(
            MAY_BE_MISSING,
            span,
            "step `" + id + "` may have no output when this is reached; this step would fail then",
            "give this step an `if` that asks for it, `steps." + id + ".status == \"completed\"`");
      }
    }
  }

  private void field(Set<String> known, List<String> path, Span span) {
    if (!known.isEmpty() && !path.isEmpty() && !known.contains(path.getFirst())) {
      String hint = DidYouMean.hint(path.getFirst(), known);
      diagnostics.error(
          NO_OUTPUT,
          span,
          "the output has no `" + path.getFirst() + "`",
          hint.isEmpty() ? "it has: " + String.join(", ", new TreeSet<>(known)) : hint);
    }
  }

  private void secret(Reference reference, Span span) {
    if (!reference.path().isEmpty()) {
      diagnostics.error(NO_SECRET, span, "a secret is one text and has no keys");
    }
    secretsHere.add(reference.name());
    if (vocabulary.secrets().isPresent()
        && !vocabulary.secrets().get().contains(reference.name())) {
      diagnostics.error(
          NO_SECRET,
          span,
          "there is no secret `" + reference.name() + "`",
          DidYouMean.hint(reference.name(), vocabulary.secrets().get()));
    }
  }

  /** All names that conditions may use: vars, and inputs declared or referred to. */
  Set<String> forConditions() {
    Set<String> names = new LinkedHashSet<>(new TreeSet<>(vocabulary.vars()));
    inputs.ifPresent(names::addAll);
    names.addAll(used.keySet());
    return names;
  }

  /** The fields that the output of an action is known to have. */
  static Set<String> outputsOf(ActionSpec action) {
    List<String> names = new ArrayList<>();
    action.outputs().forEach(field -> names.add(field.name()));
    return Set.copyOf(names);
  }
}
