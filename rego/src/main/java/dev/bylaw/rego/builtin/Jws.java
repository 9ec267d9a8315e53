package dev.bylaw.rego.builtin;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Signed texts (RFC 7515) for the program around the builtins: what signs a bundle. */
public final class Jws {
  /** The names of the algorithms. */
  public static final Set<String> ALGORITHMS = SignatureScheme.names();

  private Jws() {}

  /** The parts of a compact text, decoded. */
  public record Parts(String header, String payload) {}

  /**
   * Takes a compact text apart, without a look at its signature.
   *
   * @throws BuiltinFailure if it is none
   */
  public static Parts parts(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw BuiltinFailure.error("expected three parts with periods between them");
    }
    return new Parts(text(parts[0]), text(parts[1]));
  }

  private static String text(String part) {
    return new String(Encodings.decode(part, true), StandardCharsets.UTF_8);
  }

  /**
   * Whether the signature of a compact text is right. The algorithm is the one that is expected,
   * whatever the text says.
   *
   * @param key the secret, or the public key or certificate as PEM or JWK
   * @throws BuiltinFailure if it is no compact text, or the key cannot be used
   */
  public static boolean verifies(String token, String algorithm, String key) {
    if (!algorithm.startsWith("HS")) {
      List<Jwk.Named> keys = Jwk.verifying(key);
      for (Jwk.Named named : keys) {
        if (!SignatureScheme.of(algorithm).fits(named.key())) {
          throw BuiltinFailure.error("the key is not one for " + algorithm);
        }
      }
    }
    return Tokens.verifies(token, algorithm, key);
  }

  /**
   * A header and a payload with their signature.
   *
   * @param key the secret, or the private key as PEM
   * @throws BuiltinFailure if the key cannot be used
   */
  public static String sign(String header, String payload, String algorithm, String key) {
    Key secret = null;
    if (!algorithm.startsWith("HS")) {
      secret = PrivateKeys.one(key);
      if (!SignatureScheme.of(algorithm).fits(secret)) {
        throw BuiltinFailure.error("the key is not one for " + algorithm);
      }
    }
    return Tokens.signed(header, payload, algorithm, secret, key);
  }

  /** Whether there is an algorithm of the name. */
  public static boolean knows(@Nullable String algorithm) {
    return algorithm != null && ALGORITHMS.contains(algorithm);
  }
}
