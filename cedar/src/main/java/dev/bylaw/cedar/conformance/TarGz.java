package dev.bylaw.cedar.conformance;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Reads the files of a {@code .tar.gz} into memory; names up to 100 characters. */
final class TarGz {
  private static final int BLOCK = 512;
  private static final int LARGEST = 64 << 20;

  private TarGz() {}

  /** The plain files, by their names. */
  static Map<String, String> files(Path archive) throws IOException {
    var files = new HashMap<String, String>();
    try (InputStream in =
        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
      while (true) {
        byte[] header = in.readNBytes(BLOCK);
        if (header.length < BLOCK || header[0] == 0) {
          return files;
        }
        long size = Long.parseLong(text(header, 124, 12).strip(), 8);
        if (size > LARGEST) {
          throw new IOException("a file of " + size + " bytes in " + archive);
        }
        byte[] content = in.readNBytes((int) size);
        if (content.length < size) {
          throw new EOFException("cut off: " + archive);
        }
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        if (header[156] == '0' || header[156] == 0) {
          files.put(text(header, 0, 100), new String(content, StandardCharsets.UTF_8));
        }
      }
    }
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }
}
