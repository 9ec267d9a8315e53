package dev.bylaw.policy.data;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** IP addresses as literals; no name is ever looked up. */
final class IpAddress {
  private IpAddress() {}

  /** Four decimal octets without leading zeros; every other spelling is refused. */
  static String canonicalV4(String host, String text) throws Unreadable {
    byte[] octets = v4(host);
    if (octets == null) {
      throw new Unreadable(
          "`" + HostName.shorten(text) + "` writes an address in a form that programs disagree on");
    }
    return host;
  }

  /** An address in brackets, in the form that Java writes. */
  static String canonicalV6(String host, String text) throws Unreadable {
    if (!host.endsWith("]") || host.indexOf('%') >= 0) {
      throw new Unreadable("`" + HostName.shorten(text) + "` does not name a host");
    }
    byte[] octets = v6(host.substring(1, host.length() - 1));
    if (octets == null) {
      throw new Unreadable("`" + HostName.shorten(text) + "` does not name a host");
    }
    return name(octets);
  }

  private static String name(byte[] octets) throws Unreadable {
    try {
      InetAddress address = InetAddress.getByAddress(octets);
      // An IPv4 address mapped into IPv6 is that IPv4 address.
      return address.getAddress().length == 4
          ? address.getHostAddress()
          : "[" + address.getHostAddress() + "]";
    } catch (UnknownHostException e) {
      throw new Unreadable("not an address");
    }
  }

  /** The octets of a canonical host that is an address; null for a name. */
  static byte @Nullable [] octets(String canonical) {
    return canonical.startsWith("[")
        ? v6(canonical.substring(1, canonical.length() - 1))
        : v4(canonical);
  }

  static byte @Nullable [] v4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    byte[] octets = new byte[4];
    for (int i = 0; i < 4; i++) {
      String part = parts[i];
      boolean plain =
          !part.isEmpty()
              && part.length() <= 3
              && part.chars().allMatch(c -> c >= '0' && c <= '9')
              && (part.length() == 1 || part.charAt(0) != '0');
      if (!plain || Integer.parseInt(part) > 255) {
        return null;
      }
      octets[i] = (byte) Integer.parseInt(part);
    }
    return octets;
  }

  static byte @Nullable [] v6(String text) {
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return null;
    }
    byte[] head = groups(gap < 0 ? text : text.substring(0, gap));
    byte[] tail = gap < 0 ? new byte[0] : groups(text.substring(gap + 2));
    if (head == null || tail == null) {
      return null;
    }
    int length = head.length + tail.length;
    if (gap < 0 ? length != 16 : length > 14) {
      return null;
    }
    byte[] octets = Arrays.copyOf(head, 16);
    System.arraycopy(tail, 0, octets, 16 - tail.length, tail.length);
    return octets;
  }

  private static byte @Nullable [] groups(String text) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    String[] parts = text.split(":", -1);
    byte[] octets = new byte[18];
    int length = 0;
    for (int i = 0; i < parts.length; i++) {
      byte[] last = i == parts.length - 1 ? v4(parts[i]) : null;
      if (last != null && length <= 12) {
        System.arraycopy(last, 0, octets, length, 4);
        length += 4;
        continue;
      }
      if (!parts[i].matches("[0-9a-fA-F]{1,4}") || length > 14) {
        return null;
      }
      int group = Integer.parseInt(parts[i], 16);
      octets[length++] = (byte) (group >> 8);
      octets[length++] = (byte) group;
    }
    return Arrays.copyOf(octets, length);
  }
}
