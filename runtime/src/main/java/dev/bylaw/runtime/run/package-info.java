/**
 * The durable adapter of playbooks: it executes the interpreter's commands and feeds events back in
 * the order that the journal holds them.
 *
 * <p>{@link dev.bylaw.runtime.run.ActiveRun} takes one run from event to event. All that follows
 * from an event without waiting, down to the decision on the next action and its reservations, is
 * one transaction of the store; only then is the next action called. So a step costs one group
 * commit, an action never runs before its intent is on the disk, and a process that is killed
 * leaves nothing behind that the journal does not know. {@link dev.bylaw.runtime.run.Runner}
 * starts, wakes, answers and recovers runs.
 *
 * <p>A waiting run holds no thread and, but for its id in a timer, no memory.
 *
 * <p>This package knows policies only through {@link dev.bylaw.runtime.run.RunGate} and decides
 * nothing.
 */
@NullMarked
package dev.bylaw.runtime.run;

import org.jspecify.annotations.NullMarked;
