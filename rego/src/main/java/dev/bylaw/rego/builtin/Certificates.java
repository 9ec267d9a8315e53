package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** X.509 certificates, requests and keys, as objects with the field names of Go's. */
final class Certificates {
  private Certificates() {}

  static Value parseCertificates(BuiltinContext c, Value a) {
    return ArrayValue.of(
        certificates(Operands.string(a, 1)).stream().map(Certificates::fields).toList());
  }

  /** Certificates in PEM, in base64 of PEM, or in base64 of DER. */
  private static List<X509Certificate> certificates(String text) {
    List<byte[]> ders = new ArrayList<>();
    String pem = pem(text);
    if (pem != null) {
      for (Pem.Block block : Pem.all(pem)) {
        if (block.type().equals("CERTIFICATE")) {
          ders.add(block.bytes());
        }
      }
    } else if (!text.isEmpty()) {
      ders.add(Encodings.decode(text, false));
    }
    List<X509Certificate> all = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (byte[] der : ders) {
        for (java.security.cert.Certificate one :
            factory.generateCertificates(new ByteArrayInputStream(der))) {
          all.add((X509Certificate) one);
        }
      }
    } catch (GeneralSecurityException e) {
      throw BuiltinFailure.error("x509: malformed certificate");
    }
    if (all.isEmpty() && !text.isEmpty()) {
      throw BuiltinFailure.error("x509: malformed certificate");
    }
    return all;
  }

  private static @Nullable String pem(String text) {
    if (text.startsWith("-----BEGIN")) {
      return text;
    }
    try {
      String decoded = new String(Encodings.decode(text, false), StandardCharsets.ISO_8859_1);
      return decoded.startsWith("-----BEGIN") ? decoded : null;
    } catch (BuiltinFailure e) {
      throw BuiltinFailure.error(e.text());
    }
  }

  private static ObjectValue fields(X509Certificate c) {
    ObjectValue.Builder out = ObjectValue.builder(40);
    out.put("Raw", base64(c::getEncoded));
    out.put("RawTBSCertificate", base64(c::getTBSCertificate));
    out.put("RawSubject", base64(() -> c.getSubjectX500Principal().getEncoded()));
    out.put("RawIssuer", base64(() -> c.getIssuerX500Principal().getEncoded()));
    out.put("RawSubjectPublicKeyInfo", base64(() -> c.getPublicKey().getEncoded()));
    out.put("Signature", base64(c::getSignature));
    out.put("Version", NumberValue.of(c.getVersion()));
    out.put("SerialNumber", NumberValue.of(c.getSerialNumber()));
    out.put("Subject", DistinguishedName.of(c.getSubjectX500Principal()));
    out.put("Issuer", DistinguishedName.of(c.getIssuerX500Principal()));
    out.put("NotBefore", c.getNotBefore().toInstant().toString());
    out.put("NotAfter", c.getNotAfter().toInstant().toString());
    boolean[] usage = c.getKeyUsage();
    int bits = 0;
    for (int i = 0; usage != null && i < usage.length; i++) {
      bits |= usage[i] ? 1 << i : 0;
    }
    out.put("KeyUsage", NumberValue.of(bits));
    out.put("IsCA", BooleanValue.of(c.getBasicConstraints() >= 0));
    boolean constrained = c.getExtensionValue("2.5.29.19") != null;
    out.put("BasicConstraintsValid", BooleanValue.of(constrained));
    int depth = c.getBasicConstraints();
    out.put(
        "MaxPathLen",
        NumberValue.of(
            depth < 0 || depth == Integer.MAX_VALUE
                ? (constrained && depth >= 0 ? -1 : 0)
                : depth));
    out.put("PublicKeyAlgorithm", NumberValue.of(algorithm(c)));
    out.put("PublicKey", publicKey(c));
    out.put("DNSNames", names(c, 2));
    out.put("EmailAddresses", names(c, 1));
    out.put("URIs", uris(c));
    out.put("URIStrings", names(c, 6));
    out.put("IPAddresses", names(c, 7));
    return out.build();
  }

  /** Work that may fail for a certificate that is not of the form. */
  private interface Encoding {
    byte[] bytes() throws GeneralSecurityException;
  }

  private static Value base64(Encoding encoding) {
    try {
      return StringValue.of(Base64.getEncoder().encodeToString(encoding.bytes()));
    } catch (GeneralSecurityException e) {
      throw BuiltinFailure.error("x509: " + e.getMessage());
    }
  }

  private static int algorithm(X509Certificate c) {
    return switch (c.getPublicKey().getAlgorithm()) {
      case "RSA" -> 1;
      case "DSA" -> 2;
      case "EC" -> 3;
      case "EdDSA", "Ed25519" -> 4;
      default -> 0;
    };
  }

  private static Value publicKey(X509Certificate c) {
    return switch (c.getPublicKey()) {
      case RSAPublicKey k ->
          ObjectValue.of(
              "N", NumberValue.of(k.getModulus()), "E", NumberValue.of(k.getPublicExponent()));
      case ECPublicKey k ->
          ObjectValue.of(
              "X",
              NumberValue.of(k.getW().getAffineX()),
              "Y",
              NumberValue.of(k.getW().getAffineY()));
      default -> StringValue.of(Base64.getEncoder().encodeToString(c.getPublicKey().getEncoded()));
    };
  }

  /** Alternative names of a kind (RFC 5280, 4.2.1.6), or null if there are none. */
  private static Value names(X509Certificate c, int kind) {
    try {
      Collection<List<?>> all = c.getSubjectAlternativeNames();
      List<Value> found = new ArrayList<>();
      if (all != null) {
        for (List<?> name : all) {
          if (Integer.valueOf(kind).equals(name.get(0))) {
            found.add(StringValue.of(String.valueOf(name.get(1))));
          }
        }
      }
      return found.isEmpty() ? NullValue.NULL : ArrayValue.of(found);
    } catch (GeneralSecurityException e) {
      throw BuiltinFailure.error("x509: " + e.getMessage());
    }
  }

  private static Value uris(X509Certificate c) {
    if (!(names(c, 6) instanceof ArrayValue all)) {
      return NullValue.NULL;
    }
    List<Value> parsed = new ArrayList<>();
    for (Value v : all) {
      java.net.URI uri = java.net.URI.create(Strings.text(v));
      parsed.add(
          ObjectValue.builder(4)
              .put("Scheme", uri.getScheme() == null ? "" : uri.getScheme())
              .put("Host", uri.getAuthority() == null ? "" : uri.getAuthority())
              .put("Path", uri.getPath() == null ? "" : uri.getPath())
              .put("RawQuery", uri.getRawQuery() == null ? "" : uri.getRawQuery())
              .build());
    }
    return ArrayValue.of(parsed);
  }

  static Value parseAndVerify(BuiltinContext c, Value a) {
    return verified(Operands.string(a, 1), ObjectValue.EMPTY, c);
  }

  static Value parseAndVerifyWithOptions(BuiltinContext c, Value a, Value options) {
    return verified(Operands.string(a, 1), Operands.object(options, 2), c);
  }

  /** The first certificate is the root, the last the one to check; given leaf first, root last. */
  private static Value verified(String text, ObjectValue options, BuiltinContext c) {
    Value refused = ArrayValue.of(BooleanValue.FALSE, ArrayValue.EMPTY);
    for (int i = 0; i < options.size(); i++) {
      String name = Strings.text(options.key(i));
      if (!Set.of("DNSName", "CurrentTime", "MaxConstraintComparisons", "KeyUsages")
          .contains(name)) {
        throw BuiltinFailure.type("operand 2 invalid key option");
      }
    }
    List<X509Certificate> all;
    try {
      all = certificates(text);
    } catch (BuiltinFailure e) {
      return refused;
    }
    if (all.size() < 2) {
      return refused;
    }
    long now = options.get("CurrentTime") instanceof NumberValue n ? n.longValue() : c.now();
    String host = options.text("DNSName");
    X509Certificate leaf = all.getLast();
    if (!host.isEmpty()
        && !(names(leaf, 2) instanceof ArrayValue dns
            && dns.elements().stream().anyMatch(v -> covers(Strings.text(v), host)))) {
      return refused;
    }
    try {
      List<Value> chain = new ArrayList<>();
      for (X509Certificate one : chain(all, Instant.ofEpochSecond(0, now))) {
        chain.add(fields(one));
      }
      return ArrayValue.of(BooleanValue.TRUE, ArrayValue.of(chain));
    } catch (CertPathBuilderException e) {
      return refused;
    } catch (GeneralSecurityException e) {
      throw BuiltinFailure.error("x509: " + e.getMessage());
    }
  }

  private static boolean covers(String pattern, String host) {
    if (pattern.equalsIgnoreCase(host)) {
      return true;
    }
    int dot = host.indexOf('.');
    return pattern.startsWith("*.")
        && dot > 0
        && pattern.substring(1).equalsIgnoreCase(host.substring(dot));
  }

  private static List<X509Certificate> chain(List<X509Certificate> all, Instant now)
      throws GeneralSecurityException {
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(all.getLast());
    PKIXBuilderParameters parameters =
        new PKIXBuilderParameters(Set.of(new TrustAnchor(all.getFirst(), null)), target);
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(now));
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(all)));
    PKIXCertPathBuilderResult result =
        (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
    List<X509Certificate> chain = new ArrayList<>();
    result.getCertPath().getCertificates().forEach(one -> chain.add((X509Certificate) one));
    chain.add(result.getTrustAnchor().getTrustedCert());
    return chain;
  }

  static Value parseRequest(BuiltinContext c, Value a) {
    String text = Operands.string(a, 1);
    String pem = pem(text);
    byte[] der;
    if (pem == null) {
      der = Encodings.decode(text, false);
    } else {
      Pem.Block block = Pem.first(pem);
      if (block == null || !block.type().endsWith("CERTIFICATE REQUEST")) {
        throw BuiltinFailure.error("invalid PEM-encoded certificate signing request");
      }
      der = block.bytes();
    }
    try {
      Der request = Der.parse(der);
      Der info = request.child(0);
      ObjectValue.Builder out = ObjectValue.builder();
      out.put("Raw", StringValue.of(Base64.getEncoder().encodeToString(der)));
      out.put("Version", NumberValue.of(info.child(0).integer()));
      out.put(
          "Subject",
          DistinguishedName.of(
              new javax.security.auth.x500.X500Principal(info.child(1).encoded())));
      out.put(
          "RawSubject",
          StringValue.of(Base64.getEncoder().encodeToString(info.child(1).encoded())));
      out.put(
          "RawSubjectPublicKeyInfo",
          StringValue.of(Base64.getEncoder().encodeToString(info.child(2).encoded())));
      return out.build();
    } catch (IllegalArgumentException e) {
      throw BuiltinFailure.error("asn1: structure error: " + e.getMessage());
    }
  }

  static Value parseKeyPair(BuiltinContext c, Value cert, Value key) {
    List<X509Certificate> all = certificates(Operands.string(cert, 1));
    String text = pem(Operands.string(key, 2));
    List<PrivateKey> keys = text == null ? List.of() : privateKeys(text);
    if (keys.isEmpty()) {
      throw BuiltinFailure.error("tls: failed to find any PEM data in key input");
    }
    List<Value> raw = new ArrayList<>();
    all.forEach(one -> raw.add(base64(one::getEncoded)));
    ObjectValue.Builder out = ObjectValue.builder();
    out.put("Certificate", ArrayValue.of(raw));
    out.put("PrivateKey", privateKey(keys.getFirst()));
    out.put("Leaf", NullValue.NULL);
    out.put("OCSPStaple", NullValue.NULL);
    out.put("SignedCertificateTimestamps", NullValue.NULL);
    out.put("SupportedSignatureAlgorithms", NullValue.NULL);
    return out.build();
  }

  static Value parseRsaPrivateKey(BuiltinContext c, Value a) {
    if (Operands.string(a, 1).isEmpty()) {
      throw BuiltinFailure.error("input PEM data was empty");
    }
    String text = pem(Operands.string(a, 1));
    for (PrivateKey key : text == null ? List.<PrivateKey>of() : privateKeys(text)) {
      if (key instanceof RSAPrivateCrtKey rsa) {
        return jwk(rsa);
      }
    }
    throw BuiltinFailure.error("failed to parse PEM block containing the key");
  }

  static Value parsePrivateKeys(BuiltinContext c, Value a) {
    String given = Operands.string(a, 1);
    if (given.isEmpty()) {
      return NullValue.NULL;
    }
    String text = pem(given);
    if (text == null) {
      throw BuiltinFailure.error("failed to parse PEM data");
    }
    List<Value> all = new ArrayList<>();
    privateKeys(text).forEach(k -> all.add(privateKey(k)));
    return ArrayValue.of(all);
  }

  /** The one private key of a PEM text. */
  static PrivateKey privateKey(String text) {
    List<PrivateKey> keys = privateKeys(text);
    if (keys.size() != 1) {
      throw BuiltinFailure.error("failed to parse PEM block containing the key");
    }
    return keys.getFirst();
  }

  private static List<PrivateKey> privateKeys(String pem) {
    List<PrivateKey> keys = new ArrayList<>();
    for (Pem.Block block : Pem.all(pem)) {
      try {
        switch (block.type()) {
          case "RSA PRIVATE KEY" -> keys.add(key("RSA", Der.pkcs8Rsa(block.bytes())));
          case "EC PRIVATE KEY" -> keys.add(key("EC", Der.pkcs8Ec(block.bytes())));
          case "PRIVATE KEY" -> keys.add(anyKey(block.bytes()));
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

  private static PrivateKey anyKey(byte[] pkcs8) throws GeneralSecurityException {
    for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
      try {
        return key(algorithm, pkcs8);
      } catch (java.security.spec.InvalidKeySpecException _) {
        // Another kind of key, then.
      }
    }
    throw new GeneralSecurityException("unknown kind of key");
  }

  private static Value privateKey(PrivateKey key) {
    if (!(key instanceof RSAPrivateCrtKey k)) {
      return ObjectValue.of("Algorithm", StringValue.of(key.getAlgorithm()));
    }
    return ObjectValue.builder(5)
        .put("N", NumberValue.of(k.getModulus()))
        .put("E", NumberValue.of(k.getPublicExponent()))
        .put("D", NumberValue.of(k.getPrivateExponent()))
        .put("Primes", ArrayValue.of(NumberValue.of(k.getPrimeP()), NumberValue.of(k.getPrimeQ())))
        .put(
            "Precomputed",
            ObjectValue.builder(4)
                .put("Dp", NumberValue.of(k.getPrimeExponentP()))
                .put("Dq", NumberValue.of(k.getPrimeExponentQ()))
                .put("Qinv", NumberValue.of(k.getCrtCoefficient()))
                .put("CRTValues", ArrayValue.EMPTY)
                .build())
        .build();
  }

  private static Value jwk(RSAPrivateCrtKey k) {
    return ObjectValue.builder(9)
        .put("kty", "RSA")
        .put("n", number(k.getModulus()))
        .put("e", number(k.getPublicExponent()))
        .put("d", number(k.getPrivateExponent()))
        .put("p", number(k.getPrimeP()))
        .put("q", number(k.getPrimeQ()))
        .put("dp", number(k.getPrimeExponentP()))
        .put("dq", number(k.getPrimeExponentQ()))
        .put("qi", number(k.getCrtCoefficient()))
        .build();
  }

  private static String number(BigInteger n) {
    byte[] bytes = n.toByteArray();
    int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
  }
}
