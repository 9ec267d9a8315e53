package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Private keys in PEM, with their public halves, as Go's structures and as JWK. */
final class PrivateKeys {
  private PrivateKeys() {}

  /** The one private key of a PEM text. */
  static PrivateKey one(String text) {
    List<PrivateKey> keys = all(text);
    if (keys.size() != 1) {
      throw BuiltinFailure.error("failed to parse PEM block containing the key");
    }
    return keys.getFirst();
  }

  /** All private keys of a PEM text; blocks of other kinds are passed over. */
  static List<PrivateKey> all(String pem) {
    List<PrivateKey> keys = new ArrayList<>();
    for (Pem.Block block : Pem.all(pem)) {
      try {
        switch (block.type()) {
          case "RSA PRIVATE KEY" -> keys.add(key("RSA", Der.pkcs8Rsa(block.bytes())));
          case "EC PRIVATE KEY" -> keys.add(key("EC", Der.pkcs8Ec(block.bytes())));
          case "PRIVATE KEY" -> keys.add(any(block.bytes()));
          default -> {}
        }
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        throw BuiltinFailure.error("failed to parse private key: " + e.getMessage());
      }
    }
    return keys;
  }

  private static PrivateKey key(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private static PrivateKey any(byte[] pkcs8) throws GeneralSecurityException {
    for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
      try {
        return key(algorithm, pkcs8);
      } catch (InvalidKeySpecException _) {
        // Another kind of key, then.
      }
    }
    throw new GeneralSecurityException("unknown kind of key");
  }

  /** A key of PKCS #8, PKCS #1 or SEC 1. */
  static PrivateKey ofBytes(byte[] der) throws GeneralSecurityException {
    try {
      return any(der);
    } catch (GeneralSecurityException e) {
      try {
        return key("RSA", Der.pkcs8Rsa(der));
      } catch (GeneralSecurityException | IllegalArgumentException _) {
        return key("EC", Der.pkcs8Ec(der));
      }
    }
  }

  /** The public half; an RSA key's by its exponent, the others' by arithmetic. */
  static PublicKey publicHalf(PrivateKey key) {
    try {
      return switch (key) {
        case RSAPrivateCrtKey k ->
            KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(k.getModulus(), k.getPublicExponent()));
        case ECPrivateKey k ->
            KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point(k), k.getParams()));
        case EdECPrivateKey k -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
          generator.initialize(NamedParameterSpec.ED25519, new Given(seed(k)));
          yield generator.generateKeyPair().getPublic();
        }
        default -> throw BuiltinFailure.error("x509: unknown kind of private key");
      };
    } catch (GeneralSecurityException e) {
      throw BuiltinFailure.error("x509: " + e.getMessage());
    }
  }

  /** Randomness that is none: what was given. */
  private static final class Given extends SecureRandom {
    private final byte[] bytes;

    Given(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] into) {
      System.arraycopy(bytes, 0, into, 0, into.length);
    }
  }

  private static byte[] seed(EdECPrivateKey key) {
    return key.getBytes().orElseThrow(() -> BuiltinFailure.error("x509: key without bytes"));
  }

  /** The raw bytes of a public key of Ed25519: the last of its encoding. */
  static byte[] rawEd25519(PublicKey key) {
    byte[] encoded = key.getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  /** The generator of the curve, taken as often as the key says: double and add, affine. */
  private static ECPoint point(ECPrivateKey key) {
    EllipticCurve curve = key.getParams().getCurve();
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    ECPoint sum = ECPoint.POINT_INFINITY;
    ECPoint power = key.getParams().getGenerator();
    BigInteger scalar = key.getS();
    for (int i = 0; i < scalar.bitLength(); i++) {
      if (scalar.testBit(i)) {
        sum = added(sum, power, curve.getA(), p);
      }
      power = added(power, power, curve.getA(), p);
    }
    return sum;
  }

  private static ECPoint added(ECPoint x, ECPoint y, BigInteger a, BigInteger p) {
    if (x.equals(ECPoint.POINT_INFINITY)) {
      return y;
    }
    if (y.equals(ECPoint.POINT_INFINITY)) {
      return x;
    }
    BigInteger x1 = x.getAffineX();
    BigInteger y1 = x.getAffineY();
    BigInteger x2 = y.getAffineX();
    BigInteger y2 = y.getAffineY();
    if (x1.equals(x2) && y1.add(y2).mod(p).signum() == 0) {
      return ECPoint.POINT_INFINITY;
    }
    BigInteger slope =
        x1.equals(x2)
            ? x1.pow(2)
                .multiply(BigInteger.valueOf(3))
                .add(a)
                .multiply(y1.shiftLeft(1).modInverse(p))
            : y2.subtract(y1).multiply(x2.subtract(x1).modInverse(p));
    BigInteger x3 = slope.pow(2).subtract(x1).subtract(x2).mod(p);
    return new ECPoint(x3, slope.multiply(x1.subtract(x3)).subtract(y1).mod(p));
  }

  /** With the field names of Go's key; one of Ed25519 as its bytes. */
  static Value fields(PrivateKey key) {
    return switch (key) {
      case RSAPrivateCrtKey k ->
          ObjectValue.builder(5)
              .put("N", NumberValue.of(k.getModulus()))
              .put("E", NumberValue.of(k.getPublicExponent()))
              .put("D", NumberValue.of(k.getPrivateExponent()))
              .put(
                  "Primes",
                  ArrayValue.of(NumberValue.of(k.getPrimeP()), NumberValue.of(k.getPrimeQ())))
              .put(
                  "Precomputed",
                  ObjectValue.builder(4)
                      .put("Dp", NumberValue.of(k.getPrimeExponentP()))
                      .put("Dq", NumberValue.of(k.getPrimeExponentQ()))
                      .put("Qinv", NumberValue.of(k.getCrtCoefficient()))
                      .put("CRTValues", ArrayValue.EMPTY)
                      .build())
              .build();
      case ECPrivateKey k -> {
        ECPoint point = point(k);
        yield ObjectValue.builder(4)
            .put("Curve", ObjectValue.EMPTY)
            .put("D", NumberValue.of(k.getS()))
            .put("X", NumberValue.of(point.getAffineX()))
            .put("Y", NumberValue.of(point.getAffineY()))
            .build();
      }
      case EdECPrivateKey k -> {
        byte[] both = Arrays.copyOf(seed(k), 64);
        System.arraycopy(rawEd25519(publicHalf(k)), 0, both, 32, 32);
        yield StringValue.of(Base64.getEncoder().encodeToString(both));
      }
      default -> throw BuiltinFailure.error("x509: unknown kind of private key");
    };
  }

  /** As a JSON Web Key (RFC 7517, 7518 and 8037). */
  static Value jwk(PrivateKey key) {
    return switch (key) {
      case RSAPrivateCrtKey k ->
          ObjectValue.builder(9)
              .put("kty", "RSA")
              .put("n", number(k.getModulus(), 0))
              .put("e", number(k.getPublicExponent(), 0))
              .put("d", number(k.getPrivateExponent(), 0))
              .put("p", number(k.getPrimeP(), 0))
              .put("q", number(k.getPrimeQ(), 0))
              .put("dp", number(k.getPrimeExponentP(), 0))
              .put("dq", number(k.getPrimeExponentQ(), 0))
              .put("qi", number(k.getCrtCoefficient(), 0))
              .build();
      case ECPrivateKey k -> {
        ECPoint point = point(k);
        int bits = k.getParams().getCurve().getField().getFieldSize();
        int size = (bits + 7) / 8;
        yield ObjectValue.builder(5)
            .put("kty", "EC")
            .put("crv", "P-" + bits)
            .put("d", number(k.getS(), size))
            .put("x", number(point.getAffineX(), size))
            .put("y", number(point.getAffineY(), size))
            .build();
      }
      case EdECPrivateKey k ->
          ObjectValue.builder(4)
              .put("kty", "OKP")
              .put("crv", "Ed25519")
              .put("d", base64(seed(k)))
              .put("x", base64(rawEd25519(publicHalf(k))))
              .build();
      default -> throw BuiltinFailure.error("x509: unknown kind of private key");
    };
  }

  /** The bytes of a number, at least so many. */
  private static String number(BigInteger n, int least) {
    byte[] bytes = n.toByteArray();
    int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
    byte[] digits = Arrays.copyOfRange(bytes, from, bytes.length);
    byte[] padded = new byte[Math.max(least, digits.length)];
    System.arraycopy(digits, 0, padded, padded.length - digits.length, digits.length);
    return base64(padded);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
