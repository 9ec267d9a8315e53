package dev.bylaw.content;

import java.util.Set;

/** Finds addresses of IP version 4 (dotted, four decimal octets) and 6 (RFC 4291). */
final class IpAddressDetector implements Detector {
  private static final int LONGEST = 45;
  private static final Terms VERSION =
      Terms.of(
          "version, v, ver, build, release, firmware, driver, upgrade, upgraded, update, section,"
              + " chapter, clause, oid, sdk, jdk, chrome, schema");
  private static final Terms UPGRADE =
      Terms.of(
          "version, versions, upgrade, upgraded, downgrade, firmware, release, released, patch,"
              + " changelog, release notes, bump, bumped, bumps, changes since");
  private static final Terms NAMES =
      Terms.of("ip, ips, ipv4, ipv6, address, addr, host, server, client, gateway, subnet, dns");

  @Override
  public String name() {
    return "ip_address";
  }

  @Override
  public Set<EntityType> types() {
    return Set.of(EntityType.IP_ADDRESS);
  }

  @Override
  public void detect(Passage passage, Set<EntityType> asked, Matches matches) {
    String text = passage.plain();
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (!isHex(c) && c != ':') {
        i++;
        continue;
      }
      int end = i;
      int dots = 0;
      int colons = 0;
      while (end < text.length()) {
        char at = text.charAt(end);
        if (at == '.') {
          dots++;
        } else if (at == ':') {
          colons++;
        } else if (!isHex(at)) {
          break;
        }
        end++;
      }
      if (end - i <= LONGEST + 8) {
        run(passage, i, end, dots, colons, matches);
      }
      i = end;
    }
  }

  private static void run(
      Passage passage, int start, int end, int dots, int colons, Matches matches) {
    String text = passage.plain();
    boolean glued =
        (start > 0 && (Words.isWordPart(text.charAt(start - 1)) || text.charAt(start - 1) == '_'))
            || (end < text.length() && Words.isWordPart(text.charAt(end)));
    if (glued) {
      return;
    }
    int from = start;
    int to = end;
    while (to > from && (text.charAt(to - 1) == '.' || endsWithOneColon(text, from, to))) {
      to--;
    }
    while (to > from && text.charAt(from) == '.') {
      from++;
    }
    String written = text.substring(from, to);
    if (colons >= 2 && isVersion6(written)) {
      version6(passage, from, to, matches);
    } else if (colons >= 3 && dots == 0 && isVersion6(withoutPort(written))) {
      version6(passage, from, from + withoutPort(written).length(), matches);
    } else if (dots >= 3) {
      version4(passage, from, to, matches);
    }
  }

  /** {@code dead::beef} in a program is a name more often than an address. */
  private static void version6(Passage passage, int start, int end, Matches matches) {
    boolean digit = passage.plain().substring(start, end).chars().anyMatch(Character::isDigit);
    Words words = passage.words();
    boolean named =
        digit
            || NAMES.anywhere(passage.field().words()) != null
            || Context.before(NAMES, words, words.at(start), 3) != null;
    matches.add(EntityType.IP_ADDRESS, start, end, named ? .9 : .4, "eight groups of IPv6");
  }

  /** What stands before the last colon, if a decimal number of up to five digits stands behind. */
  private static String withoutPort(String text) {
    int colon = text.lastIndexOf(':');
    return text.substring(colon + 1).matches("[0-9]{5}") ? text.substring(0, colon) : text;
  }

  private static boolean endsWithOneColon(String text, int from, int to) {
    return text.charAt(to - 1) == ':' && (to - 2 < from || text.charAt(to - 2) != ':');
  }

  private static void version4(Passage passage, int start, int end, Matches matches) {
    String text = passage.plain();
    int from = start;
    int to = end;
    int colon = text.indexOf(':', start);
    if (colon >= 0 && colon < end) {
      boolean port = text.substring(colon + 1, end).matches("[0-9]{1,5}");
      if (port) {
        to = colon;
      } else {
        from = text.lastIndexOf(':', end - 1) + 1;
      }
    }
    if (!isVersion4(text, from, to)) {
      return;
    }
    Words words = passage.words();
    int first = words.at(from);
    boolean named =
        NAMES.anywhere(passage.field().words()) != null
            || Context.before(NAMES, words, first, 3) != null;
    boolean version =
        VERSION.anywhere(passage.field().words()) != null
            || Context.before(VERSION, words, first, 2) != null
            || Context.before(UPGRADE, words, first, 9) != null
            || text.startsWith("0.", from);
    double score = version && !named ? .2 : named ? .98 : .9;
    matches.add(EntityType.IP_ADDRESS, from, to, score, "four octets");
  }

  private static boolean isVersion4(String text, int start, int end) {
    int octets = 0;
    int i = start;
    while (i < end) {
      int from = i;
      int number = 0;
      while (i < end && text.charAt(i) >= '0' && text.charAt(i) <= '9' && i - from < 4) {
        number = number * 10 + text.charAt(i) - '0';
        i++;
      }
      boolean leadingZero = i - from > 1 && text.charAt(from) == '0';
      if (i == from || i - from > 3 || number > 255 || leadingZero) {
        return false;
      }
      octets++;
      if (i < end) {
        if (text.charAt(i) != '.' || octets == 4) {
          return false;
        }
        i++;
        if (i == end) {
          return false;
        }
      }
    }
    return octets == 4;
  }

  static boolean isVersion6(String text) {
    String groups = text;
    int expected = 8;
    int dot = text.indexOf('.');
    if (dot >= 0) {
      int tail = text.lastIndexOf(':', dot) + 1;
      if (tail == 0 || !isVersion4(text, tail, text.length())) {
        return false;
      }
      expected = 6;
      groups = text.substring(0, tail > 1 && text.charAt(tail - 2) == ':' ? tail : tail - 1);
    }
    int gap = groups.indexOf("::");
    if (gap != groups.lastIndexOf("::")) {
      return false;
    }
    if (gap < 0) {
      return count(groups) == expected;
    }
    int left = count(groups.substring(0, gap));
    int right = count(groups.substring(gap + 2));
    boolean enough = left + right >= 2 || groups.equals("::1") || dot >= 0;
    return left >= 0 && right >= 0 && enough && left + right < expected;
  }

  /** The number of groups of one to four hex digits between single colons; far below 0 if bad. */
  private static int count(String groups) {
    if (groups.isEmpty()) {
      return 0;
    }
    int count = 0;
    int length = 0;
    for (int i = 0; i <= groups.length(); i++) {
      if (i == groups.length() || groups.charAt(i) == ':') {
        if (length == 0 || length > 4) {
          return -100;
        }
        count++;
        length = 0;
      } else {
        length++;
      }
    }
    return count;
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
