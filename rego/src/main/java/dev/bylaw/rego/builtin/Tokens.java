package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON web tokens (RFC 7519, 7515) in compact form. */
final class Tokens {
  private static final BigDecimal NANOS = new BigDecimal("1e9");
  private static final Value REFUSED =
      ArrayValue.of(BooleanValue.FALSE, ObjectValue.EMPTY, ObjectValue.EMPTY);

  /** Kinds of signature, by name: the kind of key and the JDK's algorithm. */
  private static final Map<String, Scheme> SCHEMES =
      Map.ofEntries(
          Map.entry("RS256", new Scheme("RSA", "SHA256withRSA", 0)),
          Map.entry("RS384", new Scheme("RSA", "SHA384withRSA", 0)),
          Map.entry("RS512", new Scheme("RSA", "SHA512withRSA", 0)),
          Map.entry("PS256", new Scheme("RSA", "RSASSA-PSS", 256)),
          Map.entry("PS384", new Scheme("RSA", "RSASSA-PSS", 384)),
          Map.entry("PS512", new Scheme("RSA", "RSASSA-PSS", 512)),
          Map.entry("ES256", new Scheme("EC", "SHA256withECDSAinP1363Format", 0)),
          Map.entry("ES384", new Scheme("EC", "SHA384withECDSAinP1363Format", 0)),
          Map.entry("ES512", new Scheme("EC", "SHA512withECDSAinP1363Format", 0)),
          Map.entry("EdDSA", new Scheme("Ed25519", "Ed25519", 0)),
          Map.entry("HS256", new Scheme("oct", "HmacSHA256", 0)),
          Map.entry("HS384", new Scheme("oct", "HmacSHA384", 0)),
          Map.entry("HS512", new Scheme("oct", "HmacSHA512", 0)));

  private record Scheme(String key, String algorithm, int pss) {}

  private record Token(String header, String payload, String signature) {
    byte[] signed() {
      return (header + "." + payload).getBytes(StandardCharsets.US_ASCII);
    }

    byte[] signatureBytes() {
      return part(signature, "signature");
    }

    byte[] payloadBytes() {
      return part(payload, "payload");
    }

    ObjectValue headerObject() {
      String text = new String(part(header, "header"), StandardCharsets.UTF_8);
      try {
        if (Json.parseLastKeyWins(text) instanceof ObjectValue o) {
          return o;
        }
      } catch (JsonException e) {
        throw BuiltinFailure.error("JWT header is not JSON: " + e.getMessage());
      }
      throw BuiltinFailure.error("JWT header is not an object");
    }
  }

  private Tokens() {}

  private static byte[] part(String text, String name) {
    try {
      return Encodings.decode(text, true);
    } catch (BuiltinFailure e) {
      throw BuiltinFailure.error("JWT " + name + " had invalid encoding: " + e.text());
    }
  }

  private static Token split(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length == 1) {
      throw BuiltinFailure.error("encoded JWT had no period separators");
    }
    if (parts.length != 3) {
      throw BuiltinFailure.error("encoded JWT must have 3 sections, found " + parts.length);
    }
    return new Token(parts[0], parts[1], parts[2]);
  }

  /** The token inside of a nested one: a payload may be the token itself or a JSON string of it. */
  private static String inner(byte[] payload) {
    String text = new String(payload, StandardCharsets.UTF_8);
    try {
      return Json.parse(text) instanceof StringValue s ? s.text() : text;
    } catch (JsonException e) {
      return text;
    }
  }

  private static boolean isNested(ObjectValue header) {
    return header.text("cty").equalsIgnoreCase("JWT");
  }

  static Value decode(BuiltinContext c, Value a) {
    Token token = split(Operands.string(a, 1));
    ObjectValue header = token.headerObject();
    while (true) {
      if (header.has("enc")) {
        throw BuiltinFailure.error("JWT is a JWE object, which is not supported");
      }
      if (!isNested(header)) {
        break;
      }
      token = split(inner(token.payloadBytes()));
      header = token.headerObject();
    }
    Value payload = payload(token);
    return ArrayValue.of(
        header, payload, StringValue.of(HexFormat.of().formatHex(token.signatureBytes())));
  }

  private static ObjectValue payload(Token token) {
    try {
      String text = new String(token.payloadBytes(), StandardCharsets.UTF_8);
      if (Json.parseLastKeyWins(text) instanceof ObjectValue o) {
        return o;
      }
    } catch (JsonException e) {
      throw BuiltinFailure.error("JWT payload is not JSON: " + e.getMessage());
    }
    throw BuiltinFailure.error("JWT payload is not an object");
  }

  /** {@code io.jwt.verify_*} of one algorithm. */
  static Builtin.F2 verify(String algorithm) {
    return (c, token, key) ->
        BooleanValue.of(verifies(Operands.string(token, 1), algorithm, Operands.string(key, 2)));
  }

  /** Whether a token's signature is right, by one algorithm, with a secret or a public key. */
  static boolean verifies(String token, String algorithm, String key) {
    Token t = split(token);
    if (algorithm.startsWith("HS")) {
      return hmacMatches(t, algorithm, key.getBytes(StandardCharsets.UTF_8));
    }
    return anyMatches(t, t.headerObject(), algorithm, Jwk.verifying(key));
  }

  static Set<String> algorithms() {
    return SCHEMES.keySet();
  }

  /** Whether a key is of the kind that an algorithm needs. */
  static boolean fits(String algorithm, Key key) {
    return scheme(algorithm).key.equals(Jwk.kind(key));
  }

  private static boolean hmacMatches(Token t, String algorithm, byte[] secret) {
    byte[] expected = Hashes.mac(scheme(algorithm).algorithm, secret, t.signed());
    return MessageDigest.isEqual(expected, t.signatureBytes());
  }

  private static Scheme scheme(String algorithm) {
    Scheme scheme = SCHEMES.get(algorithm);
    if (scheme == null) {
      throw BuiltinFailure.error("unknown JWS algorithm: " + algorithm);
    }
    return scheme;
  }

  private static boolean anyMatches(
      Token t, ObjectValue header, String algorithm, List<Jwk.Named> keys) {
    byte[] signature = t.signatureBytes();
    String id = header.text("kid");
    boolean byId = !id.isEmpty() && keys.stream().anyMatch(k -> k.id().equals(id));
    for (Jwk.Named named : keys) {
      boolean meant =
          (!byId || named.id().equals(id))
              && (named.algorithm().isEmpty() || named.algorithm().equals(algorithm));
      if (meant && matches(t.signed(), signature, algorithm, named.key())) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] signed, byte[] signature, String algorithm, Key key) {
    Scheme scheme = scheme(algorithm);
    if (!(key instanceof PublicKey open) || !scheme.key.equals(Jwk.kind(key))) {
      return false;
    }
    try {
      Signature s = signature(scheme);
      s.initVerify(open);
      s.update(signed);
      return s.verify(signature);
    } catch (GeneralSecurityException e) {
      // A signature that is not even of the right form does not match.
      return false;
    }
  }

  private static Signature signature(Scheme scheme) throws GeneralSecurityException {
    Signature s = Signature.getInstance(scheme.algorithm);
    if (scheme.pss > 0) {
      String hash = "SHA-" + scheme.pss;
      s.setParameter(
          new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), scheme.pss / 8, 1));
    }
    return s;
  }

  /** What {@code io.jwt.decode_verify} demands. */
  private record Constraints(
      @Nullable List<Jwk.Named> keys,
      @Nullable String secret,
      @Nullable String algorithm,
      @Nullable String issuer,
      @Nullable String audience,
      BigDecimal time) {}

  private static Constraints constraints(BuiltinContext c, ObjectValue o) {
    List<Jwk.Named> keys = null;
    BigDecimal time = BigDecimal.valueOf(c.now());
    for (int i = 0; i < o.size(); i++) {
      String name = o.key(i) instanceof StringValue s ? s.text() : "";
      Value v = o.value(i);
      switch (name) {
        case "cert" -> keys = Jwk.verifying(constraint(v, "cert"));
        case "secret", "alg", "iss", "aud" -> constraint(v, name);
        case "time" -> {
          if (!(v instanceof NumberValue n)) {
            throw BuiltinFailure.error("token time constraint: must be a number");
          }
          time = n.decimal();
        }
        default -> throw BuiltinFailure.error("unknown token validation constraint: " + name);
      }
    }
    if (keys == null && !o.has("secret")) {
      throw BuiltinFailure.error("no key constraint");
    }
    if (keys != null && o.has("secret")) {
      throw BuiltinFailure.error("duplicate key constraints");
    }
    return new Constraints(
        keys, text(o, "secret"), text(o, "alg"), text(o, "iss"), text(o, "aud"), time);
  }

  private static @Nullable String text(ObjectValue o, String name) {
    return o.has(name) ? o.text(name) : null;
  }

  private static String constraint(Value v, String name) {
    if (v instanceof StringValue s) {
      return s.text();
    }
    throw BuiltinFailure.error(name + " constraint: must be a string");
  }

  static Value decodeVerify(BuiltinContext c, Value a, Value b) {
    String text = Operands.string(a, 1);
    Constraints wanted = constraints(c, Operands.object(b, 2));
    Token token = split(text);
    while (true) {
      ObjectValue header = token.headerObject();
      if (!verified(token, header, wanted)) {
        return REFUSED;
      }
      if (!isNested(header)) {
        ObjectValue payload = payload(token);
        return accepted(payload, wanted)
            ? ArrayValue.of(BooleanValue.TRUE, header, payload)
            : REFUSED;
      }
      token = split(inner(token.payloadBytes()));
    }
  }

  private static boolean verified(Token t, ObjectValue header, Constraints wanted) {
    String algorithm = header.text("alg");
    if (!SCHEMES.containsKey(algorithm)
        || header.has("crit")
        || (wanted.algorithm != null && !wanted.algorithm.equals(algorithm))) {
      return false;
    }
    if (algorithm.startsWith("HS")) {
      return wanted.secret != null
          && hmacMatches(t, algorithm, wanted.secret.getBytes(StandardCharsets.UTF_8));
    }
    return wanted.keys != null && anyMatches(t, header, algorithm, wanted.keys);
  }

  private static boolean accepted(ObjectValue payload, Constraints wanted) {
    if (wanted.issuer != null && !payload.text("iss").equals(wanted.issuer)) {
      return false;
    }
    Value audience = payload.get("aud");
    if (wanted.audience == null ? audience != null : !isFor(audience, wanted.audience)) {
      return false;
    }
    BigDecimal expires = instant(payload, "exp");
    if (expires != null && wanted.time.compareTo(expires) >= 0) {
      return false;
    }
    BigDecimal notBefore = instant(payload, "nbf");
    return notBefore == null || wanted.time.compareTo(notBefore) >= 0;
  }

  private static boolean isFor(@Nullable Value audience, String wanted) {
    return switch (audience) {
      case StringValue s -> s.text().equals(wanted);
      case ArrayValue all -> all.elements().contains(StringValue.of(wanted));
      case null, default -> false;
    };
  }

  private static @Nullable BigDecimal instant(ObjectValue payload, String name) {
    Value v = payload.get(name);
    if (v == null) {
      return null;
    }
    if (v instanceof NumberValue n) {
      return n.decimal().multiply(NANOS);
    }
    throw BuiltinFailure.error(name + " value must be a number");
  }

  static Value encodeSign(BuiltinContext c, Value header, Value payload, Value key) {
    return sign(
        JsonText.compact(Operands.object(header, 1)),
        JsonText.compact(Operands.object(payload, 2)),
        Operands.object(key, 3));
  }

  static Value encodeSignRaw(BuiltinContext c, Value header, Value payload, Value key) {
    String keyText = Operands.string(key, 3);
    try {
      if (Json.parseLastKeyWins(keyText) instanceof ObjectValue o) {
        return sign(Operands.string(header, 1), Operands.string(payload, 2), o);
      }
    } catch (JsonException e) {
      throw BuiltinFailure.error("failed to parse JWK: " + e.getMessage());
    }
    throw BuiltinFailure.error("failed to parse JWK");
  }

  private static Value sign(String header, String payload, ObjectValue jwk) {
    String missing = "missing or invalid 'alg' header: ";
    if (header.isEmpty()) {
      throw BuiltinFailure.error(
          missing + "cannot parse JSON: cannot parse empty string; unparsed tail: \"\"");
    }
    ObjectValue fields;
    try {
      fields = Json.parseLastKeyWins(header) instanceof ObjectValue o ? o : ObjectValue.EMPTY;
    } catch (JsonException e) {
      throw BuiltinFailure.error(missing + "cannot parse JSON: " + e.getMessage());
    }
    if (!(fields.get("alg") instanceof StringValue algorithm)) {
      throw BuiltinFailure.error(missing + "jwsbb: header \"alg\" not found");
    }
    scheme(algorithm.text());
    if (fields.text("typ").equals("JWT") && !isJson(payload)) {
      throw BuiltinFailure.error("type is JWT but payload is not JSON");
    }
    return StringValue.of(signed(header, payload, algorithm.text(), Jwk.key(jwk, true), ""));
  }

  /**
   * A token of a header and a payload.
   *
   * @param key of another kind than a secret, or of a secret's bytes; null for the secret's text
   */
  static String signed(
      String header, String payload, String algorithm, @Nullable Key key, String secret) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String signed =
        base64.encodeToString(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + base64.encodeToString(payload.getBytes(StandardCharsets.UTF_8));
    byte[] bytes = signed.getBytes(StandardCharsets.US_ASCII);
    Scheme scheme = scheme(algorithm);
    try {
      byte[] signature =
          key == null
              ? Hashes.mac(scheme.algorithm, secret.getBytes(StandardCharsets.UTF_8), bytes)
              : signed(scheme, key, bytes);
      return signed + "." + base64.encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw BuiltinFailure.error("failed to sign: " + e.getMessage());
    }
  }

  private static byte[] signed(Scheme scheme, Key key, byte[] bytes)
      throws GeneralSecurityException {
    if (scheme.key.equals("oct")) {
      return Hashes.mac(scheme.algorithm, key.getEncoded(), bytes);
    }
    if (!(key instanceof PrivateKey secret)) {
      throw new GeneralSecurityException("not a private key");
    }
    Signature s = signature(scheme);
    s.initSign(secret);
    s.update(bytes);
    return s.sign();
  }

  private static boolean isJson(String text) {
    try {
      Json.parseLastKeyWins(text);
      return true;
    } catch (JsonException e) {
      return false;
    }
  }
}
