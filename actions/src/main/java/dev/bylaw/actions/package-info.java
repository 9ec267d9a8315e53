/**
 * The standard actions with their real parts.
 *
 * <p>{@link dev.bylaw.actions.StandardActions} puts the table of actions and their implementations
 * together. The parts are in packages of their own: {@code call} (the table and the reading of
 * parameters), {@code sql}, {@code http}, {@code mail}, {@code schema}, {@code pii}, {@code
 * record}. {@code sandbox} holds services to try them on: a payment gateway, a mail server and
 * more, each over real connections.
 *
 * <p>An action does; it never decides whether it may. It knows no policy and no store; what it
 * needs of the runtime comes through ports.
 */
@NullMarked
package dev.bylaw.actions;

import org.jspecify.annotations.NullMarked;
