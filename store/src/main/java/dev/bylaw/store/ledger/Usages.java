package dev.bylaw.store.ledger;

import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapWindow;
import dev.bylaw.store.sql.Session;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What counters hold, in memory. The writer's thread loads and changes it; every thread may look,
 * and then sees what the writer sees, which may be a moment ahead of the disk.
 */
final class Usages {
  /** What all counters together may weigh; one is a sum, or a millisecond of a tree. */
  private static final int MOST_WEIGHT = 200_000;

  private static final int MOST_TOTALS = 4;
  private static final int PRUNED_FROM = 1_024;

  /** The sum of one calendar window. */
  private static final class Total {
    final long from;
    final long to;
    BigDecimal sum;

    Total(long from, long to, BigDecimal sum) {
      this.from = from;
      this.to = to;
      this.sum = sum;
    }
  }

  private static final class Counter {
    /** The id in the tables; 0 until there is one. */
    long id;

    final List<Total> totals = new ArrayList<>(1);
    @Nullable TimeTree tree;
    long treeFrom;
    long longest;
    int prunedAt = PRUNED_FROM;
    @Nullable BigDecimal open;
    int weight = 1;

    int weigh() {
      return 1 + totals.size() + (tree == null ? 0 : tree.size());
    }
  }

  private final Session session;
  private final Map<CapCounter, Counter> counters = new LinkedHashMap<>(256, 0.75f, true);
  private long weight;
  private long lastId = -1;

  /** No open reservation expires before. */
  private long nextExpiry = Long.MIN_VALUE;

  Usages(Session session) {
    this.session = session;
  }

  /** What a counter holds if that is in memory; for any thread. */
  synchronized Optional<BigDecimal> known(CapCounter counter, CapWindow window, Instant at) {
    Counter known = counters.get(counter);
    return known == null ? Optional.empty() : Optional.ofNullable(look(known, window, at));
  }

  /** What a counter holds; for the writer's thread. */
  synchronized BigDecimal used(CapCounter counter, CapWindow window, Instant at) {
    Counter known = counter(counter);
    BigDecimal used = look(known, window, at);
    if (used == null) {
      load(known, window, at);
      reweigh(known);
      used = look(known, window, at);
    }
    if (used == null) {
      throw new IllegalStateException("loaded and not there: " + counter);
    }
    return used;
  }

  /** A charge was added to the tables, changed or taken away. */
  synchronized void change(CapCounter counter, long at, BigDecimal by) {
    Counter known = counters.get(counter);
    if (known == null || by.signum() == 0) {
      return;
    }
    for (Total total : known.totals) {
      if (total.from <= at && at < total.to) {
        total.sum = total.sum.add(by);
      }
    }
    if (known.tree != null && at >= known.treeFrom) {
      known.tree.add(at, by);
      prune(known, at);
      reweigh(known);
    }
  }

  /** What is under way of a counter changed. */
  synchronized void changeOpen(CapCounter counter, BigDecimal by) {
    Counter known = counters.get(counter);
    if (known != null && known.open != null) {
      known.open = known.open.add(by);
    }
  }

  synchronized long nextExpiry() {
    return nextExpiry;
  }

  synchronized void nextExpiry(long at) {
    nextExpiry = at;
  }

  /** The id of a counter in the tables, which is made if need be. */
  synchronized long id(CapCounter counter) {
    Counter known = counter(counter);
    if (known.id == 0) {
      if (lastId < 0) {
        lastId = session.number("SELECT MAX(id) FROM cap_counter");
      }
      long id = lastId + 1;
      session.later(
          "INSERT INTO cap_counter (id, identity, pack, rule, key, currency)"
              + " VALUES (?, ?, ?, ?, ?, ?)",
          id,
          counter.identity(),
          counter.pack(),
          counter.rule(),
          counter.key(),
          counter.currency());
      session.onUndo(() -> forgetId(known, id));
      lastId = id;
      known.id = id;
    }
    return known.id;
  }

  /** Everything is asked of the tables again. */
  synchronized void forget() {
    counters.clear();
    weight = 0;
  }

  private synchronized void forgetId(Counter counter, long id) {
    counter.id = 0;
    lastId = id - 1;
  }

  private Counter counter(CapCounter counter) {
    Counter known = counters.get(counter);
    if (known == null) {
      known = new Counter();
      known.id =
          session.number(
              "SELECT id FROM cap_counter WHERE identity = ? AND pack = ? AND rule = ? AND key = ?"
                  + " AND currency = ?",
              counter.identity(),
              counter.pack(),
              counter.rule(),
              counter.key(),
              counter.currency());
      counters.put(counter, known);
      weight++;
    }
    return known;
  }

  private @Nullable BigDecimal look(Counter counter, CapWindow window, Instant at) {
    return switch (window) {
      case CapWindow.Calendar _ -> {
        long millis = at.toEpochMilli();
        CapWindow.@Nullable Range range = null;
        for (Total total : counter.totals) {
          // Two calendar windows of one counter are rare; telling them apart costs a computation.
          if (total.from <= millis && millis < total.to) {
            range = range == null ? range(window, at) : range;
            if (total.from == range.from().toEpochMilli()
                && total.to == range.to().toEpochMilli()) {
              yield total.sum;
            }
          }
        }
        yield null;
      }
      case CapWindow.Rolling _ -> {
        CapWindow.Range range = range(window, at);
        long from = range.from().toEpochMilli();
        yield counter.tree == null || from < counter.treeFrom
            ? null
            : counter.tree.sum(from, range.to().toEpochMilli());
      }
      case CapWindow.Concurrent _ -> at.toEpochMilli() >= nextExpiry ? null : counter.open;
    };
  }

  private void load(Counter counter, CapWindow window, Instant at) {
    switch (window) {
      case CapWindow.Calendar _ -> {
        CapWindow.Range range = range(window, at);
        long from = range.from().toEpochMilli();
        long to = range.to().toEpochMilli();
        var total = new Total(from, to, BigDecimal.ZERO);
        eachCharge(counter.id, from, to, (_, amount) -> total.sum = total.sum.add(amount));
        if (counter.totals.size() == MOST_TOTALS) {
          counter.totals.removeFirst();
        }
        counter.totals.add(total);
      }
      case CapWindow.Rolling(var length) -> {
        long from = range(window, at).from().toEpochMilli();
        long to = counter.tree == null ? Long.MAX_VALUE : counter.treeFrom;
        TimeTree tree = counter.tree == null ? new TimeTree() : counter.tree;
        eachCharge(counter.id, from, to, tree::add);
        counter.tree = tree;
        counter.treeFrom = from;
        counter.longest = Math.max(counter.longest, length.toMillis());
      }
      case CapWindow.Concurrent _ -> counter.open = open(counter.id);
    }
  }

  private BigDecimal open(long counter) {
    var sum =
        new Object() {
          BigDecimal total = BigDecimal.ZERO;
        };
    session.each(
        "SELECT c.amount FROM reservation r JOIN cap_charge c"
            + " ON c.counter = ? AND c.at = r.at AND c.reservation = r.no"
            + " WHERE r.open IS NOT NULL",
        row -> sum.total = sum.total.add(new BigDecimal(row.getString(1))),
        counter);
    return sum.total;
  }

  /** Receives a charge. */
  @FunctionalInterface
  private interface Charges {
    void charge(long at, BigDecimal amount);
  }

  private void eachCharge(long counter, long from, long to, Charges action) {
    if (counter != 0) {
      session.each(
          "SELECT at, amount FROM cap_charge WHERE counter = ? AND at >= ? AND at < ?",
          row -> action.charge(row.getLong(1), new BigDecimal(row.getString(2))),
          counter,
          from,
          to);
    }
  }

  private static void prune(Counter counter, long now) {
    TimeTree tree = counter.tree;
    if (tree != null && tree.size() >= counter.prunedAt) {
      long from = now - counter.longest;
      if (from > counter.treeFrom) {
        tree.dropBefore(from);
        counter.treeFrom = from;
      }
      // The next time when it has doubled, so that pruning costs a constant for each charge.
      counter.prunedAt = Math.max(PRUNED_FROM, tree.size() * 2);
    }
  }

  private void reweigh(Counter counter) {
    int now = counter.weigh();
    weight += now - counter.weight;
    counter.weight = now;
    Iterator<Counter> eldest = counters.values().iterator();
    while (weight > MOST_WEIGHT && eldest.hasNext()) {
      Counter candidate = eldest.next();
      if (candidate != counter) {
        weight -= candidate.weight;
        eldest.remove();
      }
    }
  }

  /** The window round an instant, in whole milliseconds, as charges are kept. */
  static CapWindow.Range range(CapWindow window, Instant at) {
    return window.around(at.truncatedTo(ChronoUnit.MILLIS));
  }
}
