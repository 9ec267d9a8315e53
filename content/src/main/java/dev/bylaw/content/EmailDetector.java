package dev.bylaw.content;

import java.util.Locale;
import java.util.Set;

/**
 * Finds addresses of electronic mail (RFC 5321): from each at sign outwards, a local part of usual
 * characters and a domain that ends in a top-level domain. Addresses spelled {@code jane (at)
 * example (dot) com} are read too.
 */
final class EmailDetector implements Detector {
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 255;
  private static final int LONGEST_HEADER = 400;
  private static final Terms NAMES =
      Terms.of("email, e mail, mail, mailto, emails, contact, recipient, sender, cc, bcc");

  @Override
  public String name() {
    return "email";
  }

  @Override
  public Set<EntityType> types() {
    return Set.of(EntityType.EMAIL);
  }

  @Override
  public void detect(Passage passage, Set<EntityType> asked, Matches matches) {
    String text = passage.plain();
    int free = 0;
    for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      free = aroundSign(passage, at, free, matches);
    }
    spelled(passage, matches);
  }

  /** Looks at one sign; returns the offset before which everything is used up. */
  private static int aroundSign(Passage passage, int at, int free, Matches matches) {
    String text = passage.plain();
    int start = at;
    while (start > free && at - start < LONGEST_LOCAL && isLocal(text.charAt(start - 1))) {
      start--;
    }
    while (start < at && !Words.isWordPart(text.charAt(start)) && text.charAt(start) != '_') {
      start++;
    }
    if (start == at || text.charAt(at - 1) == '.') {
      return quoted(passage, at, free, matches);
    }
    int end = at + 1;
    int limit = Math.min(text.length(), at + 1 + LONGEST_DOMAIN);
    while (end < limit && isDomain(text.charAt(end))) {
      end++;
    }
    end = DomainNames.end(text, at + 1, end);
    if (end < 0 || isCredential(text, start, end) || isMessageId(text, start)) {
      return free;
    }
    DomainNames.Standing standing = DomainNames.standing(text, at + 1, end);
    if (standing == DomainNames.Standing.UNKNOWN) {
      // "jane@example.com.Then": a sentence ended and nobody typed the space.
      int shorter = DomainNames.end(text, at + 1, text.lastIndexOf('.', end));
      if (shorter > 0
          && DomainNames.standing(text, at + 1, shorter) == DomainNames.Standing.PUBLIC) {
        end = shorter;
        standing = DomainNames.Standing.PUBLIC;
      }
    }
    report(passage, start, end, standing, matches);
    return end;
  }

  /** Reads {@code "john doe"@example.com}, whose local part is quoted. */
  private static int quoted(Passage passage, int at, int free, Matches matches) {
    String text = passage.plain();
    if (at < 2 || text.charAt(at - 1) != '"') {
      return free;
    }
    int start = text.lastIndexOf('"', at - 2);
    int end = at + 1;
    while (end < text.length() && end - at < LONGEST_DOMAIN && isDomain(text.charAt(end))) {
      end++;
    }
    end = DomainNames.end(text, at + 1, end);
    if (start < free || at - start > LONGEST_LOCAL || end < 0) {
      return free;
    }
    report(passage, start, end, DomainNames.standing(text, at + 1, end), matches);
    return end;
  }

  private static void report(
      Passage passage, int start, int end, DomainNames.Standing standing, Matches matches) {
    double score =
        switch (standing) {
          case PUBLIC -> .97;
          case RESERVED -> .9;
          case UNKNOWN -> {
            Words words = passage.words();
            boolean named =
                NAMES.anywhere(passage.field().words()) != null
                    || Context.before(NAMES, words, words.at(start), 3) != null;
            yield named ? .7 : .3;
          }
        };
    matches.add(EntityType.EMAIL, start, end, score, standing.note());
  }

  /** {@code https://user:secret@host/} and {@code git@host:path} are no addresses of people. */
  private static boolean isCredential(String text, int start, int end) {
    if (end + 1 < text.length()
        && text.charAt(end) == ':'
        && text.startsWith("git@", start)
        && Words.isWordPart(text.charAt(end + 1))) {
      return true;
    }
    int i = start;
    while (i > 0 && start - i < LONGEST_LOCAL && !Character.isWhitespace(text.charAt(i - 1))) {
      i--;
      if (text.startsWith("://", i)) {
        String between = text.substring(i + 3, start);
        return between.indexOf('/') < 0 && between.indexOf('?') < 0;
      }
    }
    return false;
  }

  /** {@code Message-ID: <…@host>}: what headers name so is the number of a message. */
  private static boolean isMessageId(String text, int start) {
    if (start == 0 || text.charAt(start - 1) != '<') {
      return false;
    }
    int line = Math.max(text.lastIndexOf('\n', start - 1) + 1, start - LONGEST_HEADER);
    String before = text.substring(line, start).toLowerCase(Locale.ROOT);
    return before.contains("message-id:")
        || before.startsWith("in-reply-to:")
        || before.startsWith("references:")
        || before.startsWith("content-id:");
  }

  private static boolean isLocal(char c) {
    return Words.isWordPart(c) || "._%+-'".indexOf(c) >= 0;
  }

  private static boolean isDomain(char c) {
    return Words.isWordPart(c) || c == '.' || c == '-';
  }

  /** {@code jane (at) example [dot] com}, {@code jane at example dot com}. */
  private static void spelled(Passage passage, Matches matches) {
    Words words = passage.words();
    String text = passage.plain();
    for (int i = 1; i + 3 < words.size(); i++) {
      if (!is(words, i, "at") || isFar(words, i - 1) || isFar(words, i)) {
        continue;
      }
      StringBuilder domain = new StringBuilder();
      int last = i + 1;
      domain.append(text, words.start(last), words.end(last));
      while (last + 2 < words.size()
          && last - i < 10
          && is(words, last + 1, "dot")
          && !isFar(words, last)
          && !isFar(words, last + 1)) {
        last += 2;
        domain.append('.').append(text, words.start(last), words.end(last));
      }
      if (last == i + 1 && last + 1 < words.size() && isDot(text, words, last)) {
        last++;
        domain.append('.').append(text, words.start(last), words.end(last));
        if (!isBracketed(text, words, i)) {
          continue;
        }
      }
      String name = domain.toString();
      if (DomainNames.end(name, 0, name.length()) == name.length()
          && DomainNames.standing(name, 0, name.length()) == DomainNames.Standing.PUBLIC) {
        int first = i - 1;
        while (first > 0 && i - first < 8 && isDotSpelled(text, words, first)) {
          first -= is(words, first - 1, "dot") ? 2 : 1;
        }
        matches.add(
            EntityType.EMAIL,
            words.start(Math.max(first, 0)),
            words.end(last),
            .8,
            "spelled with \"at\" and \"dot\"");
      }
    }
  }

  private static boolean isDotSpelled(String text, Words words, int word) {
    return (word > 1 && is(words, word - 1, "dot") && !isFar(words, word - 1))
        || isDot(text, words, word - 1);
  }

  private static boolean isDot(String text, Words words, int word) {
    return words.start(word + 1) - words.end(word) == 1 && text.charAt(words.end(word)) == '.';
  }

  private static boolean isBracketed(String text, Words words, int word) {
    return "([{<".indexOf(text.charAt(words.start(word) - 1)) >= 0;
  }

  private static boolean is(Words words, int word, String expected) {
    int start = words.start(word);
    return words.end(word) - start == expected.length()
        && words.text().regionMatches(true, start, expected, 0, expected.length());
  }

  private static boolean isFar(Words words, int word) {
    return words.start(word + 1) - words.end(word) > 3;
  }
}
