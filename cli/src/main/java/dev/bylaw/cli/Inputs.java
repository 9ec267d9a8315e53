package dev.bylaw.cli;

import dev.bylaw.store.Trouble;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Values that come from the command line. */
final class Inputs {
  private static final long MOST_BYTES = 16L * 1024 * 1024;

  private Inputs() {}

  /** {@code name=value} pairs as an object; a value that is JSON is what it says, else a text. */
  static ObjectValue of(Map<String, String> pairs) {
    ObjectValue.Builder out = ObjectValue.builder(pairs.size());
    pairs.forEach((name, text) -> out.put(name, value(text)));
    return out.build();
  }

  private static Value value(String text) {
    try {
      return Json.parse(text);
    } catch (JsonException e) {
      return StringValue.of(text);
    }
  }

  /**
   * The JSON value of a file, or of standard input for {@code -}.
   *
   * @throws UsageException if it cannot be read or is not JSON; with line and column
   */
  static Value read(String file) {
    try {
      return Json.parse(new String(bytes(file), StandardCharsets.UTF_8));
    } catch (JsonException e) {
      throw new UsageException(
          file + ":" + e.line() + ":" + e.column() + ": not JSON: " + e.getMessage());
    }
  }

  /**
   * The bytes of a file, or of standard input for {@code -}; at most 16 MB.
   *
   * @throws UsageException if it cannot be read
   */
  static byte[] bytes(String file) {
    try {
      byte[] bytes;
      if (file.equals("-")) {
        bytes = System.in.readNBytes((int) MOST_BYTES + 1);
      } else {
        Path path = Path.of(file);
        if (Files.isDirectory(path)) {
          throw new UsageException("`" + file + "` is a folder, expected a file");
        }
        if (Files.size(path) > MOST_BYTES) {
          throw new UsageException("`" + file + "` is larger than 16 MB");
        }
        bytes = Files.readAllBytes(path);
      }
      if (bytes.length > MOST_BYTES) {
        throw new UsageException("what is read is larger than 16 MB");
      }
      return bytes;
    } catch (java.nio.file.NoSuchFileException e) {
      throw new UsageException("there is no file `" + file + "`");
    } catch (IOException e) {
      throw new UsageException("`" + file + "` cannot be read: " + Trouble.reason(e));
    }
  }
}
