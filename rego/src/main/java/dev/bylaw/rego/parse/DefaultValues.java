package dev.bylaw.rego.parse;

import dev.bylaw.rego.ast.Names;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.syntax.Diagnostics;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

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

  /** Arguments of a default function are variables, each another one. */
  static void checkArguments(Rule.Head head, Diagnostics diagnostics) {
    Set<String> names = new HashSet<>();
    for (Term argument : Objects.requireNonNull(head.arguments())) {
      if (!(argument instanceof Term.Var v)) {
        diagnostics.error(
            Parser.CODE,
            head.span(),
            "illegal default rule (arguments cannot contain " + Names.kind(argument) + ")");
      } else if (!names.add(v.name())) {
        diagnostics.error(
            Parser.CODE,
            head.span(),
            "illegal default rule (arguments cannot be repeated " + v.name() + ")");
      }
    }
  }

  private static void refuse(Term term, String what, Diagnostics diagnostics) {
    diagnostics.error(
        Parser.CODE, term.span(), "illegal default rule (value cannot contain " + what + ")");
  }
}
