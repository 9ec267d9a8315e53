package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
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
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
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
      return Base64Text.decodeUrl(signature);
    }

    String payloadText() {
      return new String(part(payload, "payload"), StandardCharsets.UTF_8);
    }

    ObjectValue headerObject() {
      ObjectValue fields;
      try {
        fields = object(new String(part(header, "header"), StandardCharsets.UTF_8));
      } catch (NoObject e) {
        throw BuiltinFailure.error("bad JWT header: " + e.getMessage());
      }
      if (fields.has("enc")) {
        throw BuiltinFailure.error("JWT is a JWE object, which is not supported");
      }
      return fields;
    }
  }

  /** A text is no object in JSON. */
  private static final class NoObject extends Exception {
    NoObject(String message) {
      super(message, null, false, false);
    }
  }

  /** Members of a header that have a meaning here. */
  private static final Set<String> KNOWN = Set.of("alg", "kid", "typ", "cty", "crit");

  private static final Pattern QUOTES = Pattern.compile("^[\"']+|[\"']+$");

  private Tokens() {}

  private static byte[] part(String text, String name) {
    try {
      return Base64Text.decodeUrl(text);
    } catch (BuiltinFailure e) {
      throw BuiltinFailure.error("JWT " + name + " had invalid encoding: " + e.text());
    }
  }

  private static ObjectValue object(String text) throws NoObject {
    Value v;
    try {
      v = Encodings.json(text);
    } catch (BuiltinFailure e) {
      throw new NoObject("invalid JSON: " + e.text());
    }
    if (v instanceof ObjectValue o) {
      return o;
    }
    throw new NoObject("decoded JSON type was not an Object");
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

  static Value decode(BuiltinContext c, Value a) {
    Token token = split(Operands.string(a, 1));
    ObjectValue header = token.headerObject();
    while (header.text("cty").equals("JWT")) {
      // The token inside may stand in quotes.
      token = split(QUOTES.matcher(token.payloadText()).replaceAll(""));
      header = token.headerObject();
    }
    ObjectValue payload = payload(token.payloadText());
    byte[] signature = part(token.signature, "signature");
    return ArrayValue.of(header, payload, StringValue.of(HexFormat.of().formatHex(signature)));
  }

  private static ObjectValue payload(String text) {
    try {
      return object(text);
    } catch (NoObject e) {
      throw BuiltinFailure.error(String.valueOf(e.getMessage()));
    }
  }

  /** {@code io.jwt.verify_*} of one algorithm. */
  static Builtin.F2 verify(String algorithm) {
    return (c, token, key) -> {
      String text = Operands.string(token, 1);
      if (algorithm.startsWith("HS")) {
        return BooleanValue.of(verifies(text, algorithm, Operands.string(key, 2)));
      }
      // What is wrong with the token comes before what is wrong with the key.
      split(text);
      return BooleanValue.of(verifies(text, algorithm, Operands.string(key, 2)));
    };
  }

  /** Whether a token's signature is right, by one algorithm, with a secret or a public key. */
  static boolean verifies(String token, String algorithm, String key) {
    Token t = split(token);
    if (algorithm.startsWith("HS")) {
      byte[] secret = key.getBytes(StandardCharsets.UTF_8);
      return hmacMatches(t.signed(), t.signatureBytes(), algorithm, secret);
    }
    List<Jwk.Named> keys = Jwk.verifying(key);
    byte[] signature = t.signatureBytes();
    return anyMatches(t.signed(), signature, Header.of(t.headerObject()), algorithm, keys);
  }

  /** What is known of a header: its members that have a meaning are texts, or a list of them. */
  private record Header(String algorithm, String id, String content, boolean understood) {
    static Header of(ObjectValue fields) {
      String algorithm = text(fields, "alg");
      boolean understood = true;
      Value critical = fields.get("crit");
      if (critical != null) {
        if (!(critical instanceof ArrayValue all)) {
          throw BuiltinFailure.error("crit: must be a list");
        }
        if (all.elements().stream().noneMatch(StringValue.class::isInstance)) {
          throw BuiltinFailure.error("crit: must be a nonempty list");
        }
        understood =
            all.elements().stream()
                .noneMatch(v ->
                    v instanceof StringValue s
                        && fields.has(s.text())
                        && !KNOWN.contains(s.text()));
      }
      String content = text(fields, "cty");
      String id = text(fields, "kid");
      text(fields, "typ");
      return new Header(algorithm, id, content, understood);
    }

    private static String text(ObjectValue fields, String name) {
      Value v = fields.get(name);
      if (v != null && !(v instanceof StringValue)) {
        throw BuiltinFailure.error(name + ": must be a string");
      }
      return fields.text(name);
    }
  }

  static Set<String> algorithms() {
    return SCHEMES.keySet();
  }

  /** Whether a key is of the kind that an algorithm needs. */
  static boolean fits(String algorithm, Key key) {
    return scheme(algorithm).key.equals(Jwk.kind(key));
  }

  private static boolean hmacMatches(
      byte[] signed, byte[] signature, String algorithm, byte[] secret) {
    return MessageDigest.isEqual(
        Hashes.mac(scheme(algorithm).algorithm, secret, signed), signature);
  }

  private static Scheme scheme(String algorithm) {
    Scheme scheme = SCHEMES.get(algorithm);
    if (scheme == null) {
      throw BuiltinFailure.error("unknown JWS algorithm: " + algorithm);
    }
    return scheme;
  }

  /** Whether the key that the header names, or else one of all, made the signature. */
  private static boolean anyMatches(
      byte[] signed, byte[] signature, Header header, String algorithm, List<Jwk.Named> keys) {
    if (!header.id.isEmpty()) {
      for (Jwk.Named named : keys) {
        if (named.id().equals(header.id)) {
          return matches(signed, signature, algorithm, named.key());
        }
      }
    }
    for (Jwk.Named named : keys) {
      boolean meant = named.algorithm().isEmpty() || named.algorithm().equals(header.algorithm);
      if (meant && matches(signed, signature, algorithm, named.key())) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] signed, byte[] signature, String algorithm, Key key) {
    Scheme scheme = scheme(algorithm);
    if (scheme.key.equals("oct")) {
      return key instanceof SecretKey
          && hmacMatches(signed, signature, algorithm, key.getEncoded());
    }
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

  /** What {@code io.jwt.decode_verify} demands; an empty text demands nothing. */
  private record Constraints(
      List<Jwk.Named> keys,
      String secret,
      String algorithm,
      String issuer,
      String audience,
      BigDecimal time) {}

  private static Constraints constraints(BuiltinContext c, ObjectValue o) {
    List<Jwk.Named> keys = null;
    BigDecimal time = BigDecimal.valueOf(c.now());
    for (int i = 0; i < o.size(); i++) {
      String name = o.sortedKey(i) instanceof StringValue s ? s.text() : "";
      Value v = o.sortedValue(i);
      switch (name) {
        case "cert" -> keys = Jwk.verifying(constraint(v, "cert"));
        case "secret", "alg", "iss", "aud" -> constraint(v, name);
        case "time" -> {
          if (!(v instanceof NumberValue n)) {
            throw BuiltinFailure.error("token time constraint: must be a number");
          }
          time = n.decimal();
          if (time.signum() < 0) {
            throw BuiltinFailure.error("token time constraint: must not be negative");
          }
        }
        default -> throw BuiltinFailure.error("unknown token validation constraint: " + name);
      }
    }
    String secret = o.text("secret");
    if (keys == null && secret.isEmpty()) {
      throw BuiltinFailure.error("no key constraint");
    }
    if (keys != null && !secret.isEmpty()) {
      throw BuiltinFailure.error("duplicate key constraints");
    }
    return new Constraints(
        keys == null ? List.of() : keys, secret, o.text("alg"), o.text("iss"), o.text("aud"), time);
  }

  private static String constraint(Value v, String name) {
    if (v instanceof StringValue s) {
      return s.text();
    }
    throw BuiltinFailure.error(name + " constraint: must be a string");
  }

  static Value decodeVerify(BuiltinContext c, Value a, Value b) {
    Constraints wanted = constraints(c, Operands.object(b, 2));
    Token token = split(Operands.string(a, 1));
    while (true) {
      ObjectValue fields = token.headerObject();
      Header header = Header.of(fields);
      if (!verified(token, header, wanted)) {
        return REFUSED;
      }
      String text = token.payloadText();
      if (!header.content.equalsIgnoreCase("JWT")) {
        ObjectValue payload = payload(text);
        return accepted(payload, wanted)
            ? ArrayValue.of(BooleanValue.TRUE, fields, payload)
            : REFUSED;
      }
      token = split(text);
    }
  }

  private static boolean verified(Token t, Header header, Constraints wanted) {
    String algorithm = header.algorithm;
    if (algorithm.isEmpty()
        || !header.understood
        || (!wanted.algorithm.isEmpty() && !wanted.algorithm.equals(algorithm))) {
      return false;
    }
    byte[] signature = t.signatureBytes();
    if (!SCHEMES.containsKey(algorithm)) {
      return false;
    }
    if (!wanted.secret.isEmpty()) {
      byte[] secret = wanted.secret.getBytes(StandardCharsets.UTF_8);
      return scheme(algorithm).key.equals("oct")
          && hmacMatches(t.signed(), signature, algorithm, secret);
    }
    return anyMatches(t.signed(), signature, header, algorithm, wanted.keys);
  }

  private static boolean accepted(ObjectValue payload, Constraints wanted) {
    if (!wanted.issuer.isEmpty() && !payload.text("iss").equals(wanted.issuer)) {
      return false;
    }
    Value audience = payload.get("aud");
    if (audience == null ? !wanted.audience.isEmpty() : !isFor(audience, wanted.audience)) {
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
    return sign(JsonText.compact(header), JsonText.compact(payload), JsonText.compact(key));
  }

  static Value encodeSignRaw(BuiltinContext c, Value header, Value payload, Value key) {
    String jwk = Operands.string(key, 3);
    return sign(Operands.string(header, 1), Operands.string(payload, 2), jwk);
  }

  private static Value sign(String header, String payload, String jwk) {
    Key key = Jwk.signing(jwk);
    String missing = "missing or invalid 'alg' header: ";
    if (header.isEmpty()) {
      throw BuiltinFailure.error(
          missing + "cannot parse JSON: cannot parse empty string; unparsed tail: \"\"");
    }
    Value fields;
    try {
      fields = Encodings.json(header);
    } catch (BuiltinFailure e) {
      throw BuiltinFailure.error(missing + "cannot parse JSON: " + e.text());
    }
    Value named = fields instanceof ObjectValue o ? o.get("alg") : null;
    if (named == null) {
      throw BuiltinFailure.error(missing + "jwsbb: header \"alg\" not found");
    }
    if (!(named instanceof StringValue algorithm)) {
      throw BuiltinFailure.error(
          missing + "value doesn't contain string; it contains " + named.kind().word());
    }
    scheme(algorithm.text());
    Value type = ((ObjectValue) fields).get("typ");
    boolean json = !(type instanceof StringValue s) || s.text().equals("JWT");
    if (json && !isJson(payload)) {
      throw BuiltinFailure.error("type is JWT but payload is not JSON");
    }
    demand(scheme(algorithm.text()), key);
    return StringValue.of(signed(header, payload, algorithm.text(), key, ""));
  }

  /** Checks that a key is of the kind that a signature needs. */
  private static void demand(Scheme scheme, Key key) {
    boolean fits =
        scheme.key.equals("oct")
            ? key instanceof SecretKey
            : key instanceof PrivateKey && scheme.key.equals(Jwk.kind(key));
    if (fits) {
      return;
    }
    String type = "*jwk." + Jwk.type(key);
    String wanted =
        switch (scheme.key) {
          case "oct" -> "[]byte";
          case "RSA" -> "rsa.PrivateKey";
          case "EC" -> "ecdsa.PrivateKey";
          default -> "ed25519.PrivateKey";
        };
    boolean pointer = scheme.key.equals("RSA") || scheme.key.equals("EC");
    throw BuiltinFailure.error(
        "jwsbb.Sign: invalid key type "
            + type
            + ". "
            + (pointer ? "*" : "")
            + wanted
            + " is required: "
            + (scheme.key.equals("oct") || scheme.key.equals("EC") ? "keyconv: " : "")
            + "failed to produce "
            + wanted
            + " from "
            + type
            + ": jwk.Export: no suitable exporter found for key type '"
            + type
            + "'");
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
      Encodings.json(text);
      return true;
    } catch (BuiltinFailure e) {
      return false;
    }
  }
}
