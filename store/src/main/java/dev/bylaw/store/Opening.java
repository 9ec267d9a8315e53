package dev.bylaw.store;

import dev.bylaw.store.StoreUnavailable.Reason;
import dev.bylaw.store.log.SigningKey;
import dev.bylaw.store.redo.RedoReader;
import dev.bylaw.store.redo.RedoReader.Logged;
import dev.bylaw.store.redo.RedoReader.Statement;
import dev.bylaw.store.sql.NativeLibrary;
import dev.bylaw.store.sql.Schema;
import dev.bylaw.store.sql.Session;
import dev.bylaw.store.sql.SqlFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/**
 * A store that was just opened: its writing connection, the name of its writer, its key, its redo
 * log.
 *
 * @param session the connection that writes
 * @param writer the name under which this store writes logs, for good
 * @param key signs the logs
 * @param flusher brings batches to the disk
 * @param applied the number of the last batch
 */
record Opening(Session session, String writer, SigningKey key, Flusher flusher, long applied)
    implements AutoCloseable {
  /** How long a connection waits for a lock that another holds. */
  static final int BUSY_MILLIS = 5_000;

  static final String FILE = "bylaw.db";
  static final String REDO = "bylaw.redo";
  private static final String EPOCH = "redo_epoch";
  private static final String APPLIED = "redo_applied";

  /** Takes the folder for this process. */
  static StoreLock lock(Path dir) {
    try {
      if (!Files.isDirectory(dir)) {
        Files.createDirectories(dir.toAbsolutePath().getParent());
        Files.createDirectory(dir, SigningKey.ownerOnly(dir, "rwx------"));
      }
      return StoreLock.take(dir);
    } catch (IOException e) {
      throw Trouble.of(dir, e);
    }
  }

  static Opening open(StoreOptions options) {
    Path file = options.dir().resolve(FILE);
    Session session = null;
    boolean opened = false;
    try {
      session = connect(file, new Properties());
      String mode =
          session.first("PRAGMA journal_mode = WAL", row -> row.getString(1)).orElse("none");
      if (!mode.equals("wal")) {
        throw new StoreUnavailable(
            Reason.NOT_ACCESSIBLE,
            "the disk of " + options.dir() + " cannot hold a store: it has no shared memory");
      }
      for (String pragma :
          new String[] {
            "synchronous = FULL",
            "fullfsync = ON",
            "secure_delete = ON",
            "temp_store = MEMORY",
            "cache_size = -16384",
            "busy_timeout = " + BUSY_MILLIS,
            "journal_size_limit = 67108864",
            // Done beside the writer; this is for the day that cannot keep up.
            "wal_autocheckpoint = 50000",
            "trusted_schema = OFF"
          }) {
        session.execute("PRAGMA " + pragma);
      }
      boolean ours = known(session, options.dir());
      if (ours) {
        redo(session, options.dir());
      }
      migrate(session, ours);
      SigningKey key = key(session, options);
      String writer = writer(session);
      long applied = Long.parseLong(meta(session, APPLIED).orElse("0"));
      long epoch = new SecureRandom().nextLong();
      // The last that is durable by itself; from here on the redo log sees to that.
      set(session, EPOCH, Long.toString(epoch));
      session.execute("PRAGMA synchronous = NORMAL");
      var opening =
          new Opening(session, writer, key, flusher(options.dir(), epoch, applied), applied);
      opened = true;
      return opening;
    } catch (SqlFailure | SQLException e) {
      throw Trouble.of(options.dir(), e);
    } finally {
      if (!opened && session != null) {
        session.close();
      }
    }
  }

  /** A connection that carries the write-ahead log into the main file. */
  static Session carrier(Path dir) {
    try {
      Session session = connect(dir.resolve(FILE), new Properties());
      session.execute("PRAGMA synchronous = FULL");
      session.execute("PRAGMA fullfsync = ON");
      return session;
    } catch (SQLException e) {
      throw Trouble.of(dir, e);
    }
  }

  /** A connection that only reads. */
  static Session reader(Path dir) {
    try {
      var properties = new Properties();
      properties.setProperty("open_mode", "1"); // SQLITE_OPEN_READONLY
      var session =
          new Session(DriverManager.getConnection("jdbc:sqlite:" + dir.resolve(FILE), properties));
      session.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
      session.execute("PRAGMA query_only = ON");
      return session;
    } catch (SQLException e) {
      throw Trouble.of(dir, e);
    }
  }

  /** A connection that only reads a store that nobody has open to change it. */
  static Session looking(Path dir) {
    NativeLibrary.provide();
    // SQLite would make files beside the database; of one that nobody changes it needs none.
    String file = dir.resolve(FILE).toUri().getRawPath();
    try {
      return new Session(
          DriverManager.getConnection("jdbc:sqlite:file:" + file + "?mode=ro&immutable=1"));
    } catch (SQLException e) {
      throw Trouble.of(dir, e);
    }
  }

  /** Whether the database itself holds all that was answered, in the form of this version. */
  static boolean isUpToDate(Path dir) throws IOException {
    Path wal = dir.resolve(FILE + "-wal");
    if (Files.exists(wal) && Files.size(wal) > 0) {
      return false;
    }
    try (Session session = looking(dir)) {
      Optional<String> epoch = known(session, dir) ? meta(session, EPOCH) : Optional.empty();
      return epoch.isPresent()
          && version(session) == Schema.newest()
          && RedoReader.missing(
                  dir.resolve(REDO),
                  Long.parseLong(epoch.get()),
                  Long.parseLong(meta(session, APPLIED).orElse("0")))
              .isEmpty();
    }
  }

  /** The key that signs the logs of a store in a folder. */
  static SigningKey keyOf(StoreOptions options, Path dir) {
    try (Session session = looking(dir)) {
      return key(session, options);
    }
  }

  private static Session connect(Path file, Properties properties) throws SQLException {
    NativeLibrary.provide();
    // Otherwise the driver asks for the last row id after every statement.
    properties.setProperty("jdbc.get_generated_keys", "false");
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, properties);
    var session = new Session(connection);
    // Transactions are begun and ended by statements. With automatic commits on, the driver probes
    // for a transaction before every statement; switching them off begins one, which is ended.
    connection.setAutoCommit(false);
    session.execute("COMMIT");
    return session;
  }

  /** Whether there is a store already. */
  private static boolean known(Session session, Path dir) {
    long tables = session.number("SELECT COUNT(*) FROM sqlite_master");
    boolean ours =
        session.number("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'meta'")
            == 1;
    if (tables > 0 && !ours) {
      throw new StoreUnavailable(
          Reason.CORRUPT, dir.resolve(FILE) + " is a database, but not a store of Bylaw");
    }
    if (ours && version(session) > Schema.newest()) {
      throw new StoreUnavailable(
          Reason.NEWER_VERSION,
          "the store in "
              + dir
              + " was written by a newer Bylaw (schema "
              + version(session)
              + ", this one knows "
              + Schema.newest()
              + "); use that one");
    }
    return ours;
  }

  /** Does again what the database lost when the machine stopped. */
  private static void redo(Session session, Path dir) {
    Optional<String> epoch = meta(session, EPOCH);
    if (epoch.isEmpty()) {
      return;
    }
    try {
      long applied = Long.parseLong(meta(session, APPLIED).orElse("0"));
      List<Logged> missing =
          RedoReader.missing(dir.resolve(REDO), Long.parseLong(epoch.get()), applied);
      if (!missing.isEmpty()) {
        session.execute("BEGIN IMMEDIATE");
        for (Logged batch : missing) {
          for (Statement statement : batch.statements()) {
            session.redo(statement.sql(), statement.arguments().toArray());
          }
        }
        applied(session, missing.getLast().number());
        session.execute("COMMIT");
      }
    } catch (IOException e) {
      throw new StoreUnavailable(
          Reason.CORRUPT,
          "the store in "
              + dir
              + " cannot be brought up to date: "
              + e.getMessage()
              + "; put back a copy of its whole folder",
          e);
    }
  }

  /** The last batch in the database is this; in the transaction of the batch. */
  static void applied(Session session, long number) {
    session.updateUnrecorded(
        "UPDATE meta SET value = ? WHERE name = '" + APPLIED + "'", Long.toString(number));
  }

  private static Flusher flusher(Path dir, long epoch, long applied) {
    try {
      return new Flusher(dir.resolve(REDO), dir.resolve(FILE + "-wal"), epoch, applied);
    } catch (IOException e) {
      throw Trouble.of(dir, e);
    }
  }

  private static int version(Session session) {
    return Integer.parseInt(meta(session, "schema").orElse("0"));
  }

  private static void migrate(Session session, boolean ours) {
    int version = ours ? version(session) : 0;
    if (version < Schema.newest()) {
      session.execute("BEGIN IMMEDIATE");
      Schema.migrate(session, version);
      session.execute("COMMIT");
    }
  }

  private static SigningKey key(Session session, StoreOptions options) {
    Optional<String> signed = meta(session, "key");
    Path file = options.keyFile();
    try {
      if (!Files.exists(file)) {
        if (signed.isPresent()) {
          throw new StoreUnavailable(
              Reason.KEY,
              "the key that signs the logs of this store is not at "
                  + file
                  + "; put it back there");
        }
        SigningKey.create(file);
      }
      SigningKey key = SigningKey.read(file);
      if (signed.isEmpty()) {
        put(session, "key", key.publicText());
      } else if (!signed.get().equals(key.publicText())) {
        throw new StoreUnavailable(
            Reason.KEY, "the key at " + file + " is not the one that signs the logs of this store");
      }
      return key;
    } catch (IOException e) {
      if (Trouble.isFull(e)) {
        throw Trouble.of(options.dir(), e);
      }
      throw new StoreUnavailable(
          Reason.KEY,
          "the key that signs the logs, " + file + ", cannot be used: " + Trouble.reason(e),
          e);
    }
  }

  private static String writer(Session session) {
    Optional<String> known = meta(session, "writer");
    if (known.isEmpty()) {
      String fresh = UUID.randomUUID().toString().substring(0, 8);
      put(session, "writer", fresh);
      return fresh;
    }
    return known.get();
  }

  private static Optional<String> meta(Session session, String name) {
    return session.first("SELECT value FROM meta WHERE name = ?", row -> row.getString(1), name);
  }

  private static void set(Session session, String name, String value) {
    session.update("UPDATE meta SET value = ? WHERE name = ?", value, name);
  }

  private static void put(Session session, String name, String value) {
    session.update("INSERT INTO meta (name, value) VALUES (?, ?)", name, value);
  }

  @Override
  public void close() {
    flusher.close();
    session.close();
  }
}
