package dev.bylaw.rego.tool;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.check.Rewrite;
import dev.bylaw.rego.check.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes modules ready for their tests. A name that several rules have is one for each, {@code
 * test_x}, {@code test_x#01}, …: else one of them could hide that another fails. A rule with cases,
 * {@code test_x[case]}, tells the runner of each case as soon as it is known, so that one that does
 * not hold is not just missing.
 */
public final class TestRules {
  private static final String TEST = "test_";
  private static final String SKIPPED = "todo_test_";

  private TestRules() {}

  /**
   * A test's name: what its head begins with.
   *
   * @param path the names up to the one that begins with {@code test_}
   * @param cases whether keys stand behind it
   */
  record Name(List<String> path, boolean cases) {
    boolean isSkipped() {
      return path.getLast().startsWith(SKIPPED);
    }

    /** As it is written behind the package. */
    String dotted() {
      // The root of references is written, and taken away again.
      return path.getFirst() + Text.dotted(path.subList(1, path.size())).substring("data".length());
    }
  }

  /** The name of a test; null if the rule is none. */
  static @Nullable Name name(Rule rule) {
    Term.Ref reference = rule.head().reference();
    List<String> path = new ArrayList<>();
    path.add(rule.head().name());
    for (int i = 0; !isTest(path.getLast()); i++) {
      if (i == reference.constantKeys()) {
        return null;
      }
      path.add(reference.key(i));
    }
    return new Name(path, reference.path().size() >= path.size());
  }

  private static boolean isTest(String name) {
    return name.startsWith(TEST) || name.startsWith(SKIPPED);
  }

  /** The modules with tests that are apart, and that tell of their cases. */
  public static List<Module> ready(List<Module> modules) {
    Map<List<String>, Integer> seen = new HashMap<>();
    List<Module> all = new ArrayList<>();
    for (Module m : modules) {
      List<Rule> rules = new ArrayList<>();
      for (Rule rule : m.rules()) {
        Name name = name(rule);
        if (name == null || name.isSkipped()) {
          rules.add(rule);
          continue;
        }
        List<String> key = new ArrayList<>(m.path());
        key.addAll(name.path);
        int number = seen.merge(key, 1, Integer::sum) - 1;
        Rule telling = telling(rule, name);
        rules.add(number == 0 ? telling : renamed(telling, name, String.format("#%02d", number)));
      }
      all.add(m.withRules(rules));
    }
    return all;
  }

  private static Rule renamed(Rule rule, Name name, String suffix) {
    Rule.Head head = rule.head();
    Term.Ref reference = head.reference();
    String text = name.path.getLast() + suffix;
    int last = name.path.size() - 2;
    Term root = reference.head();
    List<Term> keys = new ArrayList<>(reference.path());
    if (last < 0) {
      root = new Term.Var(text, root.span());
    } else {
      keys.set(last, Term.string(text, keys.get(last).span()));
    }
    Rule.Head other =
        new Rule.Head(
            new Term.Ref(root, keys, reference.span()),
            head.arguments(),
            head.key(),
            head.value(),
            head.valueWritten(),
            head.assigned(),
            head.span());
    return new Rule(other, rule.body(), rule.isDefault(), rule.otherwise(), rule.span());
  }

  /** The rule with a call behind the literals that the keys of its cases are first named in. */
  private static Rule telling(Rule rule, Name name) {
    Term.Ref reference = rule.head().reference();
    List<Term> keys = reference.path().subList(name.path.size() - 1, reference.path().size());
    Set<String> wanted = variables(keys);
    if (wanted.isEmpty() || rule.body().isEmpty()) {
      return rule;
    }
    int at = 0;
    for (int i = 0; i < rule.body().size() && !wanted.isEmpty(); i++) {
      if (wanted.removeAll(variables(rule.body().get(i)))) {
        at = i + 1;
      }
    }
    var span = reference.span();
    Term.Ref operator =
        new Term.Ref(new Term.Var("internal", span), List.of(Term.string("test_case", span)), span);
    Term call = new Term.Call(operator, List.of(new Term.ArrayTerm(keys, span)), span);
    List<Literal> body = new ArrayList<>(rule.body());
    body.add(at, new Literal(new Expression.Plain(call), List.of(), span));
    return new Rule(rule.head(), body, rule.isDefault(), rule.otherwise(), rule.span());
  }

  private static Set<String> variables(List<Term> terms) {
    var found = new Variables();
    found.terms(terms);
    return found.names;
  }

  private static Set<String> variables(Literal literal) {
    var found = new Variables();
    found.literal(literal);
    return found.names;
  }

  private static final class Variables extends Rewrite {
    private final Set<String> names = new HashSet<>();

    @Override
    public Term term(Term term) {
      if (term instanceof Term.Var v) {
        names.add(v.name());
      }
      return super.term(term);
    }
  }
}
