/**
 * What an identity says of itself in {@code bylaw.yaml}, as far as policies need it: its agents and
 * what is attached to them, precedence, declared resources, capabilities, people, zone, currency,
 * default.
 *
 * <p>{@link dev.bylaw.policy.registry.RegistryReader} takes its keys from the mapping and leaves
 * the others to the runtime, which reads the same mapping. Nothing here is compiled: an agent's own
 * rules stay nodes until the packs are there.
 */
@NullMarked
package dev.bylaw.policy.registry;

import org.jspecify.annotations.NullMarked;
