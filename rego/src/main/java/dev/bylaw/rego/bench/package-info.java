/**
 * Measures policies: what {@code bylaw rego bench} prints. {@code Samples} knows nothing of Rego:
 * the command line measures Cedar with it, too.
 */
@NullMarked
package dev.bylaw.rego.bench;

import org.jspecify.annotations.NullMarked;
