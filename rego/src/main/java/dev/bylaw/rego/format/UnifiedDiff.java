package dev.bylaw.rego.format;

import java.util.ArrayList;
import java.util.List;

/** The difference of two texts by lines, as {@code diff -u} writes it. */
public final class UnifiedDiff {
  private static final int CONTEXT = 3;

  private final List<String> before;
  private final List<String> after;

  private UnifiedDiff(String before, String after) {
    this.before = before.lines().toList();
    this.after = after.lines().toList();
  }

  /** The difference; empty if there is none. */
  public static String of(String name, String before, String after) {
    List<Edit> edits = new UnifiedDiff(before, after).edits();
    if (edits.stream().allMatch(e -> e.kind == ' ')) {
      return "";
    }
    var out = new StringBuilder("--- " + name + "\n+++ " + name + "\n");
    int at = 0;
    while (at < edits.size()) {
      if (edits.get(at).kind == ' ') {
        at++;
        continue;
      }
      int from = Math.max(0, at - CONTEXT);
      int to = end(edits, at);
      hunk(edits, from, to, out);
      at = to;
    }
    return out.toString();
  }

  /** A line that stays ({@code ' '}), goes ({@code '-'}) or comes ({@code '+'}). */
  private record Edit(char kind, String line, int before, int after) {}

  /** Where a hunk ends: behind the last change that is near the one before it. */
  private static int end(List<Edit> edits, int first) {
    int last = first;
    for (int i = first; i < edits.size() && i - last <= 2 * CONTEXT; i++) {
      if (edits.get(i).kind != ' ') {
        last = i;
      }
    }
    return Math.min(edits.size(), last + CONTEXT + 1);
  }

  private static void hunk(List<Edit> edits, int from, int to, StringBuilder out) {
    List<Edit> part = edits.subList(from, to);
    long old = part.stream().filter(e -> e.kind != '+').count();
    long fresh = part.stream().filter(e -> e.kind != '-').count();
    Edit first = part.getFirst();
    out.append("@@ -").append(range(first.before, old));
    out.append(" +").append(range(first.after, fresh)).append(" @@\n");
    part.forEach(e -> out.append(e.kind).append(e.line).append('\n'));
  }

  private static String range(int start, long length) {
    long line = length == 0 ? start : start + 1;
    return length == 1 ? String.valueOf(line) : line + "," + length;
  }

  /** The shortest way from one text to the other (Myers, 1986). */
  private List<Edit> edits() {
    int n = before.size();
    int m = after.size();
    int most = n + m;
    int[] furthest = new int[2 * most + 2];
    List<int[]> trace = new ArrayList<>();
    for (int d = 0; d <= most; d++) {
      trace.add(furthest.clone());
      for (int k = -d; k <= d; k += 2) {
        boolean down = k == -d || (k != d && furthest[most + k - 1] < furthest[most + k + 1]);
        int x = down ? furthest[most + k + 1] : furthest[most + k - 1] + 1;
        while (x < n && x - k < m && before.get(x).equals(after.get(x - k))) {
          x++;
        }
        furthest[most + k] = x;
        if (x >= n && x - k >= m) {
          return backwards(trace, most);
        }
      }
    }
    throw new IllegalStateException("no way between two texts");
  }

  private List<Edit> backwards(List<int[]> trace, int most) {
    List<Edit> edits = new ArrayList<>();
    int x = before.size();
    int y = after.size();
    for (int d = trace.size() - 1; d >= 0; d--) {
      int[] furthest = trace.get(d);
      int k = x - y;
      boolean down = k == -d || (k != d && furthest[most + k - 1] < furthest[most + k + 1]);
      int beforeK = down ? k + 1 : k - 1;
      int fromX = d == 0 ? 0 : furthest[most + beforeK];
      int fromY = d == 0 ? 0 : fromX - beforeK;
      while (x > fromX && y > fromY) {
        x--;
        y--;
        edits.addFirst(new Edit(' ', before.get(x), x, y));
      }
      if (d > 0 && down) {
        y--;
        edits.addFirst(new Edit('+', after.get(y), x, y));
      } else if (d > 0) {
        x--;
        edits.addFirst(new Edit('-', before.get(x), x, y));
      }
    }
    return edits;
  }
}
