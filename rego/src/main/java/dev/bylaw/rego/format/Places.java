package dev.bylaw.rego.format;

import dev.bylaw.rego.ast.Operators;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the source tells of how something was written: rows, quotes, parentheses, operators. */
final class Places {
  private static final Map<String, Integer> LEVELS =
      Map.of(
          "assign", -1, "eq", -1, "or", 2, "and", 3, "plus", 4, "minus", 4, "mul", 5, "div", 5,
          "rem", 5);

  static final int IN = 0;
  private static final int RELATION = 1;

  private final Source source;
  private final Set<String> keywords;
  private final boolean hasIn;

  /**
   * A source's places.
   *
   * @param keywords words that are not written as names
   * @param hasIn whether {@code in} can be written
   */
  Places(Source source, Set<String> keywords, boolean hasIn) {
    this.hasIn = hasIn;
    this.source = source;
    this.keywords = keywords;
  }

  int row(Span span) {
    return source.position(span.start()).line();
  }

  int row(Term term) {
    return row(term.span());
  }

  int row(int offset) {
    return source.position(offset).line();
  }

  /** The row that a span's last character is in. */
  int lastRow(Span span) {
    return source.position(Math.max(span.start(), span.end() - 1)).line();
  }

  boolean isKeyword(String word) {
    return keywords.contains(word);
  }

  /** Whether a constant was written with quotes: {@code a["b"]}, not {@code a.b}. */
  boolean isQuoted(Term.Scalar s) {
    String text = s.span().text();
    return text.startsWith("\"") || text.startsWith("`");
  }

  /** Whether an opening parenthesis stands directly before a term. */
  boolean isParenthesised(Term term) {
    int at = term.span().start() - 1;
    while (at >= 0 && Character.isWhitespace(source.text().charAt(at))) {
      at--;
    }
    return at >= 0 && source.text().charAt(at) == '(';
  }

  /** The operator that a call is written with, or null for one with its name. */
  @Nullable String symbol(Term.Call c) {
    int given = c.arguments().size();
    if (c.operator().startsWith("internal") && c.operator().path().size() == 1) {
      String name = c.operator().key(0);
      boolean in = name.equals("member_2") && given == 2 || name.equals("member_3") && given == 3;
      return in && hasIn ? "in" : null;
    }
    if (!c.operator().path().isEmpty() || !(c.operator().head() instanceof Term.Var v)) {
      return null;
    }
    String symbol = Operators.SYMBOLS.get(v.name());
    return symbol != null && (given == 2 || (given == 3 && resultPosition(c) > 0)) ? symbol : null;
  }

  /** Which argument of an operator's call takes the result; -1 for none. */
  int resultPosition(Term.Call c) {
    boolean operator = c.operator().path().isEmpty() && !c.operator().startsWith("internal");
    return operator && c.arguments().size() == 3 ? 2 : -1;
  }

  /** How strongly an operator binds. */
  int level(Term.Call c) {
    if (c.operator().startsWith("internal")) {
      return IN;
    }
    return c.operator().head() instanceof Term.Var v
        ? LEVELS.getOrDefault(v.name(), RELATION)
        : RELATION;
  }

  /** Whether an opening brace that is not escaped stands between two offsets. */
  boolean opensBrace(int from, int to) {
    for (int i = from; i < to; i++) {
      if (source.text().charAt(i) == '{' && source.text().charAt(i - 1) != '\\') {
        return true;
      }
    }
    return false;
  }

  /** Whether a statement's text begins with a brace, so that it could be read as a body. */
  boolean leadsWithBrace(Term term) {
    return switch (term) {
      case Term.SetTerm s -> !s.members().isEmpty();
      case Term.ObjectTerm _, Term.SetComprehension _, Term.ObjectComprehension _ -> true;
      case Term.Ref r -> leadsWithBrace(r.head());
      case Term.Call c ->
          symbol(c) != null
              && !(c.arguments().getFirst() instanceof Term.Call first && level(first) < level(c))
              && leadsWithBrace(c.arguments().getFirst());
      case Term.Scalar _,
          Term.Var _,
          Term.ArrayTerm _,
          Term.ArrayComprehension _,
          Term.Template _ ->
          false;
    };
  }

  /** Whether a term's text begins with a minus. */
  boolean leadsWithMinus(Term term) {
    return switch (term) {
      case Term.Scalar s -> s.span().text().startsWith("-");
      case Term.Call c -> symbol(c) != null && leadsWithMinus(c.arguments().getFirst());
      default -> false;
    };
  }

  /** The row of the brace that ends a body whose last literal ends at an offset. */
  int closingBrace(int from) {
    String text = source.text();
    int at = from;
    while (at < text.length() && text.charAt(at) != '}') {
      at = text.charAt(at) == '#' ? lineEnd(at) : at + 1;
    }
    return row(Math.min(at, Math.max(0, text.length() - 1)));
  }

  /** The row of the brace that opens a body whose first literal begins at an offset. */
  int openingBrace(int from) {
    int at = source.text().lastIndexOf('{', Math.max(0, from - 1));
    return row(Math.max(at, 0));
  }

  private int lineEnd(int at) {
    int end = source.text().indexOf('\n', at);
    return end < 0 ? source.text().length() : end;
  }

  /** The text of the line that an offset is in, up to the offset. */
  String lineBefore(int offset) {
    int start = source.text().lastIndexOf('\n', offset - 1) + 1;
    return source.text().substring(start, offset);
  }

  /** How many rows a span's text goes over after its first. */
  int lastRowOf(Span span) {
    return row(span) + (int) span.text().chars().filter(c -> c == '\n').count();
  }
}
