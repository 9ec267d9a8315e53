/** Measures policies: what {@code bylaw rego bench} prints. */
@NullMarked
package dev.bylaw.rego.bench;

import org.jspecify.annotations.NullMarked;
