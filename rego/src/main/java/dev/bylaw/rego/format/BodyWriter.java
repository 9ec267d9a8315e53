package dev.bylaw.rego.format;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.syntax.Span;
import java.util.List;

/** Writes literals and bodies. */
final class BodyWriter {
  /** What stands before a literal, so that its first sign could be misread. */
  enum Lead {
    FREE,
    /** The brace of a body: a union would make a comprehension. */
    IN_BRACES,
    /** Another literal, in the line above: a minus would go on with it. */
    BEHIND_LITERAL
  }

  private final Output out;
  private final Places places;
  private final TermWriter terms;

  BodyWriter(Output out, Places places) {
    this.out = out;
    this.places = places;
    this.terms = new TermWriter(out, places, this);
  }

  TermWriter terms() {
    return terms;
  }

  /** Literals, one a line, with the author's empty lines between them. */
  void body(List<Literal> body, boolean inBraces) {
    Lead lead = inBraces ? Lead.IN_BRACES : Lead.FREE;
    out.commentsUpTo(places.row(body.getFirst().span()));
    int last = 0;
    for (Literal literal : body) {
      if (last > 0 && places.row(literal.span()) > last + 1) {
        out.blank();
      }
      last = places.lastRowOf(literal.span());
      out.begin();
      literal(literal, lead);
      lead = Lead.BEHIND_LITERAL;
      out.end();
    }
  }

  /** The body of a comprehension or of {@code every}, up to its closing bracket. */
  void inBrackets(List<Literal> body, Span whole) {
    if (isOneLine(body, places.row(whole))) {
      out.write(" ");
      onOneLine(body, false);
      out.commentsUpTo(places.lastRow(whole));
    } else {
      out.end();
      out.indent();
      body(body, false);
      out.commentsUpTo(places.lastRow(whole));
      out.outdent();
    }
    out.begin();
  }

  private boolean isOneLine(List<Literal> body, int row) {
    int from = row;
    for (Literal literal : body) {
      int at = places.row(literal.span());
      if (at > from) {
        return false;
      }
      from = at;
    }
    return true;
  }

  private void onOneLine(List<Literal> body, boolean inBraces) {
    for (int i = 0; i < body.size(); i++) {
      if (i > 0) {
        out.write("; ");
      }
      literal(body.get(i), inBraces && i == 0 ? Lead.IN_BRACES : Lead.FREE);
    }
  }

  /** {@code { a; b }}, as it stands beside {@code not}, {@code and}, {@code or}. */
  private void braced(List<Literal> body, int openedAt, int closedAt) {
    out.write("{");
    if (isOneLine(body, openedAt)) {
      out.write(" ");
      onOneLine(body, true);
      out.write(" ");
    } else {
      out.end();
      out.indent();
      body(body, true);
      out.commentsUpTo(closedAt);
      out.outdent();
      out.begin();
    }
    out.write("}");
  }

  void literal(Literal literal) {
    literal(literal, Lead.FREE);
  }

  private void literal(Literal literal, Lead lead) {
    out.commentsUpTo(places.row(literal.span()));
    out.begin();
    switch (literal.expression()) {
      case Expression.Plain p -> plain(p.term(), lead);
      case Expression.Some s -> {
        out.write("some ");
        commas(s.variables());
      }
      case Expression.SomeIn s -> {
        out.write("some ");
        commas(s.key() == null ? List.of(s.value()) : List.of(s.key(), s.value()));
        out.write(" in ");
        domain(s.domain());
      }
      case Expression.Every e -> every(e);
      case Expression.Not n -> not(n, literal);
      case Expression.Logical l -> logical(l, lead);
    }
    withs(literal.withs());
  }

  private void plain(Term term, Lead lead) {
    if (term instanceof Term.Call c) {
      terms.statement(c, lead);
    } else if (lead == Lead.BEHIND_LITERAL && places.leadsWithMinus(term)) {
      terms.signed(term);
    } else {
      terms.term(term);
    }
  }

  /** Names with commas; those that the author put into the next row are indented there. */
  private void commas(List<? extends Term> all) {
    int row = places.row(all.getFirst());
    boolean indented = false;
    for (int i = 0; i < all.size(); i++) {
      int here = places.row(all.get(i));
      out.write(i > 0 ? "," : "");
      if (here > row) {
        out.end();
        if (!indented) {
          out.indent();
          indented = true;
        }
        out.begin();
      } else {
        out.write(i > 0 ? " " : "");
      }
      row = here;
      terms.term(all.get(i));
    }
    if (indented) {
      out.outdent();
    }
  }

  /** What is gone through: an {@code in} of its own needs parentheses. */
  private void domain(Term domain) {
    terms.term(domain, domain instanceof Term.Call c && "in".equals(places.symbol(c)));
  }

  private void every(Expression.Every e) {
    out.write("every ");
    commas(e.key() == null ? List.of(e.value()) : List.of(e.key(), e.value()));
    out.write(" in ");
    domain(e.domain());
    out.write(" {");
    int opened = places.row(e.domain().span().end());
    if (isOneLine(e.body(), opened)) {
      out.write(" ");
      onOneLine(e.body(), true);
      out.write(e.body().size() == 1 ? " " : "");
    } else {
      out.end();
      out.indent();
      body(e.body(), true);
      out.commentsUpTo(places.closingBrace(e.body().getLast().span().end()));
      out.outdent();
      out.begin();
    }
    out.write("}");
  }

  private void not(Expression.Not n, Literal literal) {
    out.write("not ");
    if (n.explicit()) {
      braced(
          n.body(),
          places.row(literal.span()),
          places.closingBrace(n.body().getLast().span().end()));
      return;
    }
    Literal inner = n.body().getFirst();
    boolean group =
        !(inner.expression() instanceof Expression.Plain)
            || !inner.withs().isEmpty()
            || n.wide() && leadsWithBrace(inner);
    if (group) {
      out.write("(");
      literal(inner);
      out.write(")");
    } else {
      plain(((Expression.Plain) inner.expression()).term(), Lead.FREE);
    }
  }

  private boolean leadsWithBrace(Literal literal) {
    return literal.expression() instanceof Expression.Plain p && places.leadsWithBrace(p.term());
  }

  private void logical(Expression.Logical l, Lead lead) {
    boolean indented = false;
    side(l.left(), l.conjunction(), false, lead);
    out.write(l.conjunction() ? " and" : " or");
    int ended =
        l.left().explicit()
            ? places.closingBrace(spanOf(l.left()).end())
            : places.lastRow(spanOf(l.left()));
    if (startOf(l.right()) > ended) {
      out.end();
      out.indent();
      indented = true;
    } else {
      out.write(" ");
    }
    side(l.right(), l.conjunction(), true, Lead.FREE);
    if (indented) {
      out.outdent();
    }
  }

  private int startOf(Expression.Operand o) {
    Span span = spanOf(o);
    return o.explicit() ? places.openingBrace(span.start()) : places.row(span);
  }

  private static Span spanOf(Expression.Operand o) {
    return o.body().getFirst().span().to(o.body().getLast().span());
  }

  private void side(Expression.Operand o, boolean conjunction, boolean right, Lead lead) {
    if (o.explicit()) {
      out.commentsUpTo(startOf(o));
      out.begin();
      braced(o.body(), startOf(o), places.closingBrace(spanOf(o).end()));
      return;
    }
    Literal inner = o.body().getFirst();
    boolean group = !inner.withs().isEmpty() || leadsWithBrace(inner);
    if (inner.expression() instanceof Expression.Logical nested) {
      boolean same = nested.conjunction() == conjunction;
      group |= right && same || conjunction && !nested.conjunction();
    }
    if (group) {
      out.begin();
      out.write("(");
      literal(inner);
      out.write(")");
    } else {
      literal(inner, lead);
    }
  }

  /** Modifiers: those that the author put on a line of their own are indented there. */
  void withs(List<Literal.With> withs) {
    boolean indented = false;
    for (int i = 0; i < withs.size(); i++) {
      Literal.With w = withs.get(i);
      boolean newLine = places.lineBefore(w.span().start()).isBlank();
      if (newLine) {
        if (!indented) {
          out.indent();
          indented = true;
        }
        out.end();
      }
      out.commentsUpTo(places.row(w.span()));
      if (newLine) {
        out.begin();
        out.write("with ");
      } else {
        out.write(" with ");
      }
      Term target = w.target().path().isEmpty() ? w.target().head() : w.target();
      terms.term(target);
      out.write(" as ");
      terms.term(w.value());
    }
    if (indented) {
      out.outdent();
    }
  }
}
