/**
 * Taking data away again: erasure of what is known of a person or a run, and retention, which drops
 * what is older than it may be.
 *
 * <p>Erasure deletes payloads of the logs and leaves signed tombstones, and reaches the journal,
 * approvals, the index of decisions and the keys of the ledger. Retention drops the oldest records
 * and starts each chain from a signed root. Both only see to the tables; the store sees to it that
 * nothing stays behind in the write-ahead log.
 */
@NullMarked
package dev.bylaw.store.erasure;

import org.jspecify.annotations.NullMarked;
