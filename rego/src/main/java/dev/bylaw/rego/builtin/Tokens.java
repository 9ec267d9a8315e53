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
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON web tokens (RFC 7519, 7515) in compact form. */
final class Tokens {
  private static final BigDecimal NANOS = new BigDecimal("1e9");
  private static final Value REFUSED =
      ArrayValue.of(BooleanValue.FALSE, ObjectValue.EMPTY, ObjectValue.EMPTY);

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
      return SignatureScheme.of(algorithm).isMac(t.signed(), t.signatureBytes(), secret);
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

  /** Whether the key that the header names, or else one of all, made the signature. */
  private static boolean anyMatches(
      byte[] signed, byte[] signature, Header header, String algorithm, List<Jwk.Named> keys) {
    SignatureScheme scheme = SignatureScheme.of(algorithm);
    if (!header.id.isEmpty()) {
      for (Jwk.Named named : keys) {
        if (named.id().equals(header.id)) {
          return scheme.matches(signed, signature, named.key());
        }
      }
    }
    for (Jwk.Named named : keys) {
      boolean meant = named.algorithm().isEmpty() || named.algorithm().equals(header.algorithm);
      if (meant && scheme.matches(signed, signature, named.key())) {
        return true;
      }
    }
    return false;
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
    if (!SignatureScheme.names().contains(algorithm)) {
      return false;
    }
    if (!wanted.secret.isEmpty()) {
      byte[] secret = wanted.secret.getBytes(StandardCharsets.UTF_8);
      SignatureScheme scheme = SignatureScheme.of(algorithm);
      return scheme.key().equals("oct") && scheme.isMac(t.signed(), signature, secret);
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
    SignatureScheme scheme = SignatureScheme.of(algorithm.text());
    Value type = ((ObjectValue) fields).get("typ");
    boolean json = !(type instanceof StringValue s) || s.text().equals("JWT");
    if (json && !isJson(payload)) {
      throw BuiltinFailure.error("type is JWT but payload is not JSON");
    }
    scheme.demand(key);
    return StringValue.of(signed(header, payload, algorithm.text(), key, ""));
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
    SignatureScheme scheme = SignatureScheme.of(algorithm);
    try {
      byte[] signature =
          key == null
              ? scheme.mac(secret.getBytes(StandardCharsets.UTF_8), bytes)
              : scheme.sign(key, bytes);
      return signed + "." + base64.encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw BuiltinFailure.error("failed to sign: " + e.getMessage());
    }
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
