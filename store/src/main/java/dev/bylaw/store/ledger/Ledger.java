package dev.bylaw.store.ledger;

import dev.bylaw.policy.cap.CapCharge;
import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapLedger;
import dev.bylaw.policy.cap.CapLedger.Reserving;
import dev.bylaw.policy.cap.CapWindow;
import dev.bylaw.store.ledger.ReservationState.Event;
import dev.bylaw.store.sql.Session;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps reservations of all identities; used inside the writer's transactions. */
public final class Ledger {
  /**
   * How many reservations are in memory: all that may not be in the tables yet, and those that are
   * soon asked for again. More would only live just long enough to burden the collector.
   */
  private static final int KNOWN = Session.MOST_LATER + 500;

  private static final int AT_ONCE = 1_000;

  /** What the ledger does by itself, so that it can be logged. */
  public interface Watch {
    /** A reservation was never reported and counts as spent. */
    void expired(String identity, CapLedger.Reservation reservation);

    /** A reservation whose action never began was given back. */
    void released(String identity, CapLedger.Reservation reservation);
  }

  /** A reservation's place. */
  private record Key(String identity, String key) {}

  private final Session session;
  private final Usages usages;
  private final Watch watch;
  private long lastNo = -1;

  /** A key that was looked for and is not there: who looks mostly reserves under it at once. */
  private @Nullable Key absent;

  /** A reservation whose row is written at the end of the work: an intent mostly follows. */
  private @Nullable Held unwritten;

  private final Map<Key, Held> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Held> eldest) {
          return size() > KNOWN;
        }
      };

  public Ledger(Session session, Watch watch) {
    this.session = session;
    this.usages = new Usages(session);
    this.watch = watch;
    session.afterWork(this::write);
  }

  /** The ledger as one identity has it: its keys are its own. */
  public CapLedger of(String identity) {
    return new IdentityLedger(this, identity);
  }

  Usages usages() {
    return usages;
  }

  /**
   * Gives back every reservation whose action never began. For the start of the one process that
   * has the store, before anything is decided: whoever reserved is gone.
   *
   * @return how many
   */
  public int recover() {
    write();
    List<Key> reserved =
        session.list(
            "SELECT identity, key FROM reservation WHERE open IS NOT NULL AND state = ?",
            row -> new Key(row.getString(1), row.getString(2)),
            ReservationState.RESERVED.text());
    for (Key key : reserved) {
      Held held = held(key).orElseThrow();
      watch.released(key.identity(), end(held, Event.RELEASE, Map.of()).seen());
    }
    return reserved.size();
  }

  /**
   * Counts as spent what was not reported in time.
   *
   * @return how many; some may be left if it is a thousand
   */
  public int expire(Instant now) {
    write();
    List<Key> late =
        session.list(
            "SELECT identity, key FROM reservation WHERE open IS NOT NULL AND open <= ? LIMIT ?",
            row -> new Key(row.getString(1), row.getString(2)),
            now.toEpochMilli(),
            AT_ONCE);
    for (Key key : late) {
      Held held = held(key).orElseThrow();
      watch.expired(key.identity(), end(held, Event.EXPIRE, Map.of()).seen());
    }
    return late.size();
  }

  /** When the next reservation counts as spent. */
  public Optional<Instant> nextExpiry() {
    write();
    return session
        .first(
            "SELECT open FROM reservation WHERE open IS NOT NULL ORDER BY open LIMIT 1",
            row -> row.getLong(1))
        .map(Instant::ofEpochMilli);
  }

  BigDecimal used(CapCounter counter, CapWindow window, Instant at) {
    if (window instanceof CapWindow.Concurrent) {
      write();
      settleExpired(at);
    }
    return usages.used(counter, window, at);
  }

  Optional<CapLedger.Reservation> find(String identity, String key) {
    return held(new Key(identity, key)).map(Held::seen);
  }

  Reserving reserve(
      String identity,
      String key,
      String digest,
      List<CapCharge> charges,
      Instant at,
      Instant expires) {
    Optional<Held> before = held(new Key(identity, key));
    if (before.isPresent()) {
      Held existing = before.get();
      if (!existing.digest().equals(digest)) {
        return new Reserving.KeyTaken(existing.seen());
      }
      if (existing.state().holds()) {
        return new Reserving.Reserved(existing.seen(), true);
      }
    }
    Set<CapCounter> distinct = new HashSet<>();
    List<CapCharge> over = new ArrayList<>();
    List<BigDecimal> overage = new ArrayList<>();
    for (CapCharge charge : charges) {
      if (!distinct.add(charge.counter()) || !charge.counter().identity().equals(identity)) {
        throw new IllegalArgumentException("two charges, or another's: " + charge.counter());
      }
      BigDecimal used = used(charge.counter(), charge.window(), at);
      boolean fits = charge.fits(used);
      if (!fits && charge.hard()) {
        over.add(charge);
      }
      overage.add(fits ? BigDecimal.ZERO : overage(charge, used));
    }
    return over.isEmpty()
        ? new Reserving.Reserved(
            take(before, identity, key, digest, charges, overage, at, expires).seen(), false)
        : new Reserving.Exceeded(over);
  }

  void intend(String identity, String key) {
    Held held = required(identity, key);
    ReservationState next = next(held, Event.INTEND);
    if (next == held.state()) {
      return;
    }
    Held intended = held.with(next, held.charges());
    if (held.equals(unwritten)) {
      unwritten = intended;
    } else {
      session.later(
          "UPDATE reservation SET state = ? WHERE identity = ? AND key = ?",
          next.text(),
          identity,
          key);
    }
    remember(held, intended);
  }

  List<CapCounter> commit(String identity, String key, Map<CapCounter, BigDecimal> actual) {
    Held held = required(identity, key);
    Held after =
        held.state() == ReservationState.COMMITTED ? held : end(held, Event.COMMIT, actual);
    List<CapCounter> above = new ArrayList<>();
    for (Held.Charge charge : after.charges()) {
      if (charge.amount().compareTo(charge.reserved()) > 0) {
        above.add(charge.counter());
      }
    }
    return List.copyOf(above);
  }

  void release(String identity, String key) {
    Held held = required(identity, key);
    if (held.state() != ReservationState.RELEASED) {
      end(held, Event.RELEASE, Map.of());
    }
  }

  /** Every number kept in memory is asked of the tables again, after keys were erased. */
  public void forgetMemory() {
    known.clear();
    absent = null;
    usages.forget();
  }

  private static BigDecimal overage(CapCharge charge, BigDecimal used) {
    return used.add(charge.amount())
        .subtract(charge.limit())
        .min(charge.amount())
        .max(BigDecimal.ZERO);
  }

  private Held take(
      Optional<Held> before,
      String identity,
      String key,
      String digest,
      List<CapCharge> charges,
      List<BigDecimal> overage,
      Instant at,
      Instant expires) {
    if (lastNo < 0) {
      lastNo = session.number("SELECT MAX(no) FROM reservation");
    }
    long no = ++lastNo;
    long millis = at.toEpochMilli();
    List<Held.Charge> held = new ArrayList<>(charges.size());
    for (int i = 0; i < charges.size(); i++) {
      CapCharge charge = charges.get(i);
      long id = usages.id(charge.counter());
      insertCharge(id, millis, no, charge.amount(), overage.get(i));
      held.add(new Held.Charge(charge.counter(), id, charge.amount(), charge.amount()));
      change(charge.counter(), millis, charge.amount());
      changeOpen(charge.counter(), charge.amount());
    }
    var taken =
        new Held(
            identity,
            key,
            no,
            digest,
            ReservationState.RESERVED,
            millis,
            expires.toEpochMilli(),
            held);
    write();
    unwritten = taken;
    session.onUndo(() -> unwritten = null);
    if (taken.expires() < usages.nextExpiry()) {
      usages.nextExpiry(taken.expires());
    }
    remember(before.orElse(null), taken);
    return taken;
  }

  private void write() {
    Held held = unwritten;
    if (held != null) {
      unwritten = null;
      session.later(
          "INSERT INTO reservation (identity, key, no, digest, state, at, expires, charges, open)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (identity, key) DO UPDATE SET"
              + " no = excluded.no, state = excluded.state, at = excluded.at,"
              + " expires = excluded.expires, charges = excluded.charges, open = excluded.open",
          held.identity(),
          held.key(),
          held.no(),
          held.digest(),
          held.state().text(),
          held.at(),
          held.expires(),
          held.text(),
          held.expires());
    }
  }

  /** Ends a reservation, or sets right how it ended; all amounts that do not stay are changed. */
  private Held end(Held held, Event event, Map<CapCounter, BigDecimal> actual) {
    ReservationState next = next(held, event);
    write();
    List<Held.Charge> charges = new ArrayList<>(held.charges().size());
    for (Held.Charge charge : held.charges()) {
      BigDecimal before = held.state().holds() ? charge.amount() : BigDecimal.ZERO;
      BigDecimal after =
          next.holds() ? actual.getOrDefault(charge.counter(), charge.amount()) : BigDecimal.ZERO;
      if (after.signum() < 0) {
        throw new IllegalArgumentException("a negative amount for " + charge.counter());
      }
      if (!held.state().holds()) {
        insertCharge(charge.id(), held.at(), held.no(), after, BigDecimal.ZERO);
      } else if (!next.holds()) {
        session.later(
            "DELETE FROM cap_charge WHERE counter = ? AND at = ? AND reservation = ?",
            charge.id(),
            held.at(),
            held.no());
      } else if (after.compareTo(before) != 0) {
        session.later(
            "UPDATE cap_charge SET amount = ? WHERE counter = ? AND at = ? AND reservation = ?",
            after.toString(),
            charge.id(),
            held.at(),
            held.no());
      }
      change(charge.counter(), held.at(), after.subtract(before));
      if (held.state().open()) {
        changeOpen(charge.counter(), before.negate());
      }
      charges.add(
          new Held.Charge(
              charge.counter(),
              charge.id(),
              charge.reserved(),
              next.holds() ? after : charge.amount()));
    }
    session.later(
        "UPDATE reservation SET state = ?, open = NULL WHERE identity = ? AND key = ?",
        next.text(),
        held.identity(),
        held.key());
    Held ended = held.with(next, charges);
    remember(held, ended);
    return ended;
  }

  private void insertCharge(long counter, long at, long no, BigDecimal amount, BigDecimal overage) {
    session.later(
        "INSERT INTO cap_charge (counter, at, reservation, amount, overage) VALUES (?, ?, ?, ?, ?)",
        counter,
        at,
        no,
        amount.toString(),
        overage.signum() == 0 ? "" : overage.toString());
  }

  private void change(CapCounter counter, long at, BigDecimal by) {
    usages.change(counter, at, by);
    session.onUndo(() -> usages.change(counter, at, by.negate()));
  }

  private void changeOpen(CapCounter counter, BigDecimal by) {
    usages.changeOpen(counter, by);
    session.onUndo(() -> usages.changeOpen(counter, by.negate()));
  }

  private void settleExpired(Instant at) {
    long before = usages.nextExpiry();
    if (at.toEpochMilli() < before) {
      return;
    }
    session.onUndo(() -> usages.nextExpiry(before));
    while (expire(at) == AT_ONCE) {}
    usages.nextExpiry(nextExpiry().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
  }

  private void remember(@Nullable Held before, Held after) {
    var key = new Key(after.identity(), after.key());
    session.onUndo(() -> {
      if (before == null) {
        known.remove(key);
      } else {
        known.put(key, before);
      }
    });
    known.put(key, after);
    absent = null;
  }

  private static ReservationState next(Held held, Event event) {
    return held.state()
        .on(event)
        .orElseThrow(() ->
            new IllegalStateException(
                "reservation "
                    + held.key()
                    + " is "
                    + held.state().text()
                    + " and cannot "
                    + event.name().toLowerCase(Locale.ROOT)));
  }

  private Held required(String identity, String key) {
    return held(new Key(identity, key))
        .orElseThrow(() -> new IllegalArgumentException("there is no reservation " + key));
  }

  private Optional<Held> held(Key key) {
    Held held = known.get(key);
    if (held != null) {
      return Optional.of(held);
    }
    if (key.equals(absent)) {
      return Optional.empty();
    }
    Optional<Held> found = LedgerQueries.held(session, key.identity(), key.key());
    absent = found.isEmpty() ? key : null;
    return found;
  }
}
