package dev.bylaw.playbook.machine;

import dev.bylaw.playbook.definition.OnError;
import dev.bylaw.playbook.definition.Playbook;
import dev.bylaw.playbook.definition.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which step follows which. Made once for a playbook. */
final class Route {
  /**
   * A step and what is behind it.
   *
   * @param step the step
   * @param next the id of the next one, after the last of fallback steps the one behind the step
   *     they stand in for; null at the end
   */
  private record Stop(Step step, @Nullable String next) {}

  private final Map<String, Stop> stops = new HashMap<>();
  private final String first;

  Route(Playbook playbook) {
    first = playbook.steps().getFirst().id();
    lay(playbook.steps(), null);
  }

  private void lay(List<Step> steps, @Nullable String behind) {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String next = i + 1 < steps.size() ? steps.get(i + 1).id() : behind;
      if (stops.put(step.id(), new Stop(step, next)) != null) {
        throw new IllegalArgumentException("two steps `" + step.id() + "`");
      }
      if (step.onError() instanceof OnError.Fallback(List<Step> instead)) {
        lay(instead, next);
      }
    }
  }

  String first() {
    return first;
  }

  Step step(String id) {
    return stop(id).step();
  }

  /** The id of the step behind; null at the end. */
  @Nullable String next(String id) {
    return stop(id).next();
  }

  private Stop stop(String id) {
    Stop stop = stops.get(id);
    if (stop == null) {
      throw new IllegalArgumentException("no step `" + id + "` in this playbook");
    }
    return stop;
  }
}
