package dev.bylaw.rego.plan;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a clause needs to hold, as far as it can be told without evaluating it: {@code input.a ==
 * "x"}, {@code input.a in {"x", "y"}}, a constant argument of a function, {@code
 * startswith(input.a, "x")} and the text that a {@code glob.match} begins with.
 */
final class ClauseNeeds {
  private ClauseNeeds() {}

  /** What is asked: a path under the input, or under the argument of a number. */
  record Question(List<Value> path, int argument) {
    @Nullable Value answer(Evaluation e, Value[] arguments) {
      Value here = argument >= 0 ? arguments[argument] : e.input;
      for (int i = 0; i < path.size() && here != null; i++) {
        here = Nodes.step(here, path.get(i));
      }
      return here;
    }
  }

  /**
   * A way to tell clauses apart.
   *
   * @param prefix whether it is enough that the answer begins so
   */
  record Key(Question question, boolean prefix) {}

  /** A clause with its needs; a clause with an else has none, for that may hold instead. */
  static ClauseIndex.Entry of(Clause clause, Rule rule) {
    Map<Key, Set<Value>> needs = new LinkedHashMap<>();
    if (rule.otherwise() == null) {
      List<Term> arguments = rule.head().arguments();
      Map<String, Integer> names = new HashMap<>();
      for (int i = 0; arguments != null && i < arguments.size(); i++) {
        if (arguments.get(i) instanceof Term.Scalar s) {
          needs.put(new Key(new Question(List.of(), i), false), Set.of(s.value()));
        } else if (arguments.get(i) instanceof Term.Var v) {
          names.put(v.name(), i);
        }
      }
      for (Literal literal : rule.body()) {
        if (literal.withs().isEmpty()
            && literal.expression() instanceof Expression.Plain p
            && p.term() instanceof Term.Call c) {
          need(c, names, needs);
        }
      }
    }
    return new ClauseIndex.Entry(clause, needs);
  }

  private static void need(Term.Call c, Map<String, Integer> names, Map<Key, Set<Value>> needs) {
    List<Term> a = c.arguments();
    switch (c.name()) {
      case "eq", "equal" -> {
        if (a.size() == 2 && a.get(1) instanceof Term.Scalar s) {
          put(a.get(0), false, Set.of(s.value()), names, needs);
        } else if (a.size() == 2 && a.get(0) instanceof Term.Scalar s) {
          put(a.get(1), false, Set.of(s.value()), names, needs);
        }
      }
      case "internal.member_2" -> {
        if (a.size() == 2 && constant(a.get(1)) instanceof SetValue s) {
          put(a.get(0), false, new LinkedHashSet<>(s.members()), names, needs);
        }
      }
      case "startswith" -> {
        if (a.size() == 2) {
          prefix(a.get(0), text(a.get(1)), names, needs);
        }
      }
      case "glob.match" -> {
        if (a.size() == 3) {
          prefix(a.get(2), literal(text(a.get(0))), names, needs);
        }
      }
      default -> {}
    }
  }

  private static String text(Term term) {
    return term instanceof Term.Scalar s && s.value() instanceof StringValue v ? v.text() : "";
  }

  /** What a glob begins with that stands for itself. */
  private static String literal(String glob) {
    int end = 0;
    while (end < glob.length() && "*?[{\\".indexOf(glob.charAt(end)) < 0) {
      end++;
    }
    return glob.substring(0, end);
  }

  private static void prefix(
      Term asked, String prefix, Map<String, Integer> names, Map<Key, Set<Value>> needs) {
    if (!prefix.isEmpty()) {
      put(asked, true, Set.of(StringValue.of(prefix)), names, needs);
    }
  }

  private static void put(
      Term asked,
      boolean prefix,
      Set<Value> answers,
      Map<String, Integer> names,
      Map<Key, Set<Value>> needs) {
    Question question = question(asked, names);
    if (question != null) {
      needs.putIfAbsent(new Key(question, prefix), answers);
    }
  }

  private static @Nullable Value constant(Term term) {
    List<Term> members =
        switch (term) {
          case Term.SetTerm s -> s.members();
          case Term.ArrayTerm a -> a.elements();
          default -> List.of();
        };
    List<Value> values = new ArrayList<>();
    for (Term t : members) {
      if (!(t instanceof Term.Scalar s)) {
        return null;
      }
      values.add(s.value());
    }
    return values.isEmpty() ? null : SetValue.of(values);
  }

  private static @Nullable Question question(Term term, Map<String, Integer> names) {
    Term head = term instanceof Term.Ref r ? r.head() : term;
    List<Value> path = new ArrayList<>();
    if (term instanceof Term.Ref r) {
      for (Term key : r.path()) {
        if (!(key instanceof Term.Scalar s && s.value() instanceof StringValue)) {
          return null;
        }
        path.add(s.value() instanceof StringValue t ? StringValue.name(t.text()) : s.value());
      }
    }
    if (!(head instanceof Term.Var v)) {
      return null;
    }
    if (v.name().equals("input") && !path.isEmpty()) {
      return new Question(path, -1);
    }
    Integer argument = names.get(v.name());
    return argument == null ? null : new Question(path, argument);
  }
}
