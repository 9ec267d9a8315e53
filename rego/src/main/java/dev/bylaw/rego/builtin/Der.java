package dev.bylaw.rego.builtin;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A value in DER (X.690). Reading throws {@link IllegalArgumentException} where it is not one. */
final class Der {
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  private final byte[] bytes;
  private final int start;
  private final int content;
  private final int end;

  private Der(byte[] bytes, int start, int limit) {
    this.bytes = bytes;
    this.start = start;
    if (start + 2 > limit) {
      throw new IllegalArgumentException("asn1: syntax error: truncated tag or length");
    }
    int length = bytes[start + 1] & 0xff;
    int at = start + 2;
    if (length >= 128) {
      int count = length & 0x7f;
      if (count == 0) {
        throw new IllegalArgumentException("asn1: syntax error: indefinite length found (not DER)");
      }
      length = 0;
      for (int i = 0; i < count; i++) {
        if (at >= limit) {
          throw new IllegalArgumentException("asn1: syntax error: truncated tag or length");
        }
        if (length >= 1 << 23) {
          throw new IllegalArgumentException("asn1: structure error: length too large");
        }
        length = (length << 8) | (bytes[at++] & 0xff);
        if (length == 0) {
          throw new IllegalArgumentException(
              "asn1: structure error: superfluous leading zeros in length");
        }
      }
      if (length < 0x80) {
        throw new IllegalArgumentException("asn1: structure error: non-minimal length");
      }
    }
    this.content = at;
    this.end = at + length;
    if (start == 0 && (bytes[0] & 0xff) != 0x30) {
      throw new IllegalArgumentException("asn1: structure error: tags don't match");
    }
    if (length < 0 || end > limit) {
      throw new IllegalArgumentException("asn1: syntax error: data truncated");
    }
  }

  static Der parse(byte[] bytes) {
    if (bytes.length == 0) {
      throw new IllegalArgumentException("asn1: syntax error: sequence truncated");
    }
    return new Der(bytes, 0, bytes.length);
  }

  /** The first byte: class, form and number. */
  int tag() {
    return bytes[start] & 0xff;
  }

  /** What stands inside. */
  byte[] content() {
    return Arrays.copyOfRange(bytes, content, end);
  }

  /** The bytes of a string of bits, all of them used. */
  byte[] bits() {
    byte[] inside = content();
    if (inside.length == 0) {
      throw new IllegalArgumentException("empty bit string");
    }
    return Arrays.copyOfRange(inside, 1, inside.length);
  }

  /** The value inside of a string of octets. */
  Der inside() {
    return new Der(bytes, content, end);
  }

  /** The numbers of an object identifier. */
  List<Integer> identifier() {
    List<Integer> numbers = new ArrayList<>();
    int n = 0;
    for (byte b : content()) {
      if (n > Integer.MAX_VALUE >> 7) {
        throw new IllegalArgumentException("base 128 integer too large");
      }
      n = n << 7 | b & 0x7f;
      if (b >= 0) {
        if (numbers.isEmpty()) {
          numbers.add(Math.min(n / 40, 2));
          n -= 40 * numbers.getFirst();
        }
        numbers.add(n);
        n = 0;
      }
    }
    return numbers;
  }

  /** The numbers of an object identifier, with dots between. */
  String dotted() {
    return identifier().stream().map(String::valueOf).collect(Collectors.joining("."));
  }

  /** The text of a string of any of the kinds for text; empty where it is another value. */
  Optional<String> text() {
    Charset charset =
        switch (tag()) {
          case 0x0c -> StandardCharsets.UTF_8;
          case 0x12, 0x13, 0x16, 0x1a -> StandardCharsets.US_ASCII;
          case 0x14 -> StandardCharsets.ISO_8859_1;
          case 0x1e -> StandardCharsets.UTF_16BE;
          default -> null;
        };
    return charset == null ? Optional.empty() : Optional.of(new String(content(), charset));
  }

  List<Der> children() {
    List<Der> all = new ArrayList<>();
    for (int at = content; at < end; ) {
      Der next = new Der(bytes, at, end);
      all.add(next);
      at = next.end;
    }
    return all;
  }

  Der child(int index) {
    List<Der> all = children();
    if (index >= all.size()) {
      throw new IllegalArgumentException("asn1: syntax error: sequence truncated");
    }
    return all.get(index);
  }

  byte[] encoded() {
    return Arrays.copyOfRange(bytes, start, end);
  }

  BigInteger integer() {
    if (content == end) {
      throw new IllegalArgumentException("asn1: structure error: empty integer");
    }
    return new BigInteger(bytes, content, end - content);
  }

  /** An RSA key of PKCS #1 in the envelope of PKCS #8. */
  static byte[] pkcs8Rsa(byte[] pkcs1) {
    return envelope(RSA, pkcs1);
  }

  /** An EC key of SEC 1, which names its curve, in the envelope of PKCS #8. */
  static byte[] pkcs8Ec(byte[] sec1) {
    Der key = parse(sec1);
    byte[] curve = key.child(2).child(0).encoded();
    byte[] id = HexFormat.of().parseHex("06072a8648ce3d0201");
    return envelope(tagged(0x30, joined(id, curve)), sec1);
  }

  private static byte[] envelope(byte[] algorithm, byte[] key) {
    byte[] version = {2, 1, 0};
    return tagged(0x30, joined(joined(version, algorithm), tagged(4, key)));
  }

  private static byte[] tagged(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 128) {
      out.write(content.length);
    } else if (content.length < 1 << 16) {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    } else {
      throw new IllegalArgumentException("too large");
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
