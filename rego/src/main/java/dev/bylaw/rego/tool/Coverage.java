package dev.bylaw.rego.tool;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.plan.Observer;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which lines of which files were evaluated, and how often each literal. */
public final class Coverage implements Observer {
  private final Map<Span, Integer> entered = new HashMap<>();
  private final Map<Span, Integer> fired = new HashMap<>();

  @Override
  public void enter(Span literal) {
    entered.merge(literal, 1, Integer::sum);
  }

  @Override
  public void pass(Span literal) {}

  @Override
  public void rule(String path, Span rule) {
    fired.merge(rule, 1, Integer::sum);
  }

  /** How often each literal was entered. */
  public Map<Span, Integer> entered() {
    return Map.copyOf(entered);
  }

  /** How often the body of each rule held. */
  public Map<Span, Integer> fired() {
    return Map.copyOf(fired);
  }

  /** Per file what is covered and what is not, in the shape of {@code opa test --coverage}. */
  public ObjectValue report(List<Module> modules) {
    ObjectValue.Builder files = ObjectValue.builder();
    int coveredLines = 0;
    int allLines = 0;
    for (Module module : modules) {
      Set<Integer> all = new TreeSet<>();
      Set<Integer> covered = new TreeSet<>();
      module.rules().forEach(r -> rule(r, all, covered));
      Set<Integer> missed = new TreeSet<>(all);
      missed.removeAll(covered);
      coveredLines += covered.size();
      allLines += all.size();
      files.put(
          module.source().name(),
          ObjectValue.builder(5)
              .put("covered", ranges(covered))
              .put("not_covered", ranges(missed))
              .put("covered_lines", NumberValue.of(covered.size()))
              .put("not_covered_lines", NumberValue.of(missed.size()))
              .put("coverage", percent(covered.size(), all.size()))
              .build());
    }
    return ObjectValue.builder(4)
        .put("files", files.build())
        .put("covered_lines", NumberValue.of(coveredLines))
        .put("not_covered_lines", NumberValue.of(allLines - coveredLines))
        .put("coverage", percent(coveredLines, allLines))
        .build();
  }

  private static Value percent(int part, int whole) {
    return NumberValue.of(whole == 0 ? 100 : Math.round(part * 10_000.0 / whole) / 100.0);
  }

  private void rule(Rule rule, Set<Integer> all, Set<Integer> covered) {
    if (rule.isDefault()) {
      return;
    }
    int head = rule.head().span().position().line();
    all.add(head);
    if (fired.containsKey(rule.span())) {
      covered.add(head);
    }
    body(rule.body(), all, covered);
    if (rule.otherwise() != null) {
      rule(rule.otherwise(), all, covered);
    }
  }

  private void body(List<Literal> body, Set<Integer> all, Set<Integer> covered) {
    for (Literal literal : body) {
      int line = literal.span().position().line();
      all.add(line);
      if (entered.containsKey(literal.span())) {
        covered.add(line);
      }
      if (literal.expression() instanceof Expression.Every e) {
        body(e.body(), all, covered);
      }
    }
  }

  private static Value ranges(Set<Integer> lines) {
    List<Value> ranges = new ArrayList<>();
    TreeMap<Integer, Integer> found = new TreeMap<>();
    for (int line : lines) {
      Map.Entry<Integer, Integer> last = found.lastEntry();
      if (last != null && last.getValue() == line - 1) {
        found.put(last.getKey(), line);
      } else {
        found.put(line, line);
      }
    }
    found.forEach((from, to) ->
        ranges.add(
            ObjectValue.of(
                "start", ObjectValue.of("row", NumberValue.of(from)),
                "end", ObjectValue.of("row", NumberValue.of(to)))));
    return ArrayValue.of(ranges);
  }
}
