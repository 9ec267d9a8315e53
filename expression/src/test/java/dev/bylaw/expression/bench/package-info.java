/** Harnesses that measure expressions; run by hand, never by a build. */
@NullMarked
package dev.bylaw.expression.bench;

import org.jspecify.annotations.NullMarked;
