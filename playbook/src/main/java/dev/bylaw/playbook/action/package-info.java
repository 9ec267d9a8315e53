/**
 * What a step can call: the port between playbooks and the actions that do things.
 *
 * <p>An {@link dev.bylaw.playbook.action.Action} has an {@link
 * dev.bylaw.playbook.action.ActionSpec}, one row of a table that people read, and performs an
 * {@link dev.bylaw.playbook.action.ActionCall} whose parameters are already rendered and already
 * decided. It answers with an {@link dev.bylaw.playbook.action.ActionOutcome}, which says above all
 * whether a failed action may have had its effect: only one that is known not to have happened
 * gives its reservations back.
 *
 * <p>This package knows no policy, no store and no particular action.
 */
@NullMarked
package dev.bylaw.playbook.action;

import org.jspecify.annotations.NullMarked;
