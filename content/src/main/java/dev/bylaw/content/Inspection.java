package dev.bylaw.content;

import dev.bylaw.content.Finding.Place;
import dev.bylaw.content.Findings.Gap;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;

/** One inspection under way: what is left of its budget, what was found, what was not seen. */
final class Inspection {
  private static final Comparator<Finding> STRONGEST_FIRST =
      Comparator.comparingDouble(Finding::score)
          .reversed()
          .thenComparing(Comparator.comparingInt((Finding f) -> f.end() - f.start()).reversed())
          .thenComparingInt(Finding::start)
          .thenComparing(Finding::type);

  private final List<Detector> detectors;
  private final Set<EntityType> wanted;
  private final Budget budget;
  private final double threshold;
  private final Set<String> allowed;
  private final Seen seen;
  private final LongSupplier nanoTime;
  private final long started;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final Set<String> failed = new HashSet<>();
  private int charactersLeft;
  private final boolean costly;
  private boolean stopped;

  Inspection(List<Detector> detectors, Set<EntityType> wanted, Inspector inspector) {
    this.detectors = detectors;
    this.wanted = wanted;
    this.budget = inspector.budget();
    this.threshold = inspector.threshold();
    this.allowed = inspector.allowed();
    this.seen = inspector.seen();
    this.nanoTime = inspector.nanoTime();
    this.started = nanoTime.getAsLong();
    this.charactersLeft = budget.characters();
    this.costly = detectors.stream().anyMatch(Detector::isCostly);
  }

  void gap(Gap.Reason reason, String path, String detail) {
    gaps.add(new Gap(reason, path, detail));
  }

  Findings findings() {
    return findings.isEmpty() && gaps.isEmpty() ? Findings.NONE : new Findings(findings, gaps);
  }

  void text(String text) {
    leaf(text, FieldName.NONE, "", Place.VALUE);
  }

  void value(Value value) {
    walk(value, "", "", "", 0);
  }

  private void walk(Value value, String path, String outer, String inner, int depth) {
    if (stopped) {
      return;
    }
    if (depth > budget.depth()) {
      gap(Gap.Reason.TOO_LARGE, path, "nested more than " + budget.depth() + " deep");
      return;
    }
    switch (value) {
      case NullValue _, BooleanValue _ -> {}
      case NumberValue number -> leaf(ValueText.of(number), outer, inner, path);
      case StringValue text -> leaf(text.text(), outer, inner, path);
      case ArrayValue array -> {
        for (int i = 0; i < array.size(); i++) {
          walk(array.get(i), path + '/' + i, outer, inner, depth + 1);
        }
      }
      case SetValue set -> {
        for (int i = 0; i < set.size(); i++) {
          walk(set.sorted(i), path + '/' + i, outer, inner, depth + 1);
        }
      }
      case ObjectValue object -> {
        String label = ValueText.label(object);
        for (int i = 0; i < object.size(); i++) {
          Value key = object.key(i);
          String name = ValueText.of(key);
          String at = path + '/' + ValueText.escape(name);
          if (!(key instanceof StringValue || key instanceof NumberValue)) {
            walk(key, at, "", "", depth + 1);
          } else {
            leaf(name, FieldName.NONE, at, Place.NAME);
          }
          boolean named = !label.isEmpty() && ValueText.isContent(name);
          walk(object.value(i), at, inner, named ? label : name, depth + 1);
        }
      }
    }
  }

  private void leaf(String text, String outer, String inner, String path) {
    FieldName field =
        outer.isEmpty() && inner.isEmpty() ? FieldName.NONE : FieldName.of(outer, inner);
    leaf(text, field, path, Place.VALUE);
  }

  private void leaf(String text, FieldName field, String path, Place place) {
    if (stopped || text.isBlank()) {
      return;
    }
    if (text.length() > charactersLeft) {
      stop(Gap.Reason.TOO_LARGE, path, "more than " + budget.characters() + " characters");
      return;
    }
    charactersLeft -= text.length();
    boolean cacheable = costly || text.length() >= Seen.SHORTEST;
    Seen.Key key = cacheable ? Seen.key(text, field, wanted, costly) : null;
    List<Finding> known = key == null ? null : seen.at(key);
    if (known != null) {
      for (Finding finding : known) {
        keep(finding.at(path, place));
      }
      return;
    }
    int gapsBefore = gaps.size();
    List<Finding> found = new ArrayList<>();
    PlainText plain = PlainText.of(text);
    look(new Passage(plain, field, this::checkTime), path, place, found);
    for (PlainText hidden : Disguises.behind(text, plain)) {
      look(new Passage(hidden, field, this::checkTime), path, place, found);
    }
    List<Finding> kept = resolved(found);
    if (key != null && gaps.size() == gapsBefore) {
      seen.put(key, kept);
    }
    for (Finding finding : kept) {
      keep(finding);
    }
  }

  private void look(Passage passage, String path, Place place, List<Finding> found) {
    for (Detector detector : detectors) {
      if (failed.contains(detector.name())) {
        continue;
      }
      try {
        checkTime();
        detector.detect(
            passage,
            wanted,
            (type, start, end, score, explanation) -> {
              if (score >= threshold
                  && wanted.contains(type)
                  && !isAllowed(passage.plain(), start, end)) {
                found.add(
                    new Finding(
                        type,
                        path,
                        place,
                        passage.originalStart(start),
                        passage.originalEnd(end),
                        Math.min(1, score),
                        detector.name(),
                        explanation));
              }
            });
      } catch (TimeIsUp _) {
        stop(Gap.Reason.TOO_SLOW, path, "more than " + budget.time());
        return;
      } catch (DetectorUnavailableException unavailable) {
        failed.add(detector.name());
        gap(
            Gap.Reason.DETECTOR_FAILED,
            path,
            "detector `" + detector.name() + "`: " + unavailable.getMessage());
      }
    }
  }

  private boolean isAllowed(String plain, int start, int end) {
    return !allowed.isEmpty()
        && allowed.contains(plain.substring(start, end).toLowerCase(Locale.ROOT));
  }

  /** Thrown through a detector to end an inspection whose time is up. */
  private static final class TimeIsUp extends RuntimeException {
    TimeIsUp() {
      super("time is up", null, false, false);
    }
  }

  private void checkTime() {
    if (nanoTime.getAsLong() - started > budget.time().toNanos()) {
      throw new TimeIsUp();
    }
  }

  /** The strongest of overlapping findings that are not allowed, in the order of the text. */
  private static List<Finding> resolved(List<Finding> found) {
    if (found.isEmpty()) {
      return List.of();
    }
    found.sort(STRONGEST_FIRST);
    Spans<Finding> spans = new Spans<>();
    for (Finding finding : found) {
      spans.addIfFree(finding.start(), finding.end(), finding);
    }
    return spans.inOrder();
  }

  private void keep(Finding finding) {
    if (findings.size() < budget.findings()) {
      findings.add(finding);
    } else {
      stop(Gap.Reason.TOO_MANY, finding.path(), "more than " + budget.findings() + " findings");
    }
  }

  private void stop(Gap.Reason reason, String path, String detail) {
    if (!stopped) {
      stopped = true;
      gap(reason, path, detail);
    }
  }
}
