/**
 * Measurements of the whole: durable decisions, playbook steps, recovery. Each prints a table with
 * what it was measured under; {@code docs/benchmarks.md} says how to repeat it.
 */
@NullMarked
package dev.bylaw.bench;

import org.jspecify.annotations.NullMarked;
