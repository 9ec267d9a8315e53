package dev.bylaw.cli;

import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.value.Json;
import dev.bylaw.value.Value;
import java.io.Console;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What a command prints on.
 *
 * <p>Texts from outside are stripped of control characters, so that no file and no agent can drive
 * the terminal.
 */
final class Screen {
  /** What a piece of text is, which says how it looks. */
  enum Style {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    GOOD("32"),
    WARNING("33"),
    BAD("31"),
    ASK("35"),
    TITLE("1;36");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }

  private final PrintStream out;
  private final PrintStream err;
  private final boolean colors;

  Screen(PrintStream out, PrintStream err, boolean colors) {
    this.out = out;
    this.err = err;
    this.colors = colors;
  }

  /** Colours where a terminal shows them, unless NO_COLOR says otherwise. */
  @SuppressWarnings("SystemConsoleNull") // NullAway knows the contract of before Java 22
  static Screen standard() {
    Console console = System.console();
    boolean terminal = console != null && console.isTerminal();
    boolean wanted = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    return new Screen(System.out, System.err, terminal && wanted);
  }

  /** Where it prints. */
  PrintStream stream() {
    return out;
  }

  /** A line for people, beside the output. */
  void error(String text) {
    out.flush();
    err.println(printable(text));
  }

  /** Diagnostics with caret, and how many they are. */
  void diagnostics(List<Diagnostic> diagnostics) {
    for (Diagnostic diagnostic : diagnostics) {
      error(diagnostic.render());
    }
    error(Main.summary(diagnostics));
  }

  /** A bug of ours, with all there is to say about it. */
  void trace(Throwable bug) {
    bug.printStackTrace(err);
  }

  /** The text in a style. */
  String styled(Style style, String text) {
    String clean = printable(text);
    return colors && style != Style.PLAIN
        ? "\u001b[" + style.code + "m" + clean + "\u001b[0m"
        : clean;
  }

  /** A line made of styled pieces. */
  void line(String... pieces) {
    out.println(String.join("", pieces));
  }

  /** A plain line. */
  void text(String text) {
    out.println(printable(text));
  }

  /** Whether spans can be told by their colour. */
  boolean hasColors() {
    return colors;
  }

  /** A text for another program, to the letter, with a line break at its end. */
  void verbatim(String text) {
    out.print(text.endsWith("\n") ? text : text + "\n");
    out.flush();
  }

  /** Output as it is, with nothing behind it. */
  void raw(String text) {
    out.print(printable(text));
    out.flush();
  }

  /** An empty line. */
  void gap() {
    out.println();
  }

  /** A heading with a rule behind it. */
  void title(String text) {
    out.println();
    out.println(
        styled(Style.TITLE, "── " + text + " " + "─".repeat(Math.max(3, 76 - text.length()))));
  }

  /** A value as JSON, one entry a line. */
  void json(Value value) {
    out.println(Json.pretty(value));
  }

  /** A value as JSON beside the output. */
  void errorJson(Value value) {
    out.flush();
    err.println(Json.pretty(value));
  }

  /** A value as JSON, on one line. */
  void jsonLine(Value value) {
    out.println(Json.write(value));
  }

  /**
   * A table: columns as wide as their widest cell, the last one as long as it is.
   *
   * @param head the names of the columns
   * @param rows a cell for each column
   */
  void table(List<String> head, List<List<String>> rows) {
    int columns = head.size();
    int[] width = new int[columns];
    List<List<String>> all = new ArrayList<>();
    all.add(head);
    all.addAll(rows);
    for (List<String> row : all) {
      for (int i = 0; i < columns; i++) {
        width[i] = Math.max(width[i], length(row.get(i)));
      }
    }
    for (int r = 0; r < all.size(); r++) {
      var line = new StringBuilder("  ");
      for (int i = 0; i < columns; i++) {
        String cell = printable(all.get(r).get(i));
        line.append(cell);
        if (i < columns - 1) {
          line.repeat(' ', width[i] - length(cell) + 2);
        }
      }
      String text = line.toString().stripTrailing();
      out.println(r == 0 ? styled(Style.DIM, text) : text);
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Without control characters but line breaks and tabs. */
  static String printable(String text) {
    var clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          int type = Character.getType(c);
          boolean harmless =
              c == '\n'
                  || c == '\t'
                  || (type != Character.CONTROL
                      && type != Character.FORMAT
                      && type != Character.SURROGATE);
          clean.appendCodePoint(harmless ? c : '\uFFFD');
        });
    return clean.toString();
  }
}
