package dev.bylaw.rego.tool;

import java.util.ArrayList;
import java.util.List;

/** A table drawn with lines, as {@code opa} draws it: the header centred, cells to the left. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();
  private final int[] widths;

  public TextTable(List<String> header) {
    widths = new int[header.size()];
    row(header);
  }

  /** A table without a header. */
  public static String ofRows(List<List<String>> rows) {
    var table = new TextTable(rows.getFirst().stream().map(_ -> "").toList());
    rows.forEach(table::row);
    List<String> lines = table.toString().lines().toList();
    return lines.getFirst() + "\n" + String.join("\n", lines.subList(3, lines.size())) + "\n";
  }

  /** Adds a row with a cell for each column. */
  public void row(List<String> cells) {
    rows.add(List.copyOf(cells));
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], length(cells.get(i)));
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  @Override
  public String toString() {
    var out = new StringBuilder();
    rule(out, "┌┬┐");
    for (int r = 0; r < rows.size(); r++) {
      for (int i = 0; i < widths.length; i++) {
        String cell = rows.get(r).get(i);
        int space = widths[i] - length(cell);
        int before = r == 0 ? space / 2 : 0;
        out.append("│ ").repeat(' ', before).append(cell).repeat(' ', space - before + 1);
      }
      out.append("│\n");
      if (r == 0) {
        rule(out, "├┼┤");
      }
    }
    rule(out, "└┴┘");
    return out.toString();
  }

  private void rule(StringBuilder out, String corners) {
    for (int i = 0; i < widths.length; i++) {
      out.append(corners.charAt(i == 0 ? 0 : 1)).repeat('─', widths[i] + 2);
    }
    out.append(corners.charAt(2)).append('\n');
  }
}
