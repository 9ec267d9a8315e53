package dev.bylaw.cli;

import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.value.Json;
import dev.bylaw.value.Value;
import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  private static final int NARROWEST = 40;
  private static final int PAGE = 100;
  private static final int WIDE = 130;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean colors;
  private final int columns;

  /** A screen of any width. */
  Screen(PrintStream out, PrintStream err, boolean colors) {
    this(out, err, colors, 0);
  }

  /**
   * A screen.
   *
   * @param columns how wide it is; 0 if lines may have any width
   */
  Screen(PrintStream out, PrintStream err, boolean colors, int columns) {
    this.out = out;
    this.err = err;
    this.colors = colors;
    this.columns = columns;
  }

  /**
   * Colours where a terminal shows them, unless NO_COLOR says otherwise; as wide as COLUMNS says,
   * which the launcher sets to the width of a terminal. What goes to a file or another program has
   * any width, so that a line stays a line.
   */
  @SuppressWarnings("SystemConsoleNull") // NullAway knows the contract of before Java 22
  static Screen standard() {
    Console console = System.console();
    boolean terminal = console != null && console.isTerminal();
    boolean wanted = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    return new Screen(
        System.out, System.err, terminal && wanted, columns(System.getenv("COLUMNS")));
  }

  private static int columns(@Nullable String text) {
    return text != null && text.matches("[1-9][0-9]{1,3}")
        ? Math.max(NARROWEST, Integer.parseInt(text))
        : 0;
  }

  /** The same screen for a text to read: where lines may have any width, as wide as a page. */
  Screen page() {
    return columns > 0 ? this : new Screen(out, err, colors, PAGE);
  }

  /** Whether there is room for what is only nice to have. */
  boolean isWide() {
    return columns == 0 || columns >= WIDE;
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

  /** A line made of styled pieces; folded where it is wider than the screen. */
  void line(String... pieces) {
    out.println(Fold.line(String.join("", pieces), columns));
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
        styled(Style.TITLE, "── " + text + " " + "─".repeat(Math.max(3, 75 - text.length()))));
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

  /** Text beside the output, as it is. */
  void stderr(String text) {
    out.flush();
    err.print(text);
  }

  /** A value as JSON, on one line. */
  void jsonLine(Value value) {
    out.println(Json.write(value));
  }

  /**
   * A table: columns as wide as their widest cell, folded where that is wider than the screen.
   *
   * @param head the names of the columns
   * @param rows a cell for each column
   */
  void table(List<String> head, List<List<String>> rows) {
    Table.Lines lines =
        Table.of(head, rows.stream().map(Screen::printable).toList()).lines(columns);
    lines.head().forEach(line -> out.println(styled(Style.DIM, line)));
    lines.body().forEach(out::println);
  }

  private static List<String> printable(List<String> row) {
    return row.stream().map(Screen::printable).toList();
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
