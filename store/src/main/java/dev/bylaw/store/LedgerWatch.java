package dev.bylaw.store;

import dev.bylaw.policy.cap.CapLedger.Reservation;
import dev.bylaw.store.ledger.Ledger;
import dev.bylaw.store.log.Chains;
import dev.bylaw.store.log.Draft;
import dev.bylaw.store.log.LogEvent;
import dev.bylaw.store.log.LogName;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Writes into the policy log what the ledger does by itself. */
record LedgerWatch(Chains chains) implements Ledger.Watch {
  @Override
  public void expired(String identity, Reservation reservation) {
    write(identity, LogEvent.CAP_EXPIRED, reservation);
  }

  @Override
  public void released(String identity, Reservation reservation) {
    write(identity, LogEvent.CAP_RELEASED, reservation);
  }

  private void write(String identity, LogEvent event, Reservation reservation) {
    List<Value> amounts = new ArrayList<>();
    reservation
        .amounts()
        .forEach((counter, amount) ->
            amounts.add(
                ObjectValue.builder()
                    .put("pack", counter.pack())
                    .put("rule", counter.rule())
                    .put("key", counter.key())
                    .put("currency", counter.currency())
                    .put("amount", NumberValue.of(amount))
                    .build()));
    amounts.sort(null);
    chains
        .log(identity, LogName.POLICY)
        .append(
            new Draft(
                event,
                "",
                "",
                ObjectValue.builder()
                    .put("key", reservation.key())
                    .put("digest", reservation.digest())
                    .put("reserved_at", reservation.at().toString())
                    .put("amounts", ArrayValue.of(amounts))
                    .build()));
  }
}
