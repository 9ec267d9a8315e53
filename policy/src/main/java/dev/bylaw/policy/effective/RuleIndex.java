package dev.bylaw.policy.effective;

import dev.bylaw.expression.Expression;
import dev.bylaw.expression.Fact;
import dev.bylaw.expression.Reference;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.policy.rule.Evaluation;
import dev.bylaw.policy.rule.Pattern;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rules that a request can concern, without looking at the others: by action, capability,
 * checkpoint and type of resource, and among those by what the guard compares.
 *
 * <p>A rule that is left out is not applicable for certain; one that is found need not apply.
 */
final class RuleIndex {
  private final Map<String, Bucket> byAction;
  private final Map<String, Bucket> byCheckpoint;
  private final Map<String, Bucket> byResourceType;
  private final Bucket others;

  private RuleIndex(
      Map<String, Bucket> byAction,
      Map<String, Bucket> byCheckpoint,
      Map<String, Bucket> byResourceType,
      Bucket others) {
    this.byAction = byAction;
    this.byCheckpoint = byCheckpoint;
    this.byResourceType = byResourceType;
    this.others = others;
  }

  /** An index of rules, which it finds by their places in the list. */
  static RuleIndex of(List<EffectiveRule> rules) {
    Map<String, List<Integer>> actions = new HashMap<>();
    Map<String, List<Integer>> checkpoints = new HashMap<>();
    Map<String, List<Integer>> resources = new HashMap<>();
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      Pattern pattern = rules.get(i).rule().pattern();
      int place = i;
      pattern.actions().forEach(key -> add(actions, key, place));
      pattern.checkpoints().forEach(key -> add(checkpoints, key, place));
      if (!pattern.resourceType().isEmpty()) {
        add(resources, pattern.resourceType(), place);
      }
      if (pattern.every() || !pattern.prefixes().isEmpty() || pattern.isOpen()) {
        others.add(place);
      }
    }
    return new RuleIndex(
        buckets(actions, rules),
        buckets(checkpoints, rules),
        buckets(resources, rules),
        Bucket.of(others, rules));
  }

  private static void add(Map<String, List<Integer>> to, String key, int place) {
    to.computeIfAbsent(key, _ -> new ArrayList<>()).add(place);
  }

  private static Map<String, Bucket> buckets(
      Map<String, List<Integer>> places, List<EffectiveRule> rules) {
    Map<String, Bucket> buckets = HashMap.newHashMap(places.size());
    places.forEach((key, rule) -> buckets.put(key, Bucket.of(rule, rules)));
    return buckets;
  }

  /** The places of the rules that a request can concern, in order, each once. */
  int[] find(Evaluation evaluation) {
    PolicyInput input = evaluation.input();
    Found found = new Found();
    String tool = input.facts().tool();
    String capability = input.facts().capability();
    collect(byAction.get(tool), evaluation, found);
    if (!capability.equals(tool)) {
      collect(byAction.get(capability), evaluation, found);
    }
    if (!byCheckpoint.isEmpty()) {
      collect(byCheckpoint.get(input.checkpoint().text()), evaluation, found);
    }
    if (!byResourceType.isEmpty() && input.resource().get("type") instanceof StringValue type) {
      collect(byResourceType.get(type.text()), evaluation, found);
    }
    others.collect(evaluation, found);
    return found.inOrder();
  }

  private static void collect(@Nullable Bucket bucket, Evaluation evaluation, Found found) {
    if (bucket != null) {
      bucket.collect(evaluation, found);
    }
  }

  /** Places, collected. */
  private static final class Found {
    private int[] places = new int[32];
    private int size;

    void add(int[] more) {
      if (size + more.length > places.length) {
        places = Arrays.copyOf(places, Math.max(places.length * 2, size + more.length));
      }
      System.arraycopy(more, 0, places, size, more.length);
      size += more.length;
    }

    int[] inOrder() {
      Arrays.sort(places, 0, size);
      int kept = 0;
      for (int i = 0; i < size; i++) {
        if (kept == 0 || places[kept - 1] != places[i]) {
          places[kept++] = places[i];
        }
      }
      return kept == places.length ? places : Arrays.copyOf(places, kept);
    }
  }

  /** Rules that action, checkpoint and resource do not tell apart; what guards compare may. */
  private static final class Bucket {
    /** Rules whose guard compares nothing. */
    private final int[] always;

    private final List<ByFact> byFact;

    private Bucket(int[] always, List<ByFact> byFact) {
      this.always = always;
      this.byFact = byFact;
    }

    static Bucket of(List<Integer> places, List<EffectiveRule> rules) {
      Map<Reference, Set<Value>> values = new HashMap<>();
      for (int place : places) {
        for (Fact fact : facts(rules.get(place))) {
          values.computeIfAbsent(fact.reference(), _ -> new HashSet<>()).addAll(fact.values());
        }
      }
      List<Integer> always = new ArrayList<>();
      Map<Reference, List<Guarded>> chosen = new LinkedHashMap<>();
      for (int place : places) {
        // What tells the most rules apart is what has the most values among them.
        Optional<Fact> best =
            facts(rules.get(place)).stream()
                .max(
                    Comparator.comparingInt(
                        fact -> values.getOrDefault(fact.reference(), Set.of()).size()));
        best.ifPresentOrElse(
            fact ->
                chosen
                    .computeIfAbsent(fact.reference(), _ -> new ArrayList<>())
                    .add(new Guarded(place, fact.values())),
            () -> always.add(place));
      }
      List<ByFact> byFact = new ArrayList<>();
      chosen.forEach((reference, guarded) -> byFact.add(new ByFact(reference, guarded)));
      return new Bucket(array(always), byFact);
    }

    private static List<Fact> facts(EffectiveRule rule) {
      return rule.rule().when().map(Expression::facts).orElse(List.of());
    }

    void collect(Evaluation evaluation, Found found) {
      found.add(always);
      for (int i = 0; i < byFact.size(); i++) {
        byFact.get(i).collect(evaluation, found);
      }
    }
  }

  /** A rule whose guard is false unless a reference has one of some values. */
  private record Guarded(int place, Set<Value> values) {}

  /** Rules whose guards compare one reference. */
  private static final class ByFact {
    private final Reference reference;
    private final Map<Value, int[]> byValue = new HashMap<>();

    /** All of them: where the reference is missing nothing follows. */
    private final int[] all;

    ByFact(Reference reference, List<Guarded> guarded) {
      this.reference = reference;
      Map<Value, List<Integer>> places = new HashMap<>();
      for (Guarded each : guarded) {
        for (Value value : each.values()) {
          places.computeIfAbsent(value, _ -> new ArrayList<>()).add(each.place());
        }
      }
      places.forEach((value, found) -> byValue.put(value, array(found)));
      this.all = array(guarded.stream().map(Guarded::place).toList());
    }

    void collect(Evaluation evaluation, Found found) {
      Value root = evaluation.lookup(reference.slot());
      Value value = root == null ? null : PolicyInput.at(root, reference.path());
      int[] places = value == null ? all : byValue.get(value);
      if (places != null) {
        found.add(places);
      }
    }
  }

  private static int[] array(List<Integer> places) {
    return places.stream().mapToInt(Integer::intValue).toArray();
  }
}
