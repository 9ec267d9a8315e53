package dev.bylaw.policy.cap;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the usage of caps. Implemented by the store; every method is called inside one of its
 * transactions. What only reads is {@link CapUsage}.
 *
 * <p>A reservation goes from {@code RESERVED} to {@code INTENDED} when its action is about to run,
 * and ends as {@code COMMITTED} or {@code RELEASED}. One that is not reported by its expiry counts
 * as spent: it is committed with what was reserved. One that was reserved and never intended may be
 * released by recovery; one that was intended never is.
 */
public interface CapLedger extends CapUsage {
  /** Where a reservation is in its life. */
  enum State {
    RESERVED,
    INTENDED,
    COMMITTED,
    RELEASED
  }

  /**
   * A reservation of all charges of one action.
   *
   * @param key the action's idempotency key
   * @param digest of the action; the key with another digest is refused
   * @param state where it is in its life
   * @param at the instant that decides its window
   * @param expires when it counts as spent if nothing was reported
   * @param amounts what is reserved, or committed, by counter
   */
  record Reservation(
      String key,
      String digest,
      State state,
      Instant at,
      Instant expires,
      Map<CapCounter, BigDecimal> amounts) {
    public Reservation {
      amounts = Map.copyOf(amounts);
    }
  }

  /** What came of asking for a reservation. */
  sealed interface Reserving {
    /**
     * All charges are reserved.
     *
     * @param reservation the new one, or the same as before for a key used again
     * @param repeated whether the key was there already with the same digest: nothing more was
     *     reserved
     */
    record Reserved(Reservation reservation, boolean repeated) implements Reserving {}

    /**
     * A hard limit would be passed; nothing was reserved.
     *
     * @param over the charges that do not fit
     */
    record Exceeded(List<CapCharge> over) implements Reserving {
      public Exceeded {
        over = List.copyOf(over);
      }
    }

    /**
     * The key was used for another action; nothing was reserved.
     *
     * @param existing what holds the key
     */
    record KeyTaken(Reservation existing) implements Reserving {}
  }

  /** The reservation of a key. */
  Optional<Reservation> find(String key);

  /**
   * Reserves all charges or none. Soft charges are reserved even over their limit.
   *
   * @param key the action's idempotency key
   * @param digest of the action
   * @param charges not two of one counter
   * @param at the instant that decides the window
   * @param expires when it counts as spent if nothing is reported
   */
  Reserving reserve(
      String key, String digest, List<CapCharge> charges, Instant at, Instant expires);

  /** Marks that the action of a reservation is about to run; from here recovery keeps it. */
  void intend(String key);

  /**
   * Ends a reservation as spent.
   *
   * @param actual what was really used, for counters where it differs from what was reserved
   * @return the counters whose actual amount is above the reserved one
   */
  List<CapCounter> commit(String key, Map<CapCounter, BigDecimal> actual);

  /** Gives a reservation back: the action is known not to have happened. */
  void release(String key);
}
