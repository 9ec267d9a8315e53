package dev.bylaw.rego.partial;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Names;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.check.Checked;
import dev.bylaw.rego.check.RuleTree;
import dev.bylaw.value.Json;
import dev.bylaw.value.StringValue;
import java.util.ArrayList;
import java.util.List;

/** Which rules can be taken alone into support, and what they are called there. */
final class Supported {
  private Supported() {}

  /** Whether the rules of a place make its document alone, and can be written in plain v1. */
  static boolean isPlain(RuleTree node, Checked checked) {
    return !node.rules().isEmpty()
        && node.children().isEmpty()
        && !checked.usesMetadata()
        && node.rules().stream().allMatch(p -> isPlain(p.rule()));
  }

  private static boolean isPlain(Rule rule) {
    for (Rule r = rule; r != null; r = r.otherwise()) {
      var finder = new Newer();
      finder.body(r.body());
      finder.term(r.head().value());
      if (finder.found) {
        return false;
      }
    }
    return rule.head().reference().constantKeys() == 0
        && rule.head().reference().path().size() <= 1;
  }

  /** Whether a head is a name alone. */
  static boolean isName(Rule.Head head) {
    return head.arguments() == null && head.key() == null && head.reference().path().isEmpty();
  }

  /**
   * A reference to a rule, as one to its support: below a name, or, where that is empty, itself.
   */
  static Term.Ref moved(Term.Ref r, String namespace) {
    if (namespace.isEmpty()) {
      return r;
    }
    List<Term> path = new ArrayList<>();
    path.add(Term.string(namespace, r.span()));
    path.addAll(r.path());
    return new Term.Ref(r.head(), path, r.span());
  }

  /** The name of the package of support that stands for a package. */
  static String name(List<String> path, String namespace) {
    var name = new StringBuilder(namespace);
    for (String key : path) {
      boolean first = name.isEmpty();
      name.append(
          first
              ? key
              : Names.isIdentifier(key) ? "." + key : "[" + Json.write(StringValue.of(key)) + "]");
    }
    return name.toString();
  }

  /** Finds what only imports make readable. */
  private static final class Newer extends TermMapping {
    private boolean found;

    @Override
    public Literal literal(Literal l) {
      found |=
          l.expression() instanceof Expression.Logical
              || (l.expression() instanceof Expression.Not n && (n.wide() || n.explicit()));
      return super.literal(l);
    }
  }
}
