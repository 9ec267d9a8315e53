package dev.bylaw.rego.ast;

import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The syntax tree as a value, in the shape that {@code opa parse --format json} prints. */
public final class TreeValue {
  private final boolean locations;

  private TreeValue(boolean locations) {
    this.locations = locations;
  }

  /** A module, without places and comments. */
  public static ObjectValue of(Module module) {
    return new TreeValue(false).module(module);
  }

  /**
   * A module with its metadata.
   *
   * @param locations whether each node says where it is, and its text in Base64
   * @param comments whether comments are told
   */
  public static ObjectValue of(Module module, boolean locations, boolean comments) {
    var tree = new TreeValue(locations);
    ObjectValue all = tree.module(module);
    if (!module.annotations().isEmpty()) {
      all = all.with("annotations", tree.annotations(module));
    }
    if (comments && !module.comments().isEmpty()) {
      List<Value> told = new ArrayList<>();
      for (Module.Comment c : module.comments()) {
        told.add(
            ObjectValue.of(
                "Text",
                StringValue.of(base64(c.text().replaceFirst("^#", ""))),
                "Location",
                place(c.span(), locations)));
      }
      all = all.with("comments", ArrayValue.of(told));
    }
    return all;
  }

  /** A body or a query, without places. */
  public static Value body(List<Literal> body) {
    return new TreeValue(false).literals(body);
  }

  private ArrayValue annotations(Module module) {
    List<Value> all = new ArrayList<>();
    for (Module.Annotation a : module.annotations()) {
      all.add(locations ? a.content().with("location", place(a.span(), true)) : a.content());
    }
    return ArrayValue.of(all);
  }

  private static ObjectValue place(Span span, boolean withText) {
    ObjectValue.Builder place = ObjectValue.builder(4);
    place.put("file", span.source().name());
    place.put("row", NumberValue.of(span.position().line()));
    place.put("col", NumberValue.of(span.position().column()));
    if (withText) {
      place.put("text", base64(span.text()));
    }
    return place.build();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A node with its place, where places are told. */
  private Value at(Span span, ObjectValue node) {
    return locations ? node.with("location", place(span, true)) : node;
  }

  private ObjectValue module(Module module) {
    List<Value> path = new ArrayList<>();
    path.add(at(module.packageSpan(), typed("var", StringValue.of("data"))));
    module
        .path()
        .forEach(p -> path.add(at(module.packageSpan(), typed("string", StringValue.of(p)))));
    ObjectValue.Builder out = ObjectValue.builder();
    out.put("package", at(module.packageSpan(), ObjectValue.of("path", ArrayValue.of(path))));
    if (!module.imports().isEmpty()) {
      List<Value> imports = new ArrayList<>();
      for (Module.Import i : module.imports()) {
        ObjectValue.Builder one = ObjectValue.builder(2);
        one.put("path", of(i.reference()));
        if (i.alias() != null) {
          one.put("alias", i.alias());
        }
        imports.add(at(i.span(), one.build()));
      }
      out.put("imports", ArrayValue.of(imports));
    }
    if (!module.rules().isEmpty()) {
      out.put("rules", ArrayValue.of(module.rules().stream().map(this::of).toList()));
    }
    return out.build();
  }

  private Value of(Rule rule) {
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
      out.put("body", literals(rule.body()));
    }
    if (rule.isDefault()) {
      out.put("default", BooleanValue.TRUE);
    }
    if (rule.otherwise() != null) {
      out.put("else", of(rule.otherwise()));
    }
    return at(rule.span(), out.put("head", of(rule.head())).build());
  }

  private Value of(Rule.Head head) {
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
    return at(head.span(), out.put("ref", ArrayValue.of(ref)).build());
  }

  private Value literals(List<Literal> body) {
    List<Value> all = new ArrayList<>();
    for (Literal literal : body) {
      all.add(of(literal, all.size()));
    }
    return ArrayValue.of(all);
  }

  private Value of(Literal literal, int index) {
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
                  .put("body", literals(e.body()))
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
                : ObjectValue.of("body", literals(n.body())));
      }
      case Expression.Logical l ->
          out.put(
              "terms",
              ObjectValue.builder(3)
                  .put("operator", l.conjunction() ? "and" : "or")
                  .put("left", literals(l.left().body()))
                  .put("right", literals(l.right().body()))
                  .build());
    }
    if (!literal.withs().isEmpty()) {
      List<Value> withs = new ArrayList<>();
      for (Literal.With w : literal.withs()) {
        withs.add(ObjectValue.of("target", of(w.target()), "value", of(w.value())));
      }
      out.put("with", ArrayValue.of(withs));
    }
    return at(literal.span(), out.build());
  }

  private Value symbols(Expression.SomeIn s) {
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
  private Value statement(Term term) {
    return term instanceof Term.Call c ? call(c) : of(term);
  }

  private Value call(Term.Call c) {
    List<Value> all = new ArrayList<>();
    all.add(of(c.operator()));
    c.arguments().forEach(t -> all.add(of(t)));
    return ArrayValue.of(all);
  }

  private Value terms(List<Term> terms) {
    return ArrayValue.of(terms.stream().map(this::of).toList());
  }

  private ObjectValue reference(Term.Ref r) {
    List<Value> all = new ArrayList<>();
    all.add(of(r.head()));
    r.path().forEach(t -> all.add(of(t)));
    return typed("ref", ArrayValue.of(all));
  }

  private Value of(Term term) {
    return at(term.span(), node(term));
  }

  private ObjectValue node(Term term) {
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
          typed(
              "arraycomprehension",
              ObjectValue.of("term", of(c.head()), "body", literals(c.body())));
      case Term.SetComprehension c ->
          typed(
              "setcomprehension", ObjectValue.of("term", of(c.head()), "body", literals(c.body())));
      case Term.ObjectComprehension c ->
          typed(
              "objectcomprehension",
              ObjectValue.builder(3)
                  .put("key", of(c.key()))
                  .put("value", of(c.value()))
                  .put("body", literals(c.body()))
                  .build());
      case Term.Call c -> typed("call", call(c));
      case Term.Template t -> template(t);
    };
  }

  private ObjectValue template(Term.Template t) {
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
