/**
 * The interpreter of playbooks: a state machine without I/O.
 *
 * <p>{@link dev.bylaw.playbook.machine.Machine#advance} takes a {@link
 * dev.bylaw.playbook.machine.State} and an {@link dev.bylaw.playbook.machine.Event} and gives the
 * next state and {@link dev.bylaw.playbook.machine.Command}s. A step goes <em>decide → (ask) →
 * intend → act → record → decide on the result → commit caps</em>; the table of {@link
 * dev.bylaw.playbook.machine.Transition} is its whole life. What a run waits for follows from its
 * state alone ({@link dev.bylaw.playbook.machine.Machine#pending}), so that an adapter has to keep
 * nothing but the accepted events, in order: replaying them gives the same state.
 *
 * <p>How an adapter keeps what this promises:
 *
 * <ul>
 *   <li>it journals an accepted event before it carries out the commands that followed from it. The
 *       event that allowed an action <em>is</em> the intent;
 *   <li>after a crash it replays, then feeds {@link dev.bylaw.playbook.machine.Event.Interrupted}
 *       for each pending {@link dev.bylaw.playbook.machine.Command.Act}, and carries out all other
 *       pending commands again;
 *   <li>values go through JSON by {@code toValue()} and {@code fromValue()}; numbers must survive
 *       exactly ({@code Json.write}, not the canonical form, which turns some into texts).
 * </ul>
 *
 * <p>This package knows no clock (each event carries its instant), no thread, no store and no
 * policy.
 */
@NullMarked
package dev.bylaw.playbook.machine;

import org.jspecify.annotations.NullMarked;
