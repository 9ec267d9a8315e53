package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds which documents a query and the rules behind it read. */
final class Reads {
  private final RuleTree tree;
  private final Set<ArrayValue> base = new TreeSet<>();
  private final Set<ArrayValue> virtual = new TreeSet<>();
  private final Set<Rule> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Rule> open = new ArrayDeque<>();

  private Reads(RuleTree tree) {
    this.tree = tree;
  }

  static Dependencies of(RuleTree tree, List<Literal> body) {
    var reads = new Reads(tree);
    var query = new Site();
    query.body(body);
    query.tellsVariables();
    reads.follow(query.paths());
    while (!reads.open.isEmpty()) {
      Set<ArrayValue> paths = new TreeSet<>();
      for (Rule part = reads.open.pop(); part != null; part = part.otherwise()) {
        var site = new Site();
        site.through(part);
        paths.addAll(site.paths());
      }
      reads.follow(paths);
    }
    return new Dependencies(List.copyOf(reads.base), List.copyOf(reads.virtual));
  }

  private void follow(Set<ArrayValue> paths) {
    for (ArrayValue path : shortest(paths)) {
      ArrayValue constant = constant(path);
      if (!constant.get(0).equals(StringValue.of("data")) || !rules(constant)) {
        base.add(constant);
      }
    }
  }

  /** Without those of which another one is the beginning. */
  private static Set<ArrayValue> shortest(Set<ArrayValue> sorted) {
    Set<ArrayValue> left = new TreeSet<>();
    ArrayValue last = ArrayValue.of(NullValue.NULL);
    for (ArrayValue path : sorted) {
      if (!isPrefix(last, path)) {
        left.add(path);
        last = path;
      }
    }
    return left;
  }

  private static boolean isPrefix(ArrayValue a, ArrayValue b) {
    if (a.size() > b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!a.get(i).equals(b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static ArrayValue constant(ArrayValue path) {
    List<Value> keys = new ArrayList<>();
    for (Value key : path) {
      if (key instanceof ObjectValue) {
        break;
      }
      keys.add(key);
    }
    return ArrayValue.of(keys);
  }

  /** Takes the rules on the way of a path, or behind it; whether there are any. */
  private boolean rules(ArrayValue path) {
    RuleTree node = tree;
    for (int i = 1; i < path.size() && node.rules().isEmpty(); i++) {
      node = path.get(i) instanceof StringValue key ? node.child(key.text()) : null;
      if (node == null) {
        return false;
      }
    }
    return take(node);
  }

  private boolean take(RuleTree node) {
    boolean any = !node.rules().isEmpty();
    for (RuleTree.Placed placed : node.rules()) {
      if (seen.add(placed.rule())) {
        open.push(placed.rule());
      }
    }
    if (any) {
      List<Value> path = new ArrayList<>();
      path.add(StringValue.of("data"));
      node.path().forEach(key -> path.add(StringValue.of(key)));
      virtual.add(ArrayValue.of(path));
    }
    for (RuleTree child : node.children().values()) {
      any |= take(child);
    }
    return any;
  }

  /**
   * The paths that one rule or query reads. A key that is not constant stands in a path as an
   * object. {@code x := input.a; x.b} reads {@code input.a.b} and nothing else.
   */
  private static final class Site extends Rewrite {
    private final List<Term.Ref> references = new ArrayList<>();
    private final Map<String, List<Term.Ref>> aliases = new HashMap<>();
    private final Set<String> alone = new HashSet<>();
    private final Set<String> heads = new HashSet<>();

    @Override
    public Literal literal(Literal literal) {
      if (literal.expression() instanceof Expression.Plain(Term.Call call)
          && call.arguments().size() == 2
          && (call.name().equals("eq") || call.name().equals("assign"))) {
        Term left = call.arguments().getFirst();
        Term right = call.arguments().getLast();
        boolean alias = alias(left, right, literal) || alias(right, left, literal);
        if (alias) {
          return literal;
        }
      }
      return super.literal(literal);
    }

    private boolean alias(Term name, Term path, Literal literal) {
      if (!(name instanceof Term.Var v
          && path instanceof Term.Ref r
          && literal.withs().isEmpty())) {
        return false;
      }
      aliases.computeIfAbsent(v.name(), _ -> new ArrayList<>()).add(r);
      if (r.head() instanceof Term.Var head) {
        heads.add(head.name());
      } else {
        term(r.head());
      }
      terms(r.path());
      return true;
    }

    @Override
    public Term term(Term term) {
      switch (term) {
        case Term.Var v -> alone.add(v.name());
        case Term.Ref r -> {
          references.add(r);
          if (r.head() instanceof Term.Var head) {
            heads.add(head.name());
          } else {
            term(r.head());
          }
          terms(r.path());
        }
        case Term.Call c -> {
          if (c.operator().startsWith("data")) {
            references.add(c.operator());
          }
          super.term(term);
        }
        default -> super.term(term);
      }
      return term;
    }

    /** A query answers with its variables: whatever they stand for is read whole. */
    void tellsVariables() {
      alone.addAll(aliases.keySet());
    }

    Set<ArrayValue> paths() {
      Set<ArrayValue> found = new TreeSet<>();
      references.forEach(r -> expand(r, new HashSet<>(), found));
      aliases.forEach((name, meant) -> {
        if (alone.contains(name)) {
          meant.forEach(r -> expand(r, new HashSet<>(), found));
        }
      });
      Set<ArrayValue> unused = new TreeSet<>();
      aliases.forEach((name, meant) -> {
        if (!alone.contains(name) && !heads.contains(name)) {
          meant.forEach(r -> expand(r, new HashSet<>(), unused));
        }
      });
      unused.removeIf(u -> found.stream().anyMatch(f -> isPrefix(u, f) || isPrefix(f, u)));
      found.addAll(unused);
      return found;
    }

    private void expand(Term.Ref r, Set<String> within, Set<ArrayValue> to) {
      if (r.startsWith("data") || r.startsWith("input")) {
        List<Value> path = new ArrayList<>();
        path.add(StringValue.of(((Term.Var) r.head()).name()));
        r.path().forEach(key -> path.add(key(key)));
        to.add(ArrayValue.of(path));
      } else if (r.head() instanceof Term.Var v && within.add(v.name())) {
        for (Term.Ref meant : aliases.getOrDefault(v.name(), List.of())) {
          List<Term> keys = new ArrayList<>(meant.path());
          keys.addAll(r.path());
          expand(new Term.Ref(meant.head(), keys, r.span()), within, to);
        }
        within.remove(v.name());
      }
    }

    private static Value key(Term key) {
      return switch (key) {
        case Term.Scalar s when !(s.value() instanceof ObjectValue) -> s.value();
        case Term.Var v -> ObjectValue.of("variable", StringValue.of(v.name()));
        default -> ObjectValue.of("term", StringValue.of(key.span().toString()));
      };
    }
  }
}
