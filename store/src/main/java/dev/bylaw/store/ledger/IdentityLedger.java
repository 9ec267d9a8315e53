package dev.bylaw.store.ledger;

import dev.bylaw.policy.cap.CapCharge;
import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapLedger;
import dev.bylaw.policy.cap.CapWindow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ledger as one identity has it. */
record IdentityLedger(Ledger ledger, String identity) implements CapLedger {
  @Override
  public BigDecimal used(CapCounter counter, CapWindow window, Instant at) {
    return ledger.used(counter, window, at);
  }

  @Override
  public Optional<Reservation> find(String key) {
    return ledger.find(identity, key);
  }

  @Override
  public Reserving reserve(
      String key, String digest, List<CapCharge> charges, Instant at, Instant expires) {
    return ledger.reserve(identity, key, digest, charges, at, expires);
  }

  @Override
  public void intend(String key) {
    ledger.intend(identity, key);
  }

  @Override
  public List<CapCounter> commit(String key, Map<CapCounter, BigDecimal> actual) {
    return ledger.commit(identity, key, actual);
  }

  @Override
  public void release(String key) {
    ledger.release(identity, key);
  }
}
