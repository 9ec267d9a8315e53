package dev.bylaw.store.sql;

import java.util.List;

/**
 * The tables, as a list of versions: a store is brought from its version to the newest, one by one.
 *
 * <p>A version that was released never changes; a change is a new version. {@code #ID} and {@code
 * #CLUSTERED} are what the dialects say differently.
 */
public final class Schema {
  private static final List<List<String>> VERSIONS = List.of(first(), second());

  private Schema() {}

  /** The newest version this program knows. */
  public static int newest() {
    return VERSIONS.size();
  }

  /** Brings a store to the newest version; call inside a transaction. */
  public static void migrate(Session session, int from) {
    for (int version = from; version < VERSIONS.size(); version++) {
      for (String statement : VERSIONS.get(version)) {
        session.execute(sqlite(statement));
      }
    }
    session.update(
        "INSERT INTO meta (name, value) VALUES ('schema', ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        Integer.toString(newest()));
  }

  private static String sqlite(String statement) {
    return statement.replace("#ID", "INTEGER PRIMARY KEY").replace("#CLUSTERED", "WITHOUT ROWID");
  }

  private static List<String> first() {
    return List.of(
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) #CLUSTERED",
        """
        CREATE TABLE setting (identity TEXT, name TEXT, value TEXT NOT NULL,
          PRIMARY KEY (identity, name)) #CLUSTERED\
        """,

        // Runs. `id` is theirs, `no` is ours: short, and in order of start.
        """
        CREATE TABLE definition (digest TEXT PRIMARY KEY, text TEXT NOT NULL) #CLUSTERED\
        """,
        """
        CREATE TABLE run (no #ID, id TEXT NOT NULL UNIQUE, identity TEXT NOT NULL,
          agent TEXT NOT NULL, playbook TEXT NOT NULL, version TEXT NOT NULL,
          definition TEXT NOT NULL, engine TEXT NOT NULL, status TEXT NOT NULL,
          inputs TEXT NOT NULL, result TEXT NOT NULL, started BIGINT NOT NULL,
          ended BIGINT, wake BIGINT)\
        """,
        "CREATE INDEX run_by_identity ON run (identity, no)",
        "CREATE INDEX run_unfinished ON run (no) WHERE ended IS NULL",
        "CREATE INDEX run_wake ON run (wake) WHERE wake IS NOT NULL",
        // Events that were written together are one row, with the place of the last. Rows are in
        // order of writing: by run, every run under way would have a page of its own to write.
        """
        CREATE TABLE run_event (no #ID, run BIGINT NOT NULL, seq BIGINT NOT NULL,
          value TEXT NOT NULL)\
        """,
        "CREATE UNIQUE INDEX run_event_by_run ON run_event (run, seq)",
        """
        CREATE TABLE run_snapshot (run BIGINT PRIMARY KEY, seq BIGINT NOT NULL,
          value TEXT NOT NULL) #CLUSTERED\
        """,

        // Caps. A charge is clustered by counter and time, so that a window is one range.
        """
        CREATE TABLE cap_counter (id #ID, identity TEXT NOT NULL, pack TEXT NOT NULL,
          rule TEXT NOT NULL, key TEXT NOT NULL, currency TEXT NOT NULL,
          UNIQUE (identity, pack, rule, key, currency))\
        """,
        """
        CREATE TABLE cap_charge (counter BIGINT, at BIGINT, reservation BIGINT,
          amount TEXT NOT NULL, overage TEXT NOT NULL,
          PRIMARY KEY (counter, at, reservation)) #CLUSTERED\
        """,
        """
        CREATE TABLE reservation (identity TEXT, key TEXT, no BIGINT NOT NULL,
          digest TEXT NOT NULL, state TEXT NOT NULL, at BIGINT NOT NULL, expires BIGINT NOT NULL,
          charges TEXT NOT NULL, open BIGINT, PRIMARY KEY (identity, key)) #CLUSTERED\
        """,
        "CREATE INDEX reservation_open ON reservation (open) WHERE open IS NOT NULL",

        // Decisions: the index by which an outcome finds its decision.
        """
        CREATE TABLE decision (id TEXT PRIMARY KEY, identity TEXT NOT NULL, agent TEXT NOT NULL,
          key TEXT NOT NULL, action TEXT NOT NULL, digest TEXT NOT NULL, effect TEXT NOT NULL,
          run TEXT NOT NULL, at BIGINT NOT NULL, outcome TEXT NOT NULL, first BIGINT NOT NULL) #CLUSTERED\
        """,
        "CREATE INDEX decision_by_key ON decision (identity, key, at)",

        // Approvals.
        """
        CREATE TABLE approval (id TEXT PRIMARY KEY, identity TEXT NOT NULL, run TEXT NOT NULL,
          digest TEXT NOT NULL, status TEXT NOT NULL, requested BIGINT NOT NULL, expires BIGINT,
          version BIGINT NOT NULL, value TEXT NOT NULL) #CLUSTERED\
        """,
        "CREATE INDEX approval_by_status ON approval (identity, status, requested)",
        "CREATE INDEX approval_by_digest ON approval (identity, digest)",
        "CREATE INDEX approval_by_run ON approval (run) WHERE run <> ''",
        "CREATE INDEX approval_expires ON approval (expires) WHERE expires IS NOT NULL",
        """
        CREATE TABLE approval_event (approval TEXT, seq BIGINT, at BIGINT NOT NULL,
          value TEXT NOT NULL, PRIMARY KEY (approval, seq)) #CLUSTERED\
        """,
        """
        CREATE TABLE approval_waiter (approval TEXT, run TEXT, key TEXT,
          PRIMARY KEY (approval, run, key)) #CLUSTERED\
        """,

        // The logs. A record's id is its chain and its place in it; payload and salt lie apart.
        """
        CREATE TABLE log_chain (id #ID, identity TEXT NOT NULL, log TEXT NOT NULL,
          writer TEXT NOT NULL, root_seq BIGINT NOT NULL, root_prev TEXT NOT NULL,
          root TEXT NOT NULL, UNIQUE (identity, log, writer))\
        """,
        """
        CREATE TABLE log_record (id #ID, at BIGINT NOT NULL, event TEXT NOT NULL,
          decision TEXT NOT NULL, run TEXT NOT NULL, prev TEXT NOT NULL, payload TEXT NOT NULL,
          hash TEXT NOT NULL)\
        """,
        "CREATE INDEX log_record_by_decision ON log_record (decision) WHERE decision <> ''",
        "CREATE INDEX log_record_by_run ON log_record (run) WHERE run <> ''",
        """
        CREATE TABLE log_payload (id #ID, salt TEXT NOT NULL, value TEXT NOT NULL,
          erased TEXT NOT NULL)\
        """,
        "CREATE TABLE log_checkpoint (no #ID, body TEXT NOT NULL)",

        // Metrics: sums by day, written with what they count.
        """
        CREATE TABLE metric (identity TEXT, day BIGINT, name TEXT, label TEXT, sublabel TEXT,
          total BIGINT NOT NULL, PRIMARY KEY (identity, name, day, label, sublabel)) #CLUSTERED\
        """);
  }

  /** The redo log: which epoch of it belongs to the database, and what the database holds of it. */
  private static List<String> second() {
    return List.of(
        "INSERT INTO meta (name, value) VALUES ('redo_epoch', '0'), ('redo_applied', '0')");
  }
}
