package dev.bylaw.store.journal;

import dev.bylaw.value.Value;
import java.time.Instant;
import java.util.Optional;

/**
 * One run of one playbook.
 *
 * @param id its id
 * @param identity the tenant
 * @param agent who runs it
 * @param playbook the name
 * @param version of the playbook, as its author wrote it
 * @param definition the digest of the playbook's text
 * @param engine the version of the engine that the run is pinned to
 * @param status where it is
 * @param inputs what it was started with
 * @param result what it ended with; null until then
 * @param started when
 * @param ended when
 * @param wake when it is to be woken
 */
public record Run(
    String id,
    String identity,
    String agent,
    String playbook,
    String version,
    String definition,
    String engine,
    RunStatus status,
    Value inputs,
    Value result,
    Instant started,
    Optional<Instant> ended,
    Optional<Instant> wake) {}
