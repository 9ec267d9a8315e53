package dev.bylaw.rego.tool;

import dev.bylaw.rego.check.SchemaSet;
import dev.bylaw.value.ObjectValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * JSON Schemas from a file or a folder: a file describes every input; in a folder {@code a/b.json}
 * is what annotations call {@code schema.a.b}.
 */
public final class SchemaFiles {
  private SchemaFiles() {}

  /**
   * Reads the schemas at a path.
   *
   * @throws IOException if one cannot be read
   */
  public static SchemaSet read(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new IOException("no such file or folder: " + path);
    }
    if (!Files.isDirectory(path)) {
      return new SchemaSet(Loaded.data(path), null);
    }
    ObjectValue all = ObjectValue.EMPTY;
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        List<String> place = new ArrayList<>();
        path.relativize(file).forEach(p -> place.add(p.toString()));
        place.set(place.size() - 1, place.getLast().replaceFirst("\\.[^.]*$", ""));
        all = Loaded.put(all, place, Loaded.data(file), file.toString());
      }
    }
    return new SchemaSet(null, all);
  }
}
