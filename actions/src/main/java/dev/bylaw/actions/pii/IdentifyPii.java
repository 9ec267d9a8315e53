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
import org.jspecify.annotations.Nullable;

/**
 * {@code identify_pii}: where personal data are, never what they are.
 *
 * @param inspector looks
 * @param personal the types that are looked for where a call names none
 */
public record IdentifyPii(Inspector inspector, Set<EntityType> personal) implements Action {
  public IdentifyPii {
    personal = Set.copyOf(personal);
  }

  @Override
  public ActionSpec spec() {
    return ActionTable.IDENTIFY_PII;
  }

  @Override
  public ActionOutcome perform(ActionCall call) {
    Params params = Params.of(spec(), call.params());
    Set<EntityType> types = Wanted.types(params, inspector, personal);
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
