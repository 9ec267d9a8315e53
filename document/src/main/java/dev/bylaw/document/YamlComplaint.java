package dev.bylaw.document;

import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Tells why a text is no YAML: in its parser's words, at the place that has to change, with a way
 * out.
 */
final class YamlComplaint {
  private static final String CODE = "E0100";
  private static final Pattern CANNOT_START =
      Pattern.compile("found character '(.+?)' that cannot start any token.*");

  private final Source source;
  private final IntUnaryOperator offset;
  private final Diagnostics diagnostics;

  /**
   * Complaints about a text.
   *
   * @param offset the UTF-16 unit of a code point
   */
  YamlComplaint(Source source, IntUnaryOperator offset, Diagnostics diagnostics) {
    this.source = source;
    this.offset = offset;
    this.diagnostics = diagnostics;
  }

  void tell(YamlEngineException failure) {
    switch (failure) {
      case MarkedYamlEngineException e -> tell(e);
      case ReaderException e ->
          tell(
              at(e.getPosition()),
              "the character U+%04X may not stand in a text".formatted(e.getCodePoint()),
              "in double quotes it can be written as `\\x%02X`".formatted(e.getCodePoint()));
      default -> tell(0, oneLine(failure.getMessage()), YamlTree.LESS);
    }
  }

  private void tell(MarkedYamlEngineException e) {
    String context = e.getContext() == null ? "" : oneLine(e.getContext()) + ": ";
    String problem = oneLine(e.getProblem());
    int problemAt = e.getProblemMark().map(m -> at(m.getIndex())).orElse(0);
    int start = e.getContextMark().map(m -> at(m.getIndex())).orElse(problemAt);
    String text = source.text();
    Matcher character = CANNOT_START.matcher(problem);
    if (character.matches()) {
      boolean tab = text.startsWith("\t", problemAt);
      tell(
          problemAt,
          tab
              ? "a tab cannot begin anything"
              : "`" + character.group(1) + "` cannot begin a text without quotes",
          tab ? "indent with spaces, not with tabs" : "put quotes round the text");
    } else if (problem.contains("mapping values are not allowed")) {
      boolean second = lineBefore(problemAt).contains(": ");
      tell(
          problemAt,
          "a key may not stand here",
          second
              ? "put quotes round a text that holds `: `"
              : "indent it like the keys that it stands beside");
    } else if (problem.contains("could not find expected ':'")) {
      tell(start, "a key without `:`", "write `" + word(start) + ": …`");
    } else if (problem.contains("unexpected end of stream")) {
      tell(start, "these quotes are never closed", "close them where the text ends");
    } else if (problem.contains("the node content, but found '<stream end>'")) {
      int open = openBracket(text);
      tell(open, "this bracket is never closed", "close it with " + closing(text, open));
    } else if (problem.contains("the node content, but found")) {
      tell(
          problemAt,
          context + problem,
          text.startsWith(",", problemAt)
              ? "write what should stand before this `,`, or take it away"
              : "take it away, or put quotes round the text");
    } else if (problem.startsWith("expected chomping or indentation indicators")) {
      tell(problemAt, problem, "begin the text on the next line, or put quotes round it");
    } else if (problem.contains("but got <stream end>")) {
      tell(start, "this bracket is never closed", "close it with " + closing(text, start));
    } else if (problem.startsWith("expected ',' or")) {
      tell(
          problemAt,
          context + problem,
          "put `,` between two entries, or close the bracket with " + closing(text, start));
    } else if (problem.contains("undefined alias")) {
      tell(
          problemAt,
          problem,
          "name it with `&" + word(problemAt + 1) + "` before, or put quotes round the text");
    } else if (problem.contains("unknown escape character")) {
      tell(problemAt - 1, problem, "write `\\\\` for a backslash, or take single quotes");
    } else if (problem.startsWith("expected <block end>, but found")
        && lineBefore(problemAt).stripTrailing().endsWith("}}")) {
      tell(
          problemAt,
          "a template that more follows needs quotes",
          "put quotes round the whole text; a condition names things without braces");
    } else if (problem.startsWith("expected <block end>, but found")) {
      boolean bracket = text.startsWith("}", problemAt) || text.startsWith("]", problemAt);
      tell(
          problemAt,
          context + problem,
          bracket
              ? "this bracket was not opened"
              : "indent it like what it stands beside, or put quotes round the whole text");
    } else {
      tell(problemAt, context + problem, "put quotes round the text that this is a part of");
    }
  }

  /** The last bracket that nothing closes; the end of the text if there is none. */
  private static int openBracket(String text) {
    int closed = 0;
    for (int at = text.length() - 1; at >= 0; at--) {
      char c = text.charAt(at);
      if (c == ']' || c == '}') {
        closed++;
      } else if ((c == '[' || c == '{') && closed-- == 0) {
        return at;
      }
    }
    return text.length();
  }

  private void tell(int at, String message, String hint) {
    int start = Math.clamp(at, 0, source.text().length());
    diagnostics.error(CODE, source.span(start, start), "not YAML: " + message, hint);
  }

  private int at(int codePoints) {
    return offset.applyAsInt(codePoints);
  }

  private String lineBefore(int at) {
    String text = source.text();
    return text.substring(text.lastIndexOf('\n', at - 1) + 1, at);
  }

  /** The word that begins at a place. */
  private String word(int at) {
    String text = source.text();
    int end = at;
    while (end < text.length() && end - at < 40 && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return text.substring(Math.min(at, end), end);
  }

  private static String closing(String text, int at) {
    return text.startsWith("[", at) ? "`]`" : "`}`";
  }

  private static String oneLine(@Nullable String text) {
    return Optional.ofNullable(text)
        .flatMap(it -> it.lines().findFirst())
        .orElse("unreadable")
        .strip();
  }
}
