package dev.bylaw.content;

import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Looks at texts and values and says what they contain. Immutable and thread-safe; make one and
 * share it.
 */
public final class Inspector {
  private static final double THRESHOLD = .5;

  private final List<Detector> detectors;
  private final Budget budget;
  private final double threshold;
  private final LongSupplier nanoTime;

  private Inspector(
      List<Detector> detectors, Budget budget, double threshold, LongSupplier nanoTime) {
    this.detectors = List.copyOf(detectors);
    this.budget = budget;
    this.threshold = threshold;
    this.nanoTime = nanoTime;
  }

  /** The inspector with all deterministic detectors and no model. */
  public static Inspector standard() {
    return Standard.INSPECTOR;
  }

  private static final class Standard {
    static final Inspector INSPECTOR =
        new Inspector(StandardDetectors.LIST, Budget.STANDARD, THRESHOLD, System::nanoTime);
  }

  /** This inspector with one more detector. */
  public Inspector with(Detector detector) {
    List<Detector> more = new ArrayList<>(detectors);
    more.add(detector);
    return new Inspector(more, budget, threshold, nanoTime);
  }

  public Inspector with(Budget newBudget) {
    return new Inspector(detectors, newBudget, threshold, nanoTime);
  }

  /** This inspector reporting only findings of at least that score; 0.5 where nothing is said. */
  public Inspector withThreshold(double score) {
    return new Inspector(detectors, budget, score, nanoTime);
  }

  /** This inspector measuring the time of its budget by another clock, for tests. */
  public Inspector withNanoTime(LongSupplier clock) {
    return new Inspector(detectors, budget, threshold, clock);
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

  private Inspection inspection(Set<EntityType> wanted) {
    List<Detector> asked = new ArrayList<>();
    for (Detector detector : detectors) {
      if (detector.types().stream().anyMatch(wanted::contains)) {
        asked.add(detector);
      }
    }
    Inspection inspection = new Inspection(asked, wanted, budget, threshold, nanoTime);
    for (EntityType type : wanted) {
      if (asked.stream().noneMatch(detector -> detector.covers().contains(type))) {
        inspection.gap(
            Findings.Gap.Reason.NO_DETECTOR, "", "no detector here can see every `" + type + "`");
      }
    }
    return inspection;
  }
}
