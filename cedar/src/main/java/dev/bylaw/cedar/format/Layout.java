package dev.bylaw.cedar.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * A text with places where lines may break, and its layout: a group is put on one line if it fits,
 * else all its own breaks become line breaks (Wadler, "A prettier printer").
 */
sealed interface Layout {
  /** Characters without a line break. */
  record Text(String text) implements Layout {}

  /** A comment to the end of the line; whatever follows begins a new line. */
  record Comment(String text, boolean ownLine) implements Layout {}

  /** A line break, or the text where the group fits on one line. */
  record Break(String otherwise) implements Layout {}

  /** A line break in any case. */
  record NewLine() implements Layout {}

  /** An empty line. */
  record EmptyLine() implements Layout {}

  /** One after the other. */
  record Sequence(List<Layout> parts) implements Layout {
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /** Line breaks inside are indented by one step. */
  record Indented(Layout inner) implements Layout {}

  /** Line breaks inside are indented by one blank, as elements stand behind the bracket. */
  record Shifted(Layout inner) implements Layout {}

  /** All on one line, or all breaks are line breaks. */
  record Group(Layout inner) implements Layout {}

  /** Writes a layout. */
  final class Writer {
    private record Item(int indent, boolean flat, Layout layout) {}

    private final int width;
    private final int step;
    private final StringBuilder out = new StringBuilder();
    private int column;
    private boolean lineEnds;

    private Writer(int width, int step) {
      this.width = width;
      this.step = step;
    }

    /** The text of a layout with a line break at the end. */
    static String write(Layout layout, int width, int step) {
      var writer = new Writer(width, step);
      writer.run(layout);
      return writer.out.toString();
    }

    private void run(Layout whole) {
      Deque<Item> open = new ArrayDeque<>();
      open.push(new Item(0, false, whole));
      while (!open.isEmpty()) {
        Item item = open.pop();
        int indent = item.indent;
        switch (item.layout) {
          case Text(var text) -> text(text, indent);
          case Comment(var text, var ownLine) -> comment(text, ownLine, indent);
          case Break(var otherwise) -> {
            if (item.flat) {
              text(otherwise, indent);
            } else {
              newLine(indent);
            }
          }
          case NewLine _ -> newLine(indent);
          case EmptyLine _ -> {
            newLine(0);
            out.append('\n');
          }
          case Sequence(var parts) -> {
            for (Layout part : parts.reversed()) {
              open.push(new Item(indent, item.flat, part));
            }
          }
          case Indented(var inner) -> open.push(new Item(indent + step, item.flat, inner));
          case Shifted(var inner) -> open.push(new Item(indent + 1, item.flat, inner));
          case Group(var inner) -> {
            boolean flat = item.flat || fits(inner, lineEnds ? indent : column, open);
            open.push(new Item(indent, flat, inner));
          }
        }
      }
    }

    private void text(String text, int indent) {
      if (lineEnds && !text.isBlank()) {
        newLine(indent);
      }
      if (!lineEnds) {
        out.append(text);
        column += text.length();
      }
    }

    private void comment(String text, boolean ownLine, int indent) {
      if (ownLine || lineEnds) {
        if (!isLineEmpty()) {
          newLine(indent);
        }
      } else if (!out.isEmpty()) {
        // It belongs to what was written before, so a line break in between is taken back.
        while (!out.isEmpty() && " \n".indexOf(out.charAt(out.length() - 1)) >= 0) {
          out.setLength(out.length() - 1);
        }
        out.append(' ');
      }
      out.append(text);
      column += text.length();
      lineEnds = true;
    }

    private boolean isLineEmpty() {
      int start = out.lastIndexOf("\n") + 1;
      return out.substring(start).isBlank();
    }

    private void newLine(int indent) {
      if (isLineEmpty() && !lineEnds) {
        out.setLength(out.lastIndexOf("\n") + 1);
      } else {
        stripEnd();
        out.append('\n');
      }
      out.repeat(' ', indent);
      column = indent;
      lineEnds = false;
    }

    private void stripEnd() {
      int end = out.length();
      while (end > 0 && out.charAt(end - 1) == ' ') {
        end--;
      }
      out.setLength(end);
    }

    /**
     * Whether it fits on the rest of the line without a break, with whatever follows it there.
     *
     * @param used how much of the line is written
     * @param rest what follows; it breaks where it is not flat
     */
    private boolean fits(Layout layout, int used, Deque<Item> rest) {
      int left = width - used;
      Iterator<Item> following = rest.iterator();
      Deque<Item> open = new ArrayDeque<>();
      open.push(new Item(0, true, layout));
      boolean inside = true;
      while (left >= 0) {
        if (open.isEmpty()) {
          if (!following.hasNext()) {
            return true;
          }
          inside = false;
          open.push(following.next());
        }
        Item item = open.pop();
        switch (item.layout) {
          case Text(var text) -> left -= text.length();
          case Break(var otherwise) -> {
            if (!item.flat) {
              return true;
            }
            left -= otherwise.length();
          }
          case Comment _, NewLine _, EmptyLine _ -> {
            return !inside;
          }
          case Sequence(var parts) ->
              parts.reversed().forEach(part -> open.push(new Item(0, item.flat, part)));
          case Indented(var inner) -> open.push(new Item(0, item.flat, inner));
          case Shifted(var inner) -> open.push(new Item(0, item.flat, inner));
          case Group(var inner) -> open.push(new Item(0, item.flat, inner));
        }
      }
      return false;
    }
  }
}
