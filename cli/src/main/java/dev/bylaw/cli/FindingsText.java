package dev.bylaw.cli;

import dev.bylaw.cli.Screen.Style;
import dev.bylaw.content.Finding;
import dev.bylaw.content.Finding.Place;
import dev.bylaw.content.Findings;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Findings as people read them: the text with the spans in colour, and a line for each. */
final class FindingsText {
  // Whole books are not printed.
  private static final int LONGEST_SHOWN = 20_000;

  private final Screen screen;

  FindingsText(Screen screen) {
    this.screen = screen;
  }

  void print(Value value, Findings findings) {
    if (value instanceof StringValue text
        && screen.hasColors()
        && text.text().length() <= LONGEST_SHOWN
        && !findings.isEmpty()) {
      screen.line(colored(text.text(), findings.all()));
      screen.gap();
    }
    if (findings.isEmpty()) {
      screen.text("nothing found");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (Finding finding : findings.all()) {
      rows.add(
          List.of(
              place(value, finding),
              finding.type().name(),
              score(finding).toPlainString(),
              finding.explanation()));
    }
    screen.table(List.of("where", "type", "score", "why"), rows);
  }

  private String colored(String text, List<Finding> findings) {
    var out = new StringBuilder();
    int done = 0;
    for (Finding finding : findings) {
      out.append(Screen.printable(text.substring(done, finding.start())));
      out.append(screen.styled(Style.BAD, finding.in(text)));
      out.append(screen.styled(Style.DIM, "‹" + finding.type().name() + "›"));
      done = finding.end();
    }
    return out.append(Screen.printable(text.substring(done))).toString();
  }

  /** Line and column of a text, path and offset of a value. */
  private static String place(Value value, Finding finding) {
    if (value instanceof StringValue text) {
      int[] at = lineAndColumn(text.text(), finding.start());
      return at[0] + ":" + at[1];
    }
    return finding.path()
        + (finding.place() == Place.NAME ? " (name)" : "")
        + (finding.start() == 0 ? "" : " +" + finding.start());
  }

  /** From one, columns in code points. */
  private static int[] lineAndColumn(String text, int offset) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < offset; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        start = i + 1;
      }
    }
    return new int[] {line, text.codePointCount(start, offset) + 1};
  }

  private static BigDecimal score(Finding finding) {
    return BigDecimal.valueOf(finding.score()).setScale(2, RoundingMode.HALF_UP);
  }

  /** A finding for scripts; it never holds the piece that was found. */
  static ObjectValue json(Value value, Finding finding) {
    ObjectValue.Builder json =
        ObjectValue.builder()
            .put("type", finding.type().name())
            .put("path", finding.path())
            .put("place", finding.place().name().toLowerCase(Locale.ROOT))
            .put("start", NumberValue.of(finding.start()))
            .put("end", NumberValue.of(finding.end()))
            .put("score", NumberValue.of(score(finding)))
            .put("detector", finding.detector())
            .put("why", finding.explanation());
    if (value instanceof StringValue text) {
      int[] at = lineAndColumn(text.text(), finding.start());
      json.put("line", NumberValue.of(at[0])).put("column", NumberValue.of(at[1]));
    }
    return json.build();
  }
}
