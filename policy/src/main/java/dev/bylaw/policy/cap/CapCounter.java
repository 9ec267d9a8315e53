package dev.bylaw.policy.cap;

/**
 * Where usage is counted. Survives new versions of its pack.
 *
 * @param identity the tenant
 * @param pack the pack's name
 * @param rule the rule's id in the pack
 * @param key whose usage: an agent, a customer, …; empty for the identity as a whole
 * @param currency of a sum of money, ISO 4217; empty for a count or a plain number
 */
public record CapCounter(String identity, String pack, String rule, String key, String currency) {}
