/**
 * The cases that Cedar's engines are measured on, and the script's program that writes them.
 *
 * <p>A case is a folder as {@code bylaw cedar bench} and the Rust peer read it; a seed makes the
 * same folders again.
 */
@NullMarked
package dev.bylaw.bench.cedar;

import org.jspecify.annotations.NullMarked;
