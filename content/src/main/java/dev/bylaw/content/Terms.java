package dev.bylaw.content;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A set of words and phrases ({@code "date of birth"}) that can be looked up in {@link Words}. */
final class Terms {
  static final Terms NONE = new Terms(List.of());

  private final String[] terms;
  private final int[][] hashes;
  // Open addressing by the hash of the first word; entries are indexes into `terms`, plus one.
  private final int[] table;

  private Terms(List<String> list) {
    terms = new String[list.size()];
    hashes = new int[list.size()][];
    int slots = Integer.highestOneBit(Math.max(4, list.size() * 4)) * 2;
    table = new int[slots];
    for (int i = 0; i < terms.length; i++) {
      terms[i] = list.get(i).toLowerCase(Locale.ROOT);
      Words words = Words.of(PlainText.of(terms[i]).text());
      if (words.size() == 0) {
        throw new IllegalArgumentException("a term without a word: `" + terms[i] + "`");
      }
      hashes[i] = new int[words.size()];
      for (int k = 0; k < words.size(); k++) {
        hashes[i][k] = words.hash(k);
      }
      int slot = slot(hashes[i][0]);
      while (table[slot] != 0) {
        slot = slot + 1 & table.length - 1;
      }
      table[slot] = i + 1;
    }
  }

  /** Terms separated by commas. */
  static Terms of(String terms) {
    if (terms.isBlank()) {
      return NONE;
    }
    return of(List.of(terms.strip().split("\\s*,\\s*", -1)));
  }

  static Terms of(List<String> terms) {
    return new Terms(terms.stream().distinct().toList());
  }

  /** All terms of several sets. */
  static Terms union(List<Terms> sets) {
    return of(sets.stream().flatMap(set -> Stream.of(set.terms)).toList());
  }

  /** The first term, in lower case. */
  String first() {
    return terms[0];
  }

  private int slot(int hash) {
    return (hash ^ hash >>> 15) & table.length - 1;
  }

  /** The longest term that starts at that word, or null. */
  @Nullable String at(Words words, int word) {
    String found = lookUp(words, word, words.hash(word));
    if (found == null) {
      found = lookUpRead(words, word);
    }
    if (found == null && words.hasHump(word) && words.end(word) - words.start(word) <= 64) {
      return atHump(words, word);
    }
    return found;
  }

  /** Looks {@code p4ssw0rd} up as it reads. */
  private @Nullable String lookUpRead(Words words, int word) {
    int asI = words.readAs(word, false);
    if (asI == 0) {
      return null;
    }
    String found = lookUp(words, word, asI);
    return found != null ? found : lookUp(words, word, words.readAs(word, true));
  }

  private @Nullable String lookUp(Words words, int word, int hash) {
    int best = -1;
    for (int slot = slot(hash); table[slot] != 0; slot = slot + 1 & table.length - 1) {
      int term = table[slot] - 1;
      int[] expected = hashes[term];
      if (expected[0] == hash
          && (best < 0 || expected.length > hashes[best].length)
          && follows(words, word, expected)) {
        best = term;
      }
    }
    return best < 0 ? null : terms[best];
  }

  private static boolean follows(Words words, int word, int[] expected) {
    if (word + expected.length > words.size()) {
      return false;
    }
    for (int k = 1; k < expected.length; k++) {
      if (!words.reads(word + k, expected[k])) {
        return false;
      }
    }
    return true;
  }

  /** Looks the parts of {@code customerSsn} up one by one. */
  private @Nullable String atHump(Words words, int word) {
    String text = words.text();
    int hash = 0;
    char before = 0;
    for (int i = words.start(word); i < words.end(word); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z' && before >= 'a' && before <= 'z') {
        String found = lookUp(words, word, hash);
        if (found != null) {
          return found;
        }
        hash = 0;
      }
      hash = Words.hash(hash, c);
      before = c;
    }
    return lookUp(words, word, hash);
  }

  /** Whether any term occurs anywhere in {@code words}. */
  @Nullable String anywhere(Words words) {
    for (int i = 0; i < words.size(); i++) {
      String found = at(words, i);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
