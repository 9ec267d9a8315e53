package dev.bylaw.policy.data;

import java.net.IDN;
import java.util.Locale;

/**
 * The host that a URL leads to, in its one canonical form.
 *
 * <p>Names are ASCII (punycode), lower case, without trailing dot. Whatever different programs read
 * differently is refused: user information, backslashes, blanks, control characters, percent signs
 * in the host, numbers that only some take for an address.
 *
 * @param name {@code api.example.com}, {@code 10.0.0.1}, {@code [::1]}
 * @param port as written; -1 where none is, or where it is the scheme's own
 */
public record HostName(String name, int port) {
  private static final int LONGEST = 8_192;

  /**
   * Reads a URL, or a host with or without port and path.
   *
   * @throws Unreadable if it does not lead to one host for certain
   */
  public static HostName of(String text) throws Unreadable {
    if (text.length() > LONGEST) {
      throw new Unreadable("a URL of more than " + LONGEST + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == 0x7f || c == '\\' || Character.isISOControl(c)) {
        throw new Unreadable("a blank, control character or backslash in a URL");
      }
    }
    int scheme = text.indexOf("://");
    String schemeName = "";
    String rest = text;
    if (scheme >= 0 && isScheme(text, scheme)) {
      schemeName = text.substring(0, scheme).toLowerCase(Locale.ROOT);
      rest = text.substring(scheme + 3);
    } else if (text.startsWith("//")) {
      rest = text.substring(2);
    } else if (hasOddScheme(text)) {
      throw new Unreadable("`" + shorten(text) + "` names no host");
    }
    return authority(rest.substring(0, end(rest)), schemeName, text);
  }

  private static HostName authority(String authority, String scheme, String text)
      throws Unreadable {
    if (authority.indexOf('@') >= 0) {
      throw new Unreadable("user information in the URL `" + shorten(text) + "`");
    }
    String host = authority;
    String port = "";
    int colon = authority.lastIndexOf(':');
    if (colon > authority.lastIndexOf(']')) {
      host = authority.substring(0, colon);
      port = authority.substring(colon + 1);
    }
    int number = port.isEmpty() ? -1 : port(port, text);
    return new HostName(canonical(host, text), number == standardPort(scheme) ? -1 : number);
  }

  private static boolean isScheme(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      boolean other = c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.';
      if (!letter && !(i > 0 && other)) {
        return false;
      }
    }
    return end > 0;
  }

  /** {@code https:evil.com}, {@code javascript:…}: a scheme without slashes, or none at all. */
  private static boolean hasOddScheme(String text) {
    int colon = text.indexOf(':');
    if (text.isEmpty() || text.startsWith("/") || text.startsWith("?") || text.startsWith("#")) {
      return true;
    }
    if (colon < 0 || colon > end(text)) {
      return false;
    }
    if (text.startsWith("[")) {
      return false;
    }
    // Behind a host's colon stands a port.
    String behind = text.substring(colon + 1, end(text));
    return behind.isEmpty() || !behind.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static int end(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '/' || c == '?' || c == '#') {
        return i;
      }
    }
    return text.length();
  }

  private static int port(String port, String text) throws Unreadable {
    boolean digits = port.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || port.length() > 5 || Integer.parseInt(port) > 65_535) {
      throw new Unreadable("`" + shorten(text) + "` has no port number behind its colon");
    }
    return Integer.parseInt(port);
  }

  private static int standardPort(String scheme) {
    return switch (scheme) {
      case "https", "wss" -> 443;
      case "http", "ws" -> 80;
      case "ftp" -> 21;
      case "smtp" -> 25;
      default -> -1;
    };
  }

  /** A host in its canonical form. */
  static String canonical(String host, String text) throws Unreadable {
    if (host.startsWith("[")) {
      return IpAddress.canonicalV6(host, text);
    }
    String ascii;
    try {
      ascii = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
      throw new Unreadable("`" + shorten(text) + "` does not name a host");
    }
    if (ascii.endsWith(".")) {
      ascii = ascii.substring(0, ascii.length() - 1);
    }
    if (ascii.isEmpty() || ascii.length() > 253 || ascii.startsWith(".") || ascii.contains("..")) {
      throw new Unreadable("`" + shorten(text) + "` does not name a host");
    }
    String last = ascii.substring(ascii.lastIndexOf('.') + 1);
    if (last.chars().allMatch(c -> c >= '0' && c <= '9') || last.matches("0x[0-9a-f]*")) {
      return IpAddress.canonicalV4(ascii, text);
    }
    return ascii;
  }

  static String shorten(String text) {
    return text.length() <= 80 ? text : text.substring(0, 77) + "…";
  }

  @Override
  public String toString() {
    return port < 0 ? name : name + ":" + port;
  }
}
