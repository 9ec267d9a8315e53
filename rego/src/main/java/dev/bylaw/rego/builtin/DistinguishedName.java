package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parts of a subject or issuer (RFC 5280, 4.1.2.4), with the field names of Go's. */
final class DistinguishedName {
  /** Attributes that may come more than once, by the field that holds them. */
  private static final Map<String, String> LISTS =
      Map.of(
          "2.5.4.6", "Country",
          "2.5.4.10", "Organization",
          "2.5.4.11", "OrganizationalUnit",
          "2.5.4.7", "Locality",
          "2.5.4.8", "Province",
          "2.5.4.9", "StreetAddress",
          "2.5.4.17", "PostalCode");

  private DistinguishedName() {}

  /** The fields of a sequence of sets of pairs of identifier and value. */
  static Value of(Der name) {
    Map<String, List<Value>> lists = new HashMap<>();
    Map<String, String> single = new HashMap<>();
    List<Value> names = new ArrayList<>();
    for (Der set : name.children()) {
      for (Der pair : set.children()) {
        String type = pair.child(0).dotted();
        Value value = value(pair.child(1));
        names.add(ObjectValue.of("Type", numbers(pair.child(0)), "Value", value));
        if (value instanceof StringValue text) {
          String field = LISTS.get(type);
          if (field != null) {
            lists.computeIfAbsent(field, f -> new ArrayList<>()).add(text);
          } else {
            single.put(type, text.text());
          }
        }
      }
    }
    ObjectValue.Builder out = ObjectValue.builder(12);
    LISTS
        .values()
        .forEach(f -> {
          List<Value> all = lists.get(f);
          out.put(f, all == null ? NullValue.NULL : ArrayValue.of(all));
        });
    out.put("CommonName", single.getOrDefault("2.5.4.3", ""));
    out.put("SerialNumber", single.getOrDefault("2.5.4.5", ""));
    out.put("Names", names.isEmpty() ? NullValue.NULL : ArrayValue.of(names));
    out.put("ExtraNames", NullValue.NULL);
    return out.build();
  }

  /** A text or whole number; bytes of anything else in base64. */
  static Value value(Der v) {
    if (v.tag() == 2) {
      return NumberValue.of(v.integer());
    }
    return StringValue.of(
        v.text().orElseGet(() -> Base64.getEncoder().encodeToString(v.content())));
  }

  /** The numbers of an object identifier. */
  static Value numbers(Der identifier) {
    List<Value> all = new ArrayList<>();
    identifier.identifier().forEach(n -> all.add(NumberValue.of(n)));
    return ArrayValue.of(all);
  }
}
