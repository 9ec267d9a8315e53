package dev.bylaw.policy.rego;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.StringValue;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Proves which actions a rule can be about: those that {@code input.action} or {@code input.tool}
 * is compared with in its body, or in the body of a plain rule that its body needs.
 *
 * <p>What is not proved is taken to be about every action.
 */
final class ActionFacts {
  private static final int DEEPEST = 4;

  /** The rules of the package, by name; the modules are read as they are written. */
  private final Map<String, List<Rule>> rules;

  private final Set<String> imported = new HashSet<>();

  ActionFacts(Map<String, List<Rule>> rules, List<Module> modules) {
    this.rules = rules;
    modules.forEach(module -> module.imports().forEach(each -> imported.add(each.name())));
  }

  /** The only actions for which a clause can hold; null if that is not known. */
  @Nullable Set<String> of(Rule clause) {
    return imported.contains("input") ? null : clause(clause, 0);
  }

  private @Nullable Set<String> clause(Rule clause, int depth) {
    Set<String> found = new LinkedHashSet<>();
    for (Rule branch = clause; branch != null; branch = branch.otherwise()) {
      Set<String> of = body(branch.body(), depth);
      if (of == null) {
        return null;
      }
      found.addAll(of);
    }
    return found;
  }

  private @Nullable Set<String> body(List<Literal> body, int depth) {
    for (Literal literal : body) {
      if (!literal.withs().isEmpty() || !(literal.expression() instanceof Expression.Plain plain)) {
        continue;
      }
      Set<String> found =
          switch (plain.term()) {
            case Term.Call call -> compared(call);
            case Term.Var rule when depth < DEEPEST && isRule(rule.name(), body) ->
                plainRule(rule.name(), depth);
            default -> null;
          };
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable Set<String> compared(Term.Call call) {
    List<Term> operands = call.arguments();
    if (operands.size() != 2) {
      return null;
    }
    Term left = operands.get(0);
    Term right = operands.get(1);
    return switch (call.name()) {
      case "equal", "eq" ->
          isAction(left) ? texts(List.of(right)) : isAction(right) ? texts(List.of(left)) : null;
      case "internal.member_2" -> isAction(left) ? elements(right) : null;
      default -> null;
    };
  }

  private static @Nullable Set<String> elements(Term domain) {
    return switch (domain) {
      case Term.ArrayTerm array -> texts(array.elements());
      case Term.SetTerm set -> texts(set.members());
      default -> null;
    };
  }

  /** {@code input.action} or {@code input.tool}. */
  private static boolean isAction(Term term) {
    return term instanceof Term.Ref ref
        && ref.startsWith("input")
        && ref.path().size() == 1
        && ref.constantKeys() == 1
        && (ref.key(0).equals("action") || ref.key(0).equals("tool"));
  }

  private static @Nullable Set<String> texts(List<Term> terms) {
    Set<String> texts = new LinkedHashSet<>();
    for (Term term : terms) {
      if (!(term instanceof Term.Scalar scalar && scalar.value() instanceof StringValue text)) {
        return null;
      }
      texts.add(text.text());
    }
    return texts.isEmpty() ? null : texts;
  }

  private boolean isRule(String name, List<Literal> body) {
    return rules.containsKey(name)
        && !imported.contains(name)
        && body.stream().noneMatch(literal -> declares(literal, name));
  }

  private static boolean declares(Literal literal, String name) {
    return switch (literal.expression()) {
      case Expression.Some(var variables) ->
          variables.stream().anyMatch(variable -> variable.name().equals(name));
      case Expression.SomeIn some ->
          (some.key() != null && mentions(some.key(), name)) || mentions(some.value(), name);
      case Expression.Plain(Term.Call call) when call.name().equals("assign") ->
          mentions(call.arguments().getFirst(), name);
      case Expression.Plain _, Expression.Every _, Expression.Not _, Expression.Logical _ -> false;
    };
  }

  /** Whether a pattern binds a name. */
  private static boolean mentions(Term pattern, String name) {
    return switch (pattern) {
      case Term.Var variable -> variable.name().equals(name);
      case Term.ArrayTerm array -> array.elements().stream().anyMatch(each -> mentions(each, name));
      case Term.ObjectTerm object ->
          object.entries().stream().anyMatch(each -> mentions(each.value(), name));
      case Term.Scalar _,
          Term.Ref _,
          Term.SetTerm _,
          Term.ArrayComprehension _,
          Term.SetComprehension _,
          Term.ObjectComprehension _,
          Term.Call _,
          Term.Template _ ->
          false;
    };
  }

  /** A rule without arguments or keys that is needed: one of its clauses held. */
  private @Nullable Set<String> plainRule(String name, int depth) {
    Set<String> found = new LinkedHashSet<>();
    for (Rule rule : rules.getOrDefault(name, List.of())) {
      Rule.Head head = rule.head();
      if (head.isFunction() || head.isPartialSet() || !head.reference().path().isEmpty()) {
        return null;
      }
      boolean isFalse =
          head.value() instanceof Term.Scalar scalar && scalar.value() == BooleanValue.FALSE;
      if (rule.isDefault() && isFalse) {
        continue;
      }
      Set<String> of = rule.isDefault() ? null : clause(rule, depth + 1);
      if (of == null) {
        return null;
      }
      found.addAll(of);
    }
    return found;
  }
}
