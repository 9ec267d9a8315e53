package dev.bylaw.rego.builtin;

/**
 * A set of ASCII characters.
 *
 * @param low a bit for each of the first 64
 * @param high a bit for each of the others
 */
record AsciiSet(long low, long high) {
  static final int SIZE = 128;
  static final AsciiSet NONE = new AsciiSet(0, 0);
  static final AsciiSet DIGIT = NONE.with('0', '9');
  static final AsciiSet WORD = DIGIT.with('a', 'z').with('A', 'Z').with('_', '_');
  static final AsciiSet SPACE = NONE.with('\t', '\n').with('\f', '\r').with(' ', ' ');
  static final AsciiSet NO_NEW_LINE = NONE.with('\n', '\n').not();

  /** Whether a character of ASCII is in it. */
  boolean has(char c) {
    return ((c < 64 ? low : high) >>> c & 1) != 0;
  }

  AsciiSet with(char from, char to) {
    long newLow = low;
    long newHigh = high;
    for (int c = from; c <= to; c++) {
      if (c < 64) {
        newLow |= 1L << c;
      } else {
        newHigh |= 1L << c;
      }
    }
    return new AsciiSet(newLow, newHigh);
  }

  AsciiSet with(AsciiSet other) {
    return new AsciiSet(low | other.low, high | other.high);
  }

  AsciiSet not() {
    return new AsciiSet(~low, ~high);
  }

  /** The same, with each letter in both cases. */
  AsciiSet inBothCases() {
    long letters = high & 0x07FFFFFE_07FFFFFEL;
    return new AsciiSet(low, high | letters << 32 | letters >>> 32);
  }

  boolean meets(AsciiSet other) {
    return (low & other.low) != 0 || (high & other.high) != 0;
  }

  /** Whether its characters are all of words, or none is. */
  boolean isAllOrNoWord() {
    return !meets(WORD) || !meets(WORD.not());
  }
}
