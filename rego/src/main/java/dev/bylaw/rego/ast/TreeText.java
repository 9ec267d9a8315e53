package dev.bylaw.rego.ast;

import dev.bylaw.value.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The syntax tree for people: a node a line, the deeper the further to the right. */
public final class TreeText {
  private final StringBuilder out = new StringBuilder();
  private int depth;

  private TreeText() {}

  /** A module, as {@code opa parse --format pretty} prints it. */
  public static String of(Module module) {
    var text = new TreeText();
    text.node("module", () -> text.module(module));
    return text.out.toString();
  }

  private void line(String text) {
    out.repeat(' ', depth).append(text).append('\n');
  }

  private void node(String name, Runnable inside) {
    line(name);
    depth++;
    inside.run();
    depth--;
  }

  private void module(Module module) {
    node(
        "package",
        () ->
            node(
                "ref",
                () -> {
                  line("data");
                  module.path().forEach(p -> line('"' + p + '"'));
                }));
    for (Module.Import i : module.imports()) {
      node(
          "import",
          () -> {
            reference(i.reference());
            line(i.alias() == null ? "" : i.alias());
          });
    }
    module.rules().forEach(this::rule);
  }

  private void rule(Rule rule) {
    node(
        "rule",
        () -> {
          head(rule.head());
          body(rule.body());
          if (rule.otherwise() != null) {
            rule(rule.otherwise());
          }
        });
  }

  private void head(Rule.Head head) {
    node(
        "head",
        () -> {
          reference(head.reference());
          List<Term> arguments = head.arguments();
          if (arguments != null) {
            node("args", () -> arguments.forEach(this::term));
          }
          // The key of `contains` is not in OPA's tree.
          if (!head.isPartialSet()) {
            term(head.value());
          }
        });
  }

  private void body(List<Literal> body) {
    node(
        "body",
        () -> {
          if (body.isEmpty()) {
            node("expr index=0", () -> line("true"));
          }
          for (int i = 0; i < body.size(); i++) {
            literal(body.get(i), i);
          }
        });
  }

  private void literal(Literal literal, int index) {
    boolean negated =
        literal.expression() instanceof Expression.Not n && !n.explicit() && n.body().size() == 1;
    node(
        "expr " + (negated ? "negated " : "") + "index=" + index,
        () -> {
          expression(literal.expression());
          for (Literal.With w : literal.withs()) {
            node(
                "with",
                () -> {
                  term(w.target());
                  term(w.value());
                });
          }
        });
  }

  private void expression(Expression expression) {
    switch (expression) {
      case Expression.Plain(Term.Call c) -> call(c);
      case Expression.Plain p -> term(p.term());
      case Expression.Some s -> node("somedecl", () -> s.variables().forEach(this::term));
      case Expression.SomeIn s ->
          node("somedecl", () -> node("call", () -> membership(s.key(), s.value(), s.domain())));
      case Expression.Every e ->
          node(
              "every",
              () -> {
                if (e.key() != null) {
                  term(e.key());
                }
                term(e.value());
                term(e.domain());
                body(e.body());
              });
      case Expression.Not n -> {
        if (!n.explicit() && n.body().size() == 1) {
          expression(n.body().getFirst().expression());
        } else {
          node("not", () -> body(n.body()));
        }
      }
      case Expression.Logical l ->
          node(
              l.conjunction() ? "and" : "or",
              () -> {
                body(l.left().body());
                body(l.right().body());
              });
    }
  }

  private void membership(@Nullable Term key, Term value, Term domain) {
    node(
        "ref",
        () -> {
          line("internal");
          line(key == null ? "\"member_2\"" : "\"member_3\"");
        });
    if (key != null) {
      term(key);
    }
    term(value);
    term(domain);
  }

  private void call(Term.Call c) {
    reference(c.operator());
    c.arguments().forEach(this::term);
  }

  private void reference(Term.Ref reference) {
    node(
        "ref",
        () -> {
          term(reference.head());
          reference.path().forEach(this::term);
        });
  }

  private void term(Term term) {
    switch (term) {
      case Term.Scalar s -> line(Json.write(s.value()));
      case Term.Var v -> line(v.isWildcard() ? "_" : v.name());
      case Term.Ref r -> reference(r);
      case Term.ArrayTerm a -> node("array", () -> a.elements().forEach(this::term));
      case Term.SetTerm s -> node("set", () -> s.members().forEach(this::term));
      case Term.ObjectTerm o ->
          node(
              "object",
              () ->
                  o.entries()
                      .forEach(e -> {
                        term(e.key());
                        term(e.value());
                      }));
      case Term.ArrayComprehension c ->
          node(
              "arraycomprehension",
              () -> {
                term(c.head());
                body(c.body());
              });
      case Term.SetComprehension c ->
          node(
              "setcomprehension",
              () -> {
                term(c.head());
                body(c.body());
              });
      case Term.ObjectComprehension c ->
          node(
              "objectcomprehension",
              () -> {
                term(c.key());
                term(c.value());
                body(c.body());
              });
      case Term.Call c -> node("call", () -> call(c));
      case Term.Template t ->
          node(
              "templatestring",
              () -> {
                for (Literal part : t.parts()) {
                  if (part.expression() instanceof Expression.Plain(Term.Scalar s)) {
                    line(Json.write(s.value()));
                  } else {
                    literal(part, 0);
                  }
                }
              });
    }
  }
}
