package dev.bylaw.content.models;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The WordPiece tokenizer of BERT uncased: text cleaned, lower-cased, without accents, cut at white
 * space and around punctuation and ideographs, each word into the longest known pieces. Pieces know
 * where in the text they came from.
 */
final class WordPiece {
  private static final int LONGEST_WORD = 100;

  private final Map<String, Integer> vocabulary;
  private final int unknown;
  final int start;
  final int end;

  private WordPiece(Map<String, Integer> vocabulary) {
    this.vocabulary = vocabulary;
    this.unknown = id("[UNK]");
    this.start = id("[CLS]");
    this.end = id("[SEP]");
  }

  /** Reads a vocabulary of one piece a line, whose number is its id. */
  static WordPiece of(InputStream lines) throws IOException {
    Map<String, Integer> vocabulary = new HashMap<>(65_536);
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        vocabulary.put(line, vocabulary.size());
      }
    }
    return new WordPiece(vocabulary);
  }

  private int id(String piece) {
    Integer id = vocabulary.get(piece);
    if (id == null) {
      throw new IllegalArgumentException("the vocabulary has no " + piece);
    }
    return id;
  }

  /** The pieces of a text, in arrays; without the marks of start and end. */
  static final class Pieces {
    int size;
    int[] ids = new int[64];
    int[] starts = new int[64];
    int[] ends = new int[64];
    boolean[] first = new boolean[64];

    private void add(int id, int start, int end, boolean firstOfWord) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, size * 2);
        starts = Arrays.copyOf(starts, size * 2);
        ends = Arrays.copyOf(ends, size * 2);
        first = Arrays.copyOf(first, size * 2);
      }
      ids[size] = id;
      starts[size] = start;
      ends[size] = end;
      first[size] = firstOfWord;
      size++;
    }

    /**
     * Drops all but the first piece of words with digits, which say nothing of names and confuse
     * the model; what is left of such a word stands for the whole of it.
     */
    void shortenNumbers(String text) {
      int kept = 0;
      for (int i = 0; i < size; ) {
        int next = i + 1;
        boolean digit = hasDigit(text, starts[i], ends[i]);
        while (next < size && !first[next]) {
          digit |= hasDigit(text, starts[next], ends[next]);
          next++;
        }
        for (int k = i; k < next; k++) {
          if (k > i && digit) {
            ends[kept - 1] = ends[k];
          } else {
            ids[kept] = ids[k];
            starts[kept] = starts[k];
            ends[kept] = ends[k];
            first[kept] = first[k];
            kept++;
          }
        }
        i = next;
      }
      size = kept;
    }

    private static boolean hasDigit(String text, int start, int end) {
      for (int i = start; i < end; i++) {
        if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
          return true;
        }
      }
      return false;
    }

    /** The ids as a list, for comparison. */
    List<Integer> toList() {
      List<Integer> list = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        list.add(ids[i]);
      }
      return list;
    }
  }

  Pieces pieces(String text) {
    Pieces pieces = new Pieces();
    Word word = new Word();
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int next = i + Character.charCount(point);
      if (isDropped(point)) {
        i = next;
        continue;
      }
      if (isSpace(point)) {
        flush(word, pieces);
      } else if (isIdeograph(point)) {
        flush(word, pieces);
        append(word, point, i, next, pieces);
        flush(word, pieces);
      } else {
        append(word, point, i, next, pieces);
      }
      i = next;
    }
    flush(word, pieces);
    return pieces;
  }

  /** The word being read: its characters as the vocabulary writes them, each with its place. */
  private static final class Word {
    final StringBuilder text = new StringBuilder();
    int[] starts = new int[128];
    int[] ends = new int[128];
    int points;

    void add(int point, int start, int end) {
      int length = text.length() + 2;
      if (length > starts.length) {
        starts = Arrays.copyOf(starts, length * 2);
        ends = Arrays.copyOf(ends, length * 2);
      }
      int from = text.length();
      text.appendCodePoint(point);
      Arrays.fill(starts, from, text.length(), start);
      Arrays.fill(ends, from, text.length(), end);
      points++;
    }
  }

  private void append(Word word, int point, int start, int end, Pieces pieces) {
    if (point < 0x80) {
      appendPlain(word, point >= 'A' && point <= 'Z' ? point + 32 : point, start, end, pieces);
      return;
    }
    String decomposed = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFD);
    decomposed
        .codePoints()
        .filter(part -> Character.getType(part) != Character.NON_SPACING_MARK)
        .forEach(part -> appendPlain(word, Character.toLowerCase(part), start, end, pieces));
  }

  private void appendPlain(Word word, int point, int start, int end, Pieces pieces) {
    if (isPunctuation(point)) {
      flush(word, pieces);
      word.add(point, start, end);
      flush(word, pieces);
    } else {
      word.add(point, start, end);
    }
  }

  /**
   * Cuts the word into the longest pieces from the left; a word with an unknown part is unknown.
   */
  private void flush(Word word, Pieces pieces) {
    int length = word.text.length();
    if (length == 0) {
      return;
    }
    int before = pieces.size;
    boolean known = word.points <= LONGEST_WORD;
    for (int from = 0; known && from < length; ) {
      int to = length;
      Integer id = null;
      while (to > from) {
        String piece = word.text.substring(from, to);
        id = vocabulary.get(from == 0 ? piece : "##" + piece);
        if (id != null) {
          break;
        }
        to--;
      }
      if (id == null) {
        known = false;
      } else {
        pieces.add(id, word.starts[from], word.ends[to - 1], from == 0);
        from = to;
      }
    }
    if (!known) {
      pieces.size = before;
      pieces.add(unknown, word.starts[0], word.ends[length - 1], true);
    }
    word.text.setLength(0);
    word.points = 0;
  }

  private static boolean isSpace(int point) {
    return point == '\t' || point == '\n' || point == '\r' || Character.isSpaceChar(point);
  }

  private static boolean isDropped(int point) {
    if (point == 0 || point == 0xfffd) {
      return true;
    }
    if (point == '\t' || point == '\n' || point == '\r') {
      return false;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static boolean isPunctuation(int point) {
    if (point < 0x80) {
      return (point >= 33 && point <= 47)
          || (point >= 58 && point <= 64)
          || (point >= 91 && point <= 96)
          || (point >= 123 && point <= 126);
    }
    return switch (Character.getType(point)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  private static boolean isIdeograph(int point) {
    return (point >= 0x4e00 && point <= 0x9fff)
        || (point >= 0x3400 && point <= 0x4dbf)
        || (point >= 0x20000 && point <= 0x2a6df)
        || (point >= 0x2a700 && point <= 0x2b81f)
        || (point >= 0x2b920 && point <= 0x2ceaf)
        || (point >= 0xf900 && point <= 0xfaff)
        || (point >= 0x2f800 && point <= 0x2fa1f);
  }
}
