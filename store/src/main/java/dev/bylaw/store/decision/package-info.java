/**
 * The index of decisions: by their id, which is how an outcome finds its decision, and by the key
 * of the request, which is how a second decision on the same attempt is known from the first.
 *
 * <p>The decision itself is a record of the policy log; nothing here knows what it says.
 */
@NullMarked
package dev.bylaw.store.decision;

import org.jspecify.annotations.NullMarked;
