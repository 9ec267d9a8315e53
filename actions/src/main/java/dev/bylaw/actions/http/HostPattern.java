package dev.bylaw.actions.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hosts that an identity means: {@code api.example.com}, {@code *.example.com} (every name below
 * it, not itself), {@code *} (every host), each {@code https} on its usual port unless it says
 * {@code http://…} or {@code …:8443}.
 *
 * @param scheme {@code https} or {@code http}
 * @param host a host, or what stands behind {@code *}: {@code .example.com}, or nothing
 * @param wildcard whether it begins with {@code *}
 * @param port the port
 */
public record HostPattern(String scheme, String host, boolean wildcard, int port) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(https?)://)?(\\*|\\[[0-9a-f:.]{2,45}]|(?:\\*\\.)?[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)"
              + "(?::([0-9]{1,5}))?/?");

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is none, with the reason
   */
  public static HostPattern parse(String text) {
    Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!form.matches() || text.contains("..")) {
      throw new IllegalArgumentException(
          "expected a host like `api.example.com`, `*.example.com` or `http://localhost:8080`,"
              + " without a path");
    }
    String scheme = form.group(1) == null ? "https" : form.group(1);
    String host = form.group(2);
    int port = form.group(3) == null ? Endpoint.usualPort(scheme) : Integer.parseInt(form.group(3));
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("`" + port + "` is no port");
    }
    boolean wildcard = host.startsWith("*");
    String rest = wildcard ? host.substring(1) : host;
    String bare = rest.startsWith("[") ? rest.substring(1, rest.length() - 1) : rest;
    return new HostPattern(scheme, bare, wildcard, port);
  }

  /** Whether an endpoint is meant. */
  public boolean matches(Endpoint endpoint) {
    boolean named =
        wildcard
            ? host.isEmpty() || (endpoint.host().endsWith(host) && !isAddress(endpoint.host()))
            : endpoint.host().equals(host);
    return named && endpoint.scheme().equals(scheme) && endpoint.port() == port;
  }

  /** Whether it names this one host and no other. */
  boolean namesExactly(String otherHost) {
    return !wildcard && host.equals(otherHost);
  }

  private static boolean isAddress(String host) {
    return host.contains(":") || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
