package dev.bylaw.rego.plan;

import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.builtin.Builtin;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans terms: into nodes, where all is bound, or into patterns. */
final class Terms {
  /** What is worked out ahead where all is constant; its work is bounded by what is written. */
  private static final Set<String> ARITHMETIC = Set.of("plus", "minus", "mul");

  private final Bodies bodies;

  Terms(Bodies bodies) {
    this.bodies = bodies;
  }

  /** Whether a term has variables that matching it would bind. */
  boolean isOpen(Term term) {
    return switch (term) {
      case Term.Var v -> !isRoot(v) && !bodies.isBound(v.name());
      case Term.ArrayTerm a -> a.elements().stream().anyMatch(this::isOpen);
      case Term.ObjectTerm o -> o.entries().stream().anyMatch(e -> isOpen(e.value()));
      case Term.Scalar _,
          Term.Ref _,
          Term.SetTerm _,
          Term.ArrayComprehension _,
          Term.SetComprehension _,
          Term.ObjectComprehension _,
          Term.Call _,
          Term.Template _ ->
          false;
    };
  }

  private static boolean isRoot(Term.Var v) {
    return v.name().equals("input") || v.name().equals("data");
  }

  boolean sameKey(Term a, Term b) {
    return (a instanceof Term.Scalar x && b instanceof Term.Scalar y && x.value().equals(y.value()))
        || (a instanceof Term.Var v && b instanceof Term.Var w && v.name().equals(w.name()));
  }

  void bindAll(Term term) {
    switch (term) {
      case Term.Var v -> {
        bodies.slot(v.name());
        bodies.bind(v.name());
      }
      case Term.ArrayTerm a -> a.elements().forEach(this::bindAll);
      case Term.ObjectTerm o -> o.entries().forEach(e -> bindAll(e.value()));
      default -> {}
    }
  }

  /** A pattern; its open variables are bound from here on. */
  Pattern pattern(Term term) {
    return switch (term) {
      case Term.Var v when isOpen(v) -> {
        int slot = bodies.slot(v.name());
        bodies.bind(v.name());
        yield v.isWildcard() ? new Pattern.Any() : new Pattern.Bind(slot);
      }
      case Term.ArrayTerm a when isOpen(a) -> {
        List<Pattern> elements = new ArrayList<>();
        for (Term t : a.elements()) {
          elements.add(pattern(t));
        }
        yield new Pattern.OfArray(elements);
      }
      case Term.ObjectTerm o when isOpen(o) -> {
        List<Node> keys = new ArrayList<>();
        List<Pattern> values = new ArrayList<>();
        for (Term.Entry e : o.entries()) {
          keys.add(node(e.key()));
          values.add(pattern(e.value()));
        }
        yield new Pattern.OfObject(keys, values);
      }
      default -> new Pattern.Same(node(term));
    };
  }

  /** A node; steps that it needs before it are emitted. */
  Node node(Term term) {
    return switch (term) {
      case Term.Scalar s -> new Nodes.Constant(s.value());
      case Term.Var v -> variable(v);
      case Term.Ref r -> reference(r);
      case Term.ArrayTerm a -> fold(new Nodes.Array(nodes(a.elements())), nodesConstant);
      case Term.SetTerm s -> fold(new Nodes.SetOf(nodes(s.members())), nodesConstant);
      case Term.ObjectTerm o -> object(o);
      case Term.ArrayComprehension c -> {
        var node = new Nodes.ArrayComprehension(bodies.collector());
        node.body =
            bodies.closure(
                c.body(), () -> close(c.head(), n -> new Steps.AddElement(node.collector, n)));
        yield node;
      }
      case Term.SetComprehension c -> {
        var node = new Nodes.SetComprehension(bodies.collector());
        node.body =
            bodies.closure(
                c.body(), () -> close(c.head(), n -> new Steps.AddMember(node.collector, n)));
        yield node;
      }
      case Term.ObjectComprehension c -> {
        var node = new Nodes.ObjectComprehension(bodies.collector());
        node.body =
            bodies.closure(
                c.body(),
                () -> {
                  Node key = node(c.key());
                  return new Steps.AddEntry(node.collector, key, node(c.value()), c.span());
                });
        yield node;
      }
      case Term.Call c -> call(c);
      case Term.Template t ->
          throw new IllegalStateException("template after checking " + t.span());
    };
  }

  private Step close(Term head, java.util.function.Function<Node, Step> last) {
    return last.apply(node(head));
  }

  /** Whether the nodes planned last were all constant. */
  private boolean nodesConstant;

  private List<Node> nodes(List<Term> terms) {
    // A term may bind what another reads: those without variables to bind go first.
    Node[] nodes = new Node[terms.size()];
    for (int i = 0; i < nodes.length; i++) {
      if (!isOpen(terms.get(i))) {
        nodes[i] = node(terms.get(i));
      }
    }
    boolean constant = true;
    for (int i = 0; i < nodes.length; i++) {
      if (nodes[i] == null) {
        nodes[i] = node(terms.get(i));
      }
      constant &= nodes[i].constant() != null;
    }
    nodesConstant = constant;
    return List.of(nodes);
  }

  private static Node fold(Node node, boolean constant) {
    if (!constant) {
      return node;
    }
    Value v = node.eval(Program.NO_FRAME);
    return v == null ? node : new Nodes.Constant(v);
  }

  private Node object(Term.ObjectTerm o) {
    List<Term> keys = new ArrayList<>();
    List<Term> values = new ArrayList<>();
    o.entries()
        .forEach(e -> {
          keys.add(e.key());
          values.add(e.value());
        });
    List<Node> keyNodes = nodes(keys);
    boolean constant = nodesConstant;
    List<Node> valueNodes = nodes(values);
    return fold(new Nodes.ObjectOf(keyNodes, valueNodes), constant && nodesConstant);
  }

  private Node variable(Term.Var v) {
    if (!bodies.isBound(v.name())) {
      throw new IllegalStateException("variable " + v.name() + " is not bound at " + v.span());
    }
    return new Nodes.Slot(bodies.slot(v.name()));
  }

  private Node reference(Term.Ref r) {
    if (r.startsWith("input")) {
      StringValue key = r.path().isEmpty() ? null : constantText(r.path().getFirst());
      if (key != null) {
        return follow(new Nodes.InputField(key), r.path(), 1);
      }
      return follow(new Nodes.Input(), r.path(), 0);
    }
    if (r.startsWith("data")) {
      return data(r);
    }
    return follow(node(r.head()), r.path(), 0);
  }

  private static @Nullable StringValue constantText(Term term) {
    return term instanceof Term.Scalar s && s.value() instanceof StringValue text
        ? StringValue.name(text.text())
        : null;
  }

  /** Keys of a value; a scan for each open one. */
  private Node follow(Node base, List<Term> keys, int from) {
    Node here = base;
    for (int i = from; i < keys.size(); i++) {
      Term key = keys.get(i);
      if (isOpen(key)) {
        int slot = bodies.temporary();
        bodies.emit(new Steps.Scan(here, pattern(key), slot));
        here = new Nodes.Slot(slot);
      } else {
        StringValue text = constantText(key);
        here = text != null ? new Nodes.Field(here, text) : new Nodes.Lookup(here, node(key));
      }
    }
    return here;
  }

  private Node data(Term.Ref r) {
    Doc here = bodies.program.root();
    List<Node> passed = new ArrayList<>();
    int i = 0;
    while (i < r.path().size() && here.rule == null && here.function == null) {
      StringValue key = constantText(r.path().get(i));
      if (key == null) {
        return walk(here, r.path(), i);
      }
      passed.add(new Nodes.Constant(key));
      Doc next = here.children.get(key.text());
      i++;
      if (next == null) {
        return base(r, passed);
      }
      here = next;
    }
    if (here.rule == null) {
      return walk(here, r.path(), i);
    }
    if (here.rule instanceof PartialObject object) {
      List<Node> keys = new ArrayList<>();
      List<Node> all = new ArrayList<>(passed);
      while (i < r.path().size() && !isOpen(r.path().get(i))) {
        Node key = node(r.path().get(i++));
        keys.add(key);
        all.add(key);
      }
      if (!keys.isEmpty()) {
        Node found = new DataWalk.RuleLookup(object, keys, bodies.program.root(), all);
        return follow(found, r.path(), i);
      }
    }
    return follow(new DataWalk.RuleValue(here.rule, bodies.program.root(), passed), r.path(), i);
  }

  /** Constant keys that lead out of the tree of rules, into base data. */
  private Node base(Term.Ref r, List<Node> passed) {
    List<Value> path = new ArrayList<>(Nodes.constants(passed));
    int i = passed.size();
    while (i < r.path().size() && r.path().get(i) instanceof Term.Scalar s) {
      path.add(s.value());
      i++;
    }
    Node here = new Nodes.BaseData(path);
    while (i < r.path().size() && !isOpen(r.path().get(i))) {
      here = new Nodes.BaseLookup(here, node(r.path().get(i++)));
    }
    return follow(here, r.path(), i);
  }

  /** Keys from a package on, of which the first is not constant. */
  private Node walk(Doc from, List<Term> keys, int start) {
    List<@Nullable Node> bound = new ArrayList<>();
    List<Pattern> patterns = new ArrayList<>();
    boolean open = false;
    for (int i = start; i < keys.size(); i++) {
      Term key = keys.get(i);
      if (isOpen(key)) {
        open = true;
        bound.add(null);
        patterns.add(pattern(key));
      } else {
        Node node = node(key);
        bound.add(node);
        patterns.add(new Pattern.Same(node));
      }
    }
    DataWalk walk = new DataWalk(from, bound, patterns);
    if (!open) {
      return new DataWalk.Follow(walk);
    }
    int slot = bodies.temporary();
    bodies.emit(new DataWalk.Through(walk, slot));
    return new Nodes.Slot(slot);
  }

  boolean isWalk(Term.Call c) {
    return c.name().equals("walk") && c.operator().path().isEmpty() && c.arguments().size() == 1;
  }

  private Node call(Term.Call c) {
    if (isWalk(c)) {
      int slot = bodies.temporary();
      bodies.emit(new Steps.Walk(node(c.arguments().getFirst()), new Pattern.Bind(slot)));
      return new Nodes.Slot(slot);
    }
    FunctionRule function = bodies.program.function(c.operator());
    if (function != null) {
      return new Calls.FunctionCall(function, nodes(c.arguments()));
    }
    String name = c.name();
    if (name.equals("rego.metadata.chain") || name.equals("rego.metadata.rule")) {
      return metadata(name);
    }
    Builtin builtin = bodies.program.builtin(name);
    if (builtin == null) {
      throw new IllegalStateException("no function " + name + " at " + c.span());
    }
    List<Node> arguments = nodes(c.arguments());
    if (name.equals("internal.print")) {
      return new Calls.Print(arguments.getFirst(), c.span());
    }
    Node inlined = replaceable(name) ? null : inline(name, arguments);
    if (inlined != null) {
      return inlined;
    }
    Node call = Calls.builtin(builtin, arguments, c.span());
    return fold(call, ARITHMETIC.contains(name) && !replaceable(name) && areWhole(arguments));
  }

  private static boolean areWhole(List<Node> nodes) {
    return nodes.stream().allMatch(n -> n.constant() instanceof NumberValue v && v.isLong());
  }

  private boolean replaceable(String name) {
    return bodies.program.mayBeReplaced(name);
  }

  private Node metadata(String name) {
    Bodies.Site site = bodies.site;
    if (site == null) {
      return new Nodes.Constant(
          name.endsWith("chain") ? dev.bylaw.value.ArrayValue.EMPTY : ObjectValue.EMPTY);
    }
    Value own = site.own() == null ? ObjectValue.EMPTY : site.own();
    return new Nodes.Constant(name.endsWith("chain") ? site.chain() : own);
  }

  private static @Nullable Node inline(String name, List<Node> a) {
    return switch (name) {
      case "equal", "eq" -> new Nodes.Equal(a.get(0), a.get(1), false);
      case "neq" -> new Nodes.Equal(a.get(0), a.get(1), true);
      case "lt" -> new Nodes.Compare(a.get(0), a.get(1), true, false);
      case "lte" -> new Nodes.Compare(a.get(0), a.get(1), true, true);
      case "gt" -> new Nodes.Compare(a.get(0), a.get(1), false, false);
      case "gte" -> new Nodes.Compare(a.get(0), a.get(1), false, true);
      case "internal.member_2" -> new Nodes.Member(null, a.get(0), a.get(1));
      case "internal.member_3" -> new Nodes.Member(a.get(0), a.get(1), a.get(2));
      default -> null;
    };
  }
}
