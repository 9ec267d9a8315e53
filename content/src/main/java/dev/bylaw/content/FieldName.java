package dev.bylaw.content;

/**
 * The names of the innermost fields that hold a text, as words: {@code card number} for {@code
 * {"card": {"number": …}}}, {@code social security number} for {@code socialSecurityNumber}.
 */
record FieldName(Words words) {
  static final FieldName NONE = new FieldName(Words.of(""));
  private static final int LONGEST = 256;

  static FieldName of(String outer, String inner) {
    String plain = PlainText.of(outer.isEmpty() ? inner : outer + ' ' + inner).text();
    StringBuilder text = new StringBuilder();
    char before = 0;
    for (int i = 0; i < Math.min(plain.length(), LONGEST); i++) {
      char c = plain.charAt(i);
      boolean upper = c >= 'A' && c <= 'Z';
      boolean lowerNext =
          i + 1 < plain.length() && plain.charAt(i + 1) >= 'a' && plain.charAt(i + 1) <= 'z';
      if (upper
          && ((before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z' && lowerNext))) {
        text.append(' ');
      }
      text.append(Words.isWordPart(c) ? Character.toLowerCase(c) : ' ');
      before = c;
    }
    return new FieldName(Words.of(text.toString().strip()));
  }

  boolean isEmpty() {
    return words.size() == 0;
  }
}
