package dev.bylaw.content;

import dev.bylaw.content.Findings.Gap;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Looks at texts and values and says what they contain. Immutable and thread-safe; make one and
 * share it: it remembers what it found in the long texts it saw last, by their digests.
 */
public final class Inspector {
  private static final double THRESHOLD = .5;

  private final List<Detector> detectors;
  private final Budget budget;
  private final double threshold;
  private final Set<String> allowed;
  private final LongSupplier nanoTime;
  private final Set<EntityType> personal;
  private final Seen seen = new Seen();
  private final ByTypes<Plan> plans = new ByTypes<>();

  private Inspector(
      List<Detector> detectors,
      Budget budget,
      double threshold,
      Set<String> allowed,
      LongSupplier nanoTime) {
    this.detectors = List.copyOf(detectors);
    this.budget = budget;
    this.threshold = threshold;
    this.allowed = Set.copyOf(allowed);
    this.nanoTime = nanoTime;
    Set<EntityType> all = new LinkedHashSet<>(EntityType.personal());
    for (Detector detector : detectors) {
      for (EntityType type : detector.types()) {
        if (type.family() == EntityType.Family.CUSTOM) {
          all.add(type);
        }
      }
    }
    this.personal = Set.copyOf(all);
  }

  /** The inspector with all deterministic detectors and no model. */
  public static Inspector standard() {
    return Standard.INSPECTOR;
  }

  private static final class Standard {
    static final Inspector INSPECTOR =
        new Inspector(
            StandardDetectors.LIST, Budget.STANDARD, THRESHOLD, Set.of(), System::nanoTime);
  }

  /** The types that it can look for and say that there are none. */
  public Set<EntityType> types() {
    Set<EntityType> types = new LinkedHashSet<>();
    detectors.forEach(detector -> types.addAll(detector.covers()));
    return types;
  }

  /** The personal data that it can look for: the known types and a user's own. */
  public Set<EntityType> personal() {
    return personal;
  }

  /** The type of that name, by any of its names, among the known ones and a user's own. */
  public Optional<EntityType> type(String name) {
    return EntityType.named(name)
        .or(() -> types().stream().filter(type -> type.name().equals(name)).findFirst());
  }

  /** This inspector with the models that are on the class path; as it is where there are none. */
  public Inspector withInstalledModels() {
    return ContentModels.installed().map(models -> with(models.names())).orElse(this);
  }

  /** This inspector without the detectors that are costly: models. */
  public Inspector withoutCostly() {
    List<Detector> quick = detectors.stream().filter(detector -> !detector.isCostly()).toList();
    return new Inspector(quick, budget, threshold, allowed, nanoTime);
  }

  /** This inspector with one more detector. */
  public Inspector with(Detector detector) {
    List<Detector> more = new ArrayList<>(detectors);
    more.add(detector);
    return new Inspector(more, budget, threshold, allowed, nanoTime);
  }

  public Inspector with(Budget newBudget) {
    return new Inspector(detectors, newBudget, threshold, allowed, nanoTime);
  }

  /** This inspector reporting only findings of at least that score; 0.5 where nothing is said. */
  public Inspector withThreshold(double score) {
    return new Inspector(detectors, budget, score, allowed, nanoTime);
  }

  /** This inspector reporting nothing that reads like one of these; case does not count. */
  public Inspector allowing(Collection<String> texts) {
    Set<String> more =
        texts.stream()
            .map(text -> PlainText.of(text).text().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    more.addAll(allowed);
    return new Inspector(detectors, budget, threshold, more, nanoTime);
  }

  /** This inspector measuring the time of its budget by another clock, for tests. */
  public Inspector withNanoTime(LongSupplier clock) {
    return new Inspector(detectors, budget, threshold, allowed, clock);
  }

  /** Looks for things of the wanted types in a text; findings have an empty path. */
  public Findings inspect(String text, Set<EntityType> wanted) {
    Inspection inspection = inspection(wanted);
    inspection.text(text);
    return inspection.findings();
  }

  /** Looks for things of the wanted types in all texts and numbers of a value and in its names. */
  public Findings inspect(Value value, Set<EntityType> wanted) {
    Inspection inspection = inspection(wanted);
    inspection.value(value);
    return inspection.findings();
  }

  /**
   * Looks whether a value holds anything of the wanted types: where the quick detectors find
   * something, the costly ones are not asked, and the findings are not all there are.
   */
  public Findings glance(Value value, Set<EntityType> wanted) {
    Plan plan = plans.of(wanted, this::plan);
    if (plan.quick.size() == plan.asked.size()) {
      return inspect(value, wanted);
    }
    Inspection quick = new Inspection(plan.quick, plan.wanted, this);
    quick.value(value);
    Findings found = quick.findings();
    return found.isEmpty() ? inspect(value, wanted) : found;
  }

  /** Who is asked for a set of types, and which of these nobody sees whole. */
  private record Plan(
      Set<EntityType> wanted, List<Detector> quick, List<Detector> asked, List<Gap> gaps) {}

  private Inspection inspection(Set<EntityType> wanted) {
    Plan plan = plans.of(wanted, this::plan);
    Inspection inspection = new Inspection(plan.asked, plan.wanted, this);
    for (Gap gap : plan.gaps) {
      inspection.gap(gap.reason(), gap.path(), gap.detail());
    }
    return inspection;
  }

  Budget budget() {
    return budget;
  }

  double threshold() {
    return threshold;
  }

  Set<String> allowed() {
    return allowed;
  }

  Seen seen() {
    return seen;
  }

  LongSupplier nanoTime() {
    return nanoTime;
  }

  private Plan plan(Set<EntityType> wanted) {
    List<Detector> asked = new ArrayList<>();
    for (Detector detector : detectors) {
      if (detector.types().stream().anyMatch(wanted::contains)) {
        asked.add(detector);
      }
    }
    List<Gap> gaps = new ArrayList<>();
    for (EntityType type : new TreeSet<>(wanted)) {
      if (asked.stream().noneMatch(detector -> detector.covers().contains(type))) {
        gaps.add(
            new Gap(Gap.Reason.NO_DETECTOR, "", "no detector here can see every `" + type + "`"));
      }
    }
    List<Detector> quick = asked.stream().filter(detector -> !detector.isCostly()).toList();
    List<Detector> ordered = new ArrayList<>(quick);
    asked.stream().filter(Detector::isCostly).forEach(ordered::add);
    return new Plan(wanted, quick, List.copyOf(ordered), List.copyOf(gaps));
  }
}
