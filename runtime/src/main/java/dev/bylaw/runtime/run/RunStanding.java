package dev.bylaw.runtime.run;

import dev.bylaw.playbook.machine.RunStatus;
import dev.bylaw.value.ObjectValue;

/**
 * Where a run stands: it has ended, or waits for people.
 *
 * @param id the run's id
 * @param status how it ended, or that it waits
 * @param output what it gave; empty unless it is completed
 * @param error why it ended badly, {@code {code, message, step}}; else empty
 */
public record RunStanding(String id, RunStatus status, ObjectValue output, ObjectValue error) {}
