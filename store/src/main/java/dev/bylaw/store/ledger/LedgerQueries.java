package dev.bylaw.store.ledger;

import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapLedger;
import dev.bylaw.policy.cap.CapWindow;
import dev.bylaw.store.sql.Session;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks for counters and reservations, for people; looks at every charge of a window. */
public final class LedgerQueries {
  /**
   * What a counter holds in a window.
   *
   * @param counter which
   * @param used reserved, intended and committed
   * @param overage the part of it that went over a limit that does not block
   * @param charges how many actions it is made of
   */
  public record Usage(CapCounter counter, BigDecimal used, BigDecimal overage, int charges) {}

  private final Session session;

  public LedgerQueries(Session session) {
    this.session = session;
  }

  /** The counters of an identity that were ever charged, by pack, rule and key. */
  public List<CapCounter> counters(String identity) {
    return session.list(
        "SELECT identity, pack, rule, key, currency FROM cap_counter WHERE identity = ?"
            + " ORDER BY pack, rule, key, currency",
        row ->
            new CapCounter(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5)),
        identity);
  }

  /** The counters of one rule that hold something in the window round an instant. */
  public List<Usage> usage(
      String identity, String pack, String rule, CapWindow window, Instant at) {
    List<Usage> found = new ArrayList<>();
    for (CapCounter counter : counters(identity)) {
      if (counter.pack().equals(pack) && counter.rule().equals(rule)) {
        Usage usage = usage(counter, window, at);
        if (usage.charges() > 0) {
          found.add(usage);
        }
      }
    }
    return List.copyOf(found);
  }

  /** What one counter holds in the window round an instant. */
  public Usage usage(CapCounter counter, CapWindow window, Instant at) {
    var sum =
        new Object() {
          BigDecimal used = BigDecimal.ZERO;
          BigDecimal overage = BigDecimal.ZERO;
          int charges;
        };
    Session.Visit visit =
        row -> {
          sum.used = sum.used.add(new BigDecimal(row.getString(1)));
          String over = row.getString(2);
          sum.overage = over.isEmpty() ? sum.overage : sum.overage.add(new BigDecimal(over));
          sum.charges++;
        };
    long id = id(counter);
    if (window instanceof CapWindow.Concurrent) {
      session.each(
          "SELECT c.amount, c.overage FROM reservation r JOIN cap_charge c"
              + " ON c.counter = ? AND c.at = r.at AND c.reservation = r.no"
              + " WHERE r.open IS NOT NULL AND r.open > ?",
          visit,
          id,
          at.toEpochMilli());
    } else {
      CapWindow.Range range = Usages.range(window, at);
      session.each(
          "SELECT amount, overage FROM cap_charge WHERE counter = ? AND at >= ? AND at < ?",
          visit,
          id,
          range.from().toEpochMilli(),
          range.to().toEpochMilli());
    }
    return new Usage(counter, sum.used, sum.overage, sum.charges);
  }

  /** The reservation of a key. */
  public Optional<CapLedger.Reservation> find(String identity, String key) {
    return held(session, identity, key).map(Held::seen);
  }

  private long id(CapCounter counter) {
    return session.number(
        "SELECT id FROM cap_counter WHERE identity = ? AND pack = ? AND rule = ? AND key = ?"
            + " AND currency = ?",
        counter.identity(),
        counter.pack(),
        counter.rule(),
        counter.key(),
        counter.currency());
  }

  /** A reservation with its charges, from the tables. */
  static Optional<Held> held(Session session, String identity, String key) {
    return session
        .firstBefore(
            "SELECT no, digest, state, at, expires, charges FROM reservation"
                + " WHERE identity = ? AND key = ?",
            row ->
                new Row(
                    row.getLong(1),
                    row.getString(2),
                    ReservationState.of(row.getString(3)),
                    row.getLong(4),
                    row.getLong(5),
                    row.getString(6)),
            identity,
            key)
        .map(row ->
            new Held(
                identity,
                key,
                row.no(),
                row.digest(),
                row.state(),
                row.at(),
                row.expires(),
                charges(session, row)));
  }

  private record Row(
      long no, String digest, ReservationState state, long at, long expires, String charges) {}

  private static List<Held.Charge> charges(Session session, Row row) {
    List<Held.Charge> charges = new ArrayList<>();
    if (row.charges().isEmpty()) {
      return charges;
    }
    for (String text : row.charges().split(",", -1)) {
      int colon = text.indexOf(':');
      long id = Long.parseLong(text.substring(0, colon));
      var reserved = new BigDecimal(text.substring(colon + 1));
      BigDecimal amount =
          session
              .first(
                  "SELECT amount FROM cap_charge WHERE counter = ? AND at = ? AND reservation = ?",
                  found -> new BigDecimal(found.getString(1)),
                  id,
                  row.at(),
                  row.no())
              .orElse(reserved);
      CapCounter counter =
          session
              .first(
                  "SELECT identity, pack, rule, key, currency FROM cap_counter WHERE id = ?",
                  found ->
                      new CapCounter(
                          found.getString(1),
                          found.getString(2),
                          found.getString(3),
                          found.getString(4),
                          found.getString(5)),
                  id)
              .orElseThrow(() -> new IllegalStateException("a charge without a counter: " + id));
      charges.add(new Held.Charge(counter, id, reserved, amount));
    }
    return charges;
  }
}
