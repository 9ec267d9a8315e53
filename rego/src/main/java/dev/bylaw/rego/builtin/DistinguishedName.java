package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** The parts of a subject or issuer. */
final class DistinguishedName {
  /** Attributes that may come more than once, by the field that holds them. */
  private static final Map<String, String> LISTS =
      Map.of(
          "C", "Country",
          "O", "Organization",
          "OU", "OrganizationalUnit",
          "L", "Locality",
          "ST", "Province",
          "STREET", "StreetAddress",
          "2.5.4.17", "PostalCode");

  private DistinguishedName() {}

  static Value of(X500Principal principal) {
    Map<String, List<Value>> lists = new HashMap<>();
    Map<String, String> single = new HashMap<>();
    try {
      for (Rdn rdn : new LdapName(principal.getName(X500Principal.RFC2253)).getRdns()) {
        String text =
            rdn.getValue() instanceof byte[] raw
                ? new String(
                    raw, 2, Math.max(0, raw.length - 2), java.nio.charset.StandardCharsets.UTF_8)
                : String.valueOf(rdn.getValue());
        String field = LISTS.get(rdn.getType());
        if (field != null) {
          lists.computeIfAbsent(field, f -> new ArrayList<>()).add(StringValue.of(text));
        } else {
          single.put(rdn.getType(), text);
        }
      }
    } catch (InvalidNameException e) {
      throw BuiltinFailure.error("x509: " + e.getMessage());
    }
    ObjectValue.Builder out = ObjectValue.builder(12);
    LISTS
        .values()
        .forEach(f -> {
          List<Value> all = lists.get(f);
          out.put(f, all == null ? NullValue.NULL : ArrayValue.of(all));
        });
    out.put("CommonName", single.getOrDefault("CN", ""));
    out.put("SerialNumber", single.getOrDefault("2.5.4.5", ""));
    out.put("ExtraNames", NullValue.NULL);
    return out.build();
  }
}
