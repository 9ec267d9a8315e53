/**
 * The two audit logs: what was decided and why, and what was executed.
 *
 * <p>A record is a header and a payload. Headers chain: each holds the hash of the one before, and
 * its own hash is SHA-256 over its canonical JSON (RFC 8785). The header holds no payload but a
 * <em>commitment</em> to it; the payload lies apart with its salt, so that both can be erased and
 * the chain still holds. There is one chain for each identity, log and writer.
 *
 * <pre>
 * leaf(field)  = SHA-256(salt(field) || canonical JSON of the field's value)
 * salt(field)  = SHA-256(0x01 || seed || name), seed = 32 secret bytes of the record
 * commitment   = SHA-256(for each field in order: length of name || name || leaf)
 * hash         = SHA-256(canonical JSON {decision, event, identity, log, payload: commitment,
 *                                        prev, run, seq, time, writer})
 * </pre>
 *
 * <p>A <em>checkpoint</em> signs the heads of all chains with an Ed25519 key that lies outside the
 * store; kept elsewhere, it proves later that no chain was cut or rewritten. Erasure deletes
 * payload or fields and appends a signed <em>tombstone</em>, which is how verification tells erased
 * from missing. Retention drops the oldest records and starts the chain anew from a signed root.
 *
 * <p>Payloads pass the {@link dev.bylaw.store.log.Masking} before anything is hashed. The names of
 * events are the table {@link dev.bylaw.store.log.LogEvent}. Nothing here knows what a decision or
 * a step is.
 */
@NullMarked
package dev.bylaw.store.log;

import org.jspecify.annotations.NullMarked;
