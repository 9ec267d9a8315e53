package dev.bylaw.rego.builtin;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Map;
import java.util.Set;
import javax.crypto.SecretKey;

/**
 * A way to sign by its name in a header (RFC 7518, section 3.1; RFC 8037).
 *
 * @param key the kind of key that it needs
 * @param algorithm the JDK's name
 * @param pss bits of the hash of RSASSA-PSS; 0 for all others
 */
record SignatureScheme(String key, String algorithm, int pss) {
  private static final Map<String, SignatureScheme> ALL =
      Map.ofEntries(
          Map.entry("RS256", new SignatureScheme("RSA", "SHA256withRSA", 0)),
          Map.entry("RS384", new SignatureScheme("RSA", "SHA384withRSA", 0)),
          Map.entry("RS512", new SignatureScheme("RSA", "SHA512withRSA", 0)),
          Map.entry("PS256", new SignatureScheme("RSA", "RSASSA-PSS", 256)),
          Map.entry("PS384", new SignatureScheme("RSA", "RSASSA-PSS", 384)),
          Map.entry("PS512", new SignatureScheme("RSA", "RSASSA-PSS", 512)),
          Map.entry("ES256", new SignatureScheme("EC", "SHA256withECDSAinP1363Format", 0)),
          Map.entry("ES384", new SignatureScheme("EC", "SHA384withECDSAinP1363Format", 0)),
          Map.entry("ES512", new SignatureScheme("EC", "SHA512withECDSAinP1363Format", 0)),
          Map.entry("EdDSA", new SignatureScheme("Ed25519", "Ed25519", 0)),
          Map.entry("HS256", new SignatureScheme("oct", "HmacSHA256", 0)),
          Map.entry("HS384", new SignatureScheme("oct", "HmacSHA384", 0)),
          Map.entry("HS512", new SignatureScheme("oct", "HmacSHA512", 0)));

  /** The names there are. */
  static Set<String> names() {
    return ALL.keySet();
  }

  /**
   * The scheme of a name.
   *
   * @throws BuiltinFailure if there is none
   */
  static SignatureScheme of(String name) {
    SignatureScheme scheme = ALL.get(name);
    if (scheme == null) {
      throw BuiltinFailure.error("unknown JWS algorithm: " + name);
    }
    return scheme;
  }

  /** Whether a key is of the kind that is needed. */
  boolean fits(Key given) {
    return key.equals(Jwk.kind(given));
  }

  byte[] mac(byte[] secret, byte[] text) {
    return Hashes.mac(algorithm, secret, text);
  }

  boolean isMac(byte[] signed, byte[] signature, byte[] secret) {
    return MessageDigest.isEqual(mac(secret, signed), signature);
  }

  /** Whether a signature is that of a key. */
  boolean matches(byte[] signed, byte[] signature, Key given) {
    if (key.equals("oct")) {
      return given instanceof SecretKey && isMac(signed, signature, given.getEncoded());
    }
    if (!(given instanceof PublicKey open) || !fits(given)) {
      return false;
    }
    try {
      Signature s = signature();
      s.initVerify(open);
      s.update(signed);
      return s.verify(signature);
    } catch (GeneralSecurityException e) {
      // A signature that is not even of the right form does not match.
      return false;
    }
  }

  byte[] sign(Key given, byte[] bytes) throws GeneralSecurityException {
    if (key.equals("oct")) {
      return mac(given.getEncoded(), bytes);
    }
    if (!(given instanceof PrivateKey secret)) {
      throw new GeneralSecurityException("not a private key");
    }
    Signature s = signature();
    s.initSign(secret);
    s.update(bytes);
    return s.sign();
  }

  private Signature signature() throws GeneralSecurityException {
    Signature s = Signature.getInstance(algorithm);
    if (pss > 0) {
      String hash = "SHA-" + pss;
      s.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), pss / 8, 1));
    }
    return s;
  }

  /**
   * Checks that a key can sign.
   *
   * @throws BuiltinFailure if it is of another kind
   */
  void demand(Key given) {
    boolean secret = key.equals("oct");
    if (secret ? given instanceof SecretKey : given instanceof PrivateKey && fits(given)) {
      return;
    }
    String type = "*jwk." + Jwk.type(given);
    String wanted =
        switch (key) {
          case "oct" -> "[]byte";
          case "RSA" -> "rsa.PrivateKey";
          case "EC" -> "ecdsa.PrivateKey";
          default -> "ed25519.PrivateKey";
        };
    boolean pointer = key.equals("RSA") || key.equals("EC");
    throw BuiltinFailure.error(
        "jwsbb.Sign: invalid key type "
            + type
            + ". "
            + (pointer ? "*" : "")
            + wanted
            + " is required: "
            + (secret || key.equals("EC") ? "keyconv: " : "")
            + "failed to produce "
            + wanted
            + " from "
            + type
            + ": jwk.Export: no suitable exporter found for key type '"
            + type
            + "'");
  }
}
