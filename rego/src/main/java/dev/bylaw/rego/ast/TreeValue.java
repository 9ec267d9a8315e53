package dev.bylaw.rego.ast;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;

/** The syntax tree as a value, in the shape that {@code opa parse --format json} prints. */
public final class TreeValue {
  private TreeValue() {}

  /** A module. */
  public static ObjectValue of(Module module) {
    List<Value> path = new ArrayList<>();
    path.add(typed("var", StringValue.of("data")));
    module.path().forEach(p -> path.add(typed("string", StringValue.of(p))));
    ObjectValue.Builder out = ObjectValue.builder();
    out.put("package", ObjectValue.of("path", ArrayValue.of(path)));
    if (!module.imports().isEmpty()) {
      List<Value> imports = new ArrayList<>();
      for (Module.Import i : module.imports()) {
        ObjectValue.Builder one = ObjectValue.builder(2);
        one.put("path", of(i.reference()));
        if (i.alias() != null) {
          one.put("alias", i.alias());
        }
        imports.add(one.build());
      }
      out.put("imports", ArrayValue.of(imports));
    }
    if (!module.rules().isEmpty()) {
      out.put("rules", ArrayValue.of(module.rules().stream().map(TreeValue::of).toList()));
    }
    return out.build();
  }

  private static Value of(Rule rule) {
    ObjectValue.Builder out = ObjectValue.builder();
    if (rule.body().isEmpty()) {
      out.put(
          "body",
          ArrayValue.of(
              ObjectValue.builder(3)
                  .put("generated", BooleanValue.TRUE)
                  .put("index", NumberValue.of(0))
                  .put("terms", typed("boolean", BooleanValue.TRUE))
                  .build()));
    } else {
      out.put("body", body(rule.body()));
    }
    if (rule.isDefault()) {
      out.put("default", BooleanValue.TRUE);
    }
    if (rule.otherwise() != null) {
      out.put("else", of(rule.otherwise()));
    }
    return out.put("head", of(rule.head())).build();
  }

  private static Value of(Rule.Head head) {
    ObjectValue.Builder out = ObjectValue.builder();
    List<Term> path = head.reference().path();
    out.put("name", head.name());
    if (head.arguments() != null) {
      out.put("args", terms(head.arguments()));
    }
    if (head.key() != null) {
      out.put("key", of(head.key()));
    } else {
      if (path.size() == 1) {
        out.put("key", of(path.getFirst()));
      }
      out.put("value", of(head.value()));
    }
    if (head.assigned()) {
      out.put("assign", BooleanValue.TRUE);
    }
    List<Value> ref = new ArrayList<>();
    ref.add(of(head.reference().head()));
    path.forEach(t -> ref.add(of(t)));
    return out.put("ref", ArrayValue.of(ref)).build();
  }

  /** A body or a query. */
  public static Value body(List<Literal> body) {
    List<Value> all = new ArrayList<>();
    for (Literal literal : body) {
      all.add(of(literal, all.size()));
    }
    return ArrayValue.of(all);
  }

  private static Value of(Literal literal, int index) {
    ObjectValue.Builder out = ObjectValue.builder();
    out.put("index", NumberValue.of(index));
    switch (literal.expression()) {
      case Expression.Plain p -> out.put("terms", statement(p.term()));
      case Expression.Some s -> {
        List<Value> names = new ArrayList<>();
        s.variables().forEach(v -> names.add(of(v)));
        out.put("terms", ObjectValue.of("symbols", ArrayValue.of(names)));
      }
      case Expression.SomeIn s -> out.put("terms", symbols(s));
      case Expression.Every e ->
          out.put(
              "terms",
              ObjectValue.builder(4)
                  .put("body", body(e.body()))
                  .put("domain", of(e.domain()))
                  .put("key", e.key() == null ? NullValue.NULL : of(e.key()))
                  .put("value", of(e.value()))
                  .build());
      case Expression.Not n -> {
        out.put("negated", BooleanValue.TRUE);
        boolean plain =
            !n.explicit()
                && n.body().size() == 1
                && n.body().getFirst().expression() instanceof Expression.Plain;
        out.put(
            "terms",
            plain && n.body().getFirst().expression() instanceof Expression.Plain p
                ? statement(p.term())
                : ObjectValue.of("body", body(n.body())));
      }
      case Expression.Logical l ->
          out.put(
              "terms",
              ObjectValue.builder(3)
                  .put("operator", l.conjunction() ? "and" : "or")
                  .put("left", body(l.left().body()))
                  .put("right", body(l.right().body()))
                  .build());
    }
    if (!literal.withs().isEmpty()) {
      List<Value> withs = new ArrayList<>();
      for (Literal.With w : literal.withs()) {
        withs.add(ObjectValue.of("target", of(w.target()), "value", of(w.value())));
      }
      out.put("with", ArrayValue.of(withs));
    }
    return out.build();
  }

  private static Value symbols(Expression.SomeIn s) {
    List<Term> arguments = new ArrayList<>();
    if (s.key() != null) {
      arguments.add(s.key());
    }
    arguments.add(s.value());
    arguments.add(s.domain());
    String name = s.key() == null ? "member_2" : "member_3";
    var span = s.domain().span();
    Term.Ref operator =
        new Term.Ref(new Term.Var("internal", span), List.of(Term.string(name, span)), span);
    return ObjectValue.of(
        "symbols", ArrayValue.of(typed("call", call(new Term.Call(operator, arguments, span)))));
  }

  /** A call alone is a list of operator and operands. */
  private static Value statement(Term term) {
    return term instanceof Term.Call c ? call(c) : of(term);
  }

  private static Value call(Term.Call c) {
    List<Value> all = new ArrayList<>();
    all.add(reference(c.operator()));
    c.arguments().forEach(t -> all.add(of(t)));
    return ArrayValue.of(all);
  }

  private static Value terms(List<Term> terms) {
    return ArrayValue.of(terms.stream().map(TreeValue::of).toList());
  }

  private static Value reference(Term.Ref r) {
    List<Value> all = new ArrayList<>();
    all.add(of(r.head()));
    r.path().forEach(t -> all.add(of(t)));
    return typed("ref", ArrayValue.of(all));
  }

  /** A term. */
  public static Value of(Term term) {
    return switch (term) {
      case Term.Scalar s -> typed(s.value().kind().word(), s.value());
      case Term.Var v -> typed("var", StringValue.of(v.name()));
      case Term.Ref r -> reference(r);
      case Term.ArrayTerm a -> typed("array", terms(a.elements()));
      case Term.SetTerm s -> typed("set", terms(s.members()));
      case Term.ObjectTerm o ->
          typed(
              "object",
              ArrayValue.of(
                  o.entries().stream()
                      .map(e -> (Value) ArrayValue.of(of(e.key()), of(e.value())))
                      .toList()));
      case Term.ArrayComprehension c ->
          typed("arraycomprehension", ObjectValue.of("term", of(c.head()), "body", body(c.body())));
      case Term.SetComprehension c ->
          typed("setcomprehension", ObjectValue.of("term", of(c.head()), "body", body(c.body())));
      case Term.ObjectComprehension c ->
          typed(
              "objectcomprehension",
              ObjectValue.builder(3)
                  .put("key", of(c.key()))
                  .put("value", of(c.value()))
                  .put("body", body(c.body()))
                  .build());
      case Term.Call c -> typed("call", call(c));
      case Term.Template t -> template(t);
    };
  }

  private static Value template(Term.Template t) {
    List<Value> parts = new ArrayList<>();
    for (Literal part : t.parts()) {
      boolean text =
          part.expression() instanceof Expression.Plain(Term.Scalar s)
              && s.value() instanceof StringValue;
      parts.add(
          text && part.expression() instanceof Expression.Plain p ? of(p.term()) : of(part, 0));
    }
    return typed(
        "templatestring",
        ObjectValue.of(
            "parts", ArrayValue.of(parts), "multi_line", BooleanValue.of(t.multiline())));
  }

  private static ObjectValue typed(String type, Value value) {
    return ObjectValue.of("type", StringValue.of(type), "value", value);
  }
}
