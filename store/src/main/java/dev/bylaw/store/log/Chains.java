package dev.bylaw.store.log;

import dev.bylaw.store.log.LogRecord.Chain;
import dev.bylaw.store.sql.Session;
import dev.bylaw.value.CanonicalJson;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The heads of all chains of this store's writer, and how records join them. */
public final class Chains extends LogQueries {
  /** Where a chain ends; changed by the writer's thread only. */
  private static final class Tip {
    final long id;
    long seq;
    String hash;
    long time;

    Tip(long id, long seq, String hash, long time) {
      this.id = id;
      this.seq = seq;
      this.hash = hash;
      this.time = time;
    }
  }

  private final String writer;
  private final Masking masking;
  private final SigningKey key;
  private final InstantSource clock;
  private final Map<Chain, Tip> tips = new HashMap<>();

  public Chains(
      Session session, String writer, Masking masking, SigningKey key, InstantSource clock) {
    super(session);
    this.writer = writer;
    this.masking = masking;
    this.key = key;
    this.clock = clock;
  }

  /** A log to append to. */
  public AuditLog log(String identity, LogName log) {
    return new AuditLog(this, identity, log);
  }

  String writer() {
    return writer;
  }

  Masking masking() {
    return masking;
  }

  SigningKey key() {
    return key;
  }

  Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  long append(Chain chain, Sealed sealed) {
    Tip tip = tip(chain);
    long seq = tip.seq + 1;
    // Time never runs back inside a chain, so that retention can cut it at a place.
    long millis = Math.max(clock.millis(), tip.time);
    String prev = tip.hash;
    String hash =
        LogRecord.hash(
            chain,
            seq,
            Instant.ofEpochMilli(millis),
            sealed.event.text(),
            sealed.decision,
            sealed.run,
            prev,
            sealed.commitment());
    long id = (tip.id << SEQ_BITS) | seq;
    session.later(
        "INSERT INTO log_record (id, at, event, decision, run, prev, payload, hash)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        millis,
        sealed.event.text(),
        sealed.decision,
        sealed.run,
        prev,
        sealed.commitment(),
        hash);
    session.later(
        "INSERT INTO log_payload (id, salt, value, erased) VALUES (?, ?, ?, '')",
        id,
        sealed.seed(),
        sealed.value());
    long before = tip.time;
    session.onUndo(() -> {
      tip.seq = seq - 1;
      tip.hash = prev;
      tip.time = before;
    });
    tip.seq = seq;
    tip.hash = hash;
    tip.time = millis;
    return seq;
  }

  /** Signs how far all chains have come and keeps it. */
  public Checkpoint checkpoint() {
    List<Checkpoint.Head> heads = new ArrayList<>();
    chains()
        .forEach((id, chain) -> {
          Tip tip = loaded(id);
          heads.add(new Checkpoint.Head(chain, tip.seq, tip.hash));
        });
    heads.sort((a, b) -> a.chain().toString().compareTo(b.chain().toString()));
    var last = lastCheckpoint();
    long no = last.map(Checkpoint::no).orElse(0L) + 1;
    var checkpoint =
        Checkpoint.sign(
            no, now(), last.map(Checkpoint::hash).orElse(Digests.NOTHING_BEFORE), heads, key);
    session.update("INSERT INTO log_checkpoint (no, body) VALUES (?, ?)", no, checkpoint.toJson());
    return checkpoint;
  }

  /**
   * Erases payloads, and appends a tombstone to each chain that lost some.
   *
   * @param ids where the payloads are; those that are gone meanwhile stay so
   * @param why {@code scope}, {@code by} and {@code reason} of the tombstones
   * @return how many records lost something
   */
  public int erase(List<Long> ids, ObjectValue why, Selection selection) {
    Map<Long, SortedMap<Long, Set<String>>> erased = new TreeMap<>();
    for (long id : ids) {
      Set<String> fields = erase(id, selection);
      if (!fields.isEmpty()) {
        erased.computeIfAbsent(id >> SEQ_BITS, _ -> new TreeMap<>()).put(id & MOST_SEQ, fields);
      }
    }
    Map<Long, Chain> chains = chains();
    ObjectValue masked = masking.mask(LogEvent.LOG_ERASED, why);
    erased.forEach((id, places) -> {
      Chain chain = Objects.requireNonNull(chains.get(id));
      // Signed after masking, and so sealed as it is.
      append(
          chain,
          Sealed.of(
              new Draft(LogEvent.LOG_ERASED, "", "", Tombstone.sign(chain, places, masked, key)),
              Masking.NONE));
    });
    return erased.values().stream().mapToInt(Map::size).sum();
  }

  /** Erases fields of one payload; which, {@link Tombstone#ALL} if nothing is left of it. */
  private Set<String> erase(long id, Selection selection) {
    Payload payload =
        session
            .first(
                "SELECT value, salt, erased FROM log_payload WHERE id = ?",
                row ->
                    Payload.parse(row.getString(1), row.getString(2), row.getString(3))
                        .orElseThrow(() -> new SQLException("a damaged payload", "22000", 11)),
                id)
            .orElse(null);
    if (payload == null) {
      return Set.of();
    }
    Set<String> fields = new TreeSet<>();
    Commitment.sorted(payload.value())
        .forEach((name, value) -> {
          if (selection.erases(name, value)) {
            fields.add(name);
          }
        });
    if (fields.isEmpty()) {
      return Set.of();
    }
    Payload rest = payload.without(fields);
    if (rest.value().size() == 0) {
      session.update("DELETE FROM log_payload WHERE id = ?", id);
      return Set.of(Tombstone.ALL);
    }
    session.update(
        "UPDATE log_payload SET value = ?, salt = ?, erased = ? WHERE id = ?",
        CanonicalJson.write(rest.value()),
        rest.saltText(),
        rest.erasedText(),
        id);
    return fields;
  }

  /**
   * Drops the oldest records of one chain of an identity from before an instant; it starts from a
   * signed root then.
   *
   * @param most how many at most
   * @param announced takes the chains whose retention stands in their log already
   * @return how many records were dropped; 0 if no chain has any that old
   */
  public int retain(String identity, Instant before, int most, Set<Long> announced) {
    long millis = before.toEpochMilli();
    for (var entry : chains().entrySet()) {
      long from = entry.getKey() << SEQ_BITS;
      Chain chain = entry.getValue();
      long last =
          !chain.identity().equals(identity)
              ? 0
              : session.number(
                  "SELECT MAX(id) FROM (SELECT id FROM log_record WHERE id BETWEEN ? AND ?"
                      + " AND at < ? ORDER BY id LIMIT ?)",
                  from,
                  from | MOST_SEQ,
                  millis,
                  most);
      if (last == 0) {
        continue;
      }
      if (announced.add(entry.getKey())) {
        announce(chain, from, before);
      }
      return drop(chain, entry.getKey(), last);
    }
    return 0;
  }

  /** Writes to a log that what is older is about to go. */
  private void announce(Chain chain, long from, Instant before) {
    long old =
        session.number(
            "SELECT COUNT(*) FROM log_record WHERE id BETWEEN ? AND ? AND at < ?",
            from,
            from | MOST_SEQ,
            before.toEpochMilli());
    append(
        chain,
        Sealed.of(
            new Draft(
                LogEvent.LOG_RETAINED,
                "",
                "",
                ObjectValue.of(
                    "before", StringValue.of(before.toString()), "dropped", NumberValue.of(old))),
            Masking.NONE));
  }

  /** Drops a chain up to a record, and lets it start from the one behind. */
  private int drop(Chain chain, long id, long last) {
    long from = id << SEQ_BITS;
    Root root =
        session
            .first(
                "SELECT id, prev FROM log_record WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1",
                row -> Root.signed(chain, row.getLong(1) & MOST_SEQ, row.getString(2), now(), key),
                last + 1,
                from | MOST_SEQ)
            .orElseThrow(() -> new IllegalStateException("that it goes was announced behind it"));
    session.update("DELETE FROM log_payload WHERE id BETWEEN ? AND ?", from, last);
    int dropped = session.update("DELETE FROM log_record WHERE id BETWEEN ? AND ?", from, last);
    session.update(
        "UPDATE log_chain SET root_seq = ?, root_prev = ?, root = ? WHERE id = ?",
        root.seq(),
        root.prev(),
        root.statement(),
        id);
    return dropped;
  }

  private Tip tip(Chain chain) {
    Tip known = tips.get(chain);
    if (known != null) {
      return known;
    }
    long id =
        session.number(
            "SELECT id FROM log_chain WHERE identity = ? AND log = ? AND writer = ?",
            chain.identity(),
            chain.log().text(),
            chain.writer());
    if (id == 0) {
      id = session.number("SELECT MAX(id) FROM log_chain") + 1;
      session.update(
          "INSERT INTO log_chain (id, identity, log, writer, root_seq, root_prev, root)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?)",
          id,
          chain.identity(),
          chain.log().text(),
          chain.writer(),
          Root.FIRST.seq(),
          Root.FIRST.prev(),
          Root.FIRST.statement());
      session.onUndo(() -> tips.remove(chain));
    }
    Tip tip = loaded(id);
    tips.put(chain, tip);
    return tip;
  }

  private Tip loaded(long id) {
    return session
        .first(
            "SELECT id, hash, at FROM log_record WHERE id BETWEEN ? AND ?"
                + " ORDER BY id DESC LIMIT 1",
            row -> new Tip(id, row.getLong(1) & MOST_SEQ, row.getString(2), row.getLong(3)),
            id << SEQ_BITS,
            (id << SEQ_BITS) | MOST_SEQ)
        .orElseGet(() -> {
          Root root = root(id);
          return new Tip(id, root.seq() - 1, root.prev(), 0);
        });
  }
}
