/**
 * Bylaw in a program: {@link dev.bylaw.runtime.Bylaw#open} takes a folder and answers what an agent
 * may do, runs playbooks durably, asks people, and keeps the logs.
 *
 * <p>This is the one place that wires the parts: policies behind the playbooks' gate, actions
 * behind the interpreter's commands, the store behind both. It decides nothing itself and speaks no
 * SQL.
 */
@NullMarked
package dev.bylaw.runtime;

import org.jspecify.annotations.NullMarked;
