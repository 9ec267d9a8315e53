package dev.bylaw.rego.partial;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.check.Checked;
import dev.bylaw.rego.check.RuleTree;
import dev.bylaw.rego.check.Variables;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Evaluates a query as far as nothing unknown is read. Used once. */
public final class PartialEvaluation {
  private final Checked checked;
  private final Evaluator evaluator;
  private final Dependence dependence;
  private final boolean inline;
  private final Set<String> kept;

  /** Rules of support that are written, or will be. */
  private final Map<RuleTree, List<String>> support = new LinkedHashMap<>();

  private final List<RuleTree> waiting = new ArrayList<>();
  private final String namespace;
  private boolean readsModules;

  /** Answers literals that read nothing unknown. */
  public interface Evaluator {
    /** The values of variables in each way in which literals hold. */
    List<Map<String, Value>> solutions(List<Literal> body, List<String> variables);
  }

  /**
   * A partial evaluation.
   *
   * @param unknowns such as {@code input}, {@code input.user}, {@code data.roles}
   * @param inline whether rules that are one condition or another are put in their place
   * @param kept rules, such as {@code data.p.allow}, for which they are not
   * @param namespace where support is put under; empty for the place of the rules themselves
   */
  public PartialEvaluation(
      Checked checked,
      Evaluator evaluator,
      List<Term.Ref> unknowns,
      boolean inline,
      Set<String> kept,
      String namespace) {
    this.namespace = namespace;
    this.checked = checked;
    this.evaluator = evaluator;
    this.dependence = new Dependence(checked.tree(), unknowns);
    this.inline = inline;
    this.kept = kept;
  }

  /** Where one branch stands: what is bound to what is known, what to what is not, what is kept. */
  private record Branch(Map<String, Value> values, Set<String> open, List<Literal> residual) {
    Branch bind(Map<String, Value> more) {
      Map<String, Value> all = new HashMap<>(values);
      all.putAll(more);
      return new Branch(all, open, residual);
    }

    Branch keep(Literal literal, Set<String> opened) {
      Set<String> all = new HashSet<>(open);
      all.addAll(opened);
      List<Literal> longer = new ArrayList<>(residual);
      longer.add(literal);
      return new Branch(values, all, longer);
    }
  }

  /**
   * What is left of a query.
   *
   * @param body resolved and ordered
   * @param variables those whose values are asked for, with how they are written
   */
  public Residual of(List<Literal> body, Map<String, String> variables) {
    Set<String> queries = new LinkedHashSet<>();
    run(
        body,
        0,
        new Branch(Map.of(), Set.of(), List.of()),
        b -> {
          List<Literal> all = new ArrayList<>(b.residual);
          for (String name : variables.keySet()) {
            Value v = b.values.get(name);
            if (v != null) {
              var span = body.getFirst().span();
              all.add(Literal.of(equation(new Term.Var(name, span), new Term.Scalar(v, span))));
            }
          }
          queries.add(Writing.body(written(variables).body(all), "\n"));
        });
    for (int i = 0; i < waiting.size(); i++) {
      write(waiting.get(i));
    }
    return new Residual(List.copyOf(queries), modules());
  }

  private static TermMapping written(Map<String, String> variables) {
    return new TermMapping() {
      @Override
      Term variable(Term.Var v) {
        String name = variables.get(v.name());
        return name == null ? v : new Term.Var(name, v.span());
      }
    };
  }

  private Map<String, String> modules() {
    Map<String, StringBuilder> byPackage = new TreeMap<>();
    support.forEach((node, rules) -> {
      List<String> path = node.path();
      String pkg = Supported.name(path.subList(0, path.size() - 1), namespace);
      StringBuilder text =
          byPackage.computeIfAbsent(pkg, p -> new StringBuilder("package " + p + "\n"));
      rules.forEach(r -> text.append('\n').append(r).append('\n'));
    });
    Map<String, String> modules = new TreeMap<>();
    byPackage.forEach((pkg, text) -> modules.put(pkg + ".rego", text.toString()));
    if (readsModules) {
      checked.modules().forEach(m -> modules.put(m.source().name(), m.source().text()));
    }
    return modules;
  }

  private void run(List<Literal> body, int i, Branch b, Consumer<Branch> done) {
    if (i == body.size()) {
      done.accept(b);
      return;
    }
    Literal literal = substituted(b).literal(body.get(i));
    if (isPrint(literal)) {
      run(body, i + 1, b, done);
    } else if (isKnown(literal, b)) {
      for (Map<String, Value> more : new LinkedHashSet<>(solutions(literal))) {
        run(body, i + 1, b.bind(more), done);
      }
    } else {
      List<Rule> alternatives = alternatives(literal);
      if (alternatives == null) {
        run(body, i + 1, b.keep(kept(literal), free(literal)), done);
        return;
      }
      for (Rule rule : alternatives) {
        run(renamed(rule.body()), 0, b, inner -> run(body, i + 1, inner, done));
      }
    }
  }

  private static boolean isPrint(Literal literal) {
    return literal.expression() instanceof Expression.Plain(Term.Call c)
        && c.name().equals("internal.print");
  }

  private boolean isKnown(Literal literal, Branch b) {
    if (dependence.of(literal)) {
      return false;
    }
    boolean[] open = {false};
    Variables.of(literal, true, v -> open[0] |= b.open.contains(v.name()));
    return !open[0];
  }

  /** A second literal, so that a first that is false does not hold. */
  private List<Map<String, Value>> solutions(Literal literal) {
    Literal always = Literal.of(Term.truth(literal.span()));
    return evaluator.solutions(List.of(literal, always), List.copyOf(free(literal)));
  }

  /** The variables that a literal binds. */
  private static Set<String> free(Literal literal) {
    Set<String> names = new LinkedHashSet<>();
    if (literal.expression() instanceof Expression.Plain) {
      Variables.of(
          literal,
          false,
          v -> {
            if (!v.isWildcard()) {
              names.add(v.name());
            }
          });
    }
    return names;
  }

  private static TermMapping substituted(Branch b) {
    return new TermMapping() {
      @Override
      Term variable(Term.Var v) {
        Value value = b.values.get(v.name());
        return value == null ? v : new Term.Scalar(value, v.span());
      }
    };
  }

  /** A body whose variables are its own. */
  private List<Literal> renamed(List<Literal> body) {
    Map<String, Term.Var> names = new HashMap<>();
    return new TermMapping() {
      @Override
      Term variable(Term.Var v) {
        if (isRoot(v)) {
          return v;
        }
        return names.computeIfAbsent(
            v.name(),
            n ->
                v.isWildcard()
                    ? checked.fresh().wildcard(v.span())
                    : checked.fresh().generated(v.span()));
      }
    }.body(body);
  }

  /**
   * The rules of which one must hold for a literal to hold, if that is all that it says; else null.
   */
  private @Nullable List<Rule> alternatives(Literal literal) {
    if (!inline
        || !literal.withs().isEmpty()
        || !(literal.expression() instanceof Expression.Plain p)) {
      return null;
    }
    Term subject = p.term();
    Value wanted = null;
    if (subject instanceof Term.Call c
        && (c.name().equals("eq") || c.name().equals("equal"))
        && c.arguments().size() == 2) {
      Term left = c.arguments().get(0);
      Term right = c.arguments().get(1);
      if (left instanceof Term.Scalar s) {
        wanted = s.value();
        subject = right;
      } else if (right instanceof Term.Scalar s) {
        wanted = s.value();
        subject = left;
      }
    }
    return subject instanceof Term.Ref r ? alternatives(r, wanted) : null;
  }

  private @Nullable List<Rule> alternatives(Term.Ref r, @Nullable Value compared) {
    Value wanted = compared == null ? BooleanValue.TRUE : compared;
    RuleTree node = r.startsWith("data") ? dependence.node(r) : null;
    if (node == null
        || kept.contains(node.dotted())
        || !Supported.isPlain(node, checked)
        || r.path().size() != r.constantKeys()
        || r.path().size() != node.path().size()) {
      return null;
    }
    List<Rule> rules = new ArrayList<>();
    for (RuleTree.Placed p : node.rules()) {
      Rule rule = p.rule();
      Rule.Head head = rule.head();
      boolean same = head.value() instanceof Term.Scalar s && s.value().equals(wanted);
      if (rule.isDefault() && !same && compared != null) {
        continue;
      }
      if (!same || rule.isDefault() || rule.otherwise() != null || !Supported.isName(head)) {
        return null;
      }
      rules.add(rule);
    }
    return rules;
  }

  /** A literal of a residual: with what is known in it, and rules of support for what is not. */
  private Literal kept(Literal literal) {
    if (!literal.withs().isEmpty()) {
      readsModules = true;
      return literal;
    }
    return new Known().literal(literal);
  }

  private final class Known extends TermMapping {
    @Override
    public Literal literal(Literal l) {
      if (l.withs().isEmpty()) {
        return super.literal(l);
      }
      readsModules = true;
      return l;
    }

    @Override
    Term reference(Term.Ref r) {
      if (!r.startsWith("data") && !r.startsWith("input")) {
        return r;
      }
      if (!dependence.of(r)) {
        return value(r);
      }
      RuleTree node = r.startsWith("data") ? dependence.node(r) : null;
      if (node == null) {
        return r;
      }
      if (!Supported.isPlain(node, checked)) {
        readsModules = true;
        return r;
      }
      need(node);
      return Supported.moved(r, namespace);
    }

    @Override
    Term call(Term.Call c) {
      RuleTree node = c.operator().startsWith("data") ? dependence.node(c.operator()) : null;
      if (node == null) {
        return c;
      }
      if (!Supported.isPlain(node, checked)) {
        readsModules = true;
        return c;
      }
      need(node);
      return new Term.Call(Supported.moved(c.operator(), namespace), c.arguments(), c.span());
    }

    /** The value of the constant keys that a reference begins with, in their place. */
    private Term value(Term.Ref r) {
      int n = 0;
      while (n < r.path().size() && r.path().get(n) instanceof Term.Scalar) {
        n++;
      }
      var prefix = new Term.Ref(r.head(), r.path().subList(0, n), r.span());
      Term.Var v = checked.fresh().generated(r.span());
      List<Map<String, Value>> found =
          evaluator.solutions(List.of(Literal.of(equation(v, prefix))), List.of(v.name()));
      Value value = found.isEmpty() ? null : found.getFirst().get(v.name());
      if (value == null) {
        return r;
      }
      var constant = new Term.Scalar(value, r.span());
      if (n == r.path().size()) {
        return constant;
      }
      return switch (value.kind()) {
        case ARRAY, OBJECT, SET ->
            new Term.Ref(constant, r.path().subList(n, r.path().size()), r.span());
        default -> r;
      };
    }
  }

  private static Term.Call equation(Term a, Term b) {
    var operator = new Term.Ref(new Term.Var("eq", a.span()), List.of(), a.span());
    return new Term.Call(operator, List.of(a, b), a.span());
  }

  private void need(RuleTree node) {
    if (support.putIfAbsent(node, new ArrayList<>()) == null) {
      waiting.add(node);
    }
  }

  private void write(RuleTree node) {
    List<String> rules = support.get(node);
    if (rules == null) {
      return;
    }
    for (RuleTree.Placed p : node.rules()) {
      Rule rule = p.rule();
      String name = rule.head().name();
      if (rule.isDefault()) {
        rules.add(Writing.rule(rule.head(), name, List.of(), true));
      } else if (rule.otherwise() != null) {
        rules.add(chain(rule, name));
      } else {
        Set<String> open = new HashSet<>();
        if (rule.head().arguments() != null) {
          rule.head().arguments().forEach(a -> open.addAll(free(Literal.of(a))));
        }
        run(
            rule.body(),
            0,
            new Branch(Map.of(), open, List.of()),
            b -> {
              Rule.Head head = head(rule.head(), substituted(b));
              rules.add(Writing.rule(head(head, new Known()), name, b.residual, false));
            });
      }
    }
    if (rules.isEmpty()) {
      rules.add(never(node.rules().getFirst().rule().head()));
    }
  }

  /** A rule that never holds, so that a document without members is there, and is empty. */
  private static String never(Rule.Head head) {
    String keys = head.reference().path().isEmpty() ? "" : "[0]";
    int arity = head.arguments() == null ? 0 : head.arguments().size();
    String parameters =
        arity == 0 ? "" : "(" + String.join(", ", Collections.nCopies(arity, "_")) + ")";
    return head.name()
        + parameters
        + keys
        + (head.isPartialSet() ? " contains 0" : " := 0")
        + " if false";
  }

  /** A rule with {@code else}: which branch counts depends on all before it, so none is split. */
  private String chain(Rule rule, String name) {
    var known = new Known();
    var text =
        new StringBuilder(Writing.rule(head(rule.head(), known), name, whole(rule.body()), false));
    for (Rule r = rule.otherwise(); r != null; r = r.otherwise()) {
      TermMapping same = parameters(r.head(), rule.head());
      Term value = known.term(same.term(r.head().value()));
      text.append(Writing.otherwise(value, whole(same.body(r.body()))));
    }
    return text.toString();
  }

  /** The parameters of one branch of a function, under the names that they have in another. */
  private static TermMapping parameters(Rule.Head from, Rule.Head to) {
    List<Term.Var> names = parameters(from);
    List<Term.Var> others = parameters(to);
    Map<String, Term.Var> renamed = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      renamed.put(names.get(i).name(), others.get(i));
    }
    return new TermMapping() {
      @Override
      Term variable(Term.Var v) {
        return renamed.getOrDefault(v.name(), v);
      }
    };
  }

  private static List<Term.Var> parameters(Rule.Head head) {
    List<Term.Var> all = new ArrayList<>();
    if (head.arguments() != null) {
      head.arguments().forEach(a -> Variables.of(Literal.of(a), false, all::add));
    }
    return all;
  }

  private List<Literal> whole(List<Literal> body) {
    return body.stream().filter(l -> !isPrint(l)).map(this::kept).toList();
  }

  private static Rule.Head head(Rule.Head head, TermMapping mapping) {
    Term.Ref r = head.reference();
    return new Rule.Head(
        new Term.Ref(r.head(), mapping.terms(r.path()), r.span()),
        head.arguments(),
        head.key() == null ? null : mapping.term(head.key()),
        mapping.term(head.value()),
        true,
        true,
        head.span());
  }
}
