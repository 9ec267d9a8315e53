package dev.bylaw.rego.format;

import dev.bylaw.rego.ast.Module.Comment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** Lines being written, with the comments that still have to find their place among them. */
final class Output {
  private static final String INDENT = "\t";

  private final StringBuilder text = new StringBuilder();
  private final List<Comment> comments;
  private int next;
  private int level;
  private boolean started;

  /** Comments that end the line which is being written. */
  private final Deque<Comment> trailing = new ArrayDeque<>();

  private boolean delayed;

  Output(List<Comment> comments) {
    List<Comment> sorted = new ArrayList<>(comments);
    sorted.sort(Comparator.comparingInt(c -> c.span().start()));
    this.comments = sorted;
  }

  static int row(Comment comment) {
    return comment.span().position().line();
  }

  void indent() {
    level++;
  }

  void outdent() {
    level--;
  }

  void write(String part) {
    text.append(part);
  }

  /** Begins a line, if none is begun. */
  void begin() {
    if (!started) {
      started = true;
      text.append(INDENT.repeat(level));
    }
  }

  /** Ends a line, with the comments that belong to it. */
  void end() {
    started = false;
    while (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
      text.setLength(text.length() - 1);
    }
    if (!delayed && !trailing.isEmpty()) {
      text.append(' ').append(clean(trailing.remove()));
    }
    delayed = false;
    text.append('\n');
    if (trailing.size() > 1) {
      Comment more = trailing.remove();
      text.append(INDENT.repeat(level)).append(clean(more)).append('\n');
    }
  }

  /** An empty line; two in a row are one. */
  void blank() {
    int length = text.length();
    boolean two = length > 1 && text.charAt(length - 1) == '\n' && text.charAt(length - 2) == '\n';
    if (length > 0 && !two) {
      text.append('\n');
    }
  }

  /** Lets the comment of this line wait for the next line's end. */
  void delayTrailing() {
    delayed = true;
  }

  boolean hasTrailing() {
    return !trailing.isEmpty();
  }

  /** Writes the comments that stand above a row, and keeps the one in it for the line's end. */
  void commentsUpTo(int row) {
    int before = next;
    int last = 0;
    while (next < comments.size() && row(comments.get(next)) < row) {
      Comment comment = comments.get(next);
      int at = row(comment);
      if (next == before) {
        breakLine();
      } else if (at - last > 1) {
        blank();
      }
      begin();
      text.append(clean(comment));
      end();
      last = at;
      next++;
    }
    if (next > before && row - last > 1) {
      blank();
    }
    while (next < comments.size() && row(comments.get(next)) == row) {
      trailing.add(comments.get(next++));
    }
  }

  /** Writes the comments that stand above a row, but leaves the one in it. */
  void commentsAbove(int row) {
    commentsUpTo(row);
    while (!trailing.isEmpty() && row(trailing.getLast()) == row) {
      trailing.removeLast();
      next--;
    }
  }

  /** Takes the comment in a row for the end of this line, wherever it stands among the others. */
  void keepCommentOf(int row) {
    for (int i = next; i < comments.size() && row(comments.get(i)) <= row; i++) {
      if (row(comments.get(i)) == row) {
        trailing.add(comments.remove(i));
        return;
      }
    }
  }

  /** Whether a comment stands above a row that is not written yet. */
  boolean hasCommentAbove(int row) {
    return next < comments.size() && row(comments.get(next)) < row;
  }

  /** The rest of the comments, at the end of the file. */
  void commentsToEnd() {
    commentsUpTo(Integer.MAX_VALUE);
  }

  /** A comment never goes into a line that has begun. */
  private void breakLine() {
    if (!started) {
      return;
    }
    int line = text.lastIndexOf("\n") + 1;
    if (text.substring(line).isBlank()) {
      text.setLength(line);
      started = false;
    } else {
      end();
    }
  }

  private static String clean(Comment comment) {
    return comment.text().stripTrailing();
  }

  /** What was written, ending in one line end. */
  String finish() {
    while (!trailing.isEmpty()) {
      text.append(' ').append(clean(trailing.remove())).append('\n');
    }
    int length = text.length();
    while (length > 0 && text.charAt(length - 1) == '\n') {
      length--;
    }
    text.setLength(length);
    return text.append('\n').toString();
  }
}
