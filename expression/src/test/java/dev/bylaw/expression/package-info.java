/** Tests of expressions. */
@NullMarked
package dev.bylaw.expression;

import org.jspecify.annotations.NullMarked;
