package dev.bylaw.actions.pii;

import dev.bylaw.actions.call.Params;
import dev.bylaw.content.EntityType;
import dev.bylaw.content.Findings;
import dev.bylaw.content.Inspector;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.StringValue;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What both actions read of their parameters and say of gaps. */
final class Wanted {
  private Wanted() {}

  /** The types a call names, an inspector's own among them; all personal data if it names none. */
  static Set<EntityType> types(Params params, Inspector inspector) {
    Set<EntityType> types = new LinkedHashSet<>();
    if (!params.has("types")) {
      types.addAll(inspector.personal());
      types.retainAll(inspector.types());
      return types;
    }
    for (String name : params.texts("types")) {
      Optional<EntityType> type = inspector.type(name);
      if (type.isPresent()) {
        types.add(type.get());
      } else {
        String hint =
            DidYouMean.hint(name, EntityType.all().stream().map(EntityType::name).toList());
        params.wrong("`types` has an unknown type" + (hint.isEmpty() ? "" : ", " + hint));
      }
    }
    if (types.isEmpty()) {
      params.wrong("`types` names no type");
    }
    return types;
  }

  /**
   * The personal data that nothing here can see, names without a model say, where the call leaves
   * open what is looked for; a call that names such a type fails.
   */
  static Set<EntityType> unseen(Params params, Inspector inspector) {
    if (params.has("types")) {
      return Set.of();
    }
    Set<EntityType> unseen = new LinkedHashSet<>(inspector.personal());
    unseen.removeAll(inspector.types());
    return unseen;
  }

  /** A failure where something was not looked at. */
  static Optional<ActionOutcome> gap(Findings findings) {
    if (findings.complete()) {
      return Optional.empty();
    }
    Findings.Gap first = findings.gaps().getFirst();
    return Optional.of(
        Failed.before(
            "not_inspected",
            "not everything could be inspected: %s%s"
                .formatted(
                    first.detail(), first.path().isEmpty() ? "" : " at `" + first.path() + "`")));
  }

  static ArrayValue names(Collection<EntityType> types) {
    return ArrayValue.of(
        new TreeSet<>(types).stream().map(type -> StringValue.of(type.name())).toList());
  }
}
