package dev.bylaw.content;

import java.util.Arrays;

/**
 * The words of a plain text: its maximal runs of letters and digits, in arrays, found in one pass.
 * The hash of a word ignores the case of ASCII letters; words of up to 24 characters have one.
 */
final class Words {
  private static final int LONGEST_TERM = 24;

  private final String text;
  private int size;
  private int[] starts;
  private int[] ends;
  private int[] hashes;
  private boolean[] humps;

  private Words(String text) {
    this.text = text;
    int guess = text.length() / 5 + 8;
    starts = new int[guess];
    ends = new int[guess];
    hashes = new int[guess];
    humps = new boolean[guess];
  }

  static Words of(String text) {
    Words words = new Words(text);
    words.scan();
    return words;
  }

  int size() {
    return size;
  }

  String text() {
    return text;
  }

  int start(int word) {
    return starts[word];
  }

  int end(int word) {
    return ends[word];
  }

  int hash(int word) {
    return hashes[word];
  }

  /** Whether the word is written like {@code customerSsn}. */
  boolean hasHump(int word) {
    return humps[word];
  }

  /** The number of the first word that ends after {@code offset}; {@link #size} if none does. */
  int at(int offset) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  static boolean isWordPart(char c) {
    if (c < 0x80) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
    return Character.isLetterOrDigit(c) || Character.isSurrogate(c);
  }

  static int hash(int hash, char c) {
    return hash * 31 + (c >= 'A' && c <= 'Z' ? c + 32 : c);
  }

  private void scan() {
    int length = text.length();
    for (int i = 0; i < length; ) {
      if (!isWordPart(text.charAt(i))) {
        i++;
        continue;
      }
      int start = i;
      int hash = 0;
      boolean hump = false;
      char before = 0;
      for (; i < length; i++) {
        char c = text.charAt(i);
        if (!isWordPart(c)) {
          break;
        }
        hash = hash(hash, c);
        hump |= c >= 'A' && c <= 'Z' && before >= 'a' && before <= 'z';
        before = c;
      }
      add(start, i, i - start <= LONGEST_TERM ? hash : 0, hump);
    }
  }

  private void add(int start, int end, int hash, boolean hump) {
    if (size == starts.length) {
      int more = size * 2;
      starts = Arrays.copyOf(starts, more);
      ends = Arrays.copyOf(ends, more);
      hashes = Arrays.copyOf(hashes, more);
      humps = Arrays.copyOf(humps, more);
    }
    starts[size] = start;
    ends[size] = end;
    hashes[size] = hash;
    humps[size] = hump;
    size++;
  }
}
