package dev.bylaw.playbook.definition;

import dev.bylaw.document.Node;
import dev.bylaw.expression.Expression;
import dev.bylaw.expression.Expressions;
import dev.bylaw.expression.Limits;
import dev.bylaw.expression.Reference;
import dev.bylaw.expression.Type;
import dev.bylaw.expression.Variable;
import dev.bylaw.syntax.Diagnostics;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the conditions of one playbook. */
final class ConditionReader {
  private static final String TEMPLATE_HERE = "E0318";

  static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern ASKED =
      Pattern.compile("steps(?:\\.|\\[[\"'])([A-Za-z_][A-Za-z0-9_-]*)");

  /** Words of CEL that no variable can have. */
  private static final Set<String> WORDS =
      Set.of(
          "as",
          "break",
          "const",
          "continue",
          "else",
          "false",
          "for",
          "function",
          "if",
          "import",
          "in",
          "let",
          "loop",
          "namespace",
          "null",
          "package",
          "return",
          "true",
          "var",
          "void",
          "while");

  /** A condition is evaluated at every step of every run: it gets less than a policy. */
  private static final Limits LIMITS = Limits.DEFAULT.withSteps(100_000);

  private final Names names;
  private final List<Variable> variables = new ArrayList<>();
  private final Diagnostics diagnostics;
  private final Set<String> used = new LinkedHashSet<>();
  private @Nullable Expressions forStep;
  private @Nullable Expressions forRetry;

  ConditionReader(Names names, Set<String> conditionNames, Diagnostics diagnostics) {
    this.names = names;
    this.diagnostics = diagnostics;
    for (String name : conditionNames) {
      if (NAME.matcher(name).matches() && !WORDS.contains(name)) {
        variables.add(Variable.dynamic(name));
      }
    }
    variables.add(new Variable(CelCondition.STEPS, Type.OBJECT));
  }

  /** The steps that an {@code if} asks about, before it is read. */
  static Set<String> stepsAskedAbout(Optional<Node> condition) {
    Set<String> asked = new LinkedHashSet<>();
    if (condition.orElse(null) instanceof Node.Scalar scalar) {
      Matcher steps = ASKED.matcher(scalar.text());
      while (steps.find()) {
        asked.add(steps.group(1));
      }
    }
    return asked;
  }

  /** The names of inputs and vars that conditions refer to. */
  Set<String> used() {
    return used;
  }

  Optional<Condition> read(Node node, String key, boolean afterFailure) {
    if (!(node instanceof Node.Scalar scalar)
        || scalar.value().kind() == dev.bylaw.value.Value.Kind.NULL) {
      diagnostics.error(
          TEMPLATE_HERE,
          node.span(),
          "expected a condition for `" + key + "`, found " + node.kind(),
          node.unquotedTemplate().isPresent() ? "write the name without braces" : "");
      return Optional.empty();
    }
    if (scalar.text().contains("{{")) {
      diagnostics.error(
          TEMPLATE_HERE,
          scalar.span(),
          "a condition has no templates",
          "write the names without braces: `amount > 100`");
      return Optional.empty();
    }
    Expressions expressions = afterFailure ? forRetry() : forStep();
    Optional<Expression> expression =
        expressions.condition(scalar.text(), scalar.span(), diagnostics);
    if (expression.isEmpty()) {
      return Optional.empty();
    }
    for (Reference reference : expression.get().references()) {
      if (reference.variable().equals(CelCondition.STEPS) && !reference.path().isEmpty()) {
        List<String> path = reference.path();
        names.step(path.getFirst(), path.subList(1, path.size()), scalar.span());
      }
    }
    var condition =
        new CelCondition(
            expression.get(), expressions.variables().stream().map(Variable::name).toList());
    used.addAll(condition.names());
    return Optional.of(condition);
  }

  private Expressions forStep() {
    if (forStep == null) {
      forStep = Expressions.of(variables, List.of(), LIMITS);
    }
    return forStep;
  }

  private Expressions forRetry() {
    if (forRetry == null) {
      List<Variable> more = new ArrayList<>(variables);
      more.add(new Variable(CelCondition.ERROR, Type.OBJECT));
      more.add(new Variable(CelCondition.OUTPUT, Type.OBJECT));
      more.add(new Variable(CelCondition.ATTEMPT, Type.NUMBER));
      forRetry = Expressions.of(more, List.of(), LIMITS);
    }
    return forRetry;
  }
}
