/**
 * What is asked: an action request as a caller states it, and the facts that the runtime adds.
 *
 * <p>The two are kept apart on purpose. A request is hostile: its params, its context and what it
 * says of its resource are the caller's words. {@link dev.bylaw.policy.request.Facts} are ours:
 * agent, credential, capability, time, run and approval. {@link
 * dev.bylaw.policy.request.PolicyInput} is what rules see: the facts written over the request.
 */
@NullMarked
package dev.bylaw.policy.request;

import org.jspecify.annotations.NullMarked;
