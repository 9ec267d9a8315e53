package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** X.509 certificates, requests and keys, as objects with the field names of Go's. */
final class Certificates {
  /** Names of purposes of a key behind {@code KeyUsage}, in the order of Go's numbers for them. */
  private static final List<String> USES =
      List.of(
          "Any",
          "ServerAuth",
          "ClientAuth",
          "CodeSigning",
          "EmailProtection",
          "IPSECEndSystem",
          "IPSECTunnel",
          "IPSECUser",
          "TimeStamping",
          "OCSPSigning",
          "MicrosoftServerGatedCrypto",
          "NetscapeServerGatedCrypto",
          "MicrosoftCommercialCodeSigning",
          "MicrosoftKernelCodeSigning");

  private static final int ANY = 0;
  private static final int SERVER = 1;

  private Certificates() {}

  static Value parseCertificates(BuiltinContext c, Value a) {
    return ArrayValue.of(
        certificates(Operands.string(a, 1)).stream().map(one -> fields(one, true)).toList());
  }

  /** Certificates in PEM, in base64 of PEM, or in base64 of DER. */
  private static List<X509Certificate> certificates(String text) {
    String pem = pem(text);
    if (pem == null) {
      return certificates(
          text.isEmpty() ? List.of() : List.of(Encodings.decode(text, false)), text.isEmpty());
    }
    List<byte[]> ders = new ArrayList<>();
    for (Pem.Block block : Pem.all(pem)) {
      if (!block.type().equals("CERTIFICATE")) {
        throw BuiltinFailure.error(
            "PEM block type is '" + block.type() + "', expected CERTIFICATE");
      }
      ders.add(block.bytes());
    }
    return certificates(ders, ders.isEmpty());
  }

  private static List<X509Certificate> certificates(List<byte[]> ders, boolean none) {
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
    if (all.isEmpty() && !none) {
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

  private static ObjectValue fields(X509Certificate c, boolean uriTexts) {
    try {
      return CertificateFields.ofCertificate(
          c.getEncoded(),
          c.getNotBefore().toInstant().toString(),
          c.getNotAfter().toInstant().toString(),
          uriTexts);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw BuiltinFailure.error("x509: " + e.getMessage());
    }
  }

  private static Value base64(X509Certificate c) {
    try {
      return StringValue.of(Base64.getEncoder().encodeToString(c.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw BuiltinFailure.error("x509: " + e.getMessage());
    }
  }

  static Value parseAndVerify(BuiltinContext c, Value a) {
    return verified(Operands.string(a, 1), ObjectValue.EMPTY, c, true);
  }

  static Value parseAndVerifyWithOptions(BuiltinContext c, Value a, Value options) {
    return verified(Operands.string(a, 1), Operands.object(options, 2), c, false);
  }

  /** What a chain must hold to. */
  private record Asked(String host, long nanos, List<Integer> uses) {}

  /** The first certificate is the root, the last the one to check; given leaf first, root last. */
  private static Value verified(
      String text, ObjectValue options, BuiltinContext c, boolean uriTexts) {
    Value refused = ArrayValue.of(BooleanValue.FALSE, ArrayValue.EMPTY);
    List<X509Certificate> all;
    try {
      all = certificates(text);
    } catch (BuiltinFailure e) {
      return refused;
    }
    Asked asked = asked(options, c.now());
    if (all.size() < 2) {
      return refused;
    }
    if (!asked.host.isEmpty() && !isFor(all.getLast(), asked.host)) {
      return refused;
    }
    try {
      List<Value> chain = new ArrayList<>();
      List<Integer> uses = new ArrayList<>(asked.uses);
      for (X509Certificate one : chain(all, Instant.ofEpochSecond(0, asked.nanos))) {
        ObjectValue fields = fields(one, uriTexts);
        narrow(uses, fields);
        chain.add(fields);
      }
      return uses.isEmpty() ? refused : ArrayValue.of(BooleanValue.TRUE, ArrayValue.of(chain));
    } catch (CertPathBuilderException e) {
      return refused;
    } catch (GeneralSecurityException e) {
      throw BuiltinFailure.error("x509: " + e.getMessage());
    }
  }

  private static Asked asked(ObjectValue options, long now) {
    String host = "";
    long nanos = now;
    List<Integer> uses = new ArrayList<>();
    for (int i = 0; i < options.size(); i++) {
      if (!(options.sortedKey(i) instanceof StringValue name)) {
        continue;
      }
      Value v = options.sortedValue(i);
      switch (name.text()) {
        case "DNSName" -> {
          if (!(v instanceof StringValue s)) {
            throw BuiltinFailure.error("'DNSName' should be a string");
          }
          host = s.text();
        }
        case "CurrentTime" -> {
          NumberValue n = number(name.text(), v, "int64 number");
          nanos = n.longValue();
        }
        case "MaxConstraintComparisons" -> number(name.text(), v, "number");
        case "KeyUsages" -> uses.addAll(uses(v));
        default -> throw BuiltinFailure.error("invalid key option");
      }
    }
    return new Asked(host, nanos, uses.isEmpty() ? List.of(SERVER) : uses);
  }

  private static NumberValue number(String name, Value v, String kind) {
    if (!(v instanceof NumberValue n)) {
      throw BuiltinFailure.error("'" + name + "' should be a number");
    }
    if (!n.isWrittenAsLong()) {
      throw BuiltinFailure.error("'" + name + "' should be a valid " + kind);
    }
    return n;
  }

  private static List<Integer> uses(Value v) {
    List<Value> given =
        switch (v) {
          case ArrayValue a -> a.elements();
          case SetValue s -> s.members();
          default -> throw BuiltinFailure.error("'KeyUsages' should be an Array or Set");
        };
    List<Integer> uses = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (Value one : given) {
      if (one instanceof StringValue s) {
        int use = s.text().startsWith("KeyUsage") ? USES.indexOf(s.text().substring(8)) : -1;
        if (use >= 0) {
          uses.add(use);
        } else {
          unknown.add(s.text());
        }
      }
    }
    if (!unknown.isEmpty()) {
      throw BuiltinFailure.error(
          "invalid entries for 'KeyUsages' found: [" + String.join(" ", unknown) + "]");
    }
    return uses;
  }

  /** Takes away the uses that a certificate, which names others, does not allow. */
  private static void narrow(List<Integer> uses, ObjectValue fields) {
    if (uses.contains(ANY)
        || !(fields.get("ExtKeyUsage") instanceof ArrayValue allowed)
        || allowed.elements().contains(NumberValue.of(ANY))) {
      return;
    }
    uses.removeIf(use -> !allowed.elements().contains(NumberValue.of(use)));
  }

  /** Whether a certificate names a host, by address or by name. */
  private static boolean isFor(X509Certificate leaf, String host) {
    ObjectValue fields = fields(leaf, false);
    boolean brackets = host.startsWith("[") && host.endsWith("]") && host.length() > 2;
    byte[] address = Networks.bytes(brackets ? host.substring(1, host.length() - 1) : host);
    if (address != null) {
      Value wanted = StringValue.of(Networks.text(address));
      return fields.get("IPAddresses") instanceof ArrayValue all && all.elements().contains(wanted);
    }
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return fields.get("DNSNames") instanceof ArrayValue all
        && all.elements().stream().anyMatch(v -> covers(Strings.text(v), name));
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
    byte[] der;
    boolean pem = text.startsWith("-----BEGIN CERTIFICATE REQUEST-----");
    if (pem) {
      der = text.getBytes(StandardCharsets.UTF_8);
    } else {
      der = Encodings.decode(text, false);
    }
    Pem.Block block = Pem.first(new String(der, StandardCharsets.ISO_8859_1));
    if (block != null) {
      if (!block.type().equals("CERTIFICATE REQUEST")) {
        throw BuiltinFailure.error("invalid PEM-encoded certificate signing request");
      }
      der = block.bytes();
    }
    try {
      return CertificateFields.ofRequest(der);
    } catch (IllegalArgumentException e) {
      throw BuiltinFailure.error(String.valueOf(e.getMessage()));
    }
  }

  static Value parseKeyPair(BuiltinContext c, Value cert, Value key) {
    String certificate = Operands.string(cert, 1);
    // OPA blames the first operand for either.
    String secret = Operands.string(key, 1);
    List<byte[]> ders = blocks(certificate, "CERTIFICATE", false);
    List<byte[]> keys = blocks(secret, "PRIVATE KEY", true);
    List<X509Certificate> all = certificates(ders, false);
    PrivateKey first;
    try {
      first = PrivateKeys.ofBytes(keys.getFirst());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw BuiltinFailure.error("tls: failed to parse private key");
    }
    PublicKey named = all.getFirst().getPublicKey();
    PublicKey half = PrivateKeys.publicHalf(first);
    if (!named.getAlgorithm().equals(half.getAlgorithm())) {
      throw BuiltinFailure.error("tls: private key type does not match public key type");
    }
    if (!Arrays.equals(named.getEncoded(), half.getEncoded())) {
      throw BuiltinFailure.error("tls: private key does not match public key");
    }
    return ObjectValue.builder(6)
        .put("Certificate", ArrayValue.of(all.stream().map(Certificates::base64).toList()))
        .put("PrivateKey", PrivateKeys.fields(first))
        .put("Leaf", fields(all.getFirst(), false))
        .put("OCSPStaple", NullValue.NULL)
        .put("SignedCertificateTimestamps", NullValue.NULL)
        .put("SupportedSignatureAlgorithms", NullValue.NULL)
        .build();
  }

  /** The blocks whose type ends so; of a text that is not PEM, its base64 is the one. */
  private static List<byte[]> blocks(String text, String type, boolean ofKey) {
    String pem = pem(text);
    if (pem == null) {
      return List.of(Encodings.decode(text, false));
    }
    List<byte[]> found = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (Pem.Block block : Pem.all(pem)) {
      if (ofKey ? block.type().endsWith(type) : block.type().equals(type)) {
        found.add(block.bytes());
      } else {
        others.add(block.type());
      }
    }
    if (!found.isEmpty()) {
      return found;
    }
    String what = ofKey ? "key" : "certificate";
    if (others.isEmpty()) {
      throw BuiltinFailure.error("tls: failed to find any PEM data in " + what + " input");
    }
    if (others.size() == 1 && ofKey && others.getFirst().equals("CERTIFICATE")) {
      throw BuiltinFailure.error(
          "tls: found a certificate rather than a key in the PEM for the private key");
    }
    if (others.size() == 1 && !ofKey && others.getFirst().endsWith("PRIVATE KEY")) {
      throw BuiltinFailure.error(
          "tls: failed to find certificate PEM data in certificate input, but did find a private"
              + " key; PEM inputs may have been switched");
    }
    throw BuiltinFailure.error(
        "tls: failed to find "
            + (ofKey
                ? "PEM block with type ending in \"PRIVATE KEY\""
                : "\"CERTIFICATE\" PEM block")
            + " in "
            + what
            + " input after skipping PEM blocks of the following types: ["
            + String.join(" ", others)
            + "]");
  }

  /** The first private key, of whatever kind, as a JSON Web Key; null where there is none. */
  static Value parseRsaPrivateKey(BuiltinContext c, Value a) {
    String given = Operands.string(a, 1);
    if (given.isEmpty()) {
      throw BuiltinFailure.error("input PEM data was empty");
    }
    String text = pem(given);
    List<PrivateKey> keys = text == null ? List.of() : PrivateKeys.all(text);
    return keys.isEmpty() ? NullValue.NULL : PrivateKeys.jwk(keys.getFirst());
  }

  static Value parsePrivateKeys(BuiltinContext c, Value a) {
    String given = Operands.string(a, 1);
    if (given.isEmpty()) {
      return NullValue.NULL;
    }
    String text = given;
    try {
      text = new String(Encodings.decode(given, false), StandardCharsets.ISO_8859_1);
    } catch (BuiltinFailure _) {
      // Not base64: the text itself, then.
    }
    return ArrayValue.of(PrivateKeys.all(text).stream().map(PrivateKeys::fields).toList());
  }
}
