package dev.bylaw.rego.builtin;

import java.util.Map;
import java.util.function.Predicate;

/** The formats of texts that a JSON Schema may ask for; one that is not known is any text. */
final class Formats {
  private static final String POINTER = "(/([^/~]|~[01])*)*";

  private static final Map<String, Predicate<String>> KNOWN =
      Map.ofEntries(
          Map.entry("date", s -> isTime(s, "2006-01-02")),
          Map.entry("time", s -> isTime(s, "15:04:05Z07:00", "15:04:05")),
          Map.entry(
              "date-time",
              s -> isTime(s, "15:04:05", "15:04:05Z07:00", "2006-01-02", GoTime.RFC3339)),
          Map.entry("email", Formats::isAddress),
          Map.entry("idn-email", Formats::isAddress),
          Map.entry("hostname", s -> s.length() < 256 && matches(s, labels())),
          Map.entry("ipv4", s -> s.indexOf('.') >= 0 && Networks.bytes(s) != null),
          Map.entry("ipv6", s -> s.indexOf(':') >= 0 && Networks.bytes(s) != null),
          Map.entry("uri", s -> isUri(s, true)),
          Map.entry("iri", s -> isUri(s, true)),
          Map.entry("uri-reference", s -> isUri(s, false)),
          Map.entry("iri-reference", s -> isUri(s, false)),
          Map.entry("uri-template", s -> isUri(s, false) && matches(s, "([^{]|\\{[^}]*\\})*")),
          Map.entry("uuid", s -> matches(s, "(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")),
          Map.entry("regex", s -> SchemaKeywords.isExpression(s)),
          Map.entry("json-pointer", s -> matches(s, POINTER)),
          Map.entry(
              "relative-json-pointer", s -> matches(s, "(0|[1-9][0-9]*)(#|" + POINTER + ")")));

  private Formats() {}

  /** Whether a text is of a format. */
  static boolean fits(String format, String text) {
    Predicate<String> known = KNOWN.get(format);
    return known == null || known.test(text);
  }

  private static boolean matches(String text, String expression) {
    return Regexes.compile("^(?:" + expression + ")$").matcher(text).find();
  }

  private static String labels() {
    String label = "[0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?";
    return label + "(\\." + label + ")*";
  }

  private static boolean isTime(String text, String... layouts) {
    for (String layout : layouts) {
      try {
        GoTimeReading.of(layout, text);
        return true;
      } catch (BuiltinFailure _) {
        // Of another layout, then.
      }
    }
    return false;
  }

  /** An address (RFC 5322) with or without a name before it. */
  private static boolean isAddress(String text) {
    String atom = "[^\\x00-\\x20\\x7f()<>\\[\\]:;@\\\\,.\"]+";
    String words = atom + "(\\." + atom + ")*";
    String quoted = "\"([^\"\\\\]|\\\\.)*\"";
    String address = "(" + words + "|" + quoted + ")@(" + words + "|\\[[^\\[\\]\\\\]*\\])";
    return matches(text.strip(), address + "|((" + words + "|" + quoted + ") *)*<" + address + ">");
  }

  private static boolean isUri(String text, boolean whole) {
    try {
      return (Uris.parse(text).has("scheme") || !whole) && text.indexOf('\\') < 0;
    } catch (BuiltinFailure e) {
      return false;
    }
  }
}
