package dev.bylaw.actions.http;

import java.net.InetAddress;
import java.util.List;

/**
 * A range of IP addresses: {@code 10.0.0.0/8}.
 *
 * @param first its first address
 * @param bits how many leading bits all its addresses share
 */
public record AddressRange(InetAddress first, int bits) {
  /** The IPv4 ranges that are not on the public network (RFC 6890 and later). */
  private static final List<AddressRange> NOT_PUBLIC =
      List.of(
          parse("0.0.0.0/8"),
          parse("10.0.0.0/8"),
          parse("100.64.0.0/10"),
          parse("127.0.0.0/8"),
          parse("169.254.0.0/16"),
          parse("172.16.0.0/12"),
          parse("192.0.0.0/24"),
          parse("192.0.2.0/24"),
          parse("192.88.99.0/24"),
          parse("192.168.0.0/16"),
          parse("198.18.0.0/15"),
          parse("198.51.100.0/24"),
          parse("203.0.113.0/24"),
          parse("224.0.0.0/3"),
          // Of IPv6 only 2000::/3 is public; these parts of it are not, or lead to IPv4.
          parse("2001::/23"),
          parse("2001:db8::/32"),
          parse("2002::/16"),
          parse("3fff::/20"));

  private static final AddressRange PUBLIC_IPV6 = parse("2000::/3");

  /**
   * Reads a range.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      int most = first.getAddress().length * 8;
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > most) {
        throw new IllegalArgumentException("a range has from 0 to " + most + " bits");
      }
      return new AddressRange(first, bits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a range like `10.0.0.0/8`", e);
    }
  }

  /** Whether an address is in the range. */
  public boolean contains(InetAddress address) {
    byte[] mine = first.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** Whether an address is on the public network. */
  static boolean isPublic(InetAddress address) {
    boolean six = address.getAddress().length == 16;
    return (!six || PUBLIC_IPV6.contains(address))
        && NOT_PUBLIC.stream().noneMatch(range -> range.contains(address));
  }
}
