package dev.bylaw.expression;

import dev.bylaw.value.Value;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Works out what must hold for a condition to be anything but false. */
final class Facts {
  private Facts() {}

  static List<Fact> of(Node root) {
    return needed(root).entrySet().stream()
        .map(entry -> new Fact(entry.getKey(), entry.getValue()))
        .sorted(java.util.Comparator.comparing(fact -> fact.reference().toString()))
        .toList();
  }

  /** Values that a reference must be among; an empty set: the condition is never true. */
  private static Map<Reference, Set<Value>> needed(Node node) {
    return switch (node) {
      case Logic.Junction junction when junction.isConjunction() -> {
        Map<Reference, Set<Value>> all = new HashMap<>();
        for (Node term : junction.terms()) {
          needed(term).forEach((reference, values) -> all.merge(reference, values, Facts::both));
        }
        all.values().removeIf(Set::isEmpty);
        yield all;
      }
      case Logic.Junction junction -> alternatives(junction.terms());
      case Comparison.ConstantEqual equal when !equal.isNegated() ->
          among(equal.operand(), Set.of(equal.scalar()));
      case Comparison.Among among when !among.scalars().isEmpty() ->
          among(among.operand(), among.scalars());
      default -> Map.of();
    };
  }

  private static Map<Reference, Set<Value>> alternatives(List<Node> terms) {
    Map<Reference, Set<Value>> common = new HashMap<>(needed(terms.getFirst()));
    for (Node term : terms.subList(1, terms.size())) {
      Map<Reference, Set<Value>> other = needed(term);
      common.keySet().retainAll(other.keySet());
      common.replaceAll((reference, values) -> either(values, other.get(reference)));
    }
    return common;
  }

  private static Map<Reference, Set<Value>> among(Node operand, Set<Value> values) {
    return operand instanceof Access.Path path ? Map.of(path.reference(), values) : Map.of();
  }

  private static Set<Value> both(Set<Value> a, Set<Value> b) {
    Set<Value> both = new LinkedHashSet<>(a);
    both.retainAll(b);
    return both;
  }

  private static Set<Value> either(Set<Value> a, @org.jspecify.annotations.Nullable Set<Value> b) {
    Set<Value> either = new LinkedHashSet<>(a);
    if (b != null) {
      either.addAll(b);
    }
    return either;
  }
}
