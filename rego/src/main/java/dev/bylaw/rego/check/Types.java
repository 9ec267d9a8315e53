package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Names;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.check.RuleTree.Placed;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what cannot hold whatever the input: operands that a builtin does not take, equality of
 * values of different kinds, keys of values that have none.
 *
 * <p>A term's type is the set of kinds that it may have; where nothing is known it is any, so a
 * policy that could work is never refused.
 */
final class Types {
  private final RuleTree tree;
  private final Checker.Functions functions;
  private final Diagnostics diagnostics;
  private final Map<RuleTree, Integer> ruleKinds = new HashMap<>();
  private final Map<String, List<Integer>> signatures = new HashMap<>();
  private Map<String, Integer> variables = new HashMap<>();

  Types(RuleTree tree, Checker.Functions functions, Diagnostics diagnostics) {
    this.tree = tree;
    this.functions = functions;
    this.diagnostics = diagnostics;
  }

  void check() {
    tree.forEach(node -> {
      for (Placed p : node.rules()) {
        rule(p.rule());
      }
    });
  }

  void query(List<Literal> body) {
    body(body);
  }

  private void rule(Rule rule) {
    Map<String, Integer> outer = variables;
    variables = new HashMap<>();
    body(rule.body());
    rule.head().reference().path().forEach(this::term);
    if (rule.head().key() != null) {
      term(rule.head().key());
    }
    term(rule.head().value());
    variables = outer;
    if (rule.otherwise() != null) {
      rule(rule.otherwise());
    }
  }

  private void body(List<Literal> body) {
    for (Literal literal : body) {
      for (Literal.With w : literal.withs()) {
        if (!(w.value() instanceof Term.Call c && c.arguments().isEmpty())) {
          term(w.value());
        }
      }
      expression(literal.expression());
    }
  }

  private void closure(List<Literal> body) {
    Map<String, Integer> outer = variables;
    variables = new HashMap<>(outer);
    body(body);
    variables = outer;
  }

  private void expression(Expression expression) {
    switch (expression) {
      case Expression.Plain p -> statement(p.term());
      case Expression.Some _, Expression.SomeIn _ -> {}
      case Expression.Every e -> {
        term(e.domain());
        closure(e.body());
      }
      case Expression.Not n -> closure(n.body());
      case Expression.Logical l -> {
        closure(l.left().body());
        closure(l.right().body());
      }
    }
  }

  private void statement(Term term) {
    if (!(term instanceof Term.Call c)) {
      term(term);
      return;
    }
    if (c.operator().path().isEmpty() && c.name().equals("eq")) {
      equal(c.arguments().get(0), c.arguments().get(1), c.span());
      return;
    }
    List<Integer> signature = signature(c);
    int takes = signature.size() - 1;
    if (takes >= 0 && c.arguments().size() == takes + 1) {
      Term output = c.arguments().get(takes);
      int result = call(new Term.Call(c.operator(), c.arguments().subList(0, takes), c.span()));
      if (output instanceof Term.Var v) {
        variables.putIfAbsent(v.name(), result);
      }
      return;
    }
    term(c);
  }

  private void equal(Term a, Term b, Span span) {
    int left = a instanceof Term.Var v ? variables.getOrDefault(v.name(), Kinds.ANY) : term(a);
    int right = b instanceof Term.Var v ? variables.getOrDefault(v.name(), Kinds.ANY) : term(b);
    if ((left & right) == 0) {
      error(span, "match error");
      return;
    }
    if (a instanceof Term.Var v) {
      variables.put(v.name(), left & right);
    }
    if (b instanceof Term.Var v) {
      variables.put(v.name(), left & right);
    }
  }

  /** The kinds that a term may have; reports what is wrong in it. */
  private int term(Term term) {
    return switch (term) {
      case Term.Scalar s -> Kinds.of(s.value().kind());
      case Term.Var v -> variables.getOrDefault(v.name(), Kinds.ANY);
      case Term.Ref r -> reference(r);
      case Term.ArrayTerm a -> {
        a.elements().forEach(this::term);
        yield Kinds.of(Value.Kind.ARRAY);
      }
      case Term.SetTerm s -> {
        s.members().forEach(this::term);
        yield Kinds.of(Value.Kind.SET);
      }
      case Term.ObjectTerm o -> {
        for (Term.Entry e : o.entries()) {
          term(e.key());
          term(e.value());
        }
        yield Kinds.of(Value.Kind.OBJECT);
      }
      case Term.ArrayComprehension c -> {
        comprehension(c.body(), List.of(c.head()));
        yield Kinds.of(Value.Kind.ARRAY);
      }
      case Term.SetComprehension c -> {
        comprehension(c.body(), List.of(c.head()));
        yield Kinds.of(Value.Kind.SET);
      }
      case Term.ObjectComprehension c -> {
        comprehension(c.body(), List.of(c.key(), c.value()));
        yield Kinds.of(Value.Kind.OBJECT);
      }
      case Term.Call c -> call(c);
      case Term.Template _ -> Kinds.of(Value.Kind.STRING);
    };
  }

  private void comprehension(List<Literal> body, List<Term> head) {
    Map<String, Integer> outer = variables;
    variables = new HashMap<>(outer);
    body(body);
    head.forEach(this::term);
    variables = outer;
  }

  private int reference(Term.Ref r) {
    r.path().forEach(this::term);
    if (!r.startsWith("data")) {
      if (!(r.head() instanceof Term.Var)) {
        term(r.head());
      }
      return Kinds.ANY;
    }
    RuleTree here = tree;
    for (int i = 0; i < r.path().size(); i++) {
      if (!(r.path().get(i) instanceof Term.Scalar s && s.value() instanceof StringValue)) {
        return Kinds.ANY;
      }
      here = here.child(r.key(i));
      if (here == null) {
        return Kinds.ANY;
      }
      if (!here.rules().isEmpty()) {
        int kinds = kinds(here);
        if (i == r.path().size() - 1) {
          return kinds;
        }
        int keyed =
            Kinds.of(Value.Kind.ARRAY) | Kinds.of(Value.Kind.OBJECT) | Kinds.of(Value.Kind.SET);
        if ((kinds & keyed) == 0) {
          error(r.span(), "undefined ref: " + Names.dotted(r));
        }
        return Kinds.ANY;
      }
    }
    return Kinds.ANY;
  }

  /** The kinds of a rule's value. */
  private int kinds(RuleTree node) {
    Integer known = ruleKinds.get(node);
    if (known != null) {
      return known;
    }
    // A rule that is being looked at: nothing is known of it yet.
    ruleKinds.put(node, Kinds.ANY);
    int kinds = 0;
    for (Placed p : node.rules()) {
      Rule.Head head = p.rule().head();
      boolean complete = head.reference().constantKeys() == head.reference().path().size();
      if (!complete || node.isFunction() || !node.children().isEmpty()) {
        kinds = Kinds.ANY;
      } else if (head.isPartialSet()) {
        kinds |= Kinds.of(Value.Kind.SET);
      } else {
        for (Rule r = p.rule(); r != null; r = r.otherwise()) {
          kinds |= constantKinds(r.head().value());
        }
      }
    }
    ruleKinds.put(node, kinds);
    return kinds;
  }

  /** The kinds of a head's value that can be told without its body. */
  private int constantKinds(Term value) {
    return switch (value) {
      case Term.Scalar s -> Kinds.of(s.value().kind());
      case Term.ArrayTerm _, Term.ArrayComprehension _ -> Kinds.of(Value.Kind.ARRAY);
      case Term.SetTerm _, Term.SetComprehension _ -> Kinds.of(Value.Kind.SET);
      case Term.ObjectTerm _, Term.ObjectComprehension _ -> Kinds.of(Value.Kind.OBJECT);
      case Term.Template _ -> Kinds.of(Value.Kind.STRING);
      case Term.Call c -> {
        List<Integer> signature = signature(c);
        yield signature.isEmpty() ? Kinds.ANY : signature.getLast();
      }
      case Term.Var _, Term.Ref _ -> Kinds.ANY;
    };
  }

  private int call(Term.Call c) {
    List<Integer> signature = signature(c);
    List<Integer> given = new ArrayList<>();
    for (Term t : c.arguments()) {
      given.add(term(t));
    }
    if (signature.isEmpty()) {
      return Kinds.ANY;
    }
    if (c.operator().path().isEmpty() && c.name().equals("equal")) {
      if ((given.get(0) & given.get(1)) == 0) {
        error(c.span(), "match error");
      }
      return Kinds.of(Value.Kind.BOOLEAN);
    }
    for (int i = 0; i < given.size() && i < signature.size() - 1; i++) {
      if ((given.get(i) & signature.get(i)) == 0) {
        error(c.span(), Names.dotted(c.operator()) + ": invalid argument(s)");
        break;
      }
    }
    return signature.getLast();
  }

  /** The kinds of operands and result of a builtin; empty for functions of the policy. */
  private List<Integer> signature(Term.Call c) {
    if (c.operator().startsWith("data")) {
      return List.of();
    }
    return signatures.computeIfAbsent(
        Names.dotted(c.operator()), name -> parse(functions.signature(name)));
  }

  private static List<Integer> parse(String signature) {
    int arrow = signature.lastIndexOf("->");
    if (arrow < 0) {
      return List.of();
    }
    List<Integer> kinds = new ArrayList<>();
    String operands = signature.substring(0, arrow).strip();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= operands.length() && !operands.isEmpty(); i++) {
      char ch = i == operands.length() ? ',' : operands.charAt(i);
      depth += ch == '[' || ch == '{' ? 1 : ch == ']' || ch == '}' ? -1 : 0;
      if (ch == ',' && depth == 0) {
        kinds.add(Kinds.parse(operands.substring(start, i).strip()));
        start = i + 1;
      }
    }
    kinds.add(Kinds.parse(signature.substring(arrow + 2).strip()));
    return kinds;
  }

  private void error(Span span, String message) {
    diagnostics.error(Codes.TYPE, span, message);
  }
}
