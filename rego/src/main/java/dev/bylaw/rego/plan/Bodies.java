package dev.bylaw.rego.plan;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.builtin.Builtin;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans the bodies of one rule or query, whose variables share a frame. */
final class Bodies {
  final Program program;
  final @Nullable Site site;
  private final Map<String, Integer> slots = new HashMap<>();
  private final Terms terms = new Terms(this);
  private Set<String> bound = new HashSet<>();
  private List<Step> steps = new ArrayList<>();
  private int slotCount;
  private int collectorCount;

  Bodies(Program program, @Nullable Site site) {
    this.program = program;
    this.site = site;
  }

  Terms terms() {
    return terms;
  }

  int slots() {
    return slotCount;
  }

  int collectors() {
    return collectorCount;
  }

  int slot(String name) {
    Integer known = slots.get(name);
    if (known == null) {
      known = slotCount++;
      slots.put(name, known);
    }
    return known;
  }

  int temporary() {
    return slotCount++;
  }

  int collector() {
    return collectorCount++;
  }

  boolean isBound(String name) {
    return bound.contains(name);
  }

  void bind(String name) {
    bound.add(name);
  }

  void emit(Step step) {
    steps.add(step);
  }

  /** The steps so far, ending in the last; starts anew. */
  Step finish(Step last) {
    Step first = last;
    for (int i = steps.size() - 1; i >= 0; i--) {
      steps.get(i).next = first;
      first = steps.get(i);
    }
    steps = new ArrayList<>();
    return first;
  }

  /** What a closure is planned into: its own steps, and bindings that end with it. */
  Step closure(List<Literal> body, java.util.function.Supplier<Step> last) {
    List<Step> outerSteps = steps;
    Set<String> outerBound = bound;
    steps = new ArrayList<>();
    bound = new HashSet<>(outerBound);
    body(body);
    Step first = finish(last.get());
    steps = outerSteps;
    bound = outerBound;
    return first;
  }

  void body(List<Literal> body) {
    for (Literal literal : body) {
      literal(literal);
    }
  }

  private void literal(Literal literal) {
    if (program.observed()) {
      emit(new Steps.Enter(literal.span()));
    }
    within(literal.withs(), () -> expression(literal.expression()));
    if (program.observed()) {
      emit(new Steps.Passed(literal.span()));
    }
  }

  /** Plans what modifiers are written behind, inside of them. */
  private void within(List<Literal.With> withs, Runnable inside) {
    if (withs.isEmpty()) {
      inside.run();
      return;
    }
    List<With.Modifier> modifiers = new ArrayList<>();
    for (Literal.With w : withs) {
      modifiers.add(modifier(w));
    }
    With with = new With(modifiers);
    List<Step> outer = steps;
    steps = new ArrayList<>();
    inside.run();
    with.body = finish(with.end);
    steps = outer;
    emit(with);
  }

  private With.Modifier modifier(Literal.With w) {
    Term.Ref target = w.target();
    List<String> path = new ArrayList<>();
    for (int i = 0; i < target.path().size(); i++) {
      path.add(target.key(i));
    }
    if (target.startsWith("input")) {
      return new With.Modifier(With.Kind.INPUT, path, terms.node(w.value()), null);
    }
    FunctionRule function = target.startsWith("data") ? program.function(path) : null;
    if (target.startsWith("data") && function == null) {
      return new With.Modifier(With.Kind.DATA, path, terms.node(w.value()), null);
    }
    String name = function == null ? dev.bylaw.rego.ast.Names.dotted(target) : function.name;
    Callable callable = callable(w.value());
    Node value = callable == null ? terms.node(w.value()) : null;
    return new With.Modifier(With.Kind.FUNCTION, List.of(name), value, callable);
  }

  private @Nullable Callable callable(Term value) {
    if (value instanceof Term.Call c && c.arguments().isEmpty()) {
      Builtin builtin = program.builtin(c.name());
      return builtin == null ? null : new Calls.BuiltinCallable(builtin, c.span());
    }
    if (value instanceof Term.Ref r
        && r.startsWith("data")
        && r.constantKeys() == r.path().size()) {
      List<String> path = new ArrayList<>();
      for (int i = 0; i < r.path().size(); i++) {
        path.add(r.key(i));
      }
      return program.function(path);
    }
    return null;
  }

  private void expression(Expression expression) {
    switch (expression) {
      case Expression.Plain p -> plain(p.term());
      case Expression.Not n -> {
        Step body = closure(n.body(), () -> Step.Done.DONE);
        emit(new Steps.Not(body));
      }
      case Expression.Logical l -> {
        Step left = closure(l.left().body(), () -> Step.Done.DONE);
        Step right = closure(l.right().body(), () -> Step.Done.DONE);
        emit(new Steps.Logical(l.conjunction(), left, right));
      }
      case Expression.Every e -> every(e);
      case Expression.Some _, Expression.SomeIn _ ->
          throw new IllegalStateException("some is gone after checking");
    }
  }

  private void every(Expression.Every e) {
    Node domain = terms.node(e.domain());
    Set<String> outer = bound;
    bound = new HashSet<>(outer);
    Pattern key = e.key() == null ? new Pattern.Any() : terms.pattern(e.key());
    Pattern value = terms.pattern(e.value());
    Step body = closure(e.body(), () -> Step.Done.DONE);
    bound = outer;
    emit(new Steps.Every(domain, key, value, body));
  }

  private void plain(Term term) {
    if (term instanceof Term.Call c) {
      if (isUnification(c)) {
        unify(c.arguments().get(0), c.arguments().get(1));
        return;
      }
      int arity = program.arity(c);
      if (arity >= 0 && c.arguments().size() == arity + 1) {
        Term output = c.arguments().get(arity);
        Term.Call call = new Term.Call(c.operator(), c.arguments().subList(0, arity), c.span());
        unify(output, call);
        return;
      }
    }
    Node node = terms.node(term);
    if (node.constant() != BooleanValue.TRUE) {
      emit(new Steps.Holds(node));
    }
  }

  static boolean isUnification(Term.Call c) {
    return c.operator().path().isEmpty() && c.name().equals("eq") && c.arguments().size() == 2;
  }

  /** A query's literal whose value is wanted. */
  void keep(Literal literal, int slot, boolean evenFalse) {
    boolean plain =
        literal.expression() instanceof Expression.Plain p
            && !(p.term() instanceof Term.Call c
                && (isUnification(c) || c.arguments().size() == program.arity(c) + 1));
    if (plain && literal.expression() instanceof Expression.Plain p) {
      within(literal.withs(), () -> emit(new Steps.Keep(terms.node(p.term()), slot, evenFalse)));
    } else {
      literal(literal);
      emit(new Steps.Keep(new Nodes.Constant(BooleanValue.TRUE), slot, false));
    }
  }

  private void unify(Term a, Term b) {
    boolean aOpen = terms.isOpen(a);
    boolean bOpen = terms.isOpen(b);
    if (!aOpen && !bOpen) {
      Node left = terms.node(a);
      emit(new Steps.Equal(left, terms.node(b)));
    } else if (aOpen && !bOpen) {
      bindTo(a, b);
    } else if (!aOpen) {
      bindTo(b, a);
    } else {
      pairwise(a, b);
    }
  }

  private void bindTo(Term open, Term closed) {
    if (closed instanceof Term.Call c && terms.isWalk(c)) {
      Node argument = terms.node(c.arguments().getFirst());
      emit(new Steps.Walk(argument, terms.pattern(open)));
      return;
    }
    Node node = terms.node(closed);
    if (!terms.isOpen(open)) {
      // Looking the closed side up has bound what was open: `a[x] = x`.
      emit(new Steps.Equal(node, terms.node(open)));
    } else if (open instanceof Term.Var v) {
      emit(new Steps.Bind(slot(v.name()), node));
      bind(v.name());
    } else {
      emit(new Steps.Match(node, terms.pattern(open)));
    }
  }

  /** Two composite terms, each with variables to bind: part by part, in an order that works. */
  private void pairwise(Term a, Term b) {
    List<Term[]> pairs = new ArrayList<>();
    if (!split(a, b, pairs)) {
      emit(new Steps.Holds(new Nodes.Constant(BooleanValue.FALSE)));
      terms.bindAll(a);
      terms.bindAll(b);
      return;
    }
    while (!pairs.isEmpty()) {
      int chosen = -1;
      for (int i = 0; i < pairs.size() && chosen < 0; i++) {
        if (!terms.isOpen(pairs.get(i)[0]) || !terms.isOpen(pairs.get(i)[1])) {
          chosen = i;
        }
      }
      if (chosen < 0) {
        throw new IllegalStateException("no side of a unification is bound: " + a.span());
      }
      Term[] pair = pairs.remove(chosen);
      unify(pair[0], pair[1]);
    }
  }

  private boolean split(Term a, Term b, List<Term[]> pairs) {
    if (a instanceof Term.ArrayTerm x && b instanceof Term.ArrayTerm y) {
      if (x.elements().size() != y.elements().size()) {
        return false;
      }
      for (int i = 0; i < x.elements().size(); i++) {
        if (!split(x.elements().get(i), y.elements().get(i), pairs)) {
          return false;
        }
      }
      return true;
    }
    if (a instanceof Term.ObjectTerm x && b instanceof Term.ObjectTerm y) {
      if (x.entries().size() != y.entries().size()) {
        return false;
      }
      for (Term.Entry e : x.entries()) {
        Term.Entry other = null;
        for (Term.Entry o : y.entries()) {
          if (terms.sameKey(e.key(), o.key())) {
            other = o;
          }
        }
        if (other == null || !split(e.value(), other.value(), pairs)) {
          return false;
        }
      }
      return true;
    }
    pairs.add(new Term[] {a, b});
    return true;
  }

  /** Where a rule stands, for what asks for its metadata. */
  record Site(List<String> path, Value chain, @Nullable Value own) {}
}
