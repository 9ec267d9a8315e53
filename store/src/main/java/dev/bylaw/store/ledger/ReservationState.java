package dev.bylaw.store.ledger;

import dev.bylaw.policy.cap.CapLedger;
import java.util.Locale;
import java.util.Optional;

/** Where a reservation is in its life, as it is kept. */
enum ReservationState {
  RESERVED(CapLedger.State.RESERVED),
  INTENDED(CapLedger.State.INTENDED),
  COMMITTED(CapLedger.State.COMMITTED),
  /** Never reported in time: counts as spent, and may still be reported. */
  EXPIRED(CapLedger.State.COMMITTED),
  RELEASED(CapLedger.State.RELEASED);

  /** What can happen to a reservation. */
  enum Event {
    RESERVE,
    INTEND,
    COMMIT,
    RELEASE,
    EXPIRE
  }

  private final CapLedger.State seen;
  private final String text = name().toLowerCase(Locale.ROOT);

  ReservationState(CapLedger.State seen) {
    this.seen = seen;
  }

  /** The state as the port knows it. */
  CapLedger.State seen() {
    return seen;
  }

  /** Whether its action may be under way. */
  boolean open() {
    return this == RESERVED || this == INTENDED;
  }

  /** Whether it holds budget. */
  boolean holds() {
    return this != RELEASED;
  }

  /** The table of transitions: empty where an event is refused. */
  Optional<ReservationState> on(Event event) {
    return Optional.ofNullable(
        switch (this) {
          case RESERVED ->
              switch (event) {
                case RESERVE -> RESERVED;
                case INTEND -> INTENDED;
                case COMMIT -> COMMITTED;
                case RELEASE -> RELEASED;
                case EXPIRE -> EXPIRED;
              };
          case INTENDED ->
              switch (event) {
                case RESERVE, INTEND -> INTENDED;
                case COMMIT -> COMMITTED;
                case RELEASE -> RELEASED;
                case EXPIRE -> EXPIRED;
              };
          case COMMITTED ->
              switch (event) {
                case RESERVE, COMMIT -> COMMITTED;
                case INTEND, RELEASE, EXPIRE -> null;
              };
          // Its budget is spent already; a late report sets it right.
          case EXPIRED ->
              switch (event) {
                case RESERVE, INTEND, EXPIRE -> EXPIRED;
                case COMMIT -> COMMITTED;
                case RELEASE -> RELEASED;
              };
          // Tried again with the same key; or it did happen after all, and then it counts.
          case RELEASED ->
              switch (event) {
                case RESERVE -> RESERVED;
                case COMMIT -> COMMITTED;
                case RELEASE -> RELEASED;
                case INTEND, EXPIRE -> null;
              };
        });
  }

  String text() {
    return text;
  }

  static ReservationState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
