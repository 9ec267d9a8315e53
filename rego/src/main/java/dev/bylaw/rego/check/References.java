package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Names;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.syntax.Diagnostics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether called functions exist and take so many arguments, and targets of {@code with} exist. */
@SuppressWarnings("ReferenceEquality") // A call is found again by identity.
final class References extends Rewrite {
  private final RuleTree tree;
  private final Checker.Functions functions;
  private final Diagnostics diagnostics;
  private final Set<String> replaced = new HashSet<>();
  private boolean usesMetadata;

  /** Calls that are literals of their own: these may have one more argument, for the result. */
  private Term.@Nullable Call statement;

  References(RuleTree tree, Checker.Functions functions, Diagnostics diagnostics) {
    this.tree = tree;
    this.functions = functions;
    this.diagnostics = diagnostics;
  }

  Set<String> replaced() {
    return replaced;
  }

  boolean usesMetadata() {
    return usesMetadata;
  }

  void rule(Rule rule) {
    terms(rule.head().reference().path());
    if (rule.head().key() != null) {
      term(rule.head().key());
    }
    term(rule.head().value());
    body(rule.body());
    if (rule.otherwise() != null) {
      rule(rule.otherwise());
    }
  }

  @Override
  public Literal literal(Literal literal) {
    for (Literal.With w : literal.withs()) {
      target(w);
      if (!(w.value() instanceof Term.Call c && c.arguments().isEmpty())) {
        term(w.value());
      }
    }
    if (literal.expression() instanceof dev.bylaw.rego.ast.Expression.Plain p
        && p.term() instanceof Term.Call c) {
      statement = c;
    }
    expression(literal.expression());
    return literal;
  }

  @Override
  public Term term(Term term) {
    if (term instanceof Term.Call c) {
      call(c);
    }
    return super.term(term);
  }

  static @Nullable RuleTree node(Term.Ref ref, RuleTree tree) {
    List<String> path = new ArrayList<>();
    for (int i = 0; i < ref.path().size(); i++) {
      if (!(ref.path().get(i) instanceof Term.Scalar s
          && s.value() instanceof dev.bylaw.value.StringValue)) {
        return null;
      }
      path.add(ref.key(i));
    }
    return tree.find(path);
  }

  private void call(Term.Call c) {
    boolean literal = statement == c;
    statement = null;
    String name = Names.dotted(c.operator());
    if (name.startsWith("rego.metadata.")) {
      usesMetadata = true;
    }
    boolean rule = c.operator().startsWith("data");
    RuleTree node = rule ? node(c.operator(), tree) : null;
    if (rule && (node == null || node.rules().isEmpty())) {
      error(c, "undefined function " + written(c.operator()));
      return;
    }
    int arity = node == null ? functions.arity(name) : node.arity();
    int given = c.arguments().size();
    boolean fits = given == arity || literal && given == arity + 1 && arity + given > 1;
    if (arity < 0) {
      error(c, "undefined function " + written(c.operator()));
    } else if (node != null && !(fits && node.isFunction())) {
      String arguments = given == 1 ? " argument" : " arguments";
      error(c, "function " + node.dotted() + " has arity " + arity + ", got " + given + arguments);
    } else if (!fits) {
      error(
          c,
          name
              + ": arity mismatch\n\thave: "
              + c.arguments().size()
              + " argument(s)\n\twant: "
              + arity);
    }
  }

  private static String written(Term.Ref operator) {
    var text = new StringBuilder(operator.head() instanceof Term.Var v ? v.name() : "");
    for (int i = 0; i < operator.constantKeys(); i++) {
      Text.appendKey(text, operator.key(i));
    }
    return text.toString();
  }

  private void target(Literal.With w) {
    Term.Ref target = w.target();
    if (target.startsWith("input")) {
      return;
    }
    if (target.constantKeys() < target.path().size()) {
      diagnostics.error(
          Codes.COMPILE, w.span(), "with keyword target must not have variables in its path");
      return;
    }
    if (!target.startsWith("data")) {
      String name = Names.dotted(target);
      if (functions.arity(name) < 0) {
        diagnostics.error(
            Codes.TYPE,
            target.span(),
            "with keyword target must reference existing input, data, or a function");
      }
      replaced.add(name);
      return;
    }
    RuleTree here = tree;
    for (int i = 0; i < target.path().size(); i++) {
      here = here.child(target.key(i));
      if (here == null) {
        return;
      }
      if (!here.rules().isEmpty() && i < target.path().size() - 1) {
        diagnostics.error(
            Codes.COMPILE,
            target.span(),
            "with keyword cannot partially replace virtual document(s)");
        return;
      }
    }
  }

  private void error(Term.Call c, String message) {
    diagnostics.error(Codes.TYPE, c.span(), message);
  }
}
