package dev.bylaw.content;

/**
 * The check-digit schemes that identifiers use; each over a text of upper-case letters and digits.
 */
final class Checksums {
  private Checksums() {}

  static int digit(String text, int index) {
    return text.charAt(index) - '0';
  }

  /** Luhn, ISO/IEC 7812-1 annex B. */
  static boolean luhn(String digits) {
    int sum = 0;
    boolean twice = false;
    for (int i = digits.length() - 1; i >= 0; i--) {
      int digit = digit(digits, i);
      if (twice) {
        digit = digit > 4 ? digit * 2 - 9 : digit * 2;
      }
      sum += digit;
      twice = !twice;
    }
    return sum % 10 == 0;
  }

  /** The remainder of the text as a number to base 10, letters counting 10 to 35 (ISO/IEC 7064). */
  static int modulo97(String text) {
    int remainder = 0;
    for (int i = 0; i < text.length(); i++) {
      int symbol = Shape.symbol(text.charAt(i));
      remainder = (remainder * (symbol > 9 ? 100 : 10) + symbol) % 97;
    }
    return remainder;
  }

  /** The sum of the leading digits, each times its weight. */
  static int weighted(String digits, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += digit(digits, i) * weights[i];
    }
    return sum;
  }

  static boolean allSame(String text) {
    return text.chars().allMatch(c -> c == text.charAt(0));
  }

  /** The letter or digit at {@code index} of {@code alphabet} is the last of {@code text}. */
  static boolean endsWith(String text, String alphabet, int index) {
    return text.charAt(text.length() - 1) == alphabet.charAt(index);
  }

  /** ISO/IEC 7064, MOD 11,10 over all digits, the last being the check digit. */
  static boolean modulo11And10(String digits) {
    int product = 10;
    for (int i = 0; i < digits.length() - 1; i++) {
      int sum = (product + digit(digits, i)) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (11 - product) % 10 == digit(digits, digits.length() - 1);
  }

  /** ISO/IEC 7064, MOD 11-2 over all digits, the last being a digit or X. */
  static boolean modulo11And2(String text) {
    int sum = 0;
    for (int i = 0; i < text.length() - 1; i++) {
      sum = (sum + digit(text, i)) * 2 % 11;
    }
    int check = (12 - sum) % 11;
    return endsWith(text, "0123456789X", check);
  }

  private static final int[][] DIHEDRAL = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
    {2, 3, 4, 0, 1, 7, 8, 9, 5, 6}, {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
    {4, 0, 1, 2, 3, 9, 5, 6, 7, 8}, {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
    {6, 5, 9, 8, 7, 1, 0, 4, 3, 2}, {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
    {8, 7, 6, 5, 9, 3, 2, 1, 0, 4}, {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
  };
  private static final int[] PERMUTATION = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};

  /** Verhoeff's scheme over the dihedral group of ten elements. */
  static boolean verhoeff(String digits) {
    int check = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digit(digits, digits.length() - 1 - i);
      for (int k = 0; k < i % 8; k++) {
        digit = PERMUTATION[digit];
      }
      check = DIHEDRAL[check][digit];
    }
    return check == 0;
  }

  private static final int[] LONGEST_MONTHS = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  /** Whether two digits each, at these places, are a day and a month that exist. */
  static boolean dayAndMonth(String digits, int dayAt, int monthAt) {
    int day = digit(digits, dayAt) * 10 + digit(digits, dayAt + 1);
    int month = digit(digits, monthAt) * 10 + digit(digits, monthAt + 1);
    return month >= 1 && month <= 12 && day >= 1 && day <= LONGEST_MONTHS[month];
  }
}
