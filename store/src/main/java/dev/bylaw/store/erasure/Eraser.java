package dev.bylaw.store.erasure;

import dev.bylaw.store.ledger.Ledger;
import dev.bylaw.store.log.Chains;
import dev.bylaw.store.log.LogQueries;
import dev.bylaw.store.log.Selection;
import dev.bylaw.store.sql.Session;
import dev.bylaw.value.ObjectValue;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/**
 * Erases what one {@link Erasure} means.
 *
 * <p>It is looked for in snapshots, however long that takes, and erased in transactions that touch
 * nothing but what was found: nobody waits for the search. Each transaction looks again at what it
 * erases, as that may have changed meanwhile.
 */
public final class Eraser {
  private static final String GONE = "{\"erased\":true}";
  private static final SecureRandom RANDOM = new SecureRandom();

  /** How many records of the logs are erased in one transaction, at most. */
  private static final int PAGE = 100;

  private final Erasure what;
  private final ObjectValue why;
  private final Selection selection;
  private final Predicate<String> mentions;

  /**
   * Erases.
   *
   * @param by who asked for it
   * @param reason why; must not name the person
   */
  public Eraser(Erasure what, String by, String reason) {
    this.what = what;
    this.why =
        ObjectValue.builder(3)
            .put("scope", what.scope())
            .put("by", by)
            .put("reason", reason)
            .build();
    this.mentions =
        what instanceof Erasure.Subject subject ? new Mention(subject.text())::inJson : _ -> true;
    this.selection = selection(what, mentions);
  }

  private static Selection selection(Erasure what, Predicate<String> mentions) {
    String where;
    List<Object> arguments;
    switch (what) {
      case Erasure.Subject subject -> {
        where = "LOWER(p.value) LIKE ? ESCAPE '!'";
        arguments = List.of(new Mention(subject.text()).like());
      }
      case Erasure.Run run -> {
        where = "r.run = ?";
        arguments = List.of(run.run());
      }
      case Erasure.Entry entry -> {
        where = "p.id = (c.id << 40 | ?) AND c.log = ? AND (c.writer = ? OR ? = '')";
        arguments = List.of(entry.seq(), entry.log().text(), entry.writer(), entry.writer());
      }
    }
    return new Selection(what.identity(), where, arguments, mentions, what.fields());
  }

  /**
   * Whether it can be erased at all.
   *
   * @throws IllegalStateException if the run has not ended
   */
  public void require(Session snapshot) {
    if (what instanceof Erasure.Run run
        && snapshot.number(
                "SELECT COUNT(*) FROM run WHERE id = ? AND identity = ? AND ended IS NULL",
                run.run(),
                run.identity())
            > 0) {
      throw new IllegalStateException("run " + run.run() + " has not ended");
    }
  }

  /**
   * Where the next records of the logs are that may have to go.
   *
   * @param after behind this place; 0 for the first
   */
  public List<Long> records(LogQueries snapshot, long after) {
    return snapshot.places(selection, after, PAGE);
  }

  /** Erases what has to go of some records, and leaves tombstones; how many lost something. */
  public int erase(Chains chains, List<Long> records) {
    return chains.erase(records, why, selection);
  }

  /**
   * What may have to go beside the logs.
   *
   * @param runs by their numbers
   * @param approvals by their ids
   * @param counters by their numbers
   * @param reservations by their keys
   * @param decisions by their ids
   */
  public record Others(
      List<Long> runs,
      List<String> approvals,
      List<Long> counters,
      List<String> reservations,
      List<String> decisions) {
    static final Others NONE = new Others(List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /** Looks for what may have to go beside the logs; nothing where only some fields have to. */
  public Others others(Session snapshot) {
    if (!what.fields().isEmpty()) {
      return Others.NONE;
    }
    return switch (what) {
      case Erasure.Entry _ -> Others.NONE;
      case Erasure.Run run ->
          new Others(
              snapshot.list(
                  "SELECT no FROM run WHERE id = ? AND identity = ?",
                  row -> row.getLong(1),
                  run.run(),
                  run.identity()),
              snapshot.list(
                  "SELECT id FROM approval WHERE run = ? AND identity = ?",
                  row -> row.getString(1),
                  run.run(),
                  run.identity()),
              List.of(),
              List.of(),
              List.of());
      case Erasure.Subject subject -> mentioning(snapshot, new Mention(subject.text()));
    };
  }

  private Others mentioning(Session snapshot, Mention mention) {
    String identity = what.identity();
    String like = mention.like();
    List<Long> runs =
        snapshot.list(
            "SELECT no FROM run r WHERE identity = ? AND (LOWER(inputs) LIKE ? ESCAPE '!'"
                + " OR LOWER(result) LIKE ? ESCAPE '!' OR EXISTS (SELECT 1 FROM run_event e"
                + " WHERE e.run = r.no AND LOWER(e.value) LIKE ? ESCAPE '!') OR EXISTS (SELECT 1"
                + " FROM run_snapshot s WHERE s.run = r.no AND LOWER(s.value) LIKE ? ESCAPE '!'))",
            row -> row.getLong(1),
            identity,
            like,
            like,
            like,
            like);
    List<String> approvals =
        snapshot.list(
            "SELECT id FROM approval a WHERE identity = ?"
                + " AND (LOWER(value) LIKE ? ESCAPE '!' OR EXISTS (SELECT 1 FROM approval_event e"
                + " WHERE e.approval = a.id AND LOWER(e.value) LIKE ? ESCAPE '!'))",
            row -> row.getString(1),
            identity,
            like,
            like);
    List<Long> counters = new ArrayList<>();
    snapshot.each(
        "SELECT id, key FROM cap_counter WHERE identity = ?",
        row -> addIf(mention::in, row.getString(2), row.getLong(1), counters),
        identity);
    List<String> reservations = new ArrayList<>();
    snapshot.each(
        "SELECT key FROM reservation WHERE identity = ?",
        row -> addIf(mention::in, row.getString(1), row.getString(1), reservations),
        identity);
    List<String> decisions = new ArrayList<>();
    snapshot.each(
        "SELECT id, key FROM decision WHERE identity = ?",
        row -> addIf(mention::in, row.getString(2), row.getString(1), decisions),
        identity);
    return new Others(runs, approvals, counters, reservations, decisions);
  }

  private static <T> void addIf(Predicate<String> test, String text, T what, List<T> to) {
    if (test.test(text)) {
      to.add(what);
    }
  }

  /**
   * Erases what was found beside the logs, except what is under way.
   *
   * @param records how many records of the logs lost something
   */
  public Erased erase(Session session, Ledger ledger, int records, Others others) {
    List<String> left = new ArrayList<>();
    int runs = 0;
    for (long no : others.runs()) {
      runs += eraseRun(session, no, left) ? 1 : 0;
    }
    int approvals = 0;
    for (String id : others.approvals()) {
      approvals += eraseApproval(session, id, left) ? 1 : 0;
    }
    int counted = eraseKeys(session, others, left);
    if (counted > 0) {
      ledger.forgetMemory();
    }
    return new Erased(records, runs, approvals, counted, left, false);
  }

  private boolean eraseRun(Session session, long no, List<String> left) {
    List<String> texts =
        session.list(
            "SELECT inputs FROM run WHERE no = ? UNION ALL SELECT result FROM run WHERE no = ?"
                + " UNION ALL SELECT value FROM run_event WHERE run = ?"
                + " UNION ALL SELECT value FROM run_snapshot WHERE run = ?",
            row -> row.getString(1),
            no,
            no,
            no,
            no);
    if (texts.stream().noneMatch(mentions)) {
      return false;
    }
    var underWay =
        session.first(
            "SELECT id FROM run WHERE no = ? AND ended IS NULL", row -> row.getString(1), no);
    if (underWay.isPresent()) {
      left.add(underWay.get());
      return false;
    }
    session.update("UPDATE run SET inputs = ?, result = ? WHERE no = ?", GONE, GONE, no);
    session.update("DELETE FROM run_event WHERE run = ?", no);
    session.update("DELETE FROM run_snapshot WHERE run = ?", no);
    return true;
  }

  private boolean eraseApproval(Session session, String id, List<String> left) {
    List<String> texts =
        session.list(
            "SELECT value FROM approval WHERE id = ?"
                + " UNION ALL SELECT value FROM approval_event WHERE approval = ?",
            row -> row.getString(1),
            id,
            id);
    if (texts.stream().noneMatch(mentions)) {
      return false;
    }
    // A run that has ended waits for nobody: what it asked can go, answered or not.
    boolean open =
        !(what instanceof Erasure.Run)
            && session.number(
                    "SELECT COUNT(*) FROM approval WHERE id = ?"
                        + " AND (status = 'pending' OR expires IS NOT NULL)",
                    id)
                > 0;
    if (open) {
      left.add(id);
      return false;
    }
    session.update(
        "UPDATE approval SET value = ?, digest = '', expires = NULL, version = version + 1"
            + " WHERE id = ?",
        GONE,
        id);
    session.update("UPDATE approval_event SET value = ? WHERE approval = ?", GONE, id);
    return true;
  }

  /** Keys keep their place and lose their meaning; what they count stays counted. */
  private int eraseKeys(Session session, Others others, List<String> left) {
    int erased = 0;
    for (long id : others.counters()) {
      erased += session.update("UPDATE cap_counter SET key = ? WHERE id = ?", nonsense(), id);
    }
    for (String key : others.reservations()) {
      boolean open =
          session.number(
                  "SELECT COUNT(*) FROM reservation"
                      + " WHERE identity = ? AND key = ? AND open IS NOT NULL",
                  what.identity(),
                  key)
              > 0;
      if (open) {
        left.add(key);
        continue;
      }
      erased +=
          session.update(
              "UPDATE reservation SET key = ?, digest = '' WHERE identity = ? AND key = ?",
              nonsense(),
              what.identity(),
              key);
    }
    for (String id : others.decisions()) {
      session.update("UPDATE decision SET key = ?, digest = '' WHERE id = ?", nonsense(), id);
    }
    return erased;
  }

  private static String nonsense() {
    byte[] bytes = new byte[12];
    RANDOM.nextBytes(bytes);
    return "erased:" + HexFormat.of().formatHex(bytes);
  }
}
