/**
 * The metrics of the specification, kept as sums by day (UTC) and written in the transaction of
 * what they count, so that they are never behind the logs and are read in a moment however long the
 * logs are.
 *
 * <p>{@link dev.bylaw.store.metrics.Metrics} answers, {@link dev.bylaw.store.metrics.Counting}
 * counts, {@link dev.bylaw.store.metrics.Latencies} gathers how long evaluations take from many
 * threads. Thresholds and words for people are not here.
 */
@NullMarked
package dev.bylaw.store.metrics;

import org.jspecify.annotations.NullMarked;
