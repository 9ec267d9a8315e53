package dev.bylaw.rego.builtin;

import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Units, semantic versions and UUIDs. */
final class Misc {
  private static final int MOST_DIGITS = 4096;
  private static final Pattern SEMVER =
      Pattern.compile(
          "(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?");

  private Misc() {}

  // Units.

  private static final Map<String, BigDecimal> BYTES =
      Map.ofEntries(
          Map.entry("", power(10, 0)),
          Map.entry("kb", power(10, 3)),
          Map.entry("k", power(10, 3)),
          Map.entry("mb", power(10, 6)),
          Map.entry("m", power(10, 6)),
          Map.entry("gb", power(10, 9)),
          Map.entry("g", power(10, 9)),
          Map.entry("tb", power(10, 12)),
          Map.entry("t", power(10, 12)),
          Map.entry("pb", power(10, 15)),
          Map.entry("p", power(10, 15)),
          Map.entry("eb", power(10, 18)),
          Map.entry("e", power(10, 18)),
          Map.entry("kib", power(2, 10)),
          Map.entry("ki", power(2, 10)),
          Map.entry("mib", power(2, 20)),
          Map.entry("mi", power(2, 20)),
          Map.entry("gib", power(2, 30)),
          Map.entry("gi", power(2, 30)),
          Map.entry("tib", power(2, 40)),
          Map.entry("ti", power(2, 40)),
          Map.entry("pib", power(2, 50)),
          Map.entry("pi", power(2, 50)),
          Map.entry("eib", power(2, 60)),
          Map.entry("ei", power(2, 60)));

  private static BigDecimal power(int base, int exponent) {
    return BigDecimal.valueOf(base).pow(exponent);
  }

  static Value unitsParse(BuiltinContext c, Value a) {
    String[] parts = amount(a, "units.parse");
    String unit = parts[1];
    // Upper and lower case of m differ: milli and mega.
    BigDecimal factor;
    if (unit.equals("m")) {
      factor = new BigDecimal("0.001");
    } else {
      String lower = unit.toLowerCase(Locale.ROOT);
      factor = lower.endsWith("b") ? null : BYTES.get(lower);
    }
    if (factor == null) {
      throw BuiltinFailure.error("units.parse: unit " + unit + " not recognized");
    }
    return NumberValue.of(number(parts[0], "units.parse").multiply(factor));
  }

  static Value unitsParseBytes(BuiltinContext c, Value a) {
    String[] parts = amount(a, "units.parse_bytes");
    BigDecimal factor = BYTES.get(parts[1].toLowerCase(Locale.ROOT));
    if (factor == null) {
      throw BuiltinFailure.error(
          "units.parse_bytes: byte unit " + parts[1].toLowerCase(Locale.ROOT) + " not recognized");
    }
    BigDecimal exact = number(parts[0], "units.parse_bytes").multiply(factor);
    return NumberValue.of(exact.setScale(0, java.math.RoundingMode.DOWN).toBigInteger());
  }

  private static String[] amount(Value a, String name) {
    String text = Operands.string(a, 1).replace("\"", "");
    if (text.contains(" ")) {
      throw BuiltinFailure.error(name + ": spaces not allowed in resource strings");
    }
    int end = 0;
    while (end < text.length()) {
      char ch = text.charAt(end);
      boolean sign = (ch == '-' || ch == '+') && (end == 0 || isExponent(text, end - 1));
      if (Character.isDigit(ch) || ch == '.' || sign) {
        end++;
      } else if (isExponent(text, end)) {
        end++;
      } else {
        break;
      }
    }
    if (end == 0) {
      throw BuiltinFailure.error(
          name + ": no " + (name.endsWith("bytes") ? "byte " : "") + "amount provided");
    }
    return new String[] {text.substring(0, end), text.substring(end)};
  }

  /** Whether the letter e here begins an exponent rather than a unit. */
  private static boolean isExponent(String text, int at) {
    if (at < 1 || (text.charAt(at) != 'e' && text.charAt(at) != 'E')) {
      return false;
    }
    if (!Character.isDigit(text.charAt(at - 1)) && text.charAt(at - 1) != '.') {
      return false;
    }
    int next = at + 1;
    if (next < text.length() && (text.charAt(next) == '+' || text.charAt(next) == '-')) {
      next++;
    }
    return next < text.length() && Character.isDigit(text.charAt(next));
  }

  private static BigDecimal number(String text, String name) {
    if (text.length() > MOST_DIGITS) {
      throw BuiltinFailure.error(name + ": could not parse amount to a number");
    }
    int e = Math.max(text.indexOf('e'), text.indexOf('E'));
    if (e >= 0
        && text.substring(e + 1).replaceAll("[+-]", "").replaceFirst("^0+", "").length() > 3) {
      throw BuiltinFailure.error(name + ": exponent too large");
    }
    try {
      BigDecimal n = new BigDecimal(text);
      if (Math.abs((long) n.precision() - n.scale()) > 400) {
        throw BuiltinFailure.error(name + ": exponent too large");
      }
      return n;
    } catch (NumberFormatException ex) {
      throw BuiltinFailure.error(name + ": could not parse amount to a number");
    }
  }

  // Semantic versions.

  static Value semverIsValid(BuiltinContext c, Value a) {
    return BooleanValue.of(a instanceof StringValue s && valid(s.text()) != null);
  }

  private static @org.jspecify.annotations.Nullable Matcher valid(String text) {
    if (text.length() > 4096) {
      return null;
    }
    Matcher m = SEMVER.matcher(text);
    if (!m.matches()) {
      return null;
    }
    String pre = m.group(4);
    if (pre != null) {
      for (String part : pre.split("\\.", -1)) {
        if (part.isEmpty() || part.matches("0[0-9]+")) {
          return null;
        }
      }
    }
    String build = m.group(5);
    if (build != null) {
      for (String part : build.split("\\.", -1)) {
        if (part.isEmpty()) {
          return null;
        }
      }
    }
    return m;
  }

  static Value semverCompare(BuiltinContext c, Value a, Value b) {
    Operands.string(a, 1);
    Operands.string(b, 2);
    Matcher x = version(a, 1);
    Matcher y = version(b, 2);
    for (int i = 1; i <= 3; i++) {
      int order = new BigInteger(x.group(i)).compareTo(new BigInteger(y.group(i)));
      if (order != 0) {
        return NumberValue.of(order);
      }
    }
    return NumberValue.of(preRelease(x.group(4), y.group(4)));
  }

  private static Matcher version(Value v, int position) {
    String text = Operands.string(v, position);
    Matcher m = valid(text.startsWith("v") ? text.substring(1) : text);
    if (m == null) {
      throw BuiltinFailure.error(
          "operand " + position + ": string " + TermText.of(v) + " is not a valid SemVer");
    }
    return m;
  }

  private static int preRelease(
      @org.jspecify.annotations.Nullable String a, @org.jspecify.annotations.Nullable String b) {
    if (a == null || b == null) {
      return a == null ? b == null ? 0 : 1 : -1;
    }
    String[] x = a.split("\\.", -1);
    String[] y = b.split("\\.", -1);
    for (int i = 0; i < Math.min(x.length, y.length); i++) {
      boolean xNumber = x[i].matches("[0-9]+");
      boolean yNumber = y[i].matches("[0-9]+");
      int order =
          xNumber && yNumber
              ? new BigInteger(x[i]).compareTo(new BigInteger(y[i]))
              : xNumber != yNumber ? (xNumber ? -1 : 1) : x[i].compareTo(y[i]);
      if (order != 0) {
        return Integer.signum(order);
      }
    }
    return Integer.compare(x.length, y.length);
  }

  // UUIDs.

  static Value uuid(BuiltinContext c, Value key) {
    return c.memory()
        .computeIfAbsent(
            Map.entry("uuid", Operands.string(key, 1)),
            k -> {
              byte[] bytes = new byte[16];
              c.random().nextBytes(bytes);
              bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x40);
              bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
              String hex = java.util.HexFormat.of().formatHex(bytes);
              return StringValue.of(
                  String.join(
                      "-",
                      hex.substring(0, 8),
                      hex.substring(8, 12),
                      hex.substring(12, 16),
                      hex.substring(16, 20),
                      hex.substring(20)));
            });
  }

  static @org.jspecify.annotations.Nullable Value uuidParse(BuiltinContext c, Value a) {
    String text = Operands.string(a, 1);
    String plain = text.toLowerCase(Locale.ROOT);
    if (plain.startsWith("urn:uuid:")) {
      plain = plain.substring(9);
    } else if (plain.length() == 38) {
      plain = plain.substring(1, 37);
    }
    if (plain.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      plain = plain.replace("-", "");
    }
    if (!plain.matches("[0-9a-f]{32}")) {
      return null;
    }
    byte[] b = java.util.HexFormat.of().parseHex(plain);
    int version = (b[6] >> 4) & 0xf;
    ObjectValue.Builder out = ObjectValue.builder();
    out.put("version", NumberValue.of(version));
    out.put("variant", variant(b[8] & 0xff));
    if (version == 1 || version == 2) {
      long low = Long.parseUnsignedLong(plain.substring(0, 8), 16);
      long mid = Long.parseLong(plain.substring(8, 12), 16);
      long high = Long.parseLong(plain.substring(12, 16), 16) & 0xfff;
      long ticks = (high << 48) | (mid << 32) | low;
      long nanos = (ticks - 0x01b21dd213814000L) * 100;
      out.put("time", NumberValue.of(nanos));
      out.put("nodeid", String.join("-", plain.substring(20).split("(?<=\\G..)")));
      int node = b[10] & 0xff;
      out.put("macvariables", macVariables(node));
      if (version == 1) {
        out.put("clocksequence", NumberValue.of(((b[8] & 0x3f) << 8) | (b[9] & 0xff)));
      } else {
        out.put("clocksequence", NumberValue.of(((b[8] & 0x3f) << 8) | (b[9] & 0xff)));
        out.put("id", NumberValue.of(low));
        int domain = b[9] & 0xff;
        out.put(
            "domain",
            domain == 0
                ? "Person"
                : domain == 1 ? "Group" : domain == 2 ? "Org" : "Domain" + domain);
      }
    }
    return out.build();
  }

  private static String variant(int b) {
    return (b & 0xc0) == 0x80
        ? "RFC4122"
        : (b & 0xe0) == 0xc0 ? "Microsoft" : (b & 0xe0) == 0xe0 ? "Future" : "Reserved";
  }

  private static String macVariables(int first) {
    boolean multicast = (first & 1) != 0;
    boolean local = (first & 2) != 0;
    return (local ? "local" : "global") + ":" + (multicast ? "multicast" : "unicast");
  }
}
