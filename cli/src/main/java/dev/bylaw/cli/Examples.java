package dev.bylaw.cli;

import dev.bylaw.runtime.BylawException;
import dev.bylaw.store.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The example identities that this program carries. */
final class Examples {
  private Examples() {}

  /**
   * Writes an example into a folder; a file that is there already stays as it is.
   *
   * @param name {@code acme} or {@code starter}
   * @return the files that were written, by their paths below the folder
   * @throws BylawException if the folder cannot be written
   */
  static List<String> write(String name, Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw BylawException.misuse("`" + folder + "` is a file, expected a folder");
    }
    List<String> written = new ArrayList<>();
    try {
      for (String file : index(name)) {
        Path target = folder.resolve(file);
        if (Files.exists(target)) {
          continue;
        }
        Path parent = target.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        written.add(file);
        try (InputStream in = resource(name + "/" + file)) {
          Files.copy(in, target);
        }
      }
      return written;
    } catch (IOException e) {
      // Half an example would be taken for somebody's own work the next time.
      written.forEach(file -> takeAway(folder.resolve(file)));
      throw new BylawException("`" + folder + "` cannot be written: " + Trouble.reason(e));
    }
  }

  private static void takeAway(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The reason for the failure is told; this file cannot be helped.
    }
  }

  /** The files of an example; a jar cannot be listed, so a list is kept beside it. */
  private static List<String> index(String name) throws IOException {
    try (InputStream in = resource(name + ".files")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
    }
  }

  private static InputStream resource(String name) {
    InputStream in = Examples.class.getResourceAsStream("/examples/" + name);
    if (in == null) {
      throw new IllegalStateException("the example " + name + " is not in this build");
    }
    return in;
  }
}
