package dev.bylaw.store.sql;

import java.sql.SQLException;

/** A statement failed. Whether the database is still usable, {@link #code} tells. */
public final class SqlFailure extends RuntimeException {
  private final int code;

  public SqlFailure(SQLException cause) {
    super(cause.getMessage(), cause);
    this.code = cause.getErrorCode();
  }

  /** The database's own primary result code; of SQLite, for instance 13 for a full disk. */
  public int code() {
    return code & 0xff;
  }
}
