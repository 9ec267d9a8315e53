package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Names;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.syntax.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Refuses builtins that the language has left behind; older modules may still call them. */
final class DeprecatedBuiltins extends Rewrite {
  private static final Set<String> NAMES =
      Set.of(
          "all",
          "any",
          "cast_array",
          "cast_boolean",
          "cast_null",
          "cast_object",
          "cast_set",
          "cast_string",
          "net.cidr_overlap",
          "re_match",
          "set_diff");

  private final Diagnostics diagnostics;
  private List<String> found = new ArrayList<>();

  DeprecatedBuiltins(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** A rule with its {@code else} branches. */
  void rule(Rule rule) {
    body(rule.body());
    if (rule.otherwise() != null) {
      rule(rule.otherwise());
    }
  }

  @Override
  public Literal literal(Literal literal) {
    List<String> outer = found;
    found = new ArrayList<>();
    Literal same = super.literal(literal);
    if (!found.isEmpty()) {
      diagnostics.error(
          Codes.TYPE,
          literal.span(),
          "deprecated built-in function calls in expression: " + String.join(", ", found));
    }
    found = outer;
    return same;
  }

  @Override
  public Term term(Term term) {
    if (term instanceof Term.Call c && NAMES.contains(Names.dotted(c.operator()))) {
      found.add(Names.dotted(c.operator()));
    }
    return super.term(term);
  }
}
