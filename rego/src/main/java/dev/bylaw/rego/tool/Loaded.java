package dev.bylaw.rego.tool;

import dev.bylaw.rego.builtin.Merge;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Policies and data from files and folders, as {@code opa eval --data} loads them.
 *
 * <p>Files that end in {@code .rego} are policies; {@code .json}, {@code .yaml} and {@code .yml}
 * are data. A data file named on its own goes to the root, one in a folder under the names of the
 * folders below the one that was named. {@code prefix:path} puts data under a dotted prefix.
 */
public record Loaded(List<Source> sources, ObjectValue data) {
  private static final long LARGEST = 512L * 1024 * 1024;

  public Loaded {
    sources = List.copyOf(sources);
  }

  /**
   * Loads files and folders.
   *
   * @throws IOException if one cannot be read, or data conflict
   */
  public static Loaded of(List<String> paths) throws IOException {
    List<Source> sources = new ArrayList<>();
    ObjectValue data = ObjectValue.EMPTY;
    for (String given : paths) {
      List<String> prefix = List.of();
      String rest = given;
      int colon = given.indexOf(':');
      if (colon > 1 && !Files.exists(Path.of(given))) {
        prefix = List.of(given.substring(0, colon).split("\\.", -1));
        rest = given.substring(colon + 1);
      }
      Path root = Path.of(rest);
      for (Path file : files(root)) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".rego")) {
          sources.add(Source.of(file.toString().replace('\\', '/'), Files.readString(file)));
        } else if (isData(name)) {
          List<String> place = new ArrayList<>(prefix);
          Path folder = Files.isDirectory(root) ? root.relativize(file).getParent() : null;
          if (folder != null) {
            folder.forEach(p -> place.add(p.toString()));
          }
          data = put(data, place, data(file), given);
        }
      }
    }
    return new Loaded(sources, data);
  }

  private static boolean isData(String name) {
    return name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private static List<Path> files(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      if (!Files.exists(root)) {
        throw new IOException("no such file or folder: " + root);
      }
      return List.of(root);
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** The value in a data file. */
  public static Value data(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException(file + ": larger than " + LARGEST + " bytes");
    }
    try {
      return String.valueOf(file.getFileName()).endsWith(".json")
          ? Json.parse(Files.readAllBytes(file))
          : Merge.yaml(Files.readString(file));
    } catch (JsonException | IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** Data with more put at a place. */
  static ObjectValue put(ObjectValue data, List<String> place, Value value, String what)
      throws IOException {
    Value nested = value;
    for (String key : place.reversed()) {
      nested = ObjectValue.of(key, nested);
    }
    if (!(nested instanceof ObjectValue object)) {
      throw new IOException(what + ": data at the root must be an object");
    }
    ObjectValue merged = Merge.objects(data, object);
    if (merged == null) {
      throw new IOException(what + ": merge error: two files give different values for one key");
    }
    return merged;
  }
}
