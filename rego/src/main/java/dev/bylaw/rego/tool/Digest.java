package dev.bylaw.rego.tool;

import dev.bylaw.rego.builtin.Merge;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.StringValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Digests of the files of a bundle. JSON and YAML are hashed as what they say: keys sorted, without
 * white space, numbers as they are written; other files as they are.
 */
final class Digest {
  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "MD5", "MD5",
          "SHA-1", "SHA-1",
          "SHA-224", "SHA-224",
          "SHA-256", "SHA-256",
          "SHA-384", "SHA-384",
          "SHA-512", "SHA-512",
          "SHA-512-224", "SHA-512/224",
          "SHA-512-256", "SHA-512/256");

  private final String text;
  private int at;

  private Digest(String text) {
    this.text = text;
  }

  /**
   * The digest in hexadecimal; null if there is no such algorithm.
   *
   * @throws JsonException if the file should be JSON and is not
   */
  static @Nullable String of(String path, byte[] content, String algorithm) throws JsonException {
    String name = ALGORITHMS.get(algorithm);
    if (name == null) {
      return null;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance(name);
      return HexFormat.of().formatHex(digest.digest(meant(path, content)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  private static byte[] meant(String path, byte[] content) throws JsonException {
    String file = path.substring(path.lastIndexOf('/') + 1);
    String written = new String(content, StandardCharsets.UTF_8);
    if (file.equals("data.json") || file.equals(".manifest")) {
      // What comes behind it walks the text without looking whether it is well-formed.
      Json.parse(written);
    } else if (file.equals("data.yaml") || file.equals("data.yml")) {
      written = Json.write(Merge.yaml(Source.of(path, written)));
    } else {
      return content;
    }
    var out = new StringBuilder();
    new Digest(written).value(out);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void value(StringBuilder out) throws JsonException {
    switch (peek()) {
      case '{' -> object(out);
      case '[' -> {
        at++;
        out.append('[');
        while (peek() != ']') {
          if (peek() == ',') {
            at++;
            out.append(',');
          }
          value(out);
        }
        at++;
        out.append(']');
      }
      case '"' -> out.append(string(text()));
      default -> {
        while (at < text.length() && ",]}".indexOf(peek()) < 0) {
          out.append(text.charAt(at++));
        }
      }
    }
  }

  private void object(StringBuilder out) throws JsonException {
    Map<StringValue, String> entries = new TreeMap<>();
    at++;
    while (peek() != '}') {
      if (peek() == ',') {
        at++;
        peek();
      }
      StringValue key = text();
      peek();
      at++;
      var value = new StringBuilder();
      value(value);
      entries.put(key, value.toString());
    }
    at++;
    out.append('{');
    String comma = "";
    for (Map.Entry<StringValue, String> entry : entries.entrySet()) {
      out.append(comma).append(string(entry.getKey())).append(':').append(entry.getValue());
      comma = ",";
    }
    out.append('}');
  }

  /** The next character that is no white space; a space at the end. */
  private char peek() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : ' ';
  }

  private StringValue text() throws JsonException {
    int end = at + 1;
    while (text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    StringValue found = (StringValue) Json.parse(text.substring(at, end + 1));
    at = end + 1;
    return found;
  }

  private static String string(StringValue value) {
    return Json.write(value).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }
}
