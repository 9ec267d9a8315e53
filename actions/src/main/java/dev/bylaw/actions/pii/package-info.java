/**
 * Finding and replacing personal data, as actions over {@code dev.bylaw.content}.
 *
 * <p>What could not be looked at (too large, too slow, no detector for a type) is a failure here,
 * never a clean answer.
 */
@NullMarked
package dev.bylaw.actions.pii;

import org.jspecify.annotations.NullMarked;
