package dev.bylaw.store.approval;

import dev.bylaw.value.Value;
import java.time.Instant;
import java.util.Optional;

/**
 * An approval as it is kept.
 *
 * @param id its id
 * @param identity the tenant
 * @param run the run that asked first; empty for a request outside a run
 * @param digest of the action it is for
 * @param status a word of the policy's own: {@code pending}, {@code granted}, …
 * @param requested when people were asked
 * @param expires when it lapses, or needs to be looked at next
 * @param version 0 when it is new; each write adds one and must name the one before
 * @param value all there is to it
 */
public record KeptApproval(
    String id,
    String identity,
    String run,
    String digest,
    String status,
    Instant requested,
    Optional<Instant> expires,
    long version,
    Value value) {}
