package dev.bylaw.rego.tool;

import dev.bylaw.value.ObjectValue;
import org.jspecify.annotations.Nullable;

/**
 * How a bundle is signed.
 *
 * @param key the secret, or the private key as PEM
 * @param algorithm such as {@code RS256}
 * @param keyId the name of the key; empty for none
 * @param claims what else the signature says, {@code scope} for one; then it also names the key
 */
public record Signing(String key, String algorithm, String keyId, @Nullable ObjectValue claims) {}
