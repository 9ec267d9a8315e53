package dev.bylaw.content;

import java.util.List;

/**
 * Secrets that are told by where they stand: behind {@code curl -u}, in a line of {@code .netrc},
 * as the private part of a JSON web key, or as the body of a private key that has lost its frame.
 */
final class SecretPlaces {
  private static final int LINE = 400;

  /** How the Base64 of a private key begins: PKCS #1, PKCS #8 and SEC 1 of the usual sizes. */
  private static final List<String> KEY_BODIES =
      List.of(
          "MIICXAIBAAKBgQ",
          "MIICXQIBAAKBgQ",
          "MIICdwIBADANBgkqhkiG9w0BAQEF",
          "MIICeAIBADANBgkqhkiG9w0BAQEF",
          "MIIEowIBAAKCAQEA",
          "MIIEpAIBAAKCAQEA",
          "MIIEpQIBAAKCAQEA",
          "MIIEvAIBADANBgkqhkiG9w0BAQEF",
          "MIIEvQIBADANBgkqhkiG9w0BAQEF",
          "MIIEvgIBADANBgkqhkiG9w0BAQEF",
          "MIIJKAIBAAKCAgEA",
          "MIIJKQIBAAKCAgEA",
          "MIIJQgIBADANBgkqhkiG9w0BAQEF",
          "MIIJQwIBADANBgkqhkiG9w0BAQEF",
          "MHcCAQEEI",
          "MIGHAgEAMBMGByqGSM49",
          "MIGkAgEBBDA",
          "MC4CAQAwBQYDK2VwBCIEI");

  private SecretPlaces() {}

  static void detect(Passage passage, Detector.Matches matches) {
    String text = passage.plain();
    for (String option : List.of(" -u ", " --user ", " -u", " --user=")) {
      behindCurl(text, option, matches);
    }
    netrc(text, matches);
    webKeys(text, matches);
    bodies(text, matches);
  }

  /** {@code curl -u name:password}, quoted or not. */
  private static void behindCurl(String text, String option, Detector.Matches matches) {
    for (int at = text.indexOf(option); at >= 0; at = text.indexOf(option, at + 1)) {
      int from = at + option.length();
      if (from >= text.length() || text.charAt(from) == ' ' || !followsCurl(text, at)) {
        continue;
      }
      char quote = text.charAt(from);
      boolean quoted = quote == '"' || quote == '\'';
      int start = quoted ? from + 1 : from;
      int end = start;
      int colon = -1;
      while (end < text.length()
          && end - start < LINE
          && (quoted ? text.charAt(end) != quote : text.charAt(end) > ' ')
          && text.charAt(end) != '\n') {
        if (text.charAt(end) == ':' && colon < 0) {
          colon = end;
        }
        end++;
      }
      if (colon > start && end > colon + 1) {
        String password = text.substring(colon + 1, end);
        if (!SecretDetector.isPlaceholder(password)) {
          matches.add(EntityType.PASSWORD, colon + 1, end, .9, "follows the option -u of curl");
        }
      }
    }
  }

  private static boolean followsCurl(String text, int at) {
    int from = Math.max(0, at - LINE);
    int line = Math.max(from, text.lastIndexOf('\n', at));
    int curl = text.lastIndexOf("curl", at);
    // A command may go on in the next line behind a backslash.
    boolean goesOn = line > 0 && text.charAt(line - 1) == '\\';
    return curl >= (goesOn ? from : line);
  }

  /** {@code machine host login name password secret}. */
  private static void netrc(String text, Detector.Matches matches) {
    for (int at = text.indexOf("password "); at >= 0; at = text.indexOf("password ", at + 1)) {
      int login = wordBefore(text, at, "login ");
      int machine = login < 0 ? -1 : wordBefore(text, login, "machine ");
      int start = at + "password ".length();
      int end = start;
      while (end < text.length() && end - start < LINE && text.charAt(end) > ' ') {
        end++;
      }
      if (machine >= 0
          && end > start
          && !SecretDetector.isPlaceholder(text.substring(start, end))) {
        matches.add(EntityType.PASSWORD, start, end, .85, "password of a machine in .netrc");
      }
    }
  }

  /** The offset of {@code name} where it stands before one word that ends at {@code at}, or -1. */
  private static int wordBefore(String text, int at, String name) {
    int end = at;
    while (end > 0 && text.charAt(end - 1) <= ' ') {
      end--;
    }
    int start = end;
    while (start > 0 && end - start < LINE && text.charAt(start - 1) > ' ') {
      start--;
    }
    boolean named = end > start && text.startsWith(name, start - name.length());
    return named ? start - name.length() : -1;
  }

  /** {@code "kty": … "d": "…"}: the private member of a JSON web key. */
  private static void webKeys(String text, Detector.Matches matches) {
    for (int at = text.indexOf("\"kty\""); at >= 0; at = text.indexOf("\"kty\"", at + 1)) {
      int open = text.lastIndexOf('{', at);
      int close = text.indexOf('}', at);
      if (open < 0 || at - open > 8192) {
        continue;
      }
      int limit = Math.min(close < 0 ? text.length() : close, at + 8192);
      for (String member : List.of("\"d\"", "\"k\"")) {
        int name = text.indexOf(member, open);
        if (name < 0 || name > limit) {
          continue;
        }
        int start = text.indexOf('"', name + member.length()) + 1;
        int end = start <= 0 ? -1 : text.indexOf('"', start);
        if (end > start + 15 && end - start < 4096 && start - name < 16) {
          matches.add(EntityType.PRIVATE_KEY, start, end, .95, "private part of a JSON web key");
        }
      }
    }
  }

  private static void bodies(String text, Detector.Matches matches) {
    // All of them begin with M and are looked up once for each word that does.
    for (int at = text.indexOf('M'); at >= 0; at = text.indexOf('M', at + 1)) {
      if (at > 0 && isBase64(text.charAt(at - 1))) {
        continue;
      }
      for (String body : KEY_BODIES) {
        if (text.startsWith(body, at)) {
          int end = at;
          while (end < text.length() && (isBase64(text.charAt(end)) || isGap(text, end))) {
            end++;
          }
          if (end - at >= 60) {
            matches.add(EntityType.PRIVATE_KEY, at, end, .95, "body of a private key");
          }
          at = end - 1;
          break;
        }
      }
    }
  }

  private static boolean isBase64(char c) {
    return (c < 0x80 && Words.isWordPart(c)) || c == '+' || c == '/' || c == '=';
  }

  /** A line break between two lines of Base64. */
  private static boolean isGap(String text, int at) {
    char c = text.charAt(at);
    return (c == '\n' || c == '\r')
        && at + 1 < text.length()
        && (isBase64(text.charAt(at + 1)) || text.charAt(at + 1) == '\n');
  }
}
