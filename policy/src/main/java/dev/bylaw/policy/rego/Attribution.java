package dev.bylaw.policy.rego;

import dev.bylaw.policy.language.CompiledPolicy.Breach;
import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.PreparedQuery;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.rego.plan.Observer;
import dev.bylaw.rego.plan.Session;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds which clause of a rule gave an element or failed, and which literal kept a clause from
 * holding.
 *
 * <p>Beside each clause stands a rule that is that clause alone, under a name that nobody can
 * write; as no rule depends on itself, what these give together is what the rule gives. They are
 * compiled when the first violation or failure asks for them.
 */
final class Attribution {
  private final Options options;
  private final List<Module> written;
  private volatile @Nullable Alone alone;

  Attribution(Options options, List<Module> written) {
    this.options = options;
    this.written = written;
  }

  /** The clauses, each as a rule of its own. */
  private record Alone(Policy policy, Map<Span, PreparedQuery> queries) {
    PreparedQuery query(Rule clause) {
      PreparedQuery query = queries.get(clause.span());
      if (query == null) {
        throw new IllegalStateException("no such clause: " + clause.span());
      }
      return query;
    }
  }

  /** The clause that gives an element. */
  Span span(DecisionRule rule, Value element, Session session, Value input, ObjectValue data) {
    if (rule.clauses().size() == 1) {
      return rule.span();
    }
    for (Rule clause : rule.clauses()) {
      try {
        Value value = alone().query(clause).value(session, input, data);
        if (value != null && gives(rule, value, element)) {
          return clause.span();
        }
      } catch (EvaluationException _) {
        // Not by this clause.
      }
    }
    return rule.span();
  }

  private static boolean gives(DecisionRule rule, Value value, Value element) {
    return switch (rule.shape()) {
      case COMPLETE -> value.equals(element);
      case SET, OBJECT -> Elements.gives(rule, value, element);
    };
  }

  /** What a rule comes to of which some clause cannot be evaluated: every clause counts. */
  List<Breach> failures(
      DecisionRule rule,
      EvaluationException failure,
      Session session,
      Value input,
      ObjectValue data) {
    if (rule.clauses().size() == 1 || rule.kind() == DecisionRule.Kind.ALLOW) {
      return List.of(RegoPolicy.failed(rule, place(rule, failure), failure.text()));
    }
    List<Breach> breaches = new ArrayList<>();
    boolean told = false;
    for (Rule clause : rule.clauses()) {
      try {
        Value value = alone().query(clause).value(session, input, data);
        if (value != null) {
          breaches.addAll(Elements.breaches(rule, value, _ -> clause.span()));
        }
      } catch (EvaluationException e) {
        breaches.add(RegoPolicy.failed(rule, clause.span(), reason(e, clause.span())));
        told = true;
      }
    }
    if (!told) {
      // Clauses that hold by themselves and contradict each other.
      breaches.add(RegoPolicy.failed(rule, place(rule, failure), failure.text()));
    }
    return breaches;
  }

  private static Span place(DecisionRule rule, EvaluationException failure) {
    Span span = failure.span();
    return span == null ? rule.span() : span;
  }

  /** Why, with the place where that is another one. */
  private static String reason(EvaluationException e, Span clause) {
    Span span = e.span();
    return span == null || span.equals(clause) ? e.text() : span + ": " + e.text();
  }

  private Alone alone() {
    Alone known = alone;
    if (known == null) {
      known = make();
      alone = known;
    }
    return known;
  }

  private Alone make() {
    List<Module> modules = new ArrayList<>();
    Map<Span, String> queries = new HashMap<>();
    int number = 0;
    for (Module module : written) {
      List<Rule> rules = new ArrayList<>(module.rules());
      for (Rule rule : module.rules()) {
        Rule.Head head = rule.head();
        if (DecisionRule.Kind.of(head.name()).isPresent()
            && !head.isFunction()
            && !rule.isDefault()) {
          String name = head.name() + "#" + number++;
          rules.add(named(rule, name));
          queries.put(rule.span(), DecisionRule.query(module.path(), name));
        }
      }
      modules.add(
          new Module(
              module.source(),
              module.dialect(),
              module.path(),
              module.packageSpan(),
              module.imports(),
              rules,
              module.comments(),
              List.of()));
    }
    Policy policy = Policy.ofModules(modules, options.withObserved(true));
    Map<Span, PreparedQuery> prepared = new HashMap<>();
    queries.forEach((span, query) -> prepared.put(span, policy.prepare(query)));
    return new Alone(policy, prepared);
  }

  private static Rule named(Rule rule, String name) {
    Rule.Head head = rule.head();
    Term.Ref reference = head.reference();
    Term.Ref other =
        new Term.Ref(
            new Term.Var(name, reference.head().span()), reference.path(), reference.span());
    Rule otherwise = rule.otherwise();
    return new Rule(
        new Rule.Head(
            other,
            head.arguments(),
            head.key(),
            head.value(),
            head.valueWritten(),
            head.assigned(),
            head.span()),
        rule.body(),
        false,
        otherwise == null ? null : named(otherwise, name),
        rule.span());
  }

  /** Why a rule is not violated: for each clause the literal that did not hold. */
  String why(
      DecisionRule rule, Function<Observer, Session> sessions, Value input, ObjectValue data) {
    List<String> lines = new ArrayList<>();
    for (Rule clause : rule.clauses()) {
      if (clause.isDefault()) {
        lines.add("`" + rule.name() + "` (" + clause.span() + ") has nothing but its default");
        continue;
      }
      Seen seen = new Seen();
      String head = "`" + rule.name() + "` (" + clause.span() + ")";
      try {
        Value value = alone().query(clause).value(sessions.apply(seen), input, data);
        boolean violated = value != null && Elements.isViolated(rule, value);
        lines.add(head + (violated ? " is violated" : ": " + seen.stopped(clause)));
      } catch (EvaluationException e) {
        lines.add(head + " cannot be evaluated: " + reason(e, clause.span()));
      }
    }
    return String.join("\n", lines);
  }

  /** The literals that were come to, in the order in which each was first. */
  private static final class Seen implements Observer {
    private final Set<Span> entered = new LinkedHashSet<>();

    @Override
    public void enter(Span literal) {
      entered.add(literal);
    }

    @Override
    public void pass(Span literal) {}

    @Override
    public void rule(String path, Span rule) {}

    /** The literal of a clause that evaluation came to last, and nowhere beyond. */
    String stopped(Rule clause) {
      Set<Span> own = new HashSet<>();
      clause.body().forEach(literal -> own.add(literal.span()));
      Span last = null;
      for (Span span : entered) {
        last = own.contains(span) ? span : last;
      }
      if (last == null) {
        return "it does not hold";
      }
      String line = last.text().lines().findFirst().orElse("").strip();
      return "`" + line + "` at " + last + " does not hold";
    }
  }
}
