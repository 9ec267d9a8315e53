package dev.bylaw.value;

/** A text is not JSON. */
public final class JsonException extends Exception {
  private final int line;
  private final int column;
  private final long offset;

  JsonException(String message, int line, int column, long offset) {
    super(message);
    this.line = line;
    this.column = column;
    this.offset = offset;
  }

  /** The line of the mistake, counted from 1. */
  public int line() {
    return line;
  }

  /** The column of the mistake, counted from 1. */
  public int column() {
    return column;
  }

  /** The offset of the mistake in characters or bytes, whatever was read. */
  public long offset() {
    return offset;
  }
}
