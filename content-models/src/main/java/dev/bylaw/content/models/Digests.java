package dev.bylaw.content.models;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The digests of the files that this module was tried with: its models and the native library that
 * runs them. A model that is another version, cut off, damaged or mixed up is not used.
 *
 * <p>What is unpacked to be run is compared by SHA-256 ({@code digests.sha256}). What is only read
 * again, from the class path or out of a folder that its owner alone may write, is compared by its
 * length and CRC-32C ({@code digests.crc32c}) at each start: that finds what was damaged or mixed
 * up in a tenth of the time, and whoever could forge it there could change the code beside it too.
 */
final class Digests {
  private Digests() {}

  private static final class Known {
    static final Map<String, String> BY_NAME = read("digests.sha256");
    static final Map<String, String> SUMS = read("digests.crc32c");

    private static Map<String, String> read(String list) {
      Map<String, String> digests = new HashMap<>();
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(NerModel.open(list), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          int space = line.lastIndexOf(' ');
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

  /** Whether length and sum are those of the file of that name; reads all of the buffer. */
  static boolean isWhole(String name, ByteBuffer content) {
    int length = content.remaining();
    CRC32C sum = new CRC32C();
    sum.update(content);
    return (HexFormat.of().toHexDigits(sum.getValue(), 8) + " " + length)
        .equals(Known.SUMS.get(name));
  }

  /** The digest that a file of that name must have; empty where none is known. */
  static String expected(String name) {
    return Known.BY_NAME.getOrDefault(name, "");
  }

  /** The content, if its length and sum are what they should be. */
  static byte[] whole(String name, byte[] content) throws IOException {
    return isWhole(name, ByteBuffer.wrap(content)) ? content : checked(name, content);
  }

  /** The content, if it is what it should be, by SHA-256. */
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
