package dev.bylaw.rego.builtin;

import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Semantic versions and UUIDs. */
final class Misc {
  private static final Pattern SEMVER =
      Pattern.compile(
          "(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?");

  private Misc() {}

  // Semantic versions.

  static Value semverIsValid(BuiltinContext c, Value a) {
    return BooleanValue.of(a instanceof StringValue s && valid(s.text()) != null);
  }

  private static @org.jspecify.annotations.Nullable Matcher valid(String text) {
    if (text.length() > 4096) {
      return null;
    }
    Matcher m = SEMVER.matcher(text.startsWith("v") ? text.substring(1) : text);
    if (!m.matches()) {
      return null;
    }
    for (int i = 1; i <= 3; i++) {
      if (new BigInteger(m.group(i)).bitLength() >= Long.SIZE) {
        return null;
      }
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
    Matcher m = valid(text);
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
