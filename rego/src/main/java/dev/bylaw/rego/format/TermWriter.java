package dev.bylaw.rego.format;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Names;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.Json;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Writes terms. */
final class TermWriter {
  private final Output out;
  private final Places places;
  private final BodyWriter bodies;

  TermWriter(Output out, Places places, BodyWriter bodies) {
    this.out = out;
    this.places = places;
    this.bodies = bodies;
  }

  void term(Term term) {
    term(term, false);
  }

  /** A term; a call by an operator in parentheses where they are wanted. */
  void term(Term term, boolean parentheses) {
    out.commentsUpTo(places.row(term));
    out.begin();
    switch (term) {
      case Term.Scalar s -> out.write(scalar(s));
      case Term.Var v -> out.write(v.isWildcard() ? "_" : v.name());
      case Term.Ref r -> reference(r);
      case Term.ArrayTerm a -> list("[", a.elements(), "]", a.span());
      case Term.SetTerm s -> {
        if (s.members().isEmpty()) {
          out.write("set()");
        } else {
          list("{", distinct(s.members()), "}", s.span());
        }
      }
      case Term.ObjectTerm o -> object(o);
      case Term.ArrayComprehension c -> {
        out.write("[");
        comprehension(c.head(), c.body(), c.span());
        out.write("]");
      }
      case Term.SetComprehension c -> {
        out.write("{");
        comprehension(c.head(), c.body(), c.span());
        out.write("}");
      }
      case Term.ObjectComprehension c -> {
        out.write("{");
        key(c.key());
        out.write(": ");
        term(c.value(), true);
        out.write(" |");
        bodies.inBrackets(c.body(), c.span());
        out.write("}");
      }
      case Term.Call c -> call(c, parentheses);
      case Term.Template t -> template(t);
    }
  }

  private static String scalar(Term.Scalar s) {
    String written = s.span().text();
    boolean quoted = written.startsWith("\"") || written.startsWith("`");
    boolean itself =
        switch (s.value().kind()) {
          case STRING -> quoted;
          case NUMBER -> true;
          default -> false;
        };
    return itself ? written.strip() : Json.write(s.value());
  }

  private void reference(Term.Ref r) {
    term(r.head(), true);
    keys(r.path());
  }

  /**
   * The name of a rule; with one key, that is in brackets unless names with dots are usual here.
   */
  void head(Term.Ref r, boolean dotted) {
    out.begin();
    out.write(r.head() instanceof Term.Var v ? v.name() : "");
    if (dotted || r.path().size() != 1) {
      keys(r.path());
      return;
    }
    out.write("[");
    term(r.path().getFirst());
    out.write("]");
  }

  private void keys(List<Term> path) {
    for (Term key : path) {
      if (key instanceof Term.Scalar s && s.value() instanceof StringValue text) {
        boolean quoted = places.isQuoted(s);
        boolean plain =
            Names.isIdentifier(text.text()) && !(quoted && places.isKeyword(text.text()));
        out.write(plain ? "." + text.text() : "[" + (quoted ? scalar(s) : Json.write(text)) + "]");
      } else {
        out.write("[");
        term(key);
        out.write("]");
      }
    }
  }

  /** Members of a set; a constant that was there before is left out. */
  private static List<Term> distinct(List<Term> members) {
    Set<Value> seen = new HashSet<>();
    return members.stream()
        .filter(t -> !(t instanceof Term.Scalar c) || seen.add(c.value()))
        .toList();
  }

  private void list(String open, List<Term> elements, String close, Span span) {
    out.write(open);
    items(elements, places.row(span), span, this::element);
    out.write(close);
  }

  /** An element of a collection: unions would make a comprehension of it. */
  private void element(Term t) {
    term(t, t instanceof Term.Call c && (isOperator(c, "or") || isPairMembership(c)));
  }

  private void object(Term.ObjectTerm o) {
    out.write("{");
    List<Term> keys = o.entries().stream().map(Term.Entry::key).toList();
    int[] at = {0};
    items(
        keys,
        places.row(o.span()),
        o.span(),
        k -> {
          key(k);
          out.write(": ");
          element(o.entries().get(at[0]++).value());
        });
    out.write("}");
  }

  private void key(Term key) {
    term(
        key,
        key instanceof Term.Call c
            && (isOperator(c, "or")
                || isPairMembership(c)
                || !"in".equals(places.symbol(c)) && places.isParenthesised(c)));
  }

  /** Items with commas, on the lines that the author gave them. */
  void items(List<Term> items, int openedAt, Span whole, Consumer<Term> one) {
    List<List<Term>> lines =
        items.stream().anyMatch(TermWriter::isGenerated) ? List.of(items) : lines(items, openedAt);
    boolean many = lines.size() > 1;
    if (many) {
      out.delayTrailing();
      out.end();
      out.indent();
      out.begin();
    }
    boolean first = true;
    for (List<Term> line : lines) {
      if (line.isEmpty()) {
        continue;
      }
      if (!first) {
        out.write(",");
        out.end();
        out.begin();
      }
      first = false;
      for (int i = 0; i < line.size(); i++) {
        if (i > 0) {
          out.write(", ");
        }
        one.accept(line.get(i));
      }
    }
    if (many) {
      out.write(",");
      out.end();
      out.commentsUpTo(places.lastRow(whole));
      out.outdent();
      out.begin();
    }
  }

  /** A variable that a compiler named: its place tells nothing. */
  private static boolean isGenerated(Term term) {
    return term instanceof Term.Var v && v.isGenerated() && !v.isWildcard();
  }

  /** Items by the row that they begin in; the first group is empty if the first row has none. */
  private List<List<Term>> lines(List<Term> items, int openedAt) {
    List<List<Term>> lines = new ArrayList<>();
    List<Term> line = new ArrayList<>();
    int row = openedAt;
    for (Term t : items) {
      int at = places.row(t);
      if (at > row) {
        lines.add(line);
        line = new ArrayList<>();
      }
      row = at;
      line.add(t);
    }
    lines.add(line);
    return lines;
  }

  private void comprehension(Term head, List<Literal> body, Span span) {
    if (places.row(head) > places.row(span)) {
      out.end();
      out.begin();
    }
    term(head, true);
    out.write(" |");
    bodies.inBrackets(body, span);
  }

  private void call(Term.Call c, boolean parentheses) {
    String symbol = places.symbol(c);
    if (symbol == null) {
      reference(c.operator());
      out.write("(");
      arguments(c);
      out.write(")");
      return;
    }
    out.write(parentheses ? "(" : "");
    List<Term> operands = c.arguments();
    if (operands.size() == 3) {
      term(operands.get(0), true);
      out.write(", ");
    }
    term(operands.get(operands.size() - 2), true);
    out.write(" " + symbol + " ");
    term(operands.getLast(), true);
    out.write(parentheses ? ")" : "");
  }

  private void arguments(Term.Call c) {
    if (!c.arguments().isEmpty()) {
      int from = places.row(c.arguments().getFirst());
      items(
          c.arguments(),
          from,
          c.span(),
          t -> term(t, t instanceof Term.Call x && isPairMembership(x)));
    }
  }

  /**
   * A call that is a literal of its own: its operands need parentheses only where they bind less.
   *
   * @param lead what stands before it
   */
  void statement(Term.Call c, BodyWriter.Lead lead) {
    String symbol = places.symbol(c);
    int result = places.resultPosition(c);
    if (symbol == null || (result < 0 && c.arguments().size() > 2)) {
      term(c);
      return;
    }
    out.commentsUpTo(places.row(c));
    out.begin();
    List<Term> operands = c.arguments();
    if (result > 0) {
      // plus(a, b, c): the last argument takes the result.
      term(operands.get(2));
      out.write(" = ");
    } else if (lead == BodyWriter.Lead.IN_BRACES && isOperator(c, "or")) {
      term(c, true);
      return;
    }
    int level = places.level(c);
    if (level == Places.IN) {
      if (lead == BodyWriter.Lead.BEHIND_LITERAL && places.leadsWithMinus(operands.get(0))) {
        signed(operands.get(0));
      } else {
        term(operands.get(0), true);
      }
      out.write(" in ");
      term(operands.get(1), true);
      return;
    }
    boolean union = operands.get(0) instanceof Term.Call x && isOperator(x, "or");
    if (union && lead == BodyWriter.Lead.IN_BRACES) {
      term(operands.get(0), true);
    } else if (lead == BodyWriter.Lead.BEHIND_LITERAL && places.leadsWithMinus(operands.get(0))) {
      signed(operands.get(0));
    } else {
      operand(operands.get(0), level, false);
    }
    out.write(" " + symbol + " ");
    operand(operands.get(1), level, true);
  }

  /** A term that begins with a minus, in parentheses. */
  void signed(Term term) {
    if (term instanceof Term.Scalar) {
      out.write("(");
      term(term);
      out.write(")");
    } else {
      term(term, true);
    }
  }

  private void operand(Term operand, int level, boolean right) {
    boolean binds = true;
    if (operand instanceof Term.Call c && places.symbol(c) != null) {
      int inner = places.level(c);
      binds = (right ? inner > level : inner >= level) && !isPairMembership(c);
    }
    term(operand, !binds);
  }

  private boolean isOperator(Term.Call c, String name) {
    return c.operator().path().isEmpty()
        && c.operator().startsWith(name)
        && places.symbol(c) != null;
  }

  private boolean isPairMembership(Term.Call c) {
    return c.arguments().size() == 3 && "in".equals(places.symbol(c));
  }

  private void template(Term.Template t) {
    String source = t.span().source().text();
    String quote = t.multiline() ? "`" : "\"";
    out.write("$" + quote);
    int at = t.span().start() + 2;
    for (Literal part : t.parts()) {
      // What stands in braces begins behind one that is not escaped.
      if (!places.opensBrace(at, part.span().start())) {
        out.write(source.substring(at, part.span().end()));
        at = part.span().end();
      } else {
        out.write("{");
        term(((Expression.Plain) part.expression()).term());
        bodies.withs(part.withs());
        out.write("}");
        int end = part.withs().isEmpty() ? part.span().end() : part.withs().getLast().span().end();
        at = source.indexOf('}', end) + 1;
      }
    }
    out.write(quote);
  }
}
