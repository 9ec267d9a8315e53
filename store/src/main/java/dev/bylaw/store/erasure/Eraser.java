package dev.bylaw.store.erasure;

import dev.bylaw.store.ledger.Ledger;
import dev.bylaw.store.log.Chains;
import dev.bylaw.store.sql.Session;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/** Erases; used inside one transaction. */
public final class Eraser {
  private static final String GONE = "{\"erased\":true}";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Session session;
  private final Chains chains;
  private final Ledger ledger;
  private final List<String> left = new ArrayList<>();

  public Eraser(Session session, Chains chains, Ledger ledger) {
    this.session = session;
    this.chains = chains;
    this.ledger = ledger;
  }

  /**
   * Erases, and appends the tombstones.
   *
   * @param by who asked for it
   * @param reason why; must not name the person
   */
  public Erased erase(Erasure what, String by, String reason) {
    return switch (what) {
      case Erasure.Subject subject -> subject(subject, by, reason);
      case Erasure.Run run -> run(run, by, reason);
      case Erasure.Entry entry ->
          done(
              chains.erase(
                  what.identity(),
                  what.scope(),
                  by,
                  reason,
                  new Chains.Selection(
                      "p.id = (c.id << 40 | ?) AND c.log = ? AND (c.writer = ? OR ? = '')",
                      List.of(entry.seq(), entry.log().text(), entry.writer(), entry.writer()),
                      _ -> true,
                      what.fields())),
              0,
              0,
              0);
    };
  }

  private Erased subject(Erasure.Subject subject, String by, String reason) {
    var mention = new Mention(subject.text());
    int records =
        chains.erase(
            subject.identity(),
            subject.scope(),
            by,
            reason,
            new Chains.Selection(
                "LOWER(p.value) LIKE ? ESCAPE '!'",
                List.of(mention.like()),
                mention::inJson,
                subject.fields()));
    return subject.fields().isEmpty()
        ? done(
            records,
            runs(subject.identity(), mention),
            approvals(subject.identity(), mention),
            keys(subject.identity(), mention))
        : done(records, 0, 0, 0);
  }

  private Erased run(Erasure.Run run, String by, String reason) {
    List<Long> found =
        session.list(
            "SELECT no FROM run WHERE id = ? AND identity = ?",
            row -> row.getLong(1),
            run.run(),
            run.identity());
    for (long no : found) {
      if (session.number("SELECT COUNT(*) FROM run WHERE no = ? AND ended IS NULL", no) > 0) {
        throw new IllegalStateException("run " + run.run() + " has not ended");
      }
    }
    int records =
        chains.erase(
            run.identity(),
            run.scope(),
            by,
            reason,
            new Chains.Selection("r.run = ?", List.of(run.run()), _ -> true, run.fields()));
    if (!run.fields().isEmpty()) {
      return done(records, 0, 0, 0);
    }
    found.forEach(this::eraseRun);
    List<String> approvals =
        session.list(
            "SELECT id FROM approval WHERE run = ? AND identity = ?",
            row -> row.getString(1),
            run.run(),
            run.identity());
    approvals.forEach(this::eraseApproval);
    return done(records, found.size(), approvals.size(), 0);
  }

  private Erased done(int records, int runs, int approvals, int counters) {
    return new Erased(records, runs, approvals, counters, left, false);
  }

  private int runs(String identity, Mention mention) {
    record Row(long no, String id, boolean ended) {}
    List<Row> found =
        session.list(
            "SELECT no, id, ended FROM run r WHERE identity = ? AND (LOWER(inputs) LIKE ? ESCAPE '!'"
                + " OR LOWER(result) LIKE ? ESCAPE '!' OR EXISTS (SELECT 1 FROM run_event e"
                + " WHERE e.run = r.no AND LOWER(e.value) LIKE ? ESCAPE '!') OR EXISTS (SELECT 1"
                + " FROM run_snapshot s WHERE s.run = r.no AND LOWER(s.value) LIKE ? ESCAPE '!'))",
            row -> new Row(row.getLong(1), row.getString(2), row.getLong(3) != 0),
            identity,
            mention.like(),
            mention.like(),
            mention.like(),
            mention.like());
    int erased = 0;
    for (Row row : found) {
      if (runTexts(row.no()).stream().anyMatch(mention::inJson)) {
        if (row.ended()) {
          eraseRun(row.no());
          erased++;
        } else {
          left.add(row.id());
        }
      }
    }
    return erased;
  }

  private List<String> runTexts(long no) {
    return session.list(
        "SELECT inputs FROM run WHERE no = ? UNION ALL SELECT result FROM run WHERE no = ?"
            + " UNION ALL SELECT value FROM run_event WHERE run = ?"
            + " UNION ALL SELECT value FROM run_snapshot WHERE run = ?",
        row -> row.getString(1),
        no,
        no,
        no,
        no);
  }

  private void eraseRun(long no) {
    session.update("UPDATE run SET inputs = ?, result = ? WHERE no = ?", GONE, GONE, no);
    session.update("DELETE FROM run_event WHERE run = ?", no);
    session.update("DELETE FROM run_snapshot WHERE run = ?", no);
  }

  private int approvals(String identity, Mention mention) {
    record Row(String id, boolean open, List<String> texts) {}
    List<Row> candidates =
        session.list(
            "SELECT id, status, expires, value FROM approval a WHERE identity = ?"
                + " AND (LOWER(value) LIKE ? ESCAPE '!' OR EXISTS (SELECT 1 FROM approval_event e"
                + " WHERE e.approval = a.id AND LOWER(e.value) LIKE ? ESCAPE '!'))",
            row ->
                new Row(
                    row.getString(1),
                    row.getString(2).equals("pending") || row.getLong(3) != 0,
                    new ArrayList<>(List.of(row.getString(4)))),
            identity,
            mention.like(),
            mention.like());
    int erased = 0;
    for (Row row : candidates) {
      row.texts()
          .addAll(
              session.list(
                  "SELECT value FROM approval_event WHERE approval = ?",
                  event -> event.getString(1),
                  row.id()));
      if (row.texts().stream().anyMatch(mention::inJson)) {
        if (row.open()) {
          left.add(row.id());
        } else {
          eraseApproval(row.id());
          erased++;
        }
      }
    }
    return erased;
  }

  private void eraseApproval(String id) {
    session.update(
        "UPDATE approval SET value = ?, digest = '', expires = NULL, version = version + 1"
            + " WHERE id = ?",
        GONE,
        id);
    session.update("UPDATE approval_event SET value = ? WHERE approval = ?", GONE, id);
  }

  /** Keys keep their place and lose their meaning; what they count stays counted. */
  private int keys(String identity, Mention mention) {
    List<Long> counters = new ArrayList<>();
    session.each(
        "SELECT id, key FROM cap_counter WHERE identity = ?",
        row -> addIf(mention::in, row.getString(2), row.getLong(1), counters),
        identity);
    counters.forEach(
        id -> session.update("UPDATE cap_counter SET key = ? WHERE id = ?", nonsense(), id));

    List<String> reservations = new ArrayList<>();
    session.each(
        "SELECT key, open FROM reservation WHERE identity = ?",
        row -> {
          if (mention.in(row.getString(1))) {
            (row.getLong(2) != 0 ? left : reservations).add(row.getString(1));
          }
        },
        identity);
    for (String key : reservations) {
      session.update(
          "UPDATE reservation SET key = ?, digest = '' WHERE identity = ? AND key = ?",
          nonsense(),
          identity,
          key);
    }

    List<String> decisions = new ArrayList<>();
    session.each(
        "SELECT id, key FROM decision WHERE identity = ?",
        row -> addIf(mention::in, row.getString(2), row.getString(1), decisions),
        identity);
    for (String id : decisions) {
      session.update("UPDATE decision SET key = ?, digest = '' WHERE id = ?", nonsense(), id);
    }
    ledger.forgetMemory();
    return counters.size() + reservations.size();
  }

  private static <T> void addIf(Predicate<String> test, String text, T what, List<T> to) {
    if (test.test(text)) {
      to.add(what);
    }
  }

  private static String nonsense() {
    byte[] bytes = new byte[12];
    RANDOM.nextBytes(bytes);
    return "erased:" + HexFormat.of().formatHex(bytes);
  }
}
