package dev.bylaw.actions.schema;

import dev.bylaw.actions.call.ActionTable;
import dev.bylaw.actions.call.Params;
import dev.bylaw.playbook.action.Action;
import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Done;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.playbook.schema.JsonSchema;
import dev.bylaw.playbook.schema.JsonSchema.Misfit;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code validate_schema}: data that do not fit are a failure that lists every error.
 *
 * @param schemas gives them by name, as they are at the time of a call
 */
public record ValidateSchema(Supplier<Schemas> schemas) implements Action {
  @Override
  public ActionSpec spec() {
    return ActionTable.VALIDATE_SCHEMA;
  }

  /** The data are the run's inputs where none are given. */
  @Override
  public Prepared prepare(ObjectValue params, ObjectValue inputs) {
    return new Prepared(params.has("data") ? params : params.with("data", inputs), List.of());
  }

  @Override
  public ActionOutcome perform(ActionCall call) {
    Params params = Params.of(spec(), call.params());
    String name = params.text("schema");
    Schemas known = schemas.get();
    @Nullable JsonSchema schema = known.byName().get(name);
    if (schema == null && !name.isEmpty()) {
      String hint = DidYouMean.hint(name, known.byName().keySet());
      params.wrong("there is no schema of that name" + (hint.isEmpty() ? "" : ", " + hint));
    }
    if (params.problem().isPresent() || schema == null) {
      return params.problem().orElseThrow();
    }
    @Nullable Value data = call.params().get("data");
    List<Misfit> misfits = schema.check(data == null ? NullValue.NULL : data);
    ObjectValue output =
        ObjectValue.of(
            "valid",
            BooleanValue.of(misfits.isEmpty()),
            "errors",
            ArrayValue.of(misfits.stream().map(ValidateSchema::error).toList()));
    if (misfits.isEmpty()) {
      return new Done(output);
    }
    return new Failed(
        "schema_violation",
        "the data do not follow `%s`: %d errors, the first at `%s`"
            .formatted(name, misfits.size(), misfits.getFirst().path()),
        false,
        Effect.NONE,
        output);
  }

  private static Value error(Misfit misfit) {
    return ObjectValue.of(
        "pointer", StringValue.of(misfit.path()), "message", StringValue.of(misfit.message()));
  }
}
