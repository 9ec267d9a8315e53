/**
 * Calling web APIs: where to, how, and what a failure means.
 *
 * <p>{@link dev.bylaw.actions.http.Endpoint} reads a URL strictly, {@link
 * dev.bylaw.actions.http.HostPattern} says which of them are meant, and {@link
 * dev.bylaw.actions.http.Outbound} is the list that every call passes: host and port, then each
 * address that the host has, so that no name leads into the private network. {@link
 * dev.bylaw.actions.http.HttpExchanges} makes the call over {@code java.net.http}, the one HTTP
 * client, within one deadline, and tells exactly whether the request can have reached the other
 * side. {@link dev.bylaw.actions.http.ChatJudge} asks a language model through it.
 *
 * <p>Nothing else in Bylaw opens a connection to a host that a caller names. Nothing here decides
 * whether a call is allowed: that was done before.
 */
@NullMarked
package dev.bylaw.actions.http;

import org.jspecify.annotations.NullMarked;
