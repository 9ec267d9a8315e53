package dev.bylaw.rego.partial;

import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.check.RuleTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which terms and rules depend on something unknown, by themselves or by what they read. */
final class Dependence {
  /** What another evaluation may answer otherwise. */
  private static final Set<String> CHANGING =
      Set.of(
          "http.send",
          "net.lookup_ip_addr",
          "opa.runtime",
          "rand.intn",
          "time.now_ns",
          "uuid.rfc4122");

  private final RuleTree root;
  private final List<Term.Ref> unknowns;
  private final Map<RuleTree, Boolean> known = new HashMap<>();

  Dependence(RuleTree root, List<Term.Ref> unknowns) {
    this.root = root;
    this.unknowns = unknowns;
  }

  boolean of(Literal literal) {
    var finder = new Finder();
    finder.literal(literal);
    return finder.found;
  }

  /** Of a reference to a document or of a name of a function, without what is in its keys. */
  boolean of(Term.Ref r) {
    if (unknowns.stream().anyMatch(u -> overlap(u, r))) {
      return true;
    }
    if (!r.startsWith("data")) {
      return false;
    }
    RuleTree node = node(r);
    return node != null && below(node);
  }

  /** The place that a reference's constant keys lead to: the first with rules; null for none. */
  @Nullable RuleTree node(Term.Ref r) {
    RuleTree here = root;
    for (int i = 0; i < r.constantKeys() && here.rules().isEmpty(); i++) {
      here = here.child(r.key(i));
      if (here == null) {
        return null;
      }
    }
    return here;
  }

  private static boolean overlap(Term.Ref unknown, Term.Ref r) {
    if (!(unknown.head() instanceof Term.Var v) || !r.startsWith(v.name())) {
      return false;
    }
    int shared = Math.min(unknown.path().size(), r.constantKeys());
    for (int i = 0; i < shared; i++) {
      if (!unknown.key(i).equals(r.key(i))) {
        return false;
      }
    }
    // Another constant than a text, such as `input[0]`, is taken to overlap: unknowns are names.
    return true;
  }

  private boolean below(RuleTree node) {
    Boolean before = known.get(node);
    if (before != null) {
      return before;
    }
    boolean found =
        node.rules().stream().anyMatch(p -> rule(p.rule()))
            || node.children().values().stream().anyMatch(this::below);
    known.put(node, found);
    return found;
  }

  private boolean rule(Rule rule) {
    var finder = new Finder();
    for (Rule r = rule; r != null; r = r.otherwise()) {
      finder.body(r.body());
      finder.term(r.head().value());
      finder.terms(r.head().reference().path());
      if (r.head().key() != null) {
        finder.term(r.head().key());
      }
    }
    return finder.found;
  }

  private final class Finder extends TermMapping {
    private boolean found;

    @Override
    Term reference(Term.Ref r) {
      found |= of(r);
      return r;
    }

    @Override
    Term variable(Term.Var v) {
      found |= isRoot(v) && of(new Term.Ref(v, List.of(), v.span()));
      return v;
    }

    @Override
    Term call(Term.Call c) {
      found |= of(c.operator()) || CHANGING.contains(c.name());
      return c;
    }
  }
}
