package dev.bylaw.content.models;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * The SHA-256 digests of the files that this module was tried with: its models and the native
 * library that runs them. A model that was changed, cut off or mixed up is not used.
 */
final class Digests {
  private Digests() {}

  private static final class Known {
    static final Map<String, String> BY_NAME = read();

    private static Map<String, String> read() {
      Map<String, String> digests = new HashMap<>();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(NerModel.open("digests.sha256"), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          int space = line.indexOf(' ');
          digests.put(line.substring(space + 1), line.substring(0, space));
        }
      } catch (IOException none) {
        // Without the list nothing can be checked, so nothing is known.
        digests.clear();
      }
      return Map.copyOf(digests);
    }
  }

  /** Whether that file is the one of that name that is known. */
  static boolean isKnown(String name, byte[] content) {
    return hex(sha256().digest(content)).equals(Known.BY_NAME.get(name));
  }

  /** Whether a file that is too large to be held is the one of that name that is known. */
  static boolean isKnown(String name, InputStream content) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[1 << 18];
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      digest.update(buffer, 0, read);
    }
    return hex(digest.digest()).equals(Known.BY_NAME.get(name));
  }

  /** The digest that a file of that name must have; empty where none is known. */
  static String expected(String name) {
    return Known.BY_NAME.getOrDefault(name, "");
  }

  /** The content, if it is what it should be. */
  static byte[] checked(String name, byte[] content) throws IOException {
    if (!isKnown(name, content)) {
      throw new IOException(
          "the file "
              + name
              + " is not the one that this version was made with: its SHA-256 digest is "
              + hex(sha256().digest(content))
              + ", expected "
              + (expected(name).isEmpty() ? "one that is listed" : expected(name)));
    }
    return content;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
