package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a certificate or a request for one (RFC 5280, RFC 2986), with the field names and
 * numbers of Go's {@code crypto/x509}. Reading throws {@link IllegalArgumentException} where the
 * bytes are neither.
 */
final class CertificateFields {
  /** Purposes of a key, by identifier, in the order of Go's numbers for them. */
  private static final List<String> PURPOSES =
      List.of(
          "2.5.29.37.0",
          "1.3.6.1.5.5.7.3.1",
          "1.3.6.1.5.5.7.3.2",
          "1.3.6.1.5.5.7.3.3",
          "1.3.6.1.5.5.7.3.4",
          "1.3.6.1.5.5.7.3.5",
          "1.3.6.1.5.5.7.3.6",
          "1.3.6.1.5.5.7.3.7",
          "1.3.6.1.5.5.7.3.8",
          "1.3.6.1.5.5.7.3.9",
          "1.3.6.1.4.1.311.10.3.3",
          "2.16.840.1.113730.4.1",
          "1.3.6.1.4.1.311.2.1.22",
          "1.3.6.1.4.1.311.61.1.1");

  private static final Map<String, Integer> SIGNATURES =
      Map.ofEntries(
          Map.entry("1.2.840.113549.1.1.4", 2),
          Map.entry("1.2.840.113549.1.1.5", 3),
          Map.entry("1.2.840.113549.1.1.11", 4),
          Map.entry("1.2.840.113549.1.1.12", 5),
          Map.entry("1.2.840.113549.1.1.13", 6),
          Map.entry("1.2.840.10040.4.3", 7),
          Map.entry("2.16.840.1.101.3.4.3.2", 8),
          Map.entry("1.2.840.10045.4.1", 9),
          Map.entry("1.2.840.10045.4.3.2", 10),
          Map.entry("1.2.840.10045.4.3.3", 11),
          Map.entry("1.2.840.10045.4.3.4", 12),
          Map.entry("1.3.101.112", 16));

  /** The hashes of RSASSA-PSS. */
  private static final Map<String, Integer> PSS =
      Map.of(
          "2.16.840.1.101.3.4.2.1", 13, "2.16.840.1.101.3.4.2.2", 14, "2.16.840.1.101.3.4.2.3", 15);

  private final ObjectValue.Builder out = ObjectValue.builder(56);
  private final Map<String, List<Value>> lists = new HashMap<>();
  private final List<Value> unhandled = new ArrayList<>();

  private CertificateFields() {}

  /**
   * The fields of a certificate.
   *
   * @param uriTexts whether URIs are given as texts, too
   */
  static ObjectValue ofCertificate(
      byte[] der, String notBefore, String notAfter, boolean uriTexts) {
    var fields = new CertificateFields();
    ObjectValue all = fields.certificate(der, notBefore, notAfter);
    if (!uriTexts) {
      return all;
    }
    fields.list("URIStrings");
    return fields.out.build();
  }

  private ObjectValue certificate(byte[] der, String notBefore, String notAfter) {
    Der certificate = Der.parse(der);
    Der body = certificate.child(0);
    boolean versioned = body.child(0).tag() == 0xa0;
    int at = versioned ? 1 : 0;
    out.put("Raw", base64(der));
    out.put("RawTBSCertificate", base64(body.encoded()));
    out.put("RawIssuer", base64(body.child(at + 2).encoded()));
    out.put("RawSubject", base64(body.child(at + 4).encoded()));
    out.put("Version", versioned ? next(body.child(0).child(0)) : NumberValue.of(1));
    out.put("SerialNumber", NumberValue.of(body.child(at).integer()));
    out.put("Issuer", DistinguishedName.of(body.child(at + 2)));
    out.put("Subject", DistinguishedName.of(body.child(at + 4)));
    out.put("NotBefore", notBefore);
    out.put("NotAfter", notAfter);
    signature(certificate);
    key(body.child(at + 5));
    for (String name :
        List.of("InhibitAnyPolicy", "InhibitPolicyMapping", "RequireExplicitPolicy")) {
      out.put(name, NumberValue.of(0));
      out.put(name + "Zero", BooleanValue.FALSE);
    }
    for (String name :
        List.of("BasicConstraintsValid", "IsCA", "MaxPathLenZero", "PermittedDNSDomainsCritical")) {
      out.put(name, BooleanValue.FALSE);
    }
    out.put("MaxPathLen", NumberValue.of(0));
    out.put("KeyUsage", NumberValue.of(0));
    out.put("SubjectKeyId", NullValue.NULL);
    out.put("AuthorityKeyId", NullValue.NULL);
    Value extensions = NullValue.NULL;
    for (Der part : body.children()) {
      if (part.tag() == 0xa3) {
        extensions = extensions(part.child(0));
      }
    }
    out.put("Extensions", extensions);
    out.put("ExtraExtensions", NullValue.NULL);
    out.put(
        "UnhandledCriticalExtensions",
        unhandled.isEmpty() ? NullValue.NULL : ArrayValue.of(unhandled));
    for (String name :
        List.of(
            "CRLDistributionPoints",
            "DNSNames",
            "EmailAddresses",
            "ExcludedDNSDomains",
            "ExcludedEmailAddresses",
            "ExcludedIPRanges",
            "ExcludedURIDomains",
            "ExtKeyUsage",
            "IPAddresses",
            "IssuingCertificateURL",
            "OCSPServer",
            "PermittedDNSDomains",
            "PermittedEmailAddresses",
            "PermittedIPRanges",
            "PermittedURIDomains",
            "Policies",
            "PolicyIdentifiers",
            "PolicyMappings",
            "URIs",
            "UnknownExtKeyUsage")) {
      list(name);
    }
    return out.build();
  }

  /** The fields of a request. */
  static ObjectValue ofRequest(byte[] der) {
    return new CertificateFields().request(der);
  }

  private ObjectValue request(byte[] der) {
    Der request = Der.parse(der);
    Der body = request.child(0);
    out.put("Raw", base64(der));
    out.put("RawTBSCertificateRequest", base64(body.encoded()));
    out.put("RawSubject", base64(body.child(1).encoded()));
    out.put("Version", NumberValue.of(body.child(0).integer()));
    out.put("Subject", DistinguishedName.of(body.child(1)));
    signature(request);
    key(body.child(2));
    Value extensions = NullValue.NULL;
    List<Value> attributes = new ArrayList<>();
    for (Der part : body.children()) {
      if (part.tag() == 0xa0) {
        for (Der attribute : part.children()) {
          attribute(attribute).ifPresent(attributes::add);
          if (attribute.child(0).dotted().equals("1.2.840.113549.1.9.14")) {
            extensions = extensions(attribute.child(1).child(0));
          }
        }
      }
    }
    out.put("Attributes", attributes.isEmpty() ? NullValue.NULL : ArrayValue.of(attributes));
    out.put("Extensions", extensions);
    out.put("ExtraExtensions", NullValue.NULL);
    for (String name : List.of("DNSNames", "EmailAddresses", "IPAddresses", "URIs")) {
      list(name);
    }
    // Extensions of a request other than its names have no fields of their own.
    ObjectValue all = out.build();
    ObjectValue.Builder known = ObjectValue.builder(all.size());
    all.forEach((k, v) -> {
      if (!(k instanceof StringValue s) || !CERTIFICATES_ALONE.contains(s.text())) {
        known.put(k, v);
      }
    });
    return known.build();
  }

  private static final List<String> CERTIFICATES_ALONE =
      List.of(
          "KeyUsage",
          "BasicConstraintsValid",
          "IsCA",
          "MaxPathLen",
          "MaxPathLenZero",
          "SubjectKeyId",
          "AuthorityKeyId",
          "PermittedDNSDomainsCritical",
          "RequireExplicitPolicy",
          "RequireExplicitPolicyZero",
          "InhibitPolicyMapping",
          "InhibitPolicyMappingZero",
          "InhibitAnyPolicy",
          "InhibitAnyPolicyZero");

  /** An attribute whose values are lists of pairs; another has no form here. */
  private static Optional<Value> attribute(Der attribute) {
    List<Value> values = new ArrayList<>();
    for (Der value : attribute.child(1).children()) {
      List<Value> pairs = new ArrayList<>();
      if (value.tag() != 0x30) {
        return Optional.empty();
      }
      for (Der pair : value.children()) {
        if (pair.tag() != 0x30 || pair.children().size() != 2) {
          return Optional.empty();
        }
        pairs.add(
            ObjectValue.of(
                "Type",
                DistinguishedName.numbers(pair.child(0)),
                "Value",
                DistinguishedName.value(pair.child(1))));
      }
      values.add(ArrayValue.of(pairs));
    }
    return Optional.of(
        ObjectValue.of(
            "Type", DistinguishedName.numbers(attribute.child(0)), "Value", ArrayValue.of(values)));
  }

  private void signature(Der signed) {
    Der algorithm = signed.child(1);
    String name = algorithm.child(0).dotted();
    int number = SIGNATURES.getOrDefault(name, 0);
    if (name.equals("1.2.840.113549.1.1.10")) {
      number = PSS.getOrDefault(algorithm.child(1).child(0).child(0).child(0).dotted(), 0);
    }
    out.put("SignatureAlgorithm", NumberValue.of(number));
    out.put("Signature", base64(signed.child(2).bits()));
  }

  private void key(Der info) {
    out.put("RawSubjectPublicKeyInfo", base64(info.encoded()));
    PublicKey key = publicKey(info.encoded());
    out.put("PublicKeyAlgorithm", NumberValue.of(algorithm(key)));
    out.put(
        "PublicKey",
        switch (key) {
          case RSAPublicKey k ->
              ObjectValue.of(
                  "N", NumberValue.of(k.getModulus()), "E", NumberValue.of(k.getPublicExponent()));
          case ECPublicKey k ->
              ObjectValue.builder(3)
                  .put("Curve", ObjectValue.EMPTY)
                  .put("X", NumberValue.of(k.getW().getAffineX()))
                  .put("Y", NumberValue.of(k.getW().getAffineY()))
                  .build();
          case PublicKey k when algorithm(k) == 4 -> base64(PrivateKeys.rawEd25519(k));
          case null, default -> NullValue.NULL;
        });
  }

  /** The key of an encoding, or null if it is of no known kind. */
  static @Nullable PublicKey publicKey(byte[] encoded) {
    for (String algorithm : List.of("RSA", "EC", "Ed25519", "DSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException _) {
        // Another kind of key, then.
      } catch (GeneralSecurityException e) {
        throw new IllegalArgumentException(e);
      }
    }
    return null;
  }

  private static int algorithm(@Nullable PublicKey key) {
    return switch (key == null ? "" : key.getAlgorithm()) {
      case "RSA" -> 1;
      case "DSA" -> 2;
      case "EC" -> 3;
      case "EdDSA", "Ed25519" -> 4;
      default -> 0;
    };
  }

  private Value extensions(Der sequence) {
    List<Value> all = new ArrayList<>();
    for (Der extension : sequence.children()) {
      boolean critical = extension.children().size() > 2;
      Der value = extension.child(critical ? 2 : 1);
      all.add(
          ObjectValue.builder(3)
              .put("Id", DistinguishedName.numbers(extension.child(0)))
              .put("Critical", BooleanValue.of(critical))
              .put("Value", base64(value.content()))
              .build());
      if (!extension(extension.child(0).dotted(), critical, value.inside()) && critical) {
        unhandled.add(DistinguishedName.numbers(extension.child(0)));
      }
    }
    return all.isEmpty() ? NullValue.NULL : ArrayValue.of(all);
  }

  /** Whether the extension is one that is known. */
  private boolean extension(String id, boolean critical, Der value) {
    switch (id) {
      case "2.5.29.14" -> out.put("SubjectKeyId", base64(value.content()));
      case "2.5.29.15" -> out.put("KeyUsage", NumberValue.of(usage(value.bits())));
      case "2.5.29.17" -> value.children().forEach(n -> name(n, "", "Names", "Addresses", "s"));
      case "2.5.29.19" -> basic(value);
      case "2.5.29.30" -> constraints(critical, value);
      case "2.5.29.31" -> {
        for (Der point : value.children()) {
          for (Der part : point.children()) {
            if (part.tag() == 0xa0 && part.child(0).tag() == 0xa0) {
              part.child(0).children().forEach(n -> uri("CRLDistributionPoints", n));
            }
          }
        }
      }
      case "2.5.29.32" -> {
        for (Der policy : value.children()) {
          add("Policies", StringValue.of(policy.child(0).dotted()));
          add("PolicyIdentifiers", DistinguishedName.numbers(policy.child(0)));
        }
      }
      case "2.5.29.33" -> {
        for (Der pair : value.children()) {
          add(
              "PolicyMappings",
              ObjectValue.of(
                  "IssuerDomainPolicy",
                  StringValue.of(pair.child(0).dotted()),
                  "SubjectDomainPolicy",
                  StringValue.of(pair.child(1).dotted())));
        }
      }
      case "2.5.29.35" -> {
        for (Der part : value.children()) {
          if (part.tag() == 0x80) {
            out.put("AuthorityKeyId", base64(part.content()));
          }
        }
      }
      case "2.5.29.36" -> {
        for (Der part : value.children()) {
          policy(part.tag() == 0x80 ? "RequireExplicitPolicy" : "InhibitPolicyMapping", part);
        }
      }
      case "2.5.29.37" -> {
        for (Der purpose : value.children()) {
          int number = PURPOSES.indexOf(purpose.dotted());
          if (number >= 0) {
            add("ExtKeyUsage", NumberValue.of(number));
          } else {
            add("UnknownExtKeyUsage", DistinguishedName.numbers(purpose));
          }
        }
      }
      case "2.5.29.54" -> policy("InhibitAnyPolicy", value);
      case "1.3.6.1.5.5.7.1.1" -> {
        for (Der access : value.children()) {
          switch (access.child(0).dotted()) {
            case "1.3.6.1.5.5.7.48.1" -> uri("OCSPServer", access.child(1));
            case "1.3.6.1.5.5.7.48.2" -> uri("IssuingCertificateURL", access.child(1));
            default -> {}
          }
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void policy(String name, Der number) {
    out.put(name, NumberValue.of(number.integer()));
    out.put(name + "Zero", BooleanValue.of(number.integer().signum() == 0));
  }

  private void basic(Der value) {
    boolean authority = false;
    int longest = -1;
    for (Der part : value.children()) {
      if (part.tag() == 1) {
        authority = part.content()[0] != 0;
      } else if (part.tag() == 2) {
        longest = part.integer().intValue();
      }
    }
    out.put("BasicConstraintsValid", BooleanValue.TRUE);
    out.put("IsCA", BooleanValue.of(authority));
    out.put("MaxPathLen", NumberValue.of(longest));
    out.put("MaxPathLenZero", BooleanValue.of(longest == 0));
  }

  private void constraints(boolean critical, Der value) {
    out.put("PermittedDNSDomainsCritical", BooleanValue.of(critical));
    for (Der part : value.children()) {
      String prefix = part.tag() == 0xa0 ? "Permitted" : "Excluded";
      part.children().forEach(t -> name(t.child(0), prefix, "Domains", "Ranges", "Domains"));
    }
  }

  /** A name, added to the list of its kind. */
  private void name(Der name, String prefix, String dns, String ip, String uri) {
    String text = new String(name.content(), StandardCharsets.UTF_8);
    switch (name.tag()) {
      case 0x81 -> add(prefix + "EmailAddresses", StringValue.of(text));
      case 0x82 -> add(prefix + "DNS" + dns, StringValue.of(text));
      case 0x86 -> {
        if (prefix.isEmpty()) {
          add("URIs", GeneralNames.url(text));
          add("URIStrings", StringValue.of(text));
        } else {
          add(prefix + "URI" + uri, StringValue.of(text));
        }
      }
      case 0x87 -> {
        byte[] bytes = name.content();
        add(
            prefix + "IP" + ip,
            prefix.isEmpty() ? GeneralNames.address(bytes) : GeneralNames.network(bytes));
      }
      default -> {}
    }
  }

  private void uri(String list, Der name) {
    if (name.tag() == 0x86) {
      add(list, StringValue.of(new String(name.content(), StandardCharsets.UTF_8)));
    }
  }

  private void add(String list, Value v) {
    lists.computeIfAbsent(list, n -> new ArrayList<>()).add(v);
  }

  private void list(String name) {
    List<Value> all = lists.get(name);
    out.put(name, all == null ? NullValue.NULL : ArrayValue.of(all));
  }

  /** Uses of a key, the first bit the lowest. */
  private static int usage(byte[] bits) {
    int usage = 0;
    for (int i = 0; i < bits.length * 8 && i < 9; i++) {
      usage |= (bits[i / 8] >> (7 - i % 8) & 1) << i;
    }
    return usage;
  }

  private static Value next(Der number) {
    return NumberValue.of(number.integer().intValueExact() + 1);
  }

  private static Value base64(byte[] bytes) {
    return StringValue.of(Base64.getEncoder().encodeToString(bytes));
  }
}
