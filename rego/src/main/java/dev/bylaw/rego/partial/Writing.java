package dev.bylaw.rego.partial;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Names;
import dev.bylaw.rego.ast.Operators;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.builtin.TermText;
import dev.bylaw.value.StringValue;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes checked trees as Rego v1, whatever their places say. */
final class Writing {
  private Writing() {}

  static String body(List<Literal> body, String separator) {
    return body.stream().map(Writing::literal).collect(Collectors.joining(separator));
  }

  static String rule(Rule.Head head, String name, List<Literal> body, boolean isDefault) {
    var out = new StringBuilder(isDefault ? "default " : "").append(name);
    head.reference().path().forEach(k -> out.append('[').append(term(k)).append(']'));
    if (head.arguments() != null) {
      out.append('(').append(list(head.arguments())).append(')');
    }
    if (head.key() != null) {
      out.append(" contains ").append(term(head.key()));
    } else {
      out.append(" := ").append(term(head.value()));
    }
    return out.append(braced(body)).toString();
  }

  /** {@code else}, with what it is worth and its body. */
  static String otherwise(Term value, List<Literal> body) {
    return " else := " + term(value) + braced(body);
  }

  private static String braced(List<Literal> body) {
    return body.isEmpty() ? "" : " if {\n\t" + body(body, "\n\t") + "\n}";
  }

  static String literal(Literal l) {
    var out = new StringBuilder();
    switch (l.expression()) {
      case Expression.Plain p -> out.append(statement(p.term()));
      case Expression.Not n ->
          out.append("not ")
              .append(n.explicit() ? "{ " + body(n.body(), "; ") + " }" : body(n.body(), "; "));
      case Expression.Every e -> {
        out.append("every ").append(e.key() == null ? "" : term(e.key()) + ", ");
        out.append(term(e.value())).append(" in ").append(term(e.domain()));
        out.append(" { ").append(body(e.body(), "; ")).append(" }");
      }
      case Expression.Logical g ->
          out.append(side(g.left()))
              .append(g.conjunction() ? " and " : " or ")
              .append(side(g.right()));
      case Expression.Some _, Expression.SomeIn _ ->
          throw new IllegalStateException("some is gone after checking");
    }
    l.withs()
        .forEach(w ->
            out.append(" with ").append(term(w.target())).append(" as ").append(term(w.value())));
    return out.toString();
  }

  private static String side(Expression.Operand o) {
    return o.explicit() ? "{ " + body(o.body(), "; ") + " }" : "(" + body(o.body(), "; ") + ")";
  }

  /** A term that stands alone: its operator needs no parentheses. */
  private static String statement(Term term) {
    String symbol = term instanceof Term.Call c && c.arguments().size() == 2 ? symbol(c) : null;
    if (symbol != null && term instanceof Term.Call c) {
      return term(c.arguments().get(0)) + " " + symbol + " " + term(c.arguments().get(1));
    }
    String text = term(term);
    // A brace at the beginning could be read as that of a body.
    return text.startsWith("{") ? "(" + text + ")" : text;
  }

  private static @org.jspecify.annotations.Nullable String symbol(Term.Call c) {
    return c.name().equals("internal.member_2") ? "in" : Operators.SYMBOLS.get(c.name());
  }

  static String term(Term term) {
    return switch (term) {
      case Term.Scalar s -> TermText.source(s.value());
      case Term.Var v -> v.isWildcard() ? "_" : v.name();
      case Term.Ref r -> reference(r);
      case Term.ArrayTerm a -> "[" + list(a.elements()) + "]";
      case Term.SetTerm s -> s.members().isEmpty() ? "set()" : "{" + list(s.members()) + "}";
      case Term.ObjectTerm o ->
          o.entries().stream()
              .map(e -> term(e.key()) + ": " + term(e.value()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Term.ArrayComprehension c -> "[" + term(c.head()) + closure(c.body()) + "]";
      case Term.SetComprehension c -> "{" + term(c.head()) + closure(c.body()) + "}";
      case Term.ObjectComprehension c ->
          "{" + term(c.key()) + ": " + term(c.value()) + closure(c.body()) + "}";
      case Term.Call c -> call(c);
      case Term.Template t ->
          throw new IllegalStateException("template after checking " + t.span());
    };
  }

  private static String closure(List<Literal> body) {
    return " | " + body(body, "; ");
  }

  private static String call(Term.Call c) {
    List<Term> operands = c.arguments();
    String symbol = symbol(c);
    if (symbol != null && operands.size() == 2) {
      return "(" + term(operands.get(0)) + " " + symbol + " " + term(operands.get(1)) + ")";
    }
    if (c.name().equals("internal.member_3") && operands.size() == 3) {
      return "("
          + term(operands.get(0))
          + ", "
          + term(operands.get(1))
          + " in "
          + term(operands.get(2))
          + ")";
    }
    return Names.dotted(c.operator()) + "(" + list(operands) + ")";
  }

  private static String reference(Term.Ref r) {
    var out = new StringBuilder(term(r.head()));
    for (Term key : r.path()) {
      if (key instanceof Term.Scalar s
          && s.value() instanceof StringValue text
          && Names.isIdentifier(text.text())
          && r.head() instanceof Term.Var) {
        out.append('.').append(text.text());
      } else {
        out.append('[').append(term(key)).append(']');
      }
    }
    return out.toString();
  }

  private static String list(List<Term> terms) {
    Function<Term, String> one = Writing::term;
    return terms.stream().map(one).collect(Collectors.joining(", "));
  }
}
