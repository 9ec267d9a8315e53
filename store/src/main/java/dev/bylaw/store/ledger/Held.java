package dev.bylaw.store.ledger;

import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapLedger;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A reservation as the writer holds it. */
record Held(
    String identity,
    String key,
    long no,
    String digest,
    ReservationState state,
    long at,
    long expires,
    List<Charge> charges) {

  /**
   * What it charges to one counter.
   *
   * @param counter which
   * @param id of the counter in the tables
   * @param reserved what was reserved
   * @param amount what counts now
   */
  record Charge(CapCounter counter, long id, BigDecimal reserved, BigDecimal amount) {}

  Held {
    charges = List.copyOf(charges);
  }

  Held with(ReservationState next, List<Charge> changed) {
    return new Held(identity, key, no, digest, next, at, expires, changed);
  }

  CapLedger.Reservation seen() {
    Map<CapCounter, BigDecimal> amounts = HashMap.newHashMap(charges.size());
    for (Charge charge : charges) {
      amounts.put(charge.counter(), charge.amount());
    }
    return new CapLedger.Reservation(
        key,
        digest,
        state.seen(),
        Instant.ofEpochMilli(at),
        Instant.ofEpochMilli(expires),
        amounts);
  }

  /** The column {@code charges}: {@code counter:reserved,…}. */
  String text() {
    var out = new StringBuilder();
    for (Charge charge : charges) {
      if (!out.isEmpty()) {
        out.append(',');
      }
      out.append(charge.id()).append(':').append(charge.reserved());
    }
    return out.toString();
  }
}
