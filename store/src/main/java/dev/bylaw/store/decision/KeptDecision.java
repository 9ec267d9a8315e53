package dev.bylaw.store.decision;

import java.time.Instant;

/**
 * A decision as it is indexed.
 *
 * @param id its id
 * @param identity the tenant
 * @param agent whose action it was
 * @param key of the request or the run's step; empty if it has none
 * @param action the name
 * @param digest of the action
 * @param effect {@code allow}, {@code warn}, {@code require_approval} or {@code block}
 * @param run the run; empty if in none
 * @param at when
 * @param outcome what came of it; empty until it was reported
 */
public record KeptDecision(
    String id,
    String identity,
    String agent,
    String key,
    String action,
    String digest,
    String effect,
    String run,
    Instant at,
    String outcome) {}
