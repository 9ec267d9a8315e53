/**
 * Rules over all modules: who may know whom, and what the house does not do. Nothing here is
 * shipped.
 */
@NullMarked
package dev.bylaw.conformance;

import org.jspecify.annotations.NullMarked;
