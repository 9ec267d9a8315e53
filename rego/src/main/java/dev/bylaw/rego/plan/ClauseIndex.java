package dev.bylaw.rego.plan;

import dev.bylaw.rego.plan.ClauseNeeds.Question;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which clauses of a rule can hold, by what they compare the input or an argument with.
 *
 * <p>A clause is looked up by the question that most clauses ask, and among those that agree by the
 * next; clauses that do not ask it by what they ask. Those that ask nothing are always looked at.
 * The index only leaves out clauses that cannot hold: those it finds are still evaluated.
 */
abstract sealed class ClauseIndex {
  private static final int FEWEST = 3;
  private static final int MOST_DEEP = 4;

  /** Takes the clauses that may hold; false to stop. */
  interface Visitor {
    boolean visit(Clause clause);
  }

  /** A clause with the answers that it needs. */
  record Entry(Clause clause, Map<ClauseNeeds.Key, Set<Value>> needs) {}

  /** Visits the clauses that may hold; false if the visitor stopped. */
  abstract boolean visit(Evaluation e, Value[] arguments, Visitor visitor);

  /** The clauses, where all of them are looked at anyway; else none. */
  Clause[] untold() {
    return new Clause[0];
  }

  /** Clauses that are all looked at. */
  private static final class All extends ClauseIndex {
    private final Clause[] clauses;

    All(List<Entry> entries) {
      this.clauses = entries.stream().map(Entry::clause).toArray(Clause[]::new);
    }

    @Override
    Clause[] untold() {
      return clauses;
    }

    @Override
    boolean visit(Evaluation e, Value[] arguments, Visitor visitor) {
      for (Clause clause : clauses) {
        if (!visitor.visit(clause)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Clauses by the value that they need. */
  private static final class ByValue extends ClauseIndex {
    private final Question question;
    private final Map<Value, ClauseIndex> answers;
    private final ClauseIndex others;

    ByValue(Question question, Map<Value, ClauseIndex> answers, ClauseIndex others) {
      this.question = question;
      this.answers = answers;
      this.others = others;
    }

    @Override
    boolean visit(Evaluation e, Value[] arguments, Visitor visitor) {
      Value answer = question.answer(e, arguments);
      ClauseIndex found = answer == null ? null : answers.get(answer);
      return (found == null || found.visit(e, arguments, visitor))
          && others.visit(e, arguments, visitor);
    }
  }

  /** Clauses by what the text that they need begins with. */
  private static final class ByPrefix extends ClauseIndex {
    private final Question question;
    private final Map<String, ClauseIndex> prefixes;
    private final ClauseIndex others;

    /** How long prefixes are, shortest first: one look-up for each. */
    private final int[] lengths;

    ByPrefix(Question question, Map<String, ClauseIndex> prefixes, ClauseIndex others) {
      this.question = question;
      this.prefixes = prefixes;
      this.others = others;
      this.lengths =
          prefixes.keySet().stream().mapToInt(String::length).distinct().sorted().toArray();
    }

    @Override
    boolean visit(Evaluation e, Value[] arguments, Visitor visitor) {
      Value answer = question.answer(e, arguments);
      if (answer != null && !found(answer, e, arguments, visitor)) {
        return false;
      }
      return others.visit(e, arguments, visitor);
    }

    private boolean found(Value answer, Evaluation e, Value[] arguments, Visitor visitor) {
      if (!(answer instanceof StringValue s) || e.functions != null) {
        // No text is an error of the builtin, which may be replaced, too: the clauses shall see.
        for (ClauseIndex each : prefixes.values()) {
          if (!each.visit(e, arguments, visitor)) {
            return false;
          }
        }
        return true;
      }
      String text = s.text();
      for (int length : lengths) {
        if (length > text.length()) {
          return true;
        }
        ClauseIndex some = prefixes.get(text.substring(0, length));
        if (some != null && !some.visit(e, arguments, visitor)) {
          return false;
        }
      }
      return true;
    }
  }

  /** The index of clauses. */
  static ClauseIndex of(List<Entry> entries) {
    return of(entries, 0);
  }

  private static ClauseIndex of(List<Entry> entries, int depth) {
    ClauseNeeds.Key key = depth > MOST_DEEP ? null : mostAsked(entries);
    if (key == null) {
      return new All(entries);
    }
    List<Entry> others = new ArrayList<>();
    Map<Value, List<Entry>> groups = new LinkedHashMap<>();
    for (Entry e : entries) {
      Set<Value> answers = e.needs.get(key);
      if (answers == null) {
        others.add(e);
        continue;
      }
      Map<ClauseNeeds.Key, Set<Value>> rest = new LinkedHashMap<>(e.needs);
      rest.remove(key);
      for (Value answer : answers) {
        groups.computeIfAbsent(answer, k -> new ArrayList<>()).add(new Entry(e.clause, rest));
      }
    }
    // Of those that do not ask, none asks this question again: this ends.
    ClauseIndex rest = of(others, depth);
    if (!key.prefix()) {
      Map<Value, ClauseIndex> answers = HashMap.newHashMap(groups.size());
      groups.forEach((answer, group) -> answers.put(answer, of(group, depth + 1)));
      return new ByValue(key.question(), answers, rest);
    }
    Map<String, ClauseIndex> prefixes = LinkedHashMap.newLinkedHashMap(groups.size());
    groups.forEach(
        (prefix, group) -> prefixes.put(((StringValue) prefix).text(), of(group, depth + 1)));
    return new ByPrefix(key.question(), prefixes, rest);
  }

  private static ClauseNeeds.@Nullable Key mostAsked(List<Entry> entries) {
    Map<ClauseNeeds.Key, Integer> asked = new LinkedHashMap<>();
    for (Entry e : entries) {
      e.needs.keySet().forEach(key -> asked.merge(key, 1, Integer::sum));
    }
    ClauseNeeds.Key best = null;
    int most = FEWEST - 1;
    for (Map.Entry<ClauseNeeds.Key, Integer> each : asked.entrySet()) {
      if (each.getValue() > most) {
        best = each.getKey();
        most = each.getValue();
      }
    }
    return best;
  }
}
