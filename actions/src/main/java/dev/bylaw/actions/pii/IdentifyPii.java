package dev.bylaw.actions.pii;

import dev.bylaw.actions.call.ActionTable;
import dev.bylaw.actions.call.Params;
import dev.bylaw.content.EntityType;
import dev.bylaw.content.Finding;
import dev.bylaw.content.Findings;
import dev.bylaw.content.Inspector;
import dev.bylaw.playbook.action.Action;
import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Done;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code identify_pii}: where personal data are, never what they are.
 *
 * @param inspecting gives what looks, as it is at the time of a call
 */
public record IdentifyPii(Supplier<Inspector> inspecting) implements Action {
  @Override
  public ActionSpec spec() {
    return ActionTable.IDENTIFY_PII;
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
    Findings findings = inspector.inspect(content, types);
    Optional<ActionOutcome> gap = Wanted.gap(findings);
    if (gap.isPresent()) {
      return gap.get();
    }
    return new Done(
        ObjectValue.builder()
            .put("found", BooleanValue.of(!findings.isEmpty()))
            .put("types", Wanted.names(findings.types()))
            .put("not_looked_for", Wanted.names(Wanted.unseen(params, inspector)))
            .put(
                "findings", ArrayValue.of(findings.all().stream().map(IdentifyPii::entry).toList()))
            .build());
  }

  private static Value entry(Finding finding) {
    return ObjectValue.builder()
        .put("type", finding.type().name())
        .put("path", finding.path())
        .put("place", finding.place().name().toLowerCase(Locale.ROOT))
        .put("start", NumberValue.of(finding.start()))
        .put("end", NumberValue.of(finding.end()))
        .put("score", NumberValue.of(finding.score()))
        .put("why", finding.explanation())
        .build();
  }
}
