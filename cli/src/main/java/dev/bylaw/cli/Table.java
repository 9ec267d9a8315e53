package dev.bylaw.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A table that fits a width: as wide as its cells where there is room; else its last column, which
 * holds what is longest to read, is folded, or told below each row where even that is too narrow;
 * then the widest columns are folded too.
 */
final class Table {
  private static final String INDENT = "  ";
  private static final String BELOW = "      ";
  private static final int GAP = 2;

  /** Below this, a last column is no longer pleasant to read beside the others. */
  private static final int READABLE = 28;

  private static final int NARROWEST = 6;

  private final List<List<String>> rows;
  private final int columns;

  private Table(List<List<String>> rows, int columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * A table.
   *
   * @param head the names of the columns
   * @param rows a cell for each column
   */
  static Table of(List<String> head, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>();
    all.add(head);
    all.addAll(rows);
    return new Table(all, head.size());
  }

  /**
   * Its lines.
   *
   * @param head the names of the columns; a second line where the last column is told below
   * @param body the rows
   */
  record Lines(List<String> head, List<String> body) {}

  /**
   * Its lines.
   *
   * @param width how wide a line may be; 0 for any width
   */
  Lines lines(int width) {
    int[] natural = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        natural[i] = Math.max(natural[i], Fold.width(row.get(i)));
      }
    }
    if (width == 0 || total(natural, columns) <= width) {
      return lay(natural, columns, 0);
    }
    int room = width - total(natural, columns - 1) - GAP;
    if (columns > 1 && room < READABLE && natural[columns - 1] > READABLE) {
      return lay(shrunk(natural, columns - 1, width), columns - 1, width);
    }
    return lay(shrunk(natural, columns, width), columns, width);
  }

  private static int total(int[] widths, int columns) {
    int total = INDENT.length();
    for (int i = 0; i < columns; i++) {
      total += widths[i] + (i > 0 ? GAP : 0);
    }
    return total;
  }

  /** The widths with the widest made narrower, one column after the other, until all fit. */
  private static int[] shrunk(int[] natural, int columns, int width) {
    int[] widths = natural.clone();
    while (total(widths, columns) > width) {
      int widest = 0;
      for (int i = 1; i < columns; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= NARROWEST) {
        break; // wider than the screen, but whole
      }
      widths[widest]--;
    }
    return widths;
  }

  /** Each row in the first columns, and what is left of it below. */
  private Lines lay(int[] widths, int beside, int width) {
    List<List<String>> names = rows.getFirst().stream().limit(beside).map(List::of).toList();
    List<String> head = new ArrayList<>(List.of(line(names, widths, 0)));
    if (beside < columns) {
      head.add(BELOW + rows.getFirst().getLast());
    }
    List<String> body = new ArrayList<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      List<List<String>> cells = new ArrayList<>();
      int height = 1;
      for (int i = 0; i < beside; i++) {
        cells.add(Fold.words(row.get(i), Math.max(1, widths[i])));
        height = Math.max(height, cells.getLast().size());
      }
      for (int line = 0; line < height; line++) {
        body.add(line(cells, widths, line));
      }
      if (beside < columns && !row.getLast().isEmpty()) {
        for (String text : Fold.words(row.getLast(), width - BELOW.length())) {
          body.add(BELOW + text);
        }
      }
    }
    return new Lines(head, body);
  }

  private static String line(List<List<String>> cells, int[] widths, int line) {
    var text = new StringBuilder(INDENT);
    for (int i = 0; i < cells.size(); i++) {
      String cell = line < cells.get(i).size() ? cells.get(i).get(line) : "";
      text.append(cell);
      text.repeat(' ', Math.max(0, widths[i] - Fold.width(cell)) + GAP);
    }
    return text.toString().stripTrailing();
  }
}
