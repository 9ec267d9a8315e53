package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Names;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.syntax.Diagnostics;
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

  DeprecatedBuiltins(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** A rule with its {@code else} branches. */
  void rule(Rule rule) {
    through(rule);
    if (rule.otherwise() != null) {
      rule(rule.otherwise());
    }
  }

  @Override
  public Term term(Term term) {
    if (term instanceof Term.Call c && NAMES.contains(Names.dotted(c.operator()))) {
      diagnostics.error(
          Codes.TYPE,
          c.span(),
          "deprecated built-in function calls in expression: " + Names.dotted(c.operator()));
    }
    return super.term(term);
  }
}
