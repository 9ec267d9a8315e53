package dev.bylaw.actions.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * An absolute URL that every reader reads alike: {@code http} or {@code https}, a host in ASCII, no
 * user, no fragment.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case, without the dot at the end; an IPv6 address without brackets
 * @param port the port, the scheme's own where none is written
 * @param uri the whole
 */
public record Endpoint(String scheme, String host, int port, URI uri) {
  static final int MOST_CHARACTERS = 8 * 1024;

  /** A text that is no such URL. */
  public static final class MalformedEndpointException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedEndpointException(String message) {
      super(message, null, false, false);
    }

    /** Why, one line, without the text itself. */
    public String reason() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Reads a URL; {@code https} where it names no scheme.
   *
   * @throws MalformedEndpointException if it is none, or one that two readers could read
   *     differently
   */
  public static Endpoint parse(String text) throws MalformedEndpointException {
    if (text.length() > MOST_CHARACTERS) {
      throw malformed("is longer than " + MOST_CHARACTERS + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '\\' || c > 126) {
        throw malformed("has a space, a back-slash or a character that is not ASCII");
      }
    }
    boolean schemeless = !text.contains("://") && !text.startsWith("//");
    try {
      return of(new URI(schemeless ? "https://" + text : text));
    } catch (URISyntaxException e) {
      throw malformed("is no URL: " + e.getReason().toLowerCase(Locale.ROOT));
    }
  }

  private static Endpoint of(URI uri) throws MalformedEndpointException {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw malformed("is neither `https` nor `http`");
    }
    if (uri.getRawAuthority() == null || uri.getRawAuthority().contains("@")) {
      throw malformed("names a user before the host");
    }
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      throw malformed("has no host that can be read");
    }
    if (uri.getRawFragment() != null) {
      throw malformed("has a fragment");
    }
    int port = uri.getPort() < 0 ? usualPort(scheme) : uri.getPort();
    if (port < 1 || port > 65_535) {
      throw malformed("has a port that is none");
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
      if (host.contains("%")) {
        throw malformed("names a network interface");
      }
    }
    String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return new Endpoint(scheme, bare, port, uri);
  }

  static int usualPort(String scheme) {
    return scheme.equals("http") ? 80 : 443;
  }

  /** Whether another endpoint is on the same host, over the same scheme and port. */
  boolean sameOrigin(Endpoint other) {
    return scheme.equals(other.scheme) && host.equals(other.host) && port == other.port;
  }

  private static MalformedEndpointException malformed(String message) {
    return new MalformedEndpointException("the endpoint " + message);
  }

  /** Scheme, host and port: what may stand in a message; path and query may hold secrets. */
  @Override
  public String toString() {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return scheme + "://" + shown + (port == usualPort(scheme) ? "" : ":" + port);
  }
}
