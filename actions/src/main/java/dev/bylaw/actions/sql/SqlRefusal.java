package dev.bylaw.actions.sql;

/** Ends the reading of a statement that cannot be proven; becomes {@link SqlGuard.Refused}. */
final class SqlRefusal extends Exception {
  private static final long serialVersionUID = 1;

  private final String code;
  private final int offset;

  SqlRefusal(String code, int offset, String message) {
    super(message, null, false, false);
    this.code = code;
    this.offset = offset;
  }

  SqlGuard.Refused refused() {
    return new SqlGuard.Refused(code, String.valueOf(getMessage()), offset);
  }
}
