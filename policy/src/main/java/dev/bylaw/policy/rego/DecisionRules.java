package dev.bylaw.policy.rego;

import dev.bylaw.policy.Enforcement;
import dev.bylaw.policy.rego.DecisionRule.Kind;
import dev.bylaw.policy.rego.DecisionRule.Shape;
import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.builtin.Builtin;
import dev.bylaw.rego.builtin.Builtins;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.StringValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the rules of a policy that say what is violated, and points out what looks like one and is
 * none: functions, values that are no truth, names that nobody asks for.
 */
final class DecisionRules {
  static final String HELPER = "W0211";
  static final String NEARLY = "W0212";
  static final String NONE = "E0221";

  private static final List<String> WORDS = Arrays.stream(Kind.values()).map(Kind::word).toList();

  private final List<Module> modules;
  private final Diagnostics diagnostics;

  private DecisionRules(List<Module> modules, Diagnostics diagnostics) {
    this.modules = modules;
    this.diagnostics = diagnostics;
  }

  /**
   * The rules, in the order of the text.
   *
   * @param modules as they are written
   * @param diagnostics takes what is pointed out; an error if there is no rule that is asked
   */
  static List<DecisionRule> of(List<Module> modules, Diagnostics diagnostics) {
    return new DecisionRules(modules, diagnostics).find();
  }

  private List<DecisionRule> find() {
    Map<List<String>, List<Module>> packages = new LinkedHashMap<>();
    modules.forEach(
        each -> packages.computeIfAbsent(each.path(), _ -> new ArrayList<>()).add(each));
    List<DecisionRule> found = new ArrayList<>();
    packages.forEach((path, inPackage) -> {
      Map<String, List<Rule>> byName = new LinkedHashMap<>();
      for (Module module : inPackage) {
        for (Rule rule : module.rules()) {
          byName.computeIfAbsent(rule.head().name(), _ -> new ArrayList<>()).add(rule);
        }
      }
      ActionFacts facts = new ActionFacts(byName, inPackage);
      byName.forEach((name, rules) -> {
        Optional<Kind> kind = Kind.of(name);
        kind.flatMap(known -> rule(path, name, known, rules, facts)).ifPresent(found::add);
        if (kind.isEmpty()) {
          nearly(name, rules.getFirst());
        }
      });
    });
    if (found.isEmpty()) {
      diagnostics.error(
          NONE,
          modules.getFirst().packageSpan(),
          "no rule here says what is violated",
          "name one `deny`, `violation`, `warn`, `require_approval` or `allow`");
    }
    return found;
  }

  private Optional<DecisionRule> rule(
      List<String> path, String name, Kind kind, List<Rule> rules, ActionFacts facts) {
    List<Rule> clauses = rules.stream().filter(rule -> !rule.isDefault()).toList();
    Rule first = clauses.isEmpty() ? rules.getFirst() : clauses.getFirst();
    if (first.head().isFunction()) {
      helper(first, "`" + name + "` is a function, which nothing asks");
      return Optional.empty();
    }
    Shape shape = shape(clauses);
    boolean truth = rules.stream().anyMatch(DecisionRules::canBeTruth);
    if (shape == Shape.COMPLETE ? !truth : kind == Kind.ALLOW) {
      helper(
          first,
          kind == Kind.ALLOW
              ? "`allow` is no boolean, so nothing asks whether it is true"
              : "`" + name + "` is never true or false, so nothing is violated by it");
      return Optional.empty();
    }
    if (clauses.isEmpty()) {
      clauses = rules;
    }
    Set<String> asked = new LinkedHashSet<>();
    Set<String> named = new LinkedHashSet<>();
    boolean open = kind == Kind.ALLOW || defaultCanBeTrue(rules);
    for (Rule clause : clauses) {
      Set<String> of = facts.of(clause);
      open |= of == null;
      if (of != null) {
        named.addAll(of);
      }
    }
    if (!open) {
      asked.addAll(named);
    }
    return Optional.of(
        new DecisionRule(path, name, kind, shape, clauses, asked, named, failing(kind, clauses)));
  }

  private void helper(Rule rule, String message) {
    diagnostics.warning(
        HELPER,
        rule.head().span(),
        message,
        "it is a helper; call it otherwise, or give it elements with `contains`");
  }

  /** Names that somebody may take for one that is asked: {@code violations}, {@code denied}. */
  private void nearly(String name, Rule rule) {
    if (rule.head().isFunction()) {
      return;
    }
    Optional<String> close = DidYouMean.closest(name, WORDS);
    if (close.isEmpty()) {
      close =
          WORDS.stream().filter(word -> !word.equals("allow") && name.startsWith(word)).findFirst();
    }
    close.ifPresent(word ->
        diagnostics.warning(
            NEARLY,
            rule.head().span(),
            "nothing asks for `" + name + "`",
            "is `" + word + "` meant, or `" + word + "_…`?"));
  }

  private static Shape shape(List<Rule> clauses) {
    boolean keys = false;
    boolean members = false;
    for (Rule clause : clauses) {
      keys |= !clause.head().reference().path().isEmpty();
      members |= clause.head().isPartialSet();
    }
    return keys ? Shape.OBJECT : members ? Shape.SET : Shape.COMPLETE;
  }

  private static boolean defaultCanBeTrue(List<Rule> rules) {
    return rules.stream()
        .anyMatch(rule ->
            rule.isDefault()
                && !(rule.head().value() instanceof Term.Scalar scalar
                    && scalar.value() == BooleanValue.FALSE));
  }

  private static boolean canBeTruth(Rule rule) {
    for (Rule branch = rule; branch != null; branch = branch.otherwise()) {
      if (canBeTruth(branch.head().value(), branch.body(), 0)) {
        return true;
      }
    }
    return false;
  }

  private static boolean canBeTruth(Term value, List<Literal> body, int depth) {
    return switch (value) {
      case Term.Scalar scalar -> scalar.value() instanceof BooleanValue;
      case Term.ArrayTerm _,
          Term.ObjectTerm _,
          Term.SetTerm _,
          Term.ArrayComprehension _,
          Term.SetComprehension _,
          Term.ObjectComprehension _,
          Term.Template _ ->
          false;
      case Term.Call call -> canGiveTruth(call);
      case Term.Var variable when depth < 4 -> {
        for (Literal literal : body) {
          if (literal.expression() instanceof Expression.Plain(Term.Call call)
              && (call.name().equals("assign") || call.name().equals("eq"))
              && call.arguments().size() == 2
              && call.arguments().get(0) instanceof Term.Var bound
              && bound.name().equals(variable.name())) {
            yield canBeTruth(call.arguments().get(1), body, depth + 1);
          }
        }
        yield true;
      }
      case Term.Var _, Term.Ref _ -> true;
    };
  }

  private static boolean canGiveTruth(Term.Call call) {
    Builtin builtin = Builtins.ALL.get(call.name());
    if (builtin == null) {
      return true;
    }
    String signature = builtin.signature();
    String result = signature.substring(signature.lastIndexOf("->") + 2).strip();
    return result.contains("boolean") || result.contains("any");
  }

  /**
   * The level at which a rule fails: where its elements state one of their own, the strongest, as
   * nobody knows which it would have been.
   */
  private static Optional<Enforcement> failing(Kind kind, List<Rule> clauses) {
    Optional<Enforcement> level = kind.level();
    for (Rule clause : clauses) {
      for (Enforcement stated : StatedLevels.of(clause)) {
        level = Optional.of(level.map(known -> known.or(stated)).orElse(stated));
      }
    }
    return level;
  }

  /** The levels that the elements of a clause state. */
  private static final class StatedLevels {
    private final Set<Enforcement> found = new LinkedHashSet<>();

    static Set<Enforcement> of(Rule clause) {
      StatedLevels levels = new StatedLevels();
      Rule.Head head = clause.head();
      levels.in(head.key() == null ? head.value() : head.key());
      clause.body().forEach(levels::in);
      return levels.found;
    }

    private void in(Literal literal) {
      if (literal.expression() instanceof Expression.Plain(var term)) {
        in(term);
      }
    }

    private void in(Term term) {
      switch (term) {
        case Term.ObjectTerm object ->
            object
                .entries()
                .forEach(entry -> {
                  if (entry.key() instanceof Term.Scalar key
                      && key.value().equals(StringValue.of("enforcement"))) {
                    found.add(level(entry.value()));
                  }
                });
        case Term.Call call -> call.arguments().forEach(this::in);
        case Term.Scalar _,
            Term.Var _,
            Term.Ref _,
            Term.ArrayTerm _,
            Term.SetTerm _,
            Term.ArrayComprehension _,
            Term.SetComprehension _,
            Term.ObjectComprehension _,
            Term.Template _ -> {}
      }
    }

    private static Enforcement level(Term term) {
      return term instanceof Term.Scalar scalar && scalar.value() instanceof StringValue word
          ? Enforcement.named(word.text()).orElse(Enforcement.BLOCK)
          : Enforcement.BLOCK;
    }
  }
}
