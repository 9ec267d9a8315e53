package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Term;
import java.util.List;
import java.util.function.Consumer;

/** Which variables occur where. The roots {@code input} and {@code data} are none. */
public final class Variables {
  private Variables() {}

  static boolean isRoot(String name) {
    return name.equals("input") || name.equals("data");
  }

  /** The variables of a term; those in closures only if wanted. */
  static void of(Term term, boolean closures, Consumer<Term.Var> found) {
    switch (term) {
      case Term.Scalar _ -> {}
      case Term.Var v -> {
        if (!isRoot(v.name())) {
          found.accept(v);
        }
      }
      case Term.Ref r -> {
        of(r.head(), closures, found);
        r.path().forEach(t -> of(t, closures, found));
      }
      case Term.ArrayTerm a -> a.elements().forEach(t -> of(t, closures, found));
      case Term.SetTerm s -> s.members().forEach(t -> of(t, closures, found));
      case Term.ObjectTerm o ->
          o.entries()
              .forEach(e -> {
                of(e.key(), closures, found);
                of(e.value(), closures, found);
              });
      case Term.ArrayComprehension c -> {
        if (closures) {
          of(c.head(), true, found);
          ofBody(c.body(), true, found);
        }
      }
      case Term.SetComprehension c -> {
        if (closures) {
          of(c.head(), true, found);
          ofBody(c.body(), true, found);
        }
      }
      case Term.ObjectComprehension c -> {
        if (closures) {
          of(c.key(), true, found);
          of(c.value(), true, found);
          ofBody(c.body(), true, found);
        }
      }
      case Term.Call c -> c.arguments().forEach(t -> of(t, closures, found));
      case Term.Template t -> ofBody(t.parts(), closures, found);
    }
  }

  static void ofBody(List<Literal> body, boolean closures, Consumer<Term.Var> found) {
    for (Literal l : body) {
      of(l, closures, found);
    }
  }

  /** The variables of a literal; those in closures only if wanted. */
  public static void of(Literal literal, boolean closures, Consumer<Term.Var> found) {
    switch (literal.expression()) {
      case Expression.Plain p -> of(p.term(), closures, found);
      case Expression.Some s -> s.variables().forEach(found);
      case Expression.SomeIn s -> {
        if (s.key() != null) {
          of(s.key(), closures, found);
        }
        of(s.value(), closures, found);
        of(s.domain(), closures, found);
      }
      case Expression.Every e -> {
        of(e.domain(), closures, found);
        if (closures) {
          if (e.key() != null) {
            of(e.key(), true, found);
          }
          of(e.value(), true, found);
          ofBody(e.body(), true, found);
        }
      }
      case Expression.Not n -> {
        if (!n.explicit() || closures) {
          ofBody(n.body(), closures, found);
        }
      }
      case Expression.Logical l -> {
        operand(l.left(), closures, found);
        operand(l.right(), closures, found);
      }
    }
    for (Literal.With w : literal.withs()) {
      of(w.value(), closures, found);
    }
  }

  private static void operand(Expression.Operand o, boolean closures, Consumer<Term.Var> found) {
    if (!o.explicit() || closures) {
      ofBody(o.body(), closures, found);
    }
  }
}
