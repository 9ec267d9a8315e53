package dev.bylaw.rego.tool;

import java.util.List;

/**
 * How the signature of a bundle is verified. A bundle that is read with it must have one.
 *
 * @param key the secret, or the public key or certificate as PEM or JWK
 * @param algorithm such as {@code RS256}; what the signature says of it does not count
 * @param scope what the signature must be made for; empty for none
 * @param excluded patterns of files that need not be signed
 */
public record Verification(String key, String algorithm, String scope, List<String> excluded) {
  public Verification {
    excluded = List.copyOf(excluded);
  }

  /** All files must be signed, for no scope. */
  public static Verification with(String key, String algorithm) {
    return new Verification(key, algorithm, "", List.of());
  }
}
