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
}
