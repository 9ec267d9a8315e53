package dev.bylaw.syntax;

/**
 * A line and a column, both counted from 1; columns count code points.
 *
 * @param line counted from 1
 * @param column counted from 1, in code points
 */
public record Position(int line, int column) {
  @Override
  public String toString() {
    return line + ":" + column;
  }
}
