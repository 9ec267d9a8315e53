package dev.bylaw.content;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets: keys and tokens by the prefixes that their makers give them (and the checksum
 * where there is one), private keys by their frame, connection strings with a password, and what
 * stands behind words like "password" if it looks like one.
 */
final class SecretDetector implements Detector {
  private static final int LONGEST_CONNECTION = 512;
  private static final Terms PASSWORD =
      Terms.of(
          "password, passwd, pwd, passphrase, passcode, pass, kennwort, passwort, mot de passe");
  private static final Terms KEY =
      Terms.of(
          "api key, apikey, secret, secret key, client secret, access key, auth token, token,"
              + " access token, private key, bearer, authorization, credential, credentials,"
              + " secretkey, accesskey, authtoken, api token, signing key, encryption key, aws secret");

  private static final String PUTTY = "PuTTY-User-Key-File-";
  private static final List<String> WEBHOOKS =
      List.of(
          "hooks.slack.com/services/",
          "hooks.slack.com/workflows/",
          "discord.com/api/webhooks/",
          "discordapp.com/api/webhooks/",
          "outlook.office.com/webhook/");

  @Override
  public String name() {
    return "secret";
  }

  @Override
  public Set<EntityType> types() {
    return EntityType.secrets();
  }

  @Override
  public void detect(Passage passage, Set<EntityType> asked, Matches matches) {
    frames(passage, matches);
    webhooks(passage, matches);
    connections(passage, matches);
    SecretPlaces.detect(passage, matches);
    tokens(passage, matches);
    assignments(passage, matches);
    field(passage, matches);
  }

  /** {@code -----BEGIN … PRIVATE KEY-----} to its end, or as far as the text goes. */
  private static void frames(Passage passage, Matches matches) {
    String text = passage.plain();
    int begin = text.indexOf("-----BEGIN ");
    while (begin >= 0) {
      int close = text.indexOf("-----", begin + 11);
      int next = begin + 11;
      if (close > 0 && close - begin < 60) {
        String kind = text.substring(begin + 11, close);
        if (kind.endsWith("PRIVATE KEY") || kind.endsWith("PRIVATE KEY BLOCK")) {
          String frame = "-----END " + kind + "-----";
          int end = text.indexOf(frame, close);
          int stop = end < 0 ? text.length() : end + frame.length();
          matches.add(EntityType.PRIVATE_KEY, begin, stop, .99, "frame of a private key");
          next = stop;
        }
      }
      begin = text.indexOf("-----BEGIN ", next);
    }
    for (int at = text.indexOf(PUTTY); at >= 0; at = text.indexOf(PUTTY, at + 1)) {
      int code = text.indexOf("Private-Lines:", at);
      int mac = code < 0 ? -1 : text.indexOf("Private-MAC:", code);
      if (code > 0) {
        int stop = mac < 0 ? text.length() : mac;
        matches.add(EntityType.PRIVATE_KEY, at, stop, .99, "private key of PuTTY");
        at = stop - 1;
      }
    }
  }

  /** Addresses that let anybody who knows them post. */
  private static void webhooks(Passage passage, Matches matches) {
    String text = passage.plain();
    for (String host : WEBHOOKS) {
      for (int at = text.indexOf(host); at >= 0; at = text.indexOf(host, at + 1)) {
        int end = at + host.length();
        while (end < text.length() && end - at < 256 && !endsConnection(text.charAt(end))) {
          end++;
        }
        if (end - at - host.length() >= 24) {
          matches.add(EntityType.API_KEY, at, end, .95, "address of a webhook");
        }
      }
    }
  }

  /** {@code scheme://user:password@host}, and {@code Password=…} among {@code key=value;} pairs. */
  private static void connections(Passage passage, Matches matches) {
    String text = passage.plain();
    for (int at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 3)) {
      int end = at + 3;
      int sign = -1;
      int colon = -1;
      int limit = Math.min(text.length(), at + LONGEST_CONNECTION);
      while (end < limit && !endsConnection(text.charAt(end))) {
        char c = text.charAt(end);
        if (c == ':' && text.startsWith("://", end)) {
          break;
        }
        if (c == '@') {
          sign = end;
        } else if (c == ':' && colon < 0) {
          colon = end;
        } else if (c == '/' && (sign >= 0 || isPort(text, colon, end))) {
          break;
        }
        end++;
      }
      boolean placeholder =
          colon > 0 && sign > colon && "{$<*".indexOf(text.charAt(colon + 1)) >= 0;
      if (colon > 0 && sign > colon + 1 && !placeholder) {
        int start = at;
        while (start > 0
            && at - start < 32
            && (Words.isWordPart(text.charAt(start - 1)) || text.charAt(start - 1) == '+')) {
          start--;
        }
        while (end < limit && !endsConnection(text.charAt(end))) {
          end++;
        }
        if (start < at) {
          matches.add(
              EntityType.CONNECTION_STRING, start, end, .95, "address with user and password");
        }
      }
    }
    for (String key : List.of("AccountKey=", "SharedAccessKey=", "SharedAccessSignature=")) {
      for (int at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1)) {
        int end = at + key.length();
        while (end < text.length()
            && end - at < LONGEST_CONNECTION
            && !endsConnection(text.charAt(end))
            && text.charAt(end) != ';') {
          end++;
        }
        if (end - at > key.length() + 15) {
          matches.add(EntityType.CONNECTION_STRING, at, end, .95, "key of a storage account");
        }
      }
    }
  }

  /** {@code :8080/}: what stands behind the colon is no password. */
  private static boolean isPort(String text, int colon, int end) {
    if (colon < 0 || end - colon > 6) {
      return false;
    }
    for (int i = colon + 1; i < end; i++) {
      if (!Character.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean endsConnection(char c) {
    return c <= ' ' || c == '"' || c == '\'' || c == '<' || c == '>' || c == '`';
  }

  private static void tokens(Passage passage, Matches matches) {
    String text = passage.plain();
    for (int i = 0; i < text.length(); ) {
      if (!isToken(text.charAt(i))) {
        i++;
        continue;
      }
      int end = i;
      while (end < text.length() && isToken(text.charAt(end))) {
        end++;
      }
      if (end - i >= 16) {
        token(passage, i, end, matches);
      }
      i = end;
    }
  }

  private static boolean isToken(char c) {
    return (c < 0x80 && Words.isWordPart(c)) || c == '_' || c == '-' || c == '.';
  }

  private static void token(Passage passage, int start, int end, Matches matches) {
    String run = passage.plain().substring(start, end);
    while (!run.isEmpty() && ".-".indexOf(run.charAt(run.length() - 1)) >= 0) {
      run = run.substring(0, run.length() - 1);
    }
    SecretFormats.Match match = SecretFormats.match(run);
    if (match != null) {
      matches.add(
          match.type(), start + match.start(), start + match.end(), match.score(), match.note());
    }
  }

  /** {@code password: hunter2!}, {@code api_key = "…"}, {@code Authorization: Bearer …}. */
  private static void assignments(Passage passage, Matches matches) {
    Words words = passage.words();
    for (int word = 0; word < words.size(); word++) {
      String password = PASSWORD.at(words, word);
      String key = password == null ? KEY.at(words, word) : null;
      if (password == null && key == null) {
        continue;
      }
      int last = word;
      String term = password != null ? password : key;
      for (int i = 0; term != null && i < term.length(); i++) {
        last += term.charAt(i) == ' ' ? 1 : 0;
      }
      int[] span = assigned(words, last);
      if (span == null) {
        continue;
      }
      String value = passage.plain().substring(span[0], span[1]);
      boolean secret =
          password != null
              ? looksLikePassword(value)
              : value.length() >= 12 && entropy(value) > 2.9;
      if (secret && !isPlaceholder(value)) {
        matches.add(
            password != null ? EntityType.PASSWORD : EntityType.API_KEY,
            span[0],
            span[1],
            password != null ? .85 : .75,
            "follows \"" + term + '"');
      }
    }
  }

  /** What follows a word and a colon, an equals sign, or "is"; null if nothing does. */
  private static int @Nullable [] assigned(Words words, int word) {
    String text = words.text();
    int i = words.end(Math.min(word, words.size() - 1));
    int limit = Math.min(text.length(), i + 8);
    boolean assigned = false;
    while (i < limit) {
      char c = text.charAt(i);
      if (c == ':' || c == '=') {
        assigned = true;
      } else if (c != ' ' && c != '"' && c != '\'' && c != '>' && c != '`') {
        if (!assigned && text.startsWith("is ", i) && text.charAt(i - 1) == ' ') {
          assigned = true;
          i += 2;
          continue;
        }
        break;
      }
      i++;
    }
    if (!assigned || i >= text.length()) {
      return null;
    }
    if (text.regionMatches(true, i, "bearer ", 0, 7)
        || text.regionMatches(true, i, "basic ", 0, 6)) {
      i = text.indexOf(' ', i) + 1;
    }
    char quote = i > 0 ? text.charAt(i - 1) : ' ';
    boolean quoted = quote == '"' || quote == '\'' || quote == '`';
    int end = i;
    int most = Math.min(text.length(), i + 512);
    while (end < most) {
      char c = text.charAt(end);
      if (quoted ? c == quote || c == '\n' : c <= ' ' || c == '"' || c == '<' || c == ';') {
        break;
      }
      end++;
    }
    while (!quoted && end > i && ".,)]}".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end > i ? new int[] {i, end} : null;
  }

  private static boolean looksLikePassword(String value) {
    if (value.length() < 6 || value.length() > 128 || value.indexOf(' ') >= 0) {
      return false;
    }
    boolean digit = false;
    boolean sign = false;
    boolean upper = false;
    boolean lower = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      digit |= Character.isDigit(c);
      upper |= Character.isUpperCase(c);
      lower |= Character.isLowerCase(c);
      sign |= !Words.isWordPart(c);
    }
    int kinds = (digit ? 1 : 0) + (sign ? 1 : 0) + (upper && lower ? 1 : 0);
    return kinds >= 1 && (digit || sign) && !value.startsWith("http") && !value.startsWith("/");
  }

  /** {@code ${PASSWORD}}, {@code <token>}, {@code ********}, {@code {{secrets.key}}}. */
  static boolean isPlaceholder(String value) {
    if (value.isEmpty() || "$<{%[(".indexOf(value.charAt(0)) >= 0) {
      return true;
    }
    if (isExpression(value) || value.toLowerCase(Locale.ROOT).startsWith("your")) {
      return true;
    }
    char first = value.charAt(0);
    if (value.chars().allMatch(c -> c == first)) {
      return true;
    }
    // What a mask or a label leaves, and how secrets are referred to rather than written.
    return value.chars().noneMatch(Character::isLetterOrDigit)
        || value.startsWith("****")
        || value.startsWith("process.env")
        || value.startsWith("os.environ")
        || value.startsWith("secrets.")
        || value.startsWith("env.")
        || value.startsWith("vault:");
  }

  /** {@code os.getenv("…")}, {@code request.headers['…']}: code that reads a secret. */
  private static boolean isExpression(String value) {
    boolean dot = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '(' || c == '[') {
        return dot && i > 2;
      }
      if (!Character.isLetter(c) && c != '_' && c != '.') {
        return false;
      }
      dot |= c == '.' || c == '_';
    }
    return false;
  }

  /** Shannon's entropy of the characters, in bits for each. */
  static double entropy(String value) {
    int[] counts = new int[128];
    for (int i = 0; i < value.length(); i++) {
      counts[value.charAt(i) & 127]++;
    }
    double entropy = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / value.length();
        entropy -= share * Math.log(share) / Math.log(2);
      }
    }
    return entropy;
  }

  /** Base64 for URLs, as long as the private part of a JSON web key and as random. */
  private static boolean isKeyMaterial(String text) {
    return text.length() >= 43
        && text.chars().allMatch(c -> isToken((char) c) && c != '.')
        && entropy(text) > 4;
  }

  /** A field that is named for a secret holds one, unless it only refers to one. */
  private static void field(Passage passage, Matches matches) {
    if (passage.field().isEmpty()) {
      return;
    }
    String text = passage.plain().strip();
    if (text.length() < 4
        || text.length() > 4096
        || text.indexOf(' ') >= 0
        || isPlaceholder(text)) {
      return;
    }
    int start = passage.plain().indexOf(text);
    Words field = passage.field().words();
    String password = PASSWORD.anywhere(field);
    if (password != null) {
      matches.add(
          EntityType.PASSWORD, start, start + text.length(), .8, "field name \"" + password + '"');
      return;
    }
    if (field.size() == 1 && field.text().equals("d") && isKeyMaterial(text)) {
      matches.add(
          EntityType.PRIVATE_KEY, start, start + text.length(), .6, "member \"d\" of a web key");
      return;
    }
    String key = KEY.anywhere(field);
    if (key != null && text.length() >= 12 && entropy(text) > 2.5) {
      matches.add(
          EntityType.API_KEY, start, start + text.length(), .75, "field name \"" + key + '"');
    }
  }
}
