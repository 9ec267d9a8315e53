package dev.bylaw.actions.record;

import dev.bylaw.actions.call.ActionTable;
import dev.bylaw.actions.call.Params;
import dev.bylaw.actions.record.CapUsage.Usage;
import dev.bylaw.playbook.action.Action;
import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Done;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.util.List;
import java.util.Optional;

/**
 * {@code query_cap}: how much of a cap is used. It reserves nothing: what it says may have changed
 * when the next step is decided, which is where the cap holds.
 *
 * @param caps the port
 */
public record QueryCap(CapUsage caps) implements Action {
  @Override
  public ActionSpec spec() {
    return ActionTable.QUERY_CAP;
  }

  @Override
  public ActionOutcome perform(ActionCall call) {
    Params params = Params.of(spec(), call.params());
    if (params.problem().isPresent()) {
      return params.problem().get();
    }
    Optional<String> rule = Optional.of(params.text("cap")).filter(name -> !name.isEmpty());
    List<Usage> found = caps.usage(call.agent(), rule, params.object("key"));
    if (rule.isPresent() && found.isEmpty()) {
      return Failed.before(
          "no_cap", "no cap of that name holds for the agent, by the fields that `key` has");
    }
    var output = ObjectValue.builder();
    if (found.size() == 1) {
      Usage only = found.getFirst();
      output
          .put("used", NumberValue.of(only.used()))
          .put("limit", NumberValue.of(only.limit()))
          .put("remaining", NumberValue.of(only.remaining()));
    }
    return new Done(
        output.put("caps", ArrayValue.of(found.stream().map(QueryCap::entry).toList())).build());
  }

  private static ObjectValue entry(Usage usage) {
    var entry =
        ObjectValue.builder()
            .put("cap", usage.pack() + "/" + usage.rule())
            .put("key", usage.key())
            .put("used", NumberValue.of(usage.used()))
            .put("limit", NumberValue.of(usage.limit()))
            .put("remaining", NumberValue.of(usage.remaining()));
    usage.currency().ifPresent(currency -> entry.put("currency", currency));
    usage.until().ifPresent(until -> entry.put("until", until.toString()));
    return entry.build();
  }
}
