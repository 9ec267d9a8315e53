package dev.bylaw.content;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
  // Words with digits for letters (p4ssw0rd) as they would read, with 1 for an i and for an l; most
  // texts have none.
  private int @Nullable [] readAsI;
  private int @Nullable [] readAsL;

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
    if (words.readAsI != null && words.readAsL != null) {
      words.readAsI = Arrays.copyOf(words.readAsI, words.starts.length);
      words.readAsL = Arrays.copyOf(words.readAsL, words.starts.length);
    }
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

  /** Whether a word has that hash, or would if the digits that stand for letters were these. */
  boolean reads(int word, int hash) {
    return hashes[word] == hash
        || (readAsI != null && readAsI[word] != 0 && readAsI[word] == hash)
        || (readAsL != null && readAsL[word] != 0 && readAsL[word] == hash);
  }

  /** Whether the word is made of ASCII digits alone. */
  boolean isNumber(int word) {
    for (int i = starts[word]; i < ends[word]; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  /** The hash of the word with letters for its digits; 0 where it is written as it is meant. */
  int readAs(int word, boolean oneIsAnL) {
    int[] read = oneIsAnL ? readAsL : readAsI;
    return read == null ? 0 : read[word];
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
      int digits = 0;
      char before = 0;
      for (; i < length; i++) {
        char c = text.charAt(i);
        if (!isWordPart(c)) {
          break;
        }
        hash = hash(hash, c);
        digits += c <= '9' ? 1 : 0;
        hump |= c >= 'A' && c <= 'Z' && before >= 'a' && before <= 'z';
        before = c;
      }
      add(start, i, i - start <= LONGEST_TERM ? hash : 0, hump);
      if (digits > 0 && digits * 2 <= i - start && i - start >= 4 && i - start <= LONGEST_TERM) {
        readDigitsAsLetters(start, i);
      }
    }
  }

  private void readDigitsAsLetters(int start, int end) {
    int asI = 0;
    int asL = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      int digit = c <= '9' ? c - '0' : -1;
      char letter = digit < 0 ? c : "oi?eas?t??".charAt(digit);
      if (letter == '?') {
        return;
      }
      asI = hash(asI, letter);
      asL = hash(asL, digit == 1 ? 'l' : letter);
    }
    readAsI = with(readAsI, asI);
    readAsL = with(readAsL, asL);
  }

  /** Room for every word so far and more, with the last one set. */
  private int[] with(int @Nullable [] read, int hash) {
    int[] room =
        read == null
            ? new int[starts.length]
            : read.length < starts.length ? Arrays.copyOf(read, starts.length) : read;
    room[size - 1] = hash;
    return room;
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
