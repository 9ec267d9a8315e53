/**
 * The table of the standard actions, and the reading of a call's parameters against it.
 *
 * <p>{@link dev.bylaw.actions.call.ActionTable} is the one place that says what actions there are:
 * name, capability, resource type, inputs, outputs, and whether a call may be made again. Add a row
 * there first. {@link dev.bylaw.actions.call.Params} checks a call against its row, so that an
 * action reads only what is known to be there and of its kind.
 *
 * <p>Messages name parameters and never repeat their values: a value may be a secret. This package
 * knows no action's implementation.
 */
@NullMarked
package dev.bylaw.actions.call;

import org.jspecify.annotations.NullMarked;
