package dev.bylaw.cedar.command;

import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Span;
import java.util.List;
import java.util.Set;

/**
 * First lines as Cedar's own tool writes them, for scripts that look for them; what we have to say
 * ourselves follows.
 */
final class Headline {
  /** Columns of a terminal, without the mark and the margin. */
  private static final int WIDTH = 74;

  /** What the grammar does not have comes before what has no meaning. */
  private static final Set<String> SYNTAX = Set.of("C0101", "C0104", "C0105");

  private Headline() {}

  /** What is wrong with an expression or an entity, of the mistakes found in it. */
  static String of(List<Diagnostic> mistakes) {
    Diagnostic first =
        mistakes.stream()
            .filter(each -> SYNTAX.contains(each.code()))
            .findFirst()
            .orElse(mistakes.getFirst());
    Span span = first.span();
    String text = span.source().text().substring(span.start(), span.end());
    return switch (first.code()) {
      case "C0101" -> "invalid token";
      case "C0104", "C0105", "C0130" ->
          text.isEmpty() ? "unexpected end of input" : "unexpected token `" + text + "`";
      case "C0123" -> "`" + text.replaceFirst("\\(.*", "") + "` is not a valid function";
      case "C0127" -> "invalid variable: " + text;
      default -> first.message();
    };
  }

  /** The message over as many lines as it takes. */
  static String wrapped(String message) {
    var out = new StringBuilder();
    int line = 0;
    for (String word : message.split(" ", -1)) {
      boolean fits = line == 0 || line + 1 + word.length() <= WIDTH;
      out.append(line == 0 ? "" : fits ? " " : "\n  │ ").append(word);
      line = fits ? line + (line == 0 ? 0 : 1) + word.length() : word.length();
    }
    return out.toString();
  }
}
