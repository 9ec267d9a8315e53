package dev.bylaw.rego.builtin;

/**
 * Addresses of version 4 in the form that nearly all are written in, {@code 10.1.2.3} and {@code
 * 10.1.0.0/16}, read without making anything.
 */
final class PlainAddress {
  /** Stands for a text that is not of this form: it may be an address all the same. */
  static final long NONE = -1;

  private PlainAddress() {}

  /** The address and how many of its bits count, in one number. */
  static long of(String text) {
    long address = 0;
    int at = 0;
    for (int part = 0; part < 4; part++) {
      int end = digits(text, at, 3);
      int n = number(text, at, end);
      if (n < 0 || n > 255) {
        return NONE;
      }
      address = address << 8 | n;
      at = end;
      if (part < 3) {
        if (at == text.length() || text.charAt(at++) != '.') {
          return NONE;
        }
      }
    }
    int prefix = 32;
    if (at < text.length()) {
      int end = digits(text, at + 1, 2);
      prefix = number(text, at + 1, end);
      if (text.charAt(at) != '/' || end != text.length() || prefix < 0 || prefix > 32) {
        return NONE;
      }
    }
    return address << 8 | prefix;
  }

  static long address(long both) {
    return both >>> 8;
  }

  static int prefix(long both) {
    return (int) (both & 0xff);
  }

  private static int digits(String text, int from, int most) {
    int at = from;
    while (at < text.length()
        && at - from < most
        && text.charAt(at) >= '0'
        && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  /** The number, without leading zeros; -1 if it has some, or no digit. */
  private static int number(String text, int from, int end) {
    if (from >= end || (end - from > 1 && text.charAt(from) == '0')) {
      return -1;
    }
    int n = 0;
    for (int i = from; i < end; i++) {
      n = n * 10 + text.charAt(i) - '0';
    }
    return n;
  }
}
