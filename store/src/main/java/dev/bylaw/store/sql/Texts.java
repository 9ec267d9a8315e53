package dev.bylaw.store.sql;

import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.Value;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** What columns hold, read back. */
public final class Texts {
  private Texts() {}

  /** The value that a column holds as JSON. */
  public static Value value(String json) throws SQLException {
    try {
      return Json.parse(json);
    } catch (JsonException e) {
      SQLException damaged = damaged();
      damaged.initCause(e);
      throw damaged;
    }
  }

  /** What a column that holds something else than it must is told as. */
  public static SQLException damaged() {
    return new SQLException("a value in the store is damaged", "22000", CORRUPT);
  }

  /** The instant that a column holds as milliseconds; empty for null. */
  public static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  /** The code that SQLite has for a damaged file. */
  private static final int CORRUPT = 11;
}
