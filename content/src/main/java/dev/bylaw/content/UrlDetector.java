package dev.bylaw.content;

import java.util.Set;

/** Finds web addresses: a scheme with its host, or a host that starts with {@code www.}. */
final class UrlDetector implements Detector {
  private static final int LONGEST = 4096;
  private static final Set<String> SCHEMES =
      Set.of("http", "https", "ftp", "ftps", "sftp", "ws", "wss", "file", "ssh", "git", "s3");

  @Override
  public String name() {
    return "url";
  }

  @Override
  public Set<EntityType> types() {
    return Set.of(EntityType.URL);
  }

  @Override
  public void detect(Passage passage, Set<EntityType> asked, Matches matches) {
    String text = passage.plain();
    int free = 0;
    for (int at = text.indexOf("://"); at >= 0; at = text.indexOf("://", Math.max(at + 3, free))) {
      int start = at;
      while (start > free && at - start < 8 && Words.isWordPart(text.charAt(start - 1))) {
        start--;
      }
      if (SCHEMES.contains(text.substring(start, at).toLowerCase(java.util.Locale.ROOT))) {
        int end = end(text, at + 3);
        if (end > at + 4) {
          matches.add(EntityType.URL, start, end, .95, "scheme and host");
          free = end;
        }
      }
    }
    for (int at = indexOfWww(text, 0); at >= 0; at = indexOfWww(text, at + 4)) {
      int host = at + 4;
      while (host < text.length()
          && (Words.isWordPart(text.charAt(host)) || ".-".indexOf(text.charAt(host)) >= 0)) {
        host++;
      }
      int end = DomainNames.end(text, at, host);
      boolean free2 =
          at == 0 || (!Words.isWordPart(text.charAt(at - 1)) && text.charAt(at - 1) != '/');
      if (free2 && end > 0 && DomainNames.standing(text, at, end) == DomainNames.Standing.PUBLIC) {
        matches.add(EntityType.URL, at, end(text, at), .85, "host that starts with www");
      }
    }
  }

  private static int indexOfWww(String text, int from) {
    for (int i = text.indexOf('.', from); i >= 0; i = text.indexOf('.', i + 1)) {
      if (i >= from + 3 && text.regionMatches(true, i - 3, "www", 0, 3)) {
        return i - 3;
      }
    }
    return -1;
  }

  private static int end(String text, int from) {
    int end = from;
    int limit = Math.min(text.length(), from + LONGEST);
    while (end < limit && text.charAt(end) > ' ' && "\"'<>`{}|\\^".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    while (end > from && ".,;:!?)]*_".indexOf(text.charAt(end - 1)) >= 0) {
      boolean opened = text.charAt(end - 1) == ')' && text.substring(from, end).indexOf('(') >= 0;
      if (opened) {
        break;
      }
      end--;
    }
    return end;
  }
}
