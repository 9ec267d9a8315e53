package dev.bylaw.rego.plan;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.builtin.Builtin;
import dev.bylaw.rego.check.Checked;
import dev.bylaw.rego.check.RuleTree;
import dev.bylaw.rego.check.RuleTree.Placed;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The plan of all rules of a policy. Immutable once made; shared by threads. */
public final class Program {
  private final Checked checked;
  private final Map<String, Builtin> builtins;
  private final boolean observed;
  private final Doc root = new Doc(List.of());
  private int rules;

  /** For folding constants, which read no frame. */
  static final Frame NO_FRAME =
      new Frame(0, 0, new Evaluation(NoSession.SESSION, null, ObjectValue.EMPTY, 0));

  /**
   * Plans a policy.
   *
   * @param observed whether observers are told of literals
   */
  public Program(Checked checked, Map<String, Builtin> builtins, boolean observed) {
    this.checked = checked;
    this.builtins = builtins;
    this.observed = observed;
    mirror(checked.tree(), root, false);
    List<Runnable> bodies = new ArrayList<>();
    fill(checked.tree(), root, bodies);
    bodies.forEach(Runnable::run);
  }

  Doc root() {
    return root;
  }

  boolean observed() {
    return observed;
  }

  int rules() {
    return rules;
  }

  boolean mayBeReplaced(String builtin) {
    return checked.replaced().contains(builtin);
  }

  @Nullable Builtin builtin(String name) {
    return builtins.get(name);
  }

  @Nullable FunctionRule function(List<String> path) {
    Doc here = root;
    for (String key : path) {
      here = here.children.get(key);
      if (here == null) {
        return null;
      }
    }
    return here.function;
  }

  @Nullable FunctionRule function(Term.Ref operator) {
    if (!operator.startsWith("data")) {
      return null;
    }
    List<String> path = new ArrayList<>();
    for (int i = 0; i < operator.path().size(); i++) {
      path.add(operator.key(i));
    }
    return function(path);
  }

  /** How many arguments a call takes; -1 if it is unknown. */
  int arity(Term.Call call) {
    FunctionRule function = function(call.operator());
    if (function != null) {
      return function.arity;
    }
    Builtin builtin = builtins.get(call.name());
    return builtin == null ? -1 : builtin.arity();
  }

  private static void mirror(RuleTree tree, Doc doc, boolean grouped) {
    doc.grouped = grouped;
    boolean groups = grouped || isGroup(tree);
    tree.children()
        .forEach((key, child) -> {
          List<String> path = new ArrayList<>(doc.path);
          path.add(key);
          Doc below = new Doc(path);
          doc.children.put(key, below);
          mirror(child, below, groups);
        });
  }

  /** Whether rules here have keys that are not constant, so that they reach what is below. */
  private static boolean isGroup(RuleTree tree) {
    for (Placed p : tree.rules()) {
      Rule.Head head = p.rule().head();
      if (head.reference().constantKeys() < head.reference().path().size()) {
        return true;
      }
    }
    return !tree.rules().isEmpty()
        && !tree.isFunction()
        && tree.children().values().stream().anyMatch(Program::hasRules);
  }

  private static boolean hasRules(RuleTree tree) {
    return !tree.rules().isEmpty() || tree.children().values().stream().anyMatch(Program::hasRules);
  }

  private void fill(RuleTree tree, Doc doc, List<Runnable> bodies) {
    for (Map.Entry<String, RuleTree> child : tree.children().entrySet()) {
      Doc below = doc.children.get(child.getKey());
      if (below != null) {
        fill(child.getValue(), below, bodies);
      }
    }
    if (tree.rules().isEmpty()) {
      return;
    }
    if (tree.isFunction()) {
      function(tree, doc, bodies);
    } else if (isGroup(tree)) {
      group(tree, doc, bodies);
    } else if (tree.rules().getFirst().rule().head().isPartialSet()) {
      partialSet(tree, doc, bodies);
    } else {
      complete(tree, doc, bodies);
    }
  }

  private void function(RuleTree tree, Doc doc, List<Runnable> bodies) {
    var function = new FunctionRule(doc.path, tree.dotted(), tree.arity());
    doc.function = function;
    bodies.add(() -> function.clauses = clauses(tree, true));
  }

  private void complete(RuleTree tree, Doc doc, List<Runnable> bodies) {
    var rule = new CompleteRule(rules++, doc.path);
    doc.rule = rule;
    bodies.add(() -> {
      rule.clauses = clauses(tree, false);
      rule.constant = observed ? null : rule.clauses.constant();
    });
  }

  private Clauses clauses(RuleTree tree, boolean function) {
    String name = tree.dotted();
    List<ClauseIndex.Entry> entries = new ArrayList<>();
    Clause fallback = null;
    for (Placed p : tree.rules()) {
      Clause clause = clause(p, p.rule(), name, function);
      if (p.rule().isDefault()) {
        fallback = clause;
      } else {
        entries.add(ClauseNeeds.of(clause, p.rule()));
      }
    }
    return new Clauses(entries, fallback, conflict(name, function));
  }

  private static String conflict(String name, boolean function) {
    return function
        ? "function " + name + " produced conflicting values for the same inputs"
        : "rule " + name + " produced conflicting values";
  }

  private Clause clause(Placed placed, Rule rule, String name, boolean function) {
    Bodies bodies = new Bodies(this, site(placed));
    List<Pattern> arguments = new ArrayList<>();
    if (rule.head().arguments() != null) {
      for (Term t : rule.head().arguments()) {
        arguments.add(bodies.terms().pattern(t));
      }
    }
    Clause clause = new Clause(rule.span(), arguments);
    bodies.body(rule.body());
    Node value = bodies.terms().node(rule.head().value());
    Step last = new Steps.Result(value, rule.span(), conflict(name, function));
    clause.constant = value.constant();
    clause.body = observable(bodies, name, rule.span(), last);
    clause.slots = bodies.slots();
    clause.collectors = bodies.collectors();
    if (rule.otherwise() != null) {
      clause.otherwise = clause(placed, rule.otherwise(), name, function);
    }
    return clause;
  }

  private void partialSet(RuleTree tree, Doc doc, List<Runnable> bodies) {
    var set = new PartialSet(rules++, doc.path);
    doc.rule = set;
    bodies.add(() -> {
      List<ClauseIndex.Entry> entries = new ArrayList<>();
      for (Placed p : tree.rules()) {
        Bodies planner = new Bodies(this, site(p));
        Clause clause = new Clause(p.rule().span(), List.of());
        planner.body(p.rule().body());
        Term key = p.rule().head().key();
        if (key == null) {
          throw new IllegalStateException("not a partial set: " + p.rule().span());
        }
        Step last = new PartialSet.Add(planner.terms().node(key));
        finish(planner, clause, last, tree.dotted());
        entries.add(ClauseNeeds.of(clause, p.rule()));
      }
      set.clauses = ClauseIndex.of(entries);
    });
  }

  /** The steps of a body, with what tells an observer of it. */
  private Step observable(Bodies planner, String name, Span span, Step last) {
    return observed
        ? new Steps.Body(name, span, planner.finish(new Steps.Fired(name, span, last)))
        : planner.finish(last);
  }

  private void finish(Bodies planner, Clause clause, Step last, String name) {
    clause.body = observable(planner, name, clause.span, last);
    clause.slots = planner.slots();
    clause.collectors = planner.collectors();
  }

  private void group(RuleTree tree, Doc doc, List<Runnable> bodies) {
    var object = new PartialObject(rules++, doc.path);
    doc.rule = object;
    bodies.add(() -> parts(tree, doc, object, List.of()));
  }

  private void parts(RuleTree tree, Doc doc, PartialObject object, List<Value> prefix) {
    boolean top = prefix.isEmpty();
    if (!top && doc.rule != null && !(doc.rule instanceof PartialObject)) {
      object.add(prefix, doc.rule);
    } else if (!top && doc.function != null) {
      return;
    } else {
      for (Placed p : tree.rules()) {
        part(p, object, prefix);
      }
    }
    for (Map.Entry<String, RuleTree> child : tree.children().entrySet()) {
      Doc below = doc.children.get(child.getKey());
      if (below != null) {
        List<Value> path = new ArrayList<>(prefix);
        path.add(StringValue.of(child.getKey()));
        parts(child.getValue(), below, object, path);
      }
    }
  }

  private void part(Placed p, PartialObject object, List<Value> prefix) {
    Rule.Head head = p.rule().head();
    Bodies planner = new Bodies(this, site(p));
    Clause clause = new Clause(p.rule().span(), List.of());
    planner.body(p.rule().body());
    List<Term> terms =
        head.reference()
            .path()
            .subList(head.reference().constantKeys(), head.reference().path().size());
    List<Node> keys = new ArrayList<>();
    Value[] constants = new Value[terms.size()];
    for (int i = 0; i < constants.length; i++) {
      Node key = planner.terms().node(terms.get(i));
      keys.add(key);
      Value constant = key.constant();
      constants[i] = constant == null ? Evaluation.UNDEFINED : constant;
    }
    Term leaf = head.key() == null ? head.value() : head.key();
    Node value = planner.terms().node(leaf);
    Step last = new PartialObject.Add(keys, value, head.key() != null, p.rule().span());
    finish(planner, clause, last, dev.bylaw.rego.check.Text.dotted(object.path));
    object.add(prefix, clause, constants);
  }

  private Bodies.@Nullable Site site(Placed placed) {
    if (!checked.usesMetadata()) {
      return null;
    }
    var metadata = checked.metadata();
    return new Bodies.Site(doc(placed), metadata.chain(placed), metadata.rule(placed));
  }

  private static List<String> doc(Placed placed) {
    return placed.module().path();
  }

  /**
   * Whether a query's only literal goes through a collection, so that it holds where it is true.
   */
  private static boolean iterates(Literal literal) {
    return literal.expression() instanceof Expression.Plain p && iterates(p.term());
  }

  private static boolean iterates(Term term) {
    return switch (term) {
      case Term.Ref r ->
          iterates(r.head())
              || r.path().stream().anyMatch(k -> k instanceof Term.Var || iterates(k));
      case Term.Call c ->
          c.name().equals("walk") || c.arguments().stream().anyMatch(Program::iterates);
      case Term.ArrayTerm a -> a.elements().stream().anyMatch(Program::iterates);
      case Term.SetTerm s -> s.members().stream().anyMatch(Program::iterates);
      case Term.ObjectTerm o ->
          o.entries().stream().anyMatch(e -> iterates(e.key()) || iterates(e.value()));
      case Term.Scalar _,
          Term.Var _,
          Term.ArrayComprehension _,
          Term.SetComprehension _,
          Term.ObjectComprehension _,
          Term.Template _ ->
          false;
    };
  }

  /**
   * Plans a query.
   *
   * @param written where its literals were written; what was taken out of them has no value to give
   */
  public Query query(List<Literal> body, List<String> variables, Set<Span> written) {
    Bodies planner = new Bodies(this, null);
    List<Integer> kept = new ArrayList<>();
    List<Span> expressions = new ArrayList<>();
    List<Literal> own = body.stream().filter(it -> written.contains(it.span())).toList();
    boolean alone = own.size() == 1 && !iterates(own.getFirst());
    for (Literal literal : body) {
      int slot = planner.temporary();
      boolean asked = written.contains(literal.span());
      planner.keep(literal, slot, alone && asked);
      if (asked) {
        kept.add(slot);
        expressions.add(literal.span());
      }
    }
    List<Integer> slots = new ArrayList<>();
    for (String name : variables) {
      slots.add(planner.slot(name));
    }
    var collect = new Query.Collect(slots, kept);
    Step first = planner.finish(collect);
    return new Query(this, first, planner.slots(), planner.collectors(), variables, expressions);
  }
}
