/**
 * Runs playbooks in memory, by hand: for tests of playbooks, and for tests of what runs them.
 *
 * <p>A {@link dev.bylaw.playbook.driver.ManualRun} carries out the commands of a {@link
 * dev.bylaw.playbook.machine.Machine} one after the other, with a {@link
 * dev.bylaw.playbook.gate.Gate} and actions that the test brings ({@link
 * dev.bylaw.playbook.driver.ScriptedGate}, {@link dev.bylaw.playbook.driver.ScriptedAction}) and a
 * clock that moves only when it is told to. It can be cut off at any event and go on from its
 * journal, as a process that was killed would.
 *
 * <p>Nothing here is durable, and nothing here is for production.
 */
@NullMarked
package dev.bylaw.playbook.driver;

import org.jspecify.annotations.NullMarked;
