package dev.bylaw.rego.tool;

import dev.bylaw.rego.builtin.Merge;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A bundle: a {@code .tar.gz} of policies, data and a {@code .manifest}.
 *
 * @param manifest {@code revision}, {@code roots}, …; empty where there is none
 * @param files all files by path, for the check of signatures
 */
public record Bundle(ObjectValue manifest, Loaded content, Map<String, byte[]> files) {
  private static final int BLOCK = 512;
  private static final long LARGEST = 1L << 30;

  public Bundle {
    files = Map.copyOf(files);
  }

  /**
   * Reads a bundle and checks that its content lies under its roots.
   *
   * @throws IOException if it cannot be read or is not a bundle
   */
  public static Bundle read(InputStream tarGz) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (InputStream in = new GZIPInputStream(tarGz)) {
      untar(in, files);
    }
    List<Source> sources = new ArrayList<>();
    ObjectValue data = ObjectValue.EMPTY;
    ObjectValue manifest = ObjectValue.EMPTY;
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String path = file.getKey();
      String name = path.substring(path.lastIndexOf('/') + 1);
      String text = new String(file.getValue(), StandardCharsets.UTF_8);
      if (path.equals(".manifest")) {
        manifest = object(path, text);
      } else if (name.endsWith(".rego")) {
        sources.add(Source.of(path, text));
      } else if (name.equals("data.json") || name.equals("data.yaml") || name.equals("data.yml")) {
        int slash = path.lastIndexOf('/');
        List<String> place =
            slash < 0 ? List.of() : List.of(path.substring(0, slash).split("/", -1));
        data = Loaded.put(data, place, value(path, text), path);
      }
    }
    checkRoots(manifest, data);
    return new Bundle(manifest, new Loaded(sources, data), files);
  }

  private static ObjectValue object(String path, String text) throws IOException {
    if (value(path, text) instanceof ObjectValue o) {
      return o;
    }
    throw new IOException(path + ": expected an object");
  }

  private static Value value(String path, String text) throws IOException {
    try {
      return path.endsWith(".yaml") || path.endsWith(".yml") ? Merge.yaml(text) : Json.parse(text);
    } catch (JsonException | IllegalArgumentException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  /** The paths that the bundle owns; the empty path is everything. */
  public List<String> roots() {
    if (!(manifest.get("roots") instanceof ArrayValue all)) {
      return List.of("");
    }
    List<String> roots = new ArrayList<>();
    for (Value v : all) {
      String text = v instanceof StringValue s ? s.text() : v.toString();
      roots.add(text.replaceAll("^/+|/+$", ""));
    }
    return roots;
  }

  private static void checkRoots(ObjectValue manifest, ObjectValue data) throws IOException {
    List<String> roots = new Bundle(manifest, new Loaded(List.of(), data), Map.of()).roots();
    for (int i = 0; i < roots.size(); i++) {
      for (int j = 0; j < roots.size(); j++) {
        if (i != j && covers(roots.get(i), roots.get(j))) {
          throw new IOException(
              "manifest has overlapped roots: '" + roots.get(i) + "' and '" + roots.get(j) + "'");
        }
      }
    }
    outside(data, "", roots);
  }

  private static boolean covers(String root, String path) {
    return root.isEmpty() || path.equals(root) || path.startsWith(root + "/");
  }

  private static void outside(ObjectValue data, String path, List<String> roots)
      throws IOException {
    for (int i = 0; i < data.size(); i++) {
      String key = data.key(i) instanceof StringValue s ? s.text() : data.key(i).toString();
      String here = path.isEmpty() ? key : path + "/" + key;
      if (roots.stream().anyMatch(r -> covers(r, here))) {
        continue;
      }
      boolean leads = roots.stream().anyMatch(r -> r.startsWith(here + "/"));
      if (leads && data.value(i) instanceof ObjectValue inner) {
        outside(inner, here, roots);
      } else {
        throw new IOException("manifest roots do not permit data at path '/" + here + "'");
      }
    }
  }

  private static void untar(InputStream in, Map<String, byte[]> files) throws IOException {
    long total = 0;
    String longName = null;
    while (true) {
      byte[] header = in.readNBytes(BLOCK);
      if (header.length < BLOCK || header[0] == 0) {
        return;
      }
      long size = octal(header, 124, 12);
      total += size;
      if (size < 0 || total > LARGEST) {
        throw new IOException("bundle is larger than " + LARGEST + " bytes");
      }
      byte[] content = in.readNBytes((int) size);
      in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
      String prefix = header[257] == 'u' ? text(header, 345, 155) : "";
      String name = text(header, 0, 100);
      name = prefix.isEmpty() ? name : prefix + "/" + name;
      char type = (char) header[156];
      if (type == 'L') {
        longName = new String(content, StandardCharsets.UTF_8).replace("\0", "");
      } else if (type == '0' || type == 0) {
        files.put(clean(longName == null ? name : longName), content);
        longName = null;
      }
    }
  }

  private static String clean(String name) throws IOException {
    String path = name.replaceFirst("^(\\./|/)+", "");
    if (Arrays.asList(path.split("/", -1)).contains("..")) {
      throw new IOException("bundle has a path that leads out of it: " + name);
    }
    return path;
  }

  private static String text(byte[] block, int at, int length) {
    int end = at;
    while (end < at + length && block[end] != 0) {
      end++;
    }
    return new String(block, at, end - at, StandardCharsets.UTF_8);
  }

  private static long octal(byte[] block, int at, int length) throws IOException {
    try {
      return Long.parseLong(text(block, at, length).strip(), 8);
    } catch (NumberFormatException e) {
      throw new IOException("not a tar file", e);
    }
  }

  /** Writes a bundle of files, in their order, that is the same for the same files. */
  public static void write(Map<String, byte[]> files, OutputStream out) throws IOException {
    var tar = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      byte[] name = ("/" + file.getKey()).getBytes(StandardCharsets.UTF_8);
      if (name.length > 100) {
        throw new IOException("path is too long for a bundle: " + file.getKey());
      }
      byte[] header = new byte[BLOCK];
      System.arraycopy(name, 0, header, 0, name.length);
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

  private static void ascii(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }
}
