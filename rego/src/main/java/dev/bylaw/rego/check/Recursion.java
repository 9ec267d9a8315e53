package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.check.RuleTree.Placed;
import dev.bylaw.syntax.Diagnostics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules that need themselves. */
@SuppressWarnings("ReferenceEquality") // Rules are told apart by where they stand.
final class Recursion {
  private final RuleTree tree;
  private final Diagnostics diagnostics;
  private final IdentityHashMap<Rule, Set<Rule>> uses = new IdentityHashMap<>();
  private final List<Rule> order = new ArrayList<>();
  private final IdentityHashMap<Rule, String> names = new IdentityHashMap<>();

  Recursion(RuleTree tree, Diagnostics diagnostics) {
    this.tree = tree;
    this.diagnostics = diagnostics;
  }

  void check() {
    tree.forEach(node -> {
      for (Placed p : node.rules()) {
        Set<Rule> used = Collections.newSetFromMap(new IdentityHashMap<>());
        order.add(p.rule());
        new Uses(used).rule(p.rule());
        uses.put(p.rule(), used);
        names.put(p.rule(), node.dotted());
      }
    });
    Set<Rule> tangled = tangled();
    for (Rule rule : order) {
      List<Rule> cycle = tangled.contains(rule) ? cycle(rule) : null;
      if (cycle != null) {
        report(rule, cycle);
      }
    }
  }

  /** Rules from which a cycle can be reached: what is left when those that end are taken away. */
  private Set<Rule> tangled() {
    IdentityHashMap<Rule, List<Rule>> users = new IdentityHashMap<>();
    IdentityHashMap<Rule, Integer> open = new IdentityHashMap<>();
    Deque<Rule> ended = new ArrayDeque<>();
    uses.forEach((rule, used) -> {
      used.forEach(u -> users.computeIfAbsent(u, _ -> new ArrayList<>()).add(rule));
      open.put(rule, used.size());
      if (used.isEmpty()) {
        ended.add(rule);
      }
    });
    while (!ended.isEmpty()) {
      Rule rule = ended.remove();
      open.remove(rule);
      for (Rule user : users.getOrDefault(rule, List.of())) {
        if (open.merge(user, -1, Integer::sum) == 0) {
          ended.add(user);
        }
      }
    }
    return open.keySet();
  }

  /** All rules, each behind those that it uses; there must be no recursion. */
  List<Placed> ordered() {
    List<Placed> ordered = new ArrayList<>();
    Set<Rule> done = Collections.newSetFromMap(new IdentityHashMap<>());
    IdentityHashMap<Rule, Placed> places = new IdentityHashMap<>();
    tree.forEach(node -> node.rules().forEach(p -> places.put(p.rule(), p)));
    Deque<Rule> open = new ArrayDeque<>(order.reversed());
    while (!open.isEmpty()) {
      Rule rule = open.peek();
      List<Rule> before =
          uses.getOrDefault(rule, Set.of()).stream().filter(r -> !done.contains(r)).toList();
      if (before.isEmpty()) {
        open.pop();
        Placed place = places.get(rule);
        if (done.add(rule) && place != null) {
          ordered.add(place);
        }
      } else {
        before.forEach(open::push);
      }
    }
    return ordered;
  }

  private void report(Rule rule, List<Rule> cycle) {
    List<String> path = new ArrayList<>();
    cycle.forEach(r -> path.add(names.getOrDefault(r, "")));
    diagnostics.error(
        Codes.RECURSION,
        rule.span(),
        "rule " + names.get(rule) + " is recursive: " + String.join(" -> ", path));
  }

  /** The shortest way from a rule to itself, or null. */
  private @Nullable List<Rule> cycle(Rule rule) {
    IdentityHashMap<Rule, Rule> from = new IdentityHashMap<>();
    Deque<Rule> open = new ArrayDeque<>();
    open.add(rule);
    while (!open.isEmpty()) {
      Rule here = open.remove();
      for (Rule next : uses.getOrDefault(here, Set.of())) {
        if (next == rule) {
          return path(rule, here, from);
        }
        if (from.putIfAbsent(next, here) == null) {
          open.add(next);
        }
      }
    }
    return null;
  }

  private static List<Rule> path(Rule rule, Rule last, IdentityHashMap<Rule, Rule> from) {
    List<Rule> path = new ArrayList<>();
    path.add(rule);
    for (Rule r = last; r != null && r != rule; r = from.get(r)) {
      path.addFirst(r);
    }
    path.addFirst(rule);
    return path;
  }

  /** Collects the rules that a rule may evaluate. */
  private final class Uses extends Rewrite {
    private final Set<Rule> used;

    Uses(Set<Rule> used) {
      this.used = used;
    }

    void rule(Rule rule) {
      through(rule);
      if (rule.otherwise() != null) {
        rule(rule.otherwise());
      }
    }

    @Override
    public Term term(Term term) {
      if (term instanceof Term.Ref r && r.startsWith("data")) {
        reach(tree, r.path(), 0);
      } else if (term instanceof Term.Call c && c.operator().startsWith("data")) {
        reach(tree, c.operator().path(), 0);
      }
      return super.term(term);
    }

    private void reach(RuleTree node, List<Term> keys, int i) {
      matching(node, keys, i);
      if (i == keys.size()) {
        node.children().values().forEach(c -> reach(c, keys, i));
      } else if (keys.get(i) instanceof Term.Scalar s) {
        RuleTree next =
            s.value() instanceof dev.bylaw.value.StringValue text ? node.child(text.text()) : null;
        if (next != null) {
          reach(next, keys, i + 1);
        }
      } else {
        node.children().values().forEach(c -> reach(c, keys, i + 1));
      }
    }

    /** Rules at a node whose further keys may be those asked for. */
    private void matching(RuleTree node, List<Term> keys, int i) {
      for (Placed p : node.rules()) {
        Term.Ref ref = p.rule().head().reference();
        List<Term> rest = ref.path().subList(ref.constantKeys(), ref.path().size());
        boolean may = true;
        for (int n = 0; n < rest.size() && i + n < keys.size(); n++) {
          may &=
              !(rest.get(n) instanceof Term.Scalar a
                  && keys.get(i + n) instanceof Term.Scalar b
                  && !a.value().equals(b.value()));
        }
        if (may) {
          used.add(p.rule());
        }
      }
    }
  }
}
