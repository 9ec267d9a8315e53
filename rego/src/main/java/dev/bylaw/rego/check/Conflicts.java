package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.check.RuleTree.Placed;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules that cannot stand at one place, and rules that stand where a package is. */
final class Conflicts {
  private final Diagnostics diagnostics;

  Conflicts(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(RuleTree tree) {
    tree.forEach(this::node);
  }

  /** Rules that stand where the data has a value, or below a value that has no keys. */
  static void checkData(RuleTree tree, Value data, Diagnostics diagnostics) {
    for (var entry : tree.children().entrySet()) {
      RuleTree child = entry.getValue();
      Value here = data instanceof ObjectValue o ? o.get(entry.getKey()) : data;
      if (here == null) {
        continue;
      }
      if (child.rules().isEmpty()) {
        checkData(child, here, diagnostics);
      } else {
        String path = String.join("/", child.path());
        Span at = child.rules().getFirst().rule().head().span();
        diagnostics.error(Codes.COMPILE, at, "conflicting rule for data path " + path + " found");
      }
    }
  }

  private void node(RuleTree node) {
    List<Placed> rules = node.rules();
    if (rules.isEmpty()) {
      return;
    }
    Placed first = rules.getFirst();
    List<Placed> below =
        rules.stream().anyMatch(p -> isConstant(p.rule().head())) ? below(node) : List.of();
    List<Placed> defaults = rules.stream().filter(p -> p.rule().isDefault()).toList();
    if (!below.isEmpty()) {
      String all =
          below.stream()
              .map(p -> "\n  rule " + name(p) + " at " + place(p))
              .collect(Collectors.joining());
      error(first, "rule " + name(rules.getLast()) + " conflicts with:" + all);
    } else if (!areOfOneKind(rules)) {
      error(first, "conflicting rules " + name(rules.getLast()) + " found");
    } else if (defaults.size() > 1) {
      String places = defaults.stream().map(Conflicts::place).collect(Collectors.joining(", "));
      error(first, "multiple default rules " + name(first) + " found at " + places);
    }
    Placed constant =
        rules.stream().filter(p -> isConstant(p.rule().head())).findFirst().orElse(null);
    if (node.isPackage() && constant != null) {
      error(
          constant,
          "package "
              + node.dotted().substring("data.".length())
              + " conflicts with rule "
              + constant.rule().head().reference().span().text()
              + " defined at "
              + place(constant));
    }
  }

  private static boolean isConstant(Rule.Head head) {
    return head.reference().constantKeys() == head.reference().path().size();
  }

  private static List<Placed> below(RuleTree node) {
    List<Placed> found = new ArrayList<>();
    node.children().values().forEach(child -> child.forEach(n -> found.addAll(n.rules())));
    return found;
  }

  /** Whether all are sets or all are not, all take as many arguments, all are complete or none. */
  private static boolean areOfOneKind(List<Placed> rules) {
    Set<Boolean> sets = new HashSet<>();
    Set<Integer> arities = new HashSet<>();
    Set<Boolean> complete = new HashSet<>();
    for (Placed p : rules) {
      Rule.Head head = p.rule().head();
      sets.add(head.isPartialSet());
      arities.add(head.arguments() == null ? -1 : head.arguments().size());
      complete.add(!head.isPartialSet() && isConstant(head));
    }
    return sets.size() == 1 && arities.size() == 1 && complete.size() == 1;
  }

  /** The rule as it is referred to, keys that are no constants as they are written. */
  private static String name(Placed placed) {
    Rule.Head head = placed.rule().head();
    StringBuilder name = new StringBuilder("data");
    placed.module().path().forEach(key -> Text.appendKey(name, key));
    Text.appendKey(name, head.name());
    for (Term key : head.reference().path()) {
      if (key instanceof Term.Scalar s && s.value() instanceof StringValue text) {
        Text.appendKey(name, text.text());
      } else {
        name.append('[').append(key.span().text()).append(']');
      }
    }
    return name.toString();
  }

  private static String place(Placed placed) {
    Span span = placed.rule().span();
    return span.source().name() + ":" + span.position().line();
  }

  private void error(Placed at, String message) {
    diagnostics.error(Codes.TYPE, at.rule().head().span(), message);
  }
}
