package dev.bylaw.cedar.value;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An address of IPv4 or IPv6, or a range of them.
 *
 * @param v6 whether it is IPv6
 * @param high the upper 64 bits of an IPv6 address, else 0
 * @param low the lower 64 bits, or the 32 bits of an IPv4 address
 * @param prefix how many leading bits the addresses of the range share; all for a single address
 * @param written the argument of the constructor that made it, if one did; the same range is equal,
 *     however it was written
 */
public record IpValue(boolean v6, long high, long low, int prefix, @Nullable String written)
    implements Value {
  private static final int LONGEST = 43;

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IpValue that
        && v6 == that.v6
        && high == that.high
        && low == that.low
        && prefix == that.prefix;
  }

  @Override
  public int hashCode() {
    return Objects.hash(v6, high, low, prefix);
  }

  /** Reads an address or a CIDR range; nothing if it is malformed. */
  public static Optional<IpValue> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    boolean v6 = address.indexOf(':') >= 0;
    int bits = v6 ? 128 : 32;
    int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1), v6 ? 3 : 2, bits);
    if (prefix < 0) {
      return Optional.empty();
    }
    return (v6 ? parse6(address, prefix) : parse4(address, prefix))
        .map(ip -> new IpValue(ip.v6, ip.high, ip.low, ip.prefix, text));
  }

  private static int prefix(String digits, int longest, int most) {
    if (digits.isEmpty() || digits.length() > longest) {
      return -1;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return -1;
      }
    }
    if (digits.charAt(0) == '0' && digits.length() > 1) {
      return -1;
    }
    int value = Integer.parseInt(digits);
    return value > most ? -1 : value;
  }

  private static Optional<IpValue> parse4(String text, int prefix) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    long address = 0;
    for (String part : parts) {
      int octet = prefix(part, 3, 255);
      if (octet < 0) {
        return Optional.empty();
      }
      address = address << 8 | octet;
    }
    return Optional.of(new IpValue(false, 0, address, prefix, null));
  }

  private static Optional<IpValue> parse6(String text, int prefix) {
    int gap = text.indexOf("::");
    int[] groups = new int[8];
    if (gap < 0) {
      return groups(text, groups) == 8 ? Optional.of(of(groups, prefix)) : Optional.empty();
    }
    int[] tail = new int[8];
    int before = gap == 0 ? 0 : groups(text.substring(0, gap), groups);
    int after = gap + 2 == text.length() ? 0 : groups(text.substring(gap + 2), tail);
    if (before < 0 || after < 0 || before + after > 7) {
      return Optional.empty();
    }
    System.arraycopy(tail, 0, groups, 8 - after, after);
    return Optional.of(of(groups, prefix));
  }

  /** Reads groups of one to four hexadecimal digits; how many there were, or -1. */
  private static int groups(String text, int[] into) {
    String[] parts = text.split(":", -1);
    if (parts.length > 8) {
      return -1;
    }
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].isEmpty() || parts[i].length() > 4) {
        return -1;
      }
      int group = 0;
      for (int j = 0; j < parts[i].length(); j++) {
        char c = parts[i].charAt(j);
        int digit = c < 128 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
          return -1;
        }
        group = group << 4 | digit;
      }
      into[i] = group;
    }
    return parts.length;
  }

  private static IpValue of(int[] groups, int prefix) {
    long high = 0;
    long low = 0;
    for (int i = 0; i < 4; i++) {
      high = high << 16 | groups[i];
      low = low << 16 | groups[i + 4];
    }
    return new IpValue(true, high, low, prefix, null);
  }

  /** Whether all its addresses are loopback addresses. */
  public boolean isLoopback() {
    return v6 ? high == 0 && low == 1 && prefix == 128 : low >>> 24 == 127 && prefix >= 8;
  }

  /** Whether all its addresses are multicast addresses. */
  public boolean isMulticast() {
    return v6 ? high >>> 56 == 0xFF && prefix >= 8 : low >>> 28 == 0xE && prefix >= 4;
  }

  /** Whether all its addresses are in the other range. */
  public boolean isInRange(IpValue range) {
    if (v6 != range.v6 || prefix < range.prefix) {
      return false;
    }
    if (!v6) {
      return range.prefix == 0 || (low ^ range.low) >>> (32 - range.prefix) == 0;
    }
    if (range.prefix == 0) {
      return true;
    }
    if (range.prefix <= 64) {
      return (high ^ range.high) >>> (64 - range.prefix) == 0;
    }
    return high == range.high && (low ^ range.low) >>> (128 - range.prefix) == 0;
  }

  /** The argument of the constructor, for instance {@code 10.0.0.0/8} or {@code ::1}. */
  public String text() {
    var out = new StringBuilder();
    if (v6) {
      appendGroups(out);
    } else {
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.append(low >>> shift & 0xFF).append(shift == 0 ? "" : ".");
      }
    }
    return prefix == (v6 ? 128 : 32) ? out.toString() : out.append('/').append(prefix).toString();
  }

  private int group(int place) {
    return (int) ((place < 4 ? high : low) >>> (48 - place % 4 * 16) & 0xFFFF);
  }

  /** The longest run of zeros is left out (RFC 5952). */
  private void appendGroups(StringBuilder out) {
    int gap = 8;
    int longest = 1;
    for (int start = 0; start < 8; start++) {
      int end = start;
      while (end < 8 && group(end) == 0) {
        end++;
      }
      if (end - start > longest) {
        gap = start;
        longest = end - start;
      }
    }
    for (int i = 0; i < 8; i++) {
      if (i == gap) {
        out.append("::");
        i += longest - 1;
      } else {
        boolean first = i == 0 || i == gap + longest;
        out.append(first ? "" : ":").append(Integer.toHexString(group(i)));
      }
    }
  }

  @Override
  public String toString() {
    return "ip(\"" + text() + "\")";
  }
}
