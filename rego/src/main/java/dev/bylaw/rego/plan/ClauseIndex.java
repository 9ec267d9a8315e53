package dev.bylaw.rego.plan;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.value.ArrayValue;
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
 * Which clauses of a rule can hold, by what they compare the input or an argument with.
 *
 * <p>A clause is looked up by {@code input.a == "x"} or {@code input.a in {"x", "y"}}, or by a
 * constant argument of a function; by the question that most clauses ask, and among those that
 * agree by the next. Clauses that ask no such question are always looked at.
 */
final class ClauseIndex {
  private static final int FEWEST = 3;
  private static final int MOST_DEEP = 4;

  /** What is asked: a path under the input, or the number of an argument. */
  private record Question(List<Value> path, int argument) {
    @Nullable Value answer(Evaluation e, Value[] arguments) {
      Value here = argument >= 0 ? arguments[argument] : e.input;
      for (int i = 0; i < path.size() && here != null; i++) {
        here = Nodes.step(here, path.get(i));
      }
      return here;
    }
  }

  private final Clause[] always;
  private final @Nullable Question question;
  private final Map<Value, ClauseIndex> answers;

  private ClauseIndex(
      Clause[] always, @Nullable Question question, Map<Value, ClauseIndex> answers) {
    this.always = always;
    this.question = question;
    this.answers = answers;
  }

  /** Takes the clauses that may hold; false to stop. */
  interface Visitor {
    boolean visit(Clause clause);
  }

  /** Visits the clauses that may hold; false if the visitor stopped. */
  boolean visit(Evaluation e, Value[] arguments, Visitor visitor) {
    if (question != null) {
      Value answer = question.answer(e, arguments);
      ClauseIndex next = answer == null ? null : answers.get(answer);
      if (next != null && !next.visit(e, arguments, visitor)) {
        return false;
      }
    }
    for (Clause clause : always) {
      if (!visitor.visit(clause)) {
        return false;
      }
    }
    return true;
  }

  /** A clause with the answers that it needs; a clause with an else needs none. */
  record Entry(Clause clause, Map<Object, Set<Value>> needs) {}

  static Entry entry(Clause clause, Rule rule) {
    Map<Object, Set<Value>> needs = new LinkedHashMap<>();
    if (rule.otherwise() == null) {
      List<Term> arguments = rule.head().arguments();
      Map<String, Integer> names = new HashMap<>();
      for (int i = 0; arguments != null && i < arguments.size(); i++) {
        if (arguments.get(i) instanceof Term.Scalar s) {
          needs.put(new Question(List.of(), i), Set.of(s.value()));
        } else if (arguments.get(i) instanceof Term.Var v) {
          names.put(v.name(), i);
        }
      }
      for (Literal literal : rule.body()) {
        if (literal.withs().isEmpty() && literal.expression() instanceof Expression.Plain p) {
          need(p.term(), names, needs);
        }
      }
    }
    return new Entry(clause, needs);
  }

  private static void need(Term term, Map<String, Integer> names, Map<Object, Set<Value>> needs) {
    if (!(term instanceof Term.Call c) || c.arguments().size() != 2) {
      return;
    }
    Term a = c.arguments().get(0);
    Term b = c.arguments().get(1);
    switch (c.name()) {
      case "eq", "equal" -> {
        if (b instanceof Term.Scalar s) {
          put(question(a, names), Set.of(s.value()), needs);
        } else if (a instanceof Term.Scalar s) {
          put(question(b, names), Set.of(s.value()), needs);
        }
      }
      case "internal.member_2" -> {
        Value domain = constant(b);
        if (domain instanceof SetValue s && s.size() > 0) {
          put(question(a, names), new LinkedHashSet<>(s.members()), needs);
        } else if (domain instanceof ArrayValue all && all.size() > 0) {
          put(question(a, names), new LinkedHashSet<>(all.elements()), needs);
        }
      }
      default -> {}
    }
  }

  private static void put(
      @Nullable Question question, Set<Value> answers, Map<Object, Set<Value>> needs) {
    if (question != null) {
      needs.putIfAbsent(question, answers);
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
        path.add(s.value());
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

  /** The index of clauses, in their order. */
  static ClauseIndex of(List<Entry> entries) {
    return of(entries, 0);
  }

  private static ClauseIndex of(List<Entry> entries, int depth) {
    Map<Object, Integer> asked = new LinkedHashMap<>();
    for (Entry e : entries) {
      e.needs.keySet().forEach(q -> asked.merge(q, 1, Integer::sum));
    }
    Object best = null;
    int most = FEWEST - 1;
    for (Map.Entry<Object, Integer> q : asked.entrySet()) {
      if (q.getValue() > most) {
        best = q.getKey();
        most = q.getValue();
      }
    }
    if (!(best instanceof Question question) || depth > MOST_DEEP) {
      return new ClauseIndex(
          entries.stream().map(Entry::clause).toArray(Clause[]::new), null, Map.of());
    }
    List<Clause> always = new ArrayList<>();
    Map<Value, List<Entry>> groups = new LinkedHashMap<>();
    for (Entry e : entries) {
      Set<Value> answers = e.needs.get(question);
      if (answers == null) {
        always.add(e.clause);
        continue;
      }
      Map<Object, Set<Value>> rest = new LinkedHashMap<>(e.needs);
      rest.remove(question);
      for (Value answer : answers) {
        groups.computeIfAbsent(answer, k -> new ArrayList<>()).add(new Entry(e.clause, rest));
      }
    }
    Map<Value, ClauseIndex> answers = HashMap.newHashMap(groups.size());
    groups.forEach((answer, group) -> answers.put(answer, of(group, depth + 1)));
    return new ClauseIndex(always.toArray(new Clause[0]), question, answers);
  }
}
