package dev.bylaw.rego.builtin;

import dev.bylaw.rego.go.GoText;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
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

  private static final String SOLE = "failed to parse sole key: jwk.ParseKey: ";
  private static final String UNREADABLE =
      "jwk.Parse: failed to probe data: probe: failed to unmarshal data: ";

  private Jwk() {}

  /** A key with what is said of its use; empty texts where nothing is. */
  record Named(Key key, String id, String algorithm) {}

  /** The public keys of a certificate, a PEM key, a JWK or a set of them, and its secrets. */
  static List<Named> verifying(String text) {
    Pem.Block block = Pem.first(text);
    if (block != null) {
      if (!block.rest().isBlank()) {
        throw BuiltinFailure.error("extra data after a PEM certificate block");
      }
      return List.of(new Named(publicKey(block), "", ""));
    }
    List<Named> keys = new ArrayList<>();
    try {
      for (ObjectValue o : members(text)) {
        String algorithm = o.text("alg");
        if (algorithm.isEmpty() || SignatureScheme.names().contains(algorithm)) {
          keys.add(new Named(key(o, false), o.text("kid"), algorithm));
        }
      }
    } catch (NoKey e) {
      throw BuiltinFailure.error(
          "failed to parse a JWK key (set): jwk.ParseString: failed to parse string: jwk.Parse: "
              + e.getMessage());
    }
    return keys;
  }

  /** The key of a JWK, the first of a set of them. */
  static Key signing(String text) {
    try {
      List<ObjectValue> all = members(text);
      if (all.isEmpty()) {
        throw BuiltinFailure.error("no keys found in JWK set");
      }
      return key(all.getFirst(), true);
    } catch (NoKey e) {
      throw BuiltinFailure.error("jwk.Parse: " + e.getMessage());
    }
  }

  /** A text is no key. */
  private static final class NoKey extends Exception {
    NoKey(String message) {
      super(message, null, false, false);
    }
  }

  /** The keys of a set, or the one, each with the members that its kind demands. */
  private static List<ObjectValue> members(String text) throws NoKey {
    Value json;
    try {
      json = Encodings.json(text);
    } catch (BuiltinFailure e) {
      throw new NoKey(SOLE + UNREADABLE + e.text());
    }
    Value keySet = json instanceof ObjectValue o ? o.get("keys") : null;
    if (keySet == null) {
      return List.of(checked(json, SOLE));
    }
    if (!(keySet instanceof ArrayValue all)) {
      throw new NoKey(
          "failed to unmarshal JWK set: failed to decode \"keys\": expected '[' but got "
              + JsonText.compact(keySet));
    }
    List<ObjectValue> keys = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      keys.add(
          checked(
              all.get(i),
              "failed to unmarshal JWK set: failed to decode key #"
                  + i
                  + " in \"keys\": jwk.ParseKey: "));
    }
    return keys;
  }

  private static ObjectValue checked(Value v, String where) throws NoKey {
    if (!(v instanceof ObjectValue o)) {
      throw new NoKey(
          v instanceof NullValue
              ? where + "invalid key type from JSON ()"
              : where
                  + UNREADABLE
                  + "json: cannot unmarshal "
                  + goWord(v)
                  + " into Go value of type struct { Kty string \"json:\\\"kty\\\"\"; D"
                  + " json.RawMessage \"json:\\\"d,omitempty\\\"\" }");
    }
    Value kind = o.get("kty");
    if (kind != null && !(kind instanceof StringValue) && !(kind instanceof NullValue)) {
      throw new NoKey(
          where
              + UNREADABLE
              + "json: cannot unmarshal "
              + goWord(kind)
              + " into Go struct field .kty of type string");
    }
    List<String> demanded =
        switch (o.text("kty")) {
          case "oct" -> List.of("k");
          case "RSA" -> List.of("e", "n");
          case "EC" -> List.of("crv", "x", "y");
          case "OKP" -> List.of("crv", "x");
          default -> throw new NoKey(where + "invalid key type from JSON (" + o.text("kty") + ")");
        };
    String type = type(o.text("kty"), o.has("d"));
    String wrong = "failed to unmarshal JSON into key (*jwk." + type + "): ";
    for (String name : demanded) {
      Value member = o.get(name);
      if (member != null && !(member instanceof StringValue)) {
        throw new NoKey(
            where
                + wrong
                + wrong
                + "failed to decode value for key "
                + name
                + ": error reading next value: json: cannot unmarshal "
                + goWord(member)
                + " into Go value of type string");
      }
    }
    for (String name : demanded) {
      if (!o.has(name)) {
        throw new NoKey(where + wrong + wrong + "required field " + name + " is missing");
      }
      if (!name.equals("crv")) {
        try {
          bytes(o, name);
        } catch (BuiltinFailure e) {
          throw new NoKey(
              where
                  + wrong
                  + wrong
                  + "failed to decode value for key "
                  + name
                  + ": expected base64 encoded []byte (string)");
        }
      }
    }
    if (o.text("kty").equals("EC") && !CURVES.containsKey(o.text("crv"))) {
      throw new NoKey(
          where
              + wrong
              + wrong
              + "failed to decode value for key crv: unknown"
              + " EllipticCurveAlgorithm: "
              + GoText.quote(o.text("crv")));
    }
    if (o.text("kty").equals("oct") && o.text("k").isEmpty()) {
      throw new NoKey(
          where
              + "jwk.Parse: key validation failed: key validation failed: jwk.SymmetricKey:"
              + " missing \"k\" field");
    }
    return o;
  }

  /** The word of Go's JSON for a kind of value. */
  private static String goWord(Value v) {
    return v instanceof BooleanValue ? "bool" : v.kind().word();
  }

  /** What OPA's library calls a key. */
  static String type(Key key) {
    String kind = kind(key);
    return type(
        kind == null ? "oct" : kind.equals("Ed25519") ? "OKP" : kind, key instanceof PrivateKey);
  }

  private static String type(String kind, boolean secret) {
    String half = secret ? "PrivateKey" : "PublicKey";
    return switch (kind) {
      case "RSA" -> "rsa" + half;
      case "EC" -> "ecdsa" + half;
      case "OKP" -> "okp" + half;
      default -> "symmetricKey";
    };
  }

  private static Key publicKey(Pem.Block block) {
    switch (block.type()) {
      case "CERTIFICATE" -> {
        try {
          return CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.bytes()))
              .getPublicKey();
        } catch (GeneralSecurityException e) {
          throw BuiltinFailure.error(
              "failed to parse a PEM certificate: x509: malformed certificate");
        }
      }
      case "PUBLIC KEY" -> {
        String wrong = "failed to parse a PEM public key: ";
        try {
          Der.parse(block.bytes()).children();
        } catch (IllegalArgumentException e) {
          throw BuiltinFailure.error(wrong + e.getMessage());
        }
        Key key = CertificateFields.publicKey(block.bytes());
        if (key == null) {
          throw BuiltinFailure.error(wrong + "x509: unknown public key algorithm");
        }
        return key;
      }
      default -> throw BuiltinFailure.error("failed to extract a Key from the PEM certificate");
    }
  }

  /** The key of a JSON object that was checked. */
  private static Key key(ObjectValue o, boolean secret) throws NoKey {
    boolean whole = secret && o.has("d");
    try {
      return switch (o.text("kty")) {
        case "RSA" -> rsa(o, whole);
        case "EC" -> ec(o, whole);
        case "OKP" -> ed25519(o, whole);
        default -> new SecretKeySpec(bytes(o, "k"), "raw");
      };
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new NoKey(SOLE + "jwk.Parse: key validation failed: " + e.getMessage());
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
