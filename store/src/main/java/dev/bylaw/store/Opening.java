package dev.bylaw.store;

import dev.bylaw.store.StoreUnavailable.Reason;
import dev.bylaw.store.log.SigningKey;
import dev.bylaw.store.sql.Schema;
import dev.bylaw.store.sql.Session;
import dev.bylaw.store.sql.SqlFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;

/**
 * A store that was just opened: its writing connection, the name of its writer, its key.
 *
 * @param session the connection that writes
 * @param writer the name under which this store writes logs, for good
 * @param key signs the logs
 */
record Opening(Session session, String writer, SigningKey key) {
  /** How long a connection waits for a lock that another holds. */
  static final int BUSY_MILLIS = 5_000;

  private static final String FILE = "bylaw.db";
  private static final Set<Integer> DAMAGED = Set.of(11, 26);
  private static final int FULL = 13;
  private static final int FAILED = 10;

  /** Takes the folder for this process. */
  static StoreLock lock(Path dir) {
    try {
      if (!Files.isDirectory(dir)) {
        Files.createDirectories(dir.toAbsolutePath().getParent());
        Files.createDirectory(dir, SigningKey.ownerOnly(dir, "rwx------"));
      }
      return StoreLock.take(dir);
    } catch (IOException e) {
      throw inaccessible(dir, e);
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
      migrate(session, options.dir());
      SigningKey key = key(session, options);
      var opening = new Opening(session, writer(session), key);
      opened = true;
      return opening;
    } catch (SqlFailure e) {
      throw DAMAGED.contains(e.code()) ? damaged(file, e) : inaccessible(options.dir(), e);
    } catch (SQLException e) {
      throw inaccessible(options.dir(), e);
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
      throw inaccessible(dir, e);
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
      throw inaccessible(dir, e);
    }
  }

  private static Session connect(Path file, Properties properties) throws SQLException {
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

  private static void migrate(Session session, Path dir) {
    long tables = session.number("SELECT COUNT(*) FROM sqlite_master");
    boolean ours =
        session.number("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'meta'")
            == 1;
    if (tables > 0 && !ours) {
      throw new StoreUnavailable(
          Reason.CORRUPT, dir.resolve(FILE) + " is a database, but not a store of Bylaw");
    }
    int version = ours ? Integer.parseInt(meta(session, "schema").orElse("0")) : 0;
    if (version > Schema.newest()) {
      throw new StoreUnavailable(
          Reason.NEWER_VERSION,
          "the store in "
              + dir
              + " was written by a newer Bylaw (schema "
              + version
              + ", this one knows "
              + Schema.newest()
              + "); use that one");
    }
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
      throw new StoreUnavailable(
          Reason.KEY, "the key that signs the logs cannot be used: " + e.getMessage(), e);
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

  private static void put(Session session, String name, String value) {
    session.update("INSERT INTO meta (name, value) VALUES (?, ?)", name, value);
  }

  private static StoreUnavailable inaccessible(Path dir, Exception cause) {
    int code =
        cause instanceof SqlFailure failure
            ? failure.code()
            : cause instanceof SQLException sql ? sql.getErrorCode() & 0xff : 0;
    if (code == FULL) {
      return new StoreUnavailable(
          Reason.DISK_FULL, "the disk of " + dir + " is full; free some space", cause);
    }
    if (code == FAILED) {
      // A disk without room for the shared memory beside the database fails like a broken one.
      return new StoreUnavailable(
          Reason.DISK_FAILED,
          "the disk of " + dir + " is full or fails: " + cause.getMessage(),
          cause);
    }
    return new StoreUnavailable(
        Reason.NOT_ACCESSIBLE,
        "the store in " + dir + " cannot be opened: " + cause.getMessage(),
        cause);
  }

  private static StoreUnavailable damaged(Path file, Exception cause) {
    return new StoreUnavailable(
        Reason.CORRUPT,
        file + " is damaged or is not a store of Bylaw; put back a copy of it",
        cause);
  }
}
