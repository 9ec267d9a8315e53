package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.check.RuleTree.Placed;
import dev.bylaw.syntax.Diagnostics;
import java.util.List;

/** Rules that cannot stand at one place, and rules that stand where a package is. */
final class Conflicts {
  private final Diagnostics diagnostics;

  Conflicts(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(RuleTree tree) {
    tree.forEach(this::node);
  }

  private void node(RuleTree node) {
    List<Placed> rules = node.rules();
    if (rules.isEmpty()) {
      return;
    }
    Placed first = rules.getFirst();
    long defaults = rules.stream().filter(p -> p.rule().isDefault()).count();
    if (defaults > 1) {
      error(first, "multiple default rules " + node.dotted() + " found");
    }
    for (Placed p : rules) {
      if (!sameKind(first.rule(), p.rule())) {
        error(first, "conflicting rules " + node.dotted() + " found");
        return;
      }
    }
    if (node.isPackage()) {
      error(
          first,
          "package "
              + node.dotted().substring("data.".length())
              + " conflicts with rule "
              + node.dotted()
              + " defined at "
              + first.rule().span());
    }
    boolean complete =
        !first.rule().head().isPartialSet()
            && rules.stream().allMatch(p -> isConstant(p.rule().head()));
    boolean closed =
        complete || first.rule().head().isPartialSet() && isConstant(first.rule().head());
    if (closed && !first.rule().head().isFunction() && hasRules(node)) {
      error(first, "rule " + node.dotted() + " conflicts with " + below(node));
    }
  }

  private static boolean isConstant(Rule.Head head) {
    return head.reference().constantKeys() == head.reference().path().size();
  }

  private static boolean hasRules(RuleTree node) {
    return node.children().values().stream().anyMatch(c -> !c.rules().isEmpty() || hasRules(c));
  }

  private static String below(RuleTree node) {
    List<String> names = new java.util.ArrayList<>();
    node.children()
        .values()
        .forEach(c ->
            c.forEach(n -> {
              if (!n.rules().isEmpty()) {
                names.add(n.dotted());
              }
            }));
    return names.toString();
  }

  /** Whether two rules of one name can go together. */
  private static boolean sameKind(Rule a, Rule b) {
    Rule.Head x = a.head();
    Rule.Head y = b.head();
    if (x.isFunction() != y.isFunction()) {
      return false;
    }
    if (x.arguments() != null && y.arguments() != null) {
      return x.arguments().size() == y.arguments().size();
    }
    boolean sameDepth = x.reference().path().size() == y.reference().path().size();
    return sameDepth
        ? x.isPartialSet() == y.isPartialSet()
        : x.isPartialSet() == y.isPartialSet() || !isConstant(x) || !isConstant(y);
  }

  private void error(Placed at, String message) {
    diagnostics.error(Codes.TYPE, at.rule().head().span(), message);
  }
}
