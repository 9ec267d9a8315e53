package dev.bylaw.actions.pii;

import dev.bylaw.actions.call.ActionTable;
import dev.bylaw.actions.call.Params;
import dev.bylaw.content.EntityType;
import dev.bylaw.content.Inspector;
import dev.bylaw.content.Redacted;
import dev.bylaw.content.Redaction;
import dev.bylaw.content.Redactor;
import dev.bylaw.playbook.action.Action;
import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Done;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code redact}: the same content without personal data; a failure where any is left.
 *
 * @param inspecting gives what looks, as it is at the time of a call
 * @param redaction how it is replaced
 */
public record Redact(Supplier<Inspector> inspecting, Redaction redaction) implements Action {
  @Override
  public ActionSpec spec() {
    return ActionTable.REDACT;
  }

  @Override
  public ActionOutcome perform(ActionCall call) {
    Params params = Params.of(spec(), call.params());
    Inspector inspector = inspecting.get();
    Set<EntityType> types = Wanted.types(params, inspector);
    @Nullable Value content = params.any("content");
    if (params.problem().isPresent() || content == null) {
      return params.problem().orElseThrow();
    }
    Redacted<Value> redacted = Redactor.of(inspector, redaction).redact(content, types);
    Optional<ActionOutcome> gap =
        Wanted.gap(redacted.found()).or(() -> Wanted.gap(redacted.remaining()));
    if (gap.isPresent()) {
      return gap.get();
    }
    if (!redacted.clean()) {
      return Failed.before("not_redacted", "something is left that could not be replaced");
    }
    return new Done(
        ObjectValue.builder()
            .put("content", redacted.result())
            .put("redacted", NumberValue.of(redacted.found().all().size()))
            .put("types", Wanted.names(redacted.found().types()))
            .put("not_looked_for", Wanted.names(Wanted.unseen(params, inspector)))
            .build());
  }
}
