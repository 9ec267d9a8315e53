package dev.bylaw.rego.tool;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.plan.Observer;
import dev.bylaw.syntax.Position;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** Which of the places of a file that can be evaluated were. */
  private static final class Places {
    private final Set<Span> covered = new TreeSet<>(ORDER);
    private final Set<Span> missed = new TreeSet<>(ORDER);

    private static final Comparator<Span> ORDER =
        Comparator.comparingInt(Span::start).thenComparingInt(Span::end);

    void add(Span place, boolean met) {
      (met ? covered : missed).add(place);
    }

    /** The lines of some places. */
    private static Set<Integer> lines(Set<Span> places) {
      Set<Integer> lines = new TreeSet<>();
      for (Span span : places) {
        int last = end(span).line();
        for (int line = span.position().line(); line <= last; line++) {
          lines.add(line);
        }
      }
      return lines;
    }

    /** The lines of which all was evaluated, or what there is was in part. */
    Set<Integer> coveredLines() {
      return lines(covered);
    }

    Set<Integer> missedLines() {
      Set<Integer> lines = lines(missed);
      lines.removeAll(coveredLines());
      return lines;
    }
  }

  private Places places(Module module) {
    var places = new Places();
    module.rules().forEach(r -> rule(r, places));
    return places;
  }

  /** How many lines in a hundred are covered. */
  public double percent(List<Module> modules) {
    int covered = 0;
    int all = 0;
    for (Module module : modules) {
      Places places = places(module);
      covered += places.coveredLines().size();
      all += places.coveredLines().size() + places.missedLines().size();
    }
    return percent(covered, all);
  }

  /**
   * Per file what is covered and what is not, in the shape of {@code opa test --coverage}: heads
   * and literals from where they begin to behind where they end. A line counts as covered if
   * anything on it is; values of defaults do not count.
   */
  public ObjectValue report(List<Module> modules) {
    ObjectValue.Builder files = ObjectValue.builder();
    int coveredLines = 0;
    int missedLines = 0;
    for (Module module : sorted(modules)) {
      Places places = places(module);
      int covered = places.coveredLines().size();
      int missed = places.missedLines().size();
      coveredLines += covered;
      missedLines += missed;
      ObjectValue.Builder file = ObjectValue.builder(5);
      if (!places.covered.isEmpty()) {
        file.put("covered", ranges(places.covered));
      }
      if (!places.missed.isEmpty()) {
        file.put("not_covered", ranges(places.missed));
      }
      if (covered > 0) {
        file.put("covered_lines", NumberValue.of(covered));
      }
      if (missed > 0) {
        file.put("not_covered_lines", NumberValue.of(missed));
      }
      file.put("coverage", NumberValue.of(percent(covered, covered + missed)));
      files.put(module.source().name(), file.build());
    }
    return ObjectValue.builder(4)
        .put("files", files.build())
        .put("covered_lines", NumberValue.of(coveredLines))
        .put("not_covered_lines", NumberValue.of(missedLines))
        .put("coverage", NumberValue.of(percent(coveredLines, coveredLines + missedLines)))
        .build();
  }

  private static List<Module> sorted(List<Module> modules) {
    return modules.stream().sorted(Comparator.comparing(m -> m.source().name())).toList();
  }

  private static double percent(int part, int whole) {
    return whole == 0 ? 100 : part * 100.0 / whole;
  }

  private void rule(Rule rule, Places places) {
    if (rule.isDefault()) {
      return;
    }
    places.add(rule.head().span(), fired.containsKey(rule.span()));
    body(rule.body(), places);
    if (rule.otherwise() != null) {
      rule(rule.otherwise(), places);
    }
  }

  private void body(List<Literal> body, Places places) {
    for (Literal literal : body) {
      Span span = literal.span();
      boolean met = entered.containsKey(span);
      if (literal.expression() instanceof Expression.Every e && !e.body().isEmpty()) {
        // The literals within it speak for themselves.
        Span before = new Span(span.source(), span.start(), e.body().getFirst().span().start());
        places.add(stripped(before), met);
        body(e.body(), places);
      } else {
        places.add(span, met);
      }
    }
  }

  private static Span stripped(Span span) {
    String text = span.text();
    int end = text.length();
    while (end > 0
        && (Character.isWhitespace(text.charAt(end - 1)) || text.charAt(end - 1) == '{')) {
      end--;
    }
    return new Span(span.source(), span.start(), span.start() + end);
  }

  private static Position end(Span span) {
    return span.source().position(span.end());
  }

  private static Value ranges(Set<Span> places) {
    List<Value> ranges = new ArrayList<>();
    for (Span place : places) {
      ranges.add(ObjectValue.of("start", point(place.position()), "end", point(end(place))));
    }
    return ArrayValue.of(ranges);
  }

  private static Value point(Position at) {
    return ObjectValue.of("row", NumberValue.of(at.line()), "col", NumberValue.of(at.column()));
  }
}
