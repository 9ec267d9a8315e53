package dev.bylaw.expression;

import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import dev.cel.common.CelAbstractSyntaxTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An environment for expressions: the variables and functions they may name.
 *
 * <p>Thread-safe. Cheap to make; the parser behind it is set up by the first expression, which
 * takes some tenths of a second in a fresh process, so keep one environment and compile at load.
 *
 * <pre>{@code
 * var expressions = Expressions.over(Variable.text("action"), Variable.dynamic("params"));
 * var found = new Diagnostics();
 * var rule = expressions.condition("params.amount <= 100", span, found).orElseThrow();
 * Result result = rule.evaluate(Bindings.of(StringValue.of("issue_refund"), params));
 * }</pre>
 */
public final class Expressions {
  private final List<Variable> variables;
  private final Map<String, HostFunction> functions;
  private final Limits limits;
  private volatile @Nullable Front front;

  private Expressions(
      List<Variable> variables, Map<String, HostFunction> functions, Limits limits) {
    this.variables = variables;
    this.functions = functions;
    this.limits = limits;
  }

  /** An environment with these variables, whose slots are their places here, and no functions. */
  public static Expressions over(Variable... variables) {
    return of(List.of(variables), List.of(), Limits.DEFAULT);
  }

  /**
   * An environment.
   *
   * @param variables their slots are their places in the list
   * @param functions beside those of CEL
   * @throws IllegalArgumentException if a name is there twice, or a function has a name of CEL's
   */
  public static Expressions of(
      List<Variable> variables, List<HostFunction> functions, Limits limits) {
    if (variables.stream().map(Variable::name).distinct().count() < variables.size()) {
      throw new IllegalArgumentException("a variable twice: " + variables);
    }
    Map<String, HostFunction> byName = new HashMap<>();
    for (HostFunction function : functions) {
      if (Functions.names().contains(function.name())
          || byName.put(function.name() + "/" + function.arity(), function) != null) {
        throw new IllegalArgumentException("a function twice: " + function.name());
      }
    }
    return new Expressions(List.copyOf(variables), Map.copyOf(byName), limits);
  }

  /** The variables, in order of their slots. */
  public List<Variable> variables() {
    return variables;
  }

  /**
   * The slot of a variable.
   *
   * @throws IllegalArgumentException if there is no such variable
   */
  public int slot(String variable) {
    for (int i = 0; i < variables.size(); i++) {
      if (variables.get(i).name().equals(variable)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no variable " + variable + " in " + variables);
  }

  /**
   * Compiles an expression of any type.
   *
   * @param text the expression, as decoded from its file
   * @param span where it stands there, quotes included: diagnostics point into it
   * @param diagnostics takes what is wrong with it; warnings do not keep it from compiling
   * @return empty if there was an error
   */
  public Optional<Expression> compile(String text, Span span, Diagnostics diagnostics) {
    return compile(text, span, diagnostics, false);
  }

  /** {@link #compile} of a text that stands in no file. */
  public Optional<Expression> compile(String text, Diagnostics diagnostics) {
    return compile(text, Source.of("expression", text).span(), diagnostics);
  }

  /** {@link #compile} of an expression that must be true or false, as far as its type is known. */
  public Optional<Expression> condition(String text, Span span, Diagnostics diagnostics) {
    return compile(text, span, diagnostics, true);
  }

  private Optional<Expression> compile(
      String text, Span span, Diagnostics diagnostics, boolean isCondition) {
    Passage passage = new Passage(text, span);
    Optional<CelAbstractSyntaxTree> tree = front().check(passage, diagnostics);
    if (tree.isEmpty()) {
      return Optional.empty();
    }
    Diagnostics found = new Diagnostics();
    Planner planner = new Planner(tree.get(), passage, variables, functions, limits, found);
    Node root = planner.plan();
    String type = planner.knownType();
    if (isCondition && type != null && !type.equals("bool")) {
      found.error(
          Complaints.NO_CONDITION,
          passage.whole(),
          "expected a condition, found an expression of type `" + type + "`");
    }
    diagnostics.addAll(found.all());
    if (found.hasErrors()) {
      return Optional.empty();
    }
    Outline outline =
        Outline.of(tree.get().getExpr(), planner.nodes(), planner.ranges(), passage.text());
    return Optional.of(new Expression(passage, root, planner, outline, limits));
  }

  private Front front() {
    Front known = front;
    if (known == null) {
      synchronized (this) {
        known = front;
        if (known == null) {
          known = new Front(variables, List.copyOf(functions.values()), limits);
          front = known;
        }
      }
    }
    return known;
  }
}
