package dev.bylaw.rego.builtin;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Blocks of base64 between {@code -----BEGIN X-----} and its end (RFC 7468). */
final class Pem {
  private Pem() {}

  /** One block, and the text behind it. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Block(String type, byte[] bytes, String rest) {}

  /** The first block of a text, or null. */
  static @Nullable Block first(String text) {
    int begin = text.indexOf("-----BEGIN ");
    if (begin < 0) {
      return null;
    }
    int typeEnd = text.indexOf("-----", begin + 11);
    if (typeEnd < 0) {
      return null;
    }
    String type = text.substring(begin + 11, typeEnd);
    String endMark = "-----END " + type + "-----";
    int end = text.indexOf(endMark, typeEnd);
    if (end < 0) {
      return null;
    }
    String body = text.substring(typeEnd + 5, end);
    int headers = body.indexOf("\n\n");
    if (headers >= 0 && body.substring(0, headers).indexOf(':') >= 0) {
      body = body.substring(headers);
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(body.strip());
      return new Block(type, bytes, text.substring(end + endMark.length()));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** All blocks of a text. */
  static List<Block> all(String text) {
    List<Block> blocks = new ArrayList<>();
    for (Block b = first(text); b != null; b = first(b.rest())) {
      blocks.add(b);
    }
    return blocks;
  }
}
