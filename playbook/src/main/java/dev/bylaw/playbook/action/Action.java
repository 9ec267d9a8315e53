package dev.bylaw.playbook.action;

import dev.bylaw.value.ObjectValue;
import java.util.List;

/**
 * Something a step can call. Called from many threads at once; may block.
 *
 * <p>An action never decides whether it may run: that is done before it is called.
 */
public interface Action {
  /** What it is; always the same. */
  ActionSpec spec();

  /**
   * Completes a call before anybody decides on it, so that policies, approvers and digests see all
   * of it: what the call would take from elsewhere (a mail's text from its template, the data to
   * validate from the run's inputs) stands in the parameters afterwards, and the resources it would
   * touch are named. Without effect and without waiting; {@link #perform} is called with what this
   * gave, after obligations, and never completes anything itself.
   *
   * <p>Parameters that cannot be completed stay as they are: {@link #perform} then says why.
   *
   * @param params rendered parameters, with secrets still as references
   * @param inputs the inputs of the run; empty where there is no run
   */
  default Prepared prepare(ObjectValue params, ObjectValue inputs) {
    return new Prepared(params, List.of());
  }

  /**
   * A call as it is decided on.
   *
   * @param params all parameters
   * @param resources what it would touch, the most telling first; empty if nothing is known
   */
  record Prepared(ObjectValue params, List<Resource> resources) {
    public Prepared {
      resources = List.copyOf(resources);
    }
  }

  /**
   * Something that a call touches, by the name under which {@code bylaw.yaml} may declare its
   * attributes.
   *
   * @param type {@code table}, {@code connection}, {@code host}, {@code recipient}, …
   * @param name its name: {@code orders}, {@code api.example.com}
   */
  record Resource(String type, String name) {}

  /**
   * Does it.
   *
   * <p>A failure is an outcome, not an exception; an exception is a bug and is taken for a failure
   * whose effect is unknown.
   *
   * @throws InterruptedException if the thread was interrupted; the effect is unknown then
   */
  ActionOutcome perform(ActionCall call) throws InterruptedException;
}
