package dev.bylaw.rego.builtin;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Base64 (RFC 4648) read strictly; an error tells the byte at which the text cannot go on. */
final class Base64Text {
  private final byte[] text;
  private final boolean url;
  private final boolean padded;
  private int at;

  private Base64Text(String text, boolean url, boolean padded) {
    this.text = text.getBytes(StandardCharsets.UTF_8);
    this.url = url;
    this.padded = padded;
  }

  /**
   * The bytes of a text; line breaks do not count.
   *
   * @param url whether of the alphabet for URLs, where padding may be left out
   */
  static byte[] decode(String text, boolean url) {
    boolean padded = !url || text.indexOf('=') >= 0;
    return new Base64Text(text, url, padded).decode();
  }

  /**
   * The bytes of a text of the alphabet for URLs whose padding may be left out as a whole; a line
   * break counts for what is missing.
   */
  static byte[] decodeUrl(String text) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (text.endsWith("=") || length % 4 == 0) {
      return new Base64Text(text, true, true).decode();
    }
    if (length % 4 == 1) {
      throw BuiltinFailure.error("illegal base64url string: " + text);
    }
    return new Base64Text(text + "=".repeat(4 - length % 4), true, true).decode();
  }

  private byte[] decode() {
    var out = new ByteArrayOutputStream();
    while (at < text.length) {
      group(out);
    }
    return out.toByteArray();
  }

  /** Four characters, or fewer at the end. */
  private void group(ByteArrayOutputStream out) {
    int bits = 0;
    int count = 0;
    while (count < 4) {
      if (at == text.length) {
        if (count == 0) {
          return;
        }
        if (count == 1 || padded) {
          throw illegal(at - count);
        }
        break;
      }
      byte c = text[at++];
      int value = value(c);
      if (value >= 0) {
        bits = bits << 6 | value;
        count++;
      } else if (c == '=' && padded) {
        padding(count);
        break;
      } else if (c != '\n' && c != '\r') {
        throw illegal(at - 1);
      }
    }
    bits <<= 6 * (4 - count);
    for (int i = 0; i < count - 1; i++) {
      out.write(bits >> (16 - 8 * i));
    }
  }

  private void padding(int count) {
    if (count < 2) {
      throw illegal(at - 1);
    }
    if (count == 2) {
      skipLineBreaks();
      if (at == text.length) {
        throw illegal(at);
      }
      if (text[at] != '=') {
        throw illegal(at - 1);
      }
      at++;
    }
    skipLineBreaks();
    if (at < text.length) {
      throw illegal(at);
    }
  }

  private void skipLineBreaks() {
    while (at < text.length && (text[at] == '\n' || text[at] == '\r')) {
      at++;
    }
  }

  private int value(byte c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    if (c == (url ? '-' : '+')) {
      return 62;
    }
    return c == (url ? '_' : '/') ? 63 : -1;
  }

  private static BuiltinFailure illegal(int position) {
    return BuiltinFailure.error("illegal base64 data at input byte " + position);
  }
}
