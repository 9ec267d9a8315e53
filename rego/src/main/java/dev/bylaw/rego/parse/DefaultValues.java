package dev.bylaw.rego.parse;

import dev.bylaw.rego.ast.Term;
import dev.bylaw.syntax.Diagnostics;

/** Whether a term may be the value of a default rule: one that needs no evaluation of others. */
final class DefaultValues {
  private DefaultValues() {}

  static void check(Term term, Diagnostics diagnostics) {
    switch (term) {
      case Term.Scalar _,
          Term.ArrayComprehension _,
          Term.SetComprehension _,
          Term.ObjectComprehension _ -> {}
      case Term.Var v -> refuse(v, "var", diagnostics);
      case Term.Ref r -> refuse(r, "ref", diagnostics);
      case Term.Call c -> refuse(c, "call", diagnostics);
      case Term.Template t -> refuse(t, "call", diagnostics);
      case Term.ArrayTerm a -> a.elements().forEach(t -> check(t, diagnostics));
      case Term.SetTerm s -> s.members().forEach(t -> check(t, diagnostics));
      case Term.ObjectTerm o ->
          o.entries()
              .forEach(e -> {
                check(e.key(), diagnostics);
                check(e.value(), diagnostics);
              });
    }
  }

  private static void refuse(Term term, String what, Diagnostics diagnostics) {
    diagnostics.error(
        Parser.CODE, term.span(), "illegal default rule (value cannot contain " + what + ")");
  }
}
