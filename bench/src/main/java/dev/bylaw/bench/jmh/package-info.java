/**
 * JMH benchmarks of the engines, one class an engine; {@code bench/jmh} runs them. What crosses
 * threads, disks or processes is measured by the programs of {@link dev.bylaw.bench}.
 *
 * <p>A benchmark compiles what it measures once a trial, rotates over several inputs where a single
 * one would let the compiler specialise, and checks its answers in {@code @Setup}: a fast wrong
 * answer is no measurement.
 */
@NullMarked
package dev.bylaw.bench.jmh;

import org.jspecify.annotations.NullMarked;
