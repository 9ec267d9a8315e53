package dev.bylaw.rego.tool;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Archives of files, {@code .tar.gz}. What is no file is passed over: links lead nowhere. */
final class Tar {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int PREFIX = 155;
  private static final int MOST_FILES = 100_000;
  private static final int LONGEST_NAME = 1 << 16;

  /** The files of one archive may not be larger together. */
  private static final long LARGEST = 1L << 30;

  private Tar() {}

  /**
   * The files by path, in their order; paths do not begin with a slash.
   *
   * @throws IOException if it is no such archive, is cut off or too large, has a file twice, or a
   *     path that leads out of it
   */
  static Map<String, byte[]> read(InputStream tarGz) throws IOException {
    return read(tarGz, LARGEST);
  }

  /** The same with another limit. */
  static Map<String, byte[]> read(InputStream tarGz, long largest) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (InputStream in = new GZIPInputStream(tarGz)) {
      read(in, largest, files);
    } catch (ZipException | EOFException e) {
      throw new IOException("bundle read failed: not a .tar.gz, or cut off", e);
    }
    return files;
  }

  private static void read(InputStream in, long largest, Map<String, byte[]> files)
      throws IOException {
    long total = 0;
    String longName = null;
    for (byte[] header = block(in); header[0] != 0; header = block(in)) {
      checkSum(header);
      long size = octal(header, 124, 12);
      total += size;
      if (size < 0 || total > largest) {
        throw new IOException("bundle read failed: larger than " + largest + " bytes");
      }
      byte[] content = in.readNBytes((int) size);
      if (content.length < size) {
        throw new EOFException("in a file");
      }
      in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
      switch (header[156]) {
        case 'L' -> longName = longName(content);
        case 'x' -> longName = pax(content, longName);
        case '0', 0 -> {
          String path = clean(longName == null ? name(header) : longName);
          longName = null;
          if (files.putIfAbsent(path, content) != null) {
            throw new IOException("bundle read failed: it has " + path + " twice");
          }
          if (files.size() > MOST_FILES) {
            throw new IOException("bundle read failed: more than " + MOST_FILES + " files");
          }
        }
        // Folders, links and devices.
        default -> longName = header[156] == 'g' ? longName : null;
      }
    }
  }

  private static byte[] block(InputStream in) throws IOException {
    byte[] block = in.readNBytes(BLOCK);
    if (block.length == 0) {
      return new byte[BLOCK];
    }
    if (block.length < BLOCK) {
      throw new EOFException("in a header");
    }
    return block;
  }

  private static void checkSum(byte[] header) throws IOException {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    if (sum != octal(header, 148, 8)) {
      throw new IOException("bundle read failed: not a tar file");
    }
  }

  private static String name(byte[] header, int at, int length) {
    int end = at;
    while (end < at + length && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, StandardCharsets.UTF_8);
  }

  private static String longName(byte[] content) throws IOException {
    if (content.length > LONGEST_NAME) {
      throw new IOException("bundle read failed: a path is too long");
    }
    return name(content, 0, content.length);
  }

  private static String name(byte[] bytes) {
    String prefix = bytes[257] == 'u' ? name(bytes, 345, PREFIX) : "";
    String name = name(bytes, 0, NAME);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /** The path in an extended header: records of a length, a name and a value. */
  private static @Nullable String pax(byte[] content, @Nullable String known) throws IOException {
    if (content.length > LONGEST_NAME) {
      throw new IOException("bundle read failed: a path is too long");
    }
    String path = known;
    int at = 0;
    while (at < content.length) {
      int space = at;
      while (space < content.length && content[space] >= '0' && content[space] <= '9') {
        space++;
      }
      int length = space == at || space - at > 6 ? 0 : Integer.parseInt(text(content, at, space));
      if (length <= space - at + 1 || at + length > content.length || content[space] != ' ') {
        throw new IOException("bundle read failed: not a tar file");
      }
      String entry = text(content, space + 1, at + length - 1);
      if (entry.startsWith("path=")) {
        path = entry.substring("path=".length());
      } else if (entry.startsWith("size=")) {
        throw new IOException("bundle read failed: a file is too large");
      }
      at += length;
    }
    return path;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static String clean(String name) throws IOException {
    String path = name.replaceFirst("^(\\./|/)+", "");
    boolean odd = path.isEmpty() || path.indexOf('\0') >= 0 || path.indexOf('\\') >= 0;
    if (odd || Arrays.asList(path.split("/", -1)).contains("..")) {
      throw new IOException("bundle has a path that leads out of it: " + name);
    }
    return path;
  }

  private static long octal(byte[] block, int at, int length) throws IOException {
    try {
      return Long.parseLong(name(block, at, length).strip(), 8);
    } catch (NumberFormatException e) {
      throw new IOException("bundle read failed: not a tar file", e);
    }
  }

  /** Writes files, in their order: the same files give the same bytes. */
  static void write(Map<String, byte[]> files, OutputStream out) throws IOException {
    var tar = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      byte[] header = new byte[BLOCK];
      name(header, "/" + file.getKey());
      ascii(header, 100, "0000600\0");
      ascii(header, 108, "0000000\0");
      ascii(header, 116, "0000000\0");
      ascii(header, 124, String.format("%011o\0", file.getValue().length));
      ascii(header, 136, "00000000000\0");
      ascii(header, 148, "        ");
      header[156] = '0';
      ascii(header, 257, "ustar\00000");
      int sum = 0;
      for (byte b : header) {
        sum += b & 0xff;
      }
      ascii(header, 148, String.format("%06o\0 ", sum));
      tar.write(header);
      tar.write(file.getValue());
      tar.write(new byte[(BLOCK - file.getValue().length % BLOCK) % BLOCK]);
    }
    tar.write(new byte[2 * BLOCK]);
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      tar.writeTo(gzip);
    }
  }

  /** Puts a name into a header: in two parts, at a slash, where it is long. */
  private static void name(byte[] header, String path) throws IOException {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    int split = 0;
    if (bytes.length > NAME) {
      split = Math.min(PREFIX, bytes.length - 1);
      while (split > 0 && bytes[split] != '/') {
        split--;
      }
      if (split == 0 || bytes.length - split - 1 > NAME) {
        throw new IOException("path is too long for a bundle: " + path);
      }
      System.arraycopy(bytes, 0, header, 345, split);
      split++;
    }
    System.arraycopy(bytes, split, header, 0, bytes.length - split);
  }

  private static void ascii(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }
}
