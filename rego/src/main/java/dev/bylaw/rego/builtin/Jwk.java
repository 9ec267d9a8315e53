package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Keys from JSON (RFC 7517) and PEM. */
final class Jwk {
  private static final Map<String, String> CURVES =
      Map.of("P-256", "secp256r1", "P-384", "secp384r1", "P-521", "secp521r1");
  private static final byte[] ED25519_PUBLIC = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final byte[] ED25519_PRIVATE =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private Jwk() {}

  /** A key with what is said of its use; empty texts where nothing is. */
  record Named(Key key, String id, String algorithm) {}

  /** The public keys of a certificate, a PEM key, a JWK or a set of them. */
  static List<Named> verifying(String text) {
    Pem.Block block = Pem.first(text);
    if (block != null) {
      if (!block.rest().isBlank()) {
        throw BuiltinFailure.error("extra data after a PEM certificate block");
      }
      return List.of(new Named(publicKey(block), "", ""));
    }
    ObjectValue json = json(text);
    List<Named> keys = new ArrayList<>();
    if (json.get("keys") instanceof ArrayValue all) {
      for (Value v : all) {
        if (v instanceof ObjectValue o) {
          keys.add(new Named(key(o, false), o.text("kid"), o.text("alg")));
        }
      }
      return keys;
    }
    return List.of(new Named(key(json, false), json.text("kid"), json.text("alg")));
  }

  private static ObjectValue json(String text) {
    try {
      if (Json.parseLastKeyWins(text) instanceof ObjectValue o && (o.has("kty") || o.has("keys"))) {
        return o;
      }
      throw BuiltinFailure.error("failed to parse a JWK key (set): no key");
    } catch (JsonException e) {
      throw BuiltinFailure.error("failed to parse a JWK key (set): " + e.getMessage());
    }
  }

  private static Key publicKey(Pem.Block block) {
    try {
      if (block.type().equals("CERTIFICATE")) {
        return CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(block.bytes()))
            .getPublicKey();
      }
      if (block.type().equals("PUBLIC KEY")) {
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
          try {
            return KeyFactory.getInstance(algorithm)
                .generatePublic(new X509EncodedKeySpec(block.bytes()));
          } catch (java.security.spec.InvalidKeySpecException _) {
            // Another kind of key, then.
          }
        }
        throw BuiltinFailure.error("failed to parse a PEM public key");
      }
    } catch (GeneralSecurityException e) {
      throw BuiltinFailure.error("failed to parse a PEM certificate: " + e.getMessage());
    }
    throw BuiltinFailure.error("failed to extract a Key from the PEM certificate");
  }

  /** The key of a JSON object. */
  static Key key(ObjectValue o, boolean secret) {
    try {
      return switch (o.text("kty")) {
        case "oct" -> new SecretKeySpec(bytes(o, "k"), "raw");
        case "RSA" -> rsa(o, secret);
        case "EC" -> ec(o, secret);
        case "OKP" -> ed25519(o, secret);
        default ->
            throw BuiltinFailure.error(
                "failed to parse a JWK key (set): unknown key type `" + o.text("kty") + "`");
      };
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw BuiltinFailure.error("failed to parse a JWK key (set): " + e.getMessage());
    }
  }

  private static byte[] bytes(ObjectValue o, String name) {
    return Encodings.decode(o.text(name), true);
  }

  private static BigInteger number(ObjectValue o, String name) {
    return new BigInteger(1, bytes(o, name));
  }

  private static Key rsa(ObjectValue o, boolean secret) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance("RSA");
    if (!secret) {
      return factory.generatePublic(new RSAPublicKeySpec(number(o, "n"), number(o, "e")));
    }
    if (o.has("p") && o.has("q") && o.has("dp") && o.has("dq") && o.has("qi")) {
      return factory.generatePrivate(
          new RSAPrivateCrtKeySpec(
              number(o, "n"),
              number(o, "e"),
              number(o, "d"),
              number(o, "p"),
              number(o, "q"),
              number(o, "dp"),
              number(o, "dq"),
              number(o, "qi")));
    }
    return factory.generatePrivate(new RSAPrivateKeySpec(number(o, "n"), number(o, "d")));
  }

  private static Key ec(ObjectValue o, boolean secret) throws GeneralSecurityException {
    String curve = CURVES.get(o.text("crv"));
    if (curve == null) {
      throw new GeneralSecurityException("unknown curve");
    }
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(curve));
    ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
    KeyFactory factory = KeyFactory.getInstance("EC");
    if (secret) {
      return factory.generatePrivate(new ECPrivateKeySpec(number(o, "d"), spec));
    }
    ECPoint point = new ECPoint(number(o, "x"), number(o, "y"));
    return factory.generatePublic(new ECPublicKeySpec(point, spec));
  }

  private static Key ed25519(ObjectValue o, boolean secret) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance("Ed25519");
    if (secret) {
      return factory.generatePrivate(
          new PKCS8EncodedKeySpec(joined(ED25519_PRIVATE, bytes(o, "d"))));
    }
    return factory.generatePublic(new X509EncodedKeySpec(joined(ED25519_PUBLIC, bytes(o, "x"))));
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] both = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  static @Nullable String kind(Key key) {
    return switch (key.getAlgorithm()) {
      case "RSA", "RSASSA-PSS" -> "RSA";
      case "EC" -> "EC";
      case "EdDSA", "Ed25519" -> "Ed25519";
      default -> null;
    };
  }
}
