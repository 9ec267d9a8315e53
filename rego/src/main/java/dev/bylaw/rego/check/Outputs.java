package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Term;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Which variables a literal binds: those in keys of references, in patterns that it matches with
 * what is bound, and the result of a call.
 */
final class Outputs {
  private final ToIntFunction<Term.Call> arity;

  /**
   * A new one.
   *
   * @param arity how many arguments the called function takes; -1 if it is not known
   */
  Outputs(ToIntFunction<Term.Call> arity) {
    this.arity = arity;
  }

  /**
   * What a literal binds.
   *
   * @param safe what is bound before it
   */
  Set<String> of(Literal literal, Set<String> safe) {
    Set<String> outputs = new LinkedHashSet<>();
    if (!(literal.expression() instanceof Expression.Plain p)) {
      if (literal.expression() instanceof Expression.Every e) {
        references(e.domain(), safe, outputs);
      }
      return outputs;
    }
    if (p.term() instanceof Term.Call c) {
      if (c.operator().path().isEmpty() && c.name().equals("eq") && c.arguments().size() == 2) {
        references(c, safe, outputs);
        unify(c.arguments().get(0), c.arguments().get(1), safe, outputs);
        return outputs;
      }
      int takes = arity.applyAsInt(c);
      if (takes >= 0 && c.arguments().size() == takes + 1) {
        List<Term> inputs = c.arguments().subList(0, takes);
        inputs.forEach(t -> references(t, safe, outputs));
        if (inputs.stream().allMatch(t -> isBound(t, safe, outputs))) {
          bindAll(c.arguments().get(takes), safe, outputs);
        }
        return outputs;
      }
    }
    references(p.term(), safe, outputs);
    return outputs;
  }

  /** References bind the variables in their keys, if their head is bound. */
  private void references(Term term, Set<String> safe, Set<String> outputs) {
    switch (term) {
      case Term.Ref r -> {
        references(r.head(), safe, outputs);
        if (!isBound(r.head(), safe, outputs)) {
          return;
        }
        for (Term key : r.path()) {
          references(key, safe, outputs);
          bindAll(key, safe, outputs);
        }
      }
      case Term.Call c -> c.arguments().forEach(t -> references(t, safe, outputs));
      case Term.ArrayTerm a -> a.elements().forEach(t -> references(t, safe, outputs));
      case Term.SetTerm s -> s.members().forEach(t -> references(t, safe, outputs));
      case Term.ObjectTerm o ->
          o.entries()
              .forEach(e -> {
                references(e.key(), safe, outputs);
                references(e.value(), safe, outputs);
              });
      case Term.Scalar _,
          Term.Var _,
          Term.ArrayComprehension _,
          Term.SetComprehension _,
          Term.ObjectComprehension _,
          Term.Template _ -> {}
    }
  }

  /** Adds the variables of a pattern that matching binds. */
  private static void bindAll(Term pattern, Set<String> safe, Set<String> outputs) {
    switch (pattern) {
      case Term.Var v -> {
        if (!Variables.isRoot(v.name()) && !safe.contains(v.name())) {
          outputs.add(v.name());
        }
      }
      case Term.ArrayTerm a -> a.elements().forEach(t -> bindAll(t, safe, outputs));
      case Term.ObjectTerm o -> o.entries().forEach(e -> bindAll(e.value(), safe, outputs));
      case Term.Scalar _,
          Term.Ref _,
          Term.SetTerm _,
          Term.ArrayComprehension _,
          Term.SetComprehension _,
          Term.ObjectComprehension _,
          Term.Call _,
          Term.Template _ -> {}
    }
  }

  private static boolean isBound(Term term, Set<String> safe, Set<String> outputs) {
    boolean[] bound = {true};
    Variables.of(
        term, false, v -> bound[0] &= safe.contains(v.name()) || outputs.contains(v.name()));
    return bound[0];
  }

  private void unify(Term a, Term b, Set<String> safe, Set<String> outputs) {
    int before;
    do {
      before = outputs.size();
      unifyOnce(a, b, safe, outputs);
    } while (outputs.size() > before);
  }

  private void unifyOnce(Term a, Term b, Set<String> safe, Set<String> outputs) {
    boolean aBound = isBound(a, safe, outputs);
    boolean bBound = isBound(b, safe, outputs);
    if (aBound && !bBound) {
      bindTo(b, a, safe, outputs);
    } else if (bBound && !aBound) {
      bindTo(a, b, safe, outputs);
    } else if (!aBound) {
      if (a instanceof Term.ArrayTerm x
          && b instanceof Term.ArrayTerm y
          && x.elements().size() == y.elements().size()) {
        for (int i = 0; i < x.elements().size(); i++) {
          unifyOnce(x.elements().get(i), y.elements().get(i), safe, outputs);
        }
      } else if (a instanceof Term.ObjectTerm x && b instanceof Term.ObjectTerm y) {
        unifyObjects(x, y, safe, outputs);
      }
    }
  }

  /** Binds a pattern to what is bound, unless that can be seen to have another form. */
  private void bindTo(Term pattern, Term value, Set<String> safe, Set<String> outputs) {
    boolean fits =
        switch (pattern) {
          case Term.ArrayTerm p ->
              switch (value) {
                case Term.Var _,
                    Term.Ref _,
                    Term.Call _,
                    Term.ArrayComprehension _,
                    Term.SetComprehension _,
                    Term.ObjectComprehension _ ->
                    true;
                case Term.ArrayTerm v -> p.elements().size() == v.elements().size();
                default -> false;
              };
          case Term.ObjectTerm p ->
              switch (value) {
                case Term.Var _, Term.Ref _, Term.Call _ -> true;
                case Term.ObjectTerm v -> p.entries().size() == v.entries().size();
                default -> false;
              };
          default -> true;
        };
    if (fits && pattern instanceof Term.ArrayTerm p && value instanceof Term.ArrayTerm v) {
      for (int i = 0; i < p.elements().size(); i++) {
        unifyOnce(p.elements().get(i), v.elements().get(i), safe, outputs);
      }
    } else if (fits && pattern instanceof Term.ObjectTerm p && value instanceof Term.ObjectTerm v) {
      unifyObjects(p, v, safe, outputs);
    } else if (fits) {
      bindAll(pattern, safe, outputs);
    }
  }

  private void unifyObjects(
      Term.ObjectTerm x, Term.ObjectTerm y, Set<String> safe, Set<String> outputs) {
    for (Term.Entry e : x.entries()) {
      for (Term.Entry o : y.entries()) {
        if (sameKey(e.key(), o.key())) {
          unifyOnce(e.value(), o.value(), safe, outputs);
        }
      }
    }
  }

  static boolean sameKey(Term a, Term b) {
    return (a instanceof Term.Scalar x && b instanceof Term.Scalar y && x.value().equals(y.value()))
        || (a instanceof Term.Var v && b instanceof Term.Var w && v.name().equals(w.name()));
  }
}
