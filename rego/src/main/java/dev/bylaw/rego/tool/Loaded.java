package dev.bylaw.rego.tool;

import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.builtin.Merge;
import dev.bylaw.rego.parse.Parser;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Policies and data from files and folders, as {@code opa eval --data} loads them.
 *
 * <p>Files that end in {@code .rego} are policies; {@code .json}, {@code .yaml} and {@code .yml}
 * are data. A data file named on its own goes to the root, one in a folder under the names of the
 * folders below the one that was named. {@code prefix:path} puts data under a dotted prefix.
 *
 * @param dialects of sources, by name, where a bundle says it
 */
public record Loaded(List<Source> sources, ObjectValue data, Map<String, Dialect> dialects) {
  private static final long LARGEST = 512L * 1024 * 1024;

  public Loaded {
    sources = List.copyOf(sources);
    dialects = Map.copyOf(dialects);
  }

  /** Sources of which nothing says the dialect, and data. */
  public Loaded(List<Source> sources, ObjectValue data) {
    this(sources, data, Map.of());
  }

  /**
   * Parses all sources; what is wrong in any of them is told at once.
   *
   * @param dialect of those of which nothing says it
   * @throws DiagnosticsException with every mistake
   */
  public List<Module> parse(Dialect dialect) {
    var diagnostics = new Diagnostics();
    List<Module> modules = new ArrayList<>();
    for (Source source : sources) {
      Module module =
          Parser.module(source, dialects.getOrDefault(source.name(), dialect), diagnostics);
      if (module != null) {
        modules.add(module);
      }
    }
    diagnostics.throwIfErrors();
    return modules;
  }

  /**
   * Loads files and folders.
   *
   * @throws IOException if one cannot be read, or data conflict
   */
  public static Loaded of(List<String> paths) throws IOException {
    return of(paths, List.of());
  }

  /**
   * Loads files and folders, but for those with certain names.
   *
   * @param ignored patterns of names, such as {@code .*} or {@code *_test.rego}
   * @throws IOException if one cannot be read, or data conflict
   */
  public static Loaded of(List<String> paths, List<String> ignored) throws IOException {
    List<Source> sources = new ArrayList<>();
    List<Loaded> more = new ArrayList<>();
    ObjectValue data = ObjectValue.EMPTY;
    for (String given : paths) {
      List<String> prefix = List.of();
      String rest = given.startsWith("file://") ? given.substring("file://".length()) : given;
      int colon = rest.indexOf(':');
      if (colon > 1 && !Files.exists(Path.of(rest))) {
        prefix = List.of(rest.substring(0, colon).split("\\.", -1));
        rest = rest.substring(colon + 1);
      }
      Path root = Path.of(rest);
      for (Path file : files(root, ignored)) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".rego")) {
          sources.add(source(file));
        } else if (isData(name)) {
          List<String> place = new ArrayList<>(prefix);
          place.addAll(below(root, file));
          data = put(data, place, data(file), file.toString());
        } else if (file.equals(root) && name.endsWith(".tar.gz")) {
          more.add(Bundle.at(file, ignored, null).content());
        } else if (file.equals(root)) {
          throw new IOException(
              file + ": neither a policy (.rego), nor data (.json, .yaml), nor a bundle (.tar.gz)");
        }
      }
    }
    var all = new Loaded(sources, data);
    for (Loaded bundle : more) {
      all = all.with(bundle);
    }
    return all;
  }

  /**
   * Loads bundles: archives, or folders laid out like them.
   *
   * @throws IOException if one cannot be read, or two own the same
   */
  public static Loaded ofBundles(List<String> paths, List<String> ignored) throws IOException {
    return ofBundles(paths, ignored, null);
  }

  /**
   * Loads bundles.
   *
   * @param how their signatures are verified; null if they are not
   * @throws IOException if one cannot be read or is not signed, or two own the same
   */
  public static Loaded ofBundles(
      List<String> paths, List<String> ignored, @Nullable Verification how) throws IOException {
    var all = new Loaded(List.of(), ObjectValue.EMPTY);
    Map<String, String> owners = new LinkedHashMap<>();
    for (String path : paths) {
      Bundle bundle = Bundle.at(Path.of(path), ignored, how);
      for (String root : bundle.roots()) {
        for (Map.Entry<String, String> other : owners.entrySet()) {
          if (Manifest.overlap(root, other.getKey())) {
            throw new IOException(
                "bundles "
                    + other.getValue()
                    + " and "
                    + path
                    + " have overlapping roots: '"
                    + other.getKey()
                    + "' and '"
                    + root
                    + "'");
          }
        }
      }
      bundle.roots().forEach(root -> owners.put(root, path));
      all = all.with(bundle.content());
    }
    return all;
  }

  /**
   * This and more.
   *
   * @throws IOException if data conflict
   */
  public Loaded with(Loaded more) throws IOException {
    List<Source> all = new ArrayList<>(sources);
    all.addAll(more.sources);
    Map<String, Dialect> said = new HashMap<>(dialects);
    said.putAll(more.dialects);
    return new Loaded(all, put(data, List.of(), more.data, "data"), said);
  }

  private static Source source(Path file) throws IOException {
    return Source.of(file.toString().replace('\\', '/'), text(file));
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": is no text in UTF-8", e);
    }
  }

  /** The names of the folders in which a file lies below a root. */
  private static List<String> below(Path root, Path file) {
    Path folder = Files.isDirectory(root) ? root.relativize(file).getParent() : null;
    List<String> names = new ArrayList<>();
    if (folder != null) {
      folder.forEach(p -> names.add(p.toString()));
    }
    return names;
  }

  private static boolean isData(String name) {
    return name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml");
  }

  static List<Path> files(Path root, List<String> ignored) throws IOException {
    if (!Files.isDirectory(root)) {
      if (!Files.exists(root)) {
        throw new IOException("no such file or folder: " + root);
      }
      return List.of(root);
    }
    List<PathMatcher> matchers =
        ignored.stream().map(i -> root.getFileSystem().getPathMatcher("glob:" + i)).toList();
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .filter(p -> !isIgnored(root.relativize(p), matchers))
          .sorted()
          .toList();
    }
  }

  private static boolean isIgnored(Path file, List<PathMatcher> ignored) {
    for (PathMatcher matcher : ignored) {
      boolean matches = matcher.matches(file);
      for (Path name : file) {
        matches |= matcher.matches(name);
      }
      if (matches) {
        return true;
      }
    }
    return false;
  }

  /** The value in a data file. */
  public static Value data(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("no such file or folder: " + file);
    }
    if (Files.size(file) > LARGEST) {
      throw new IOException(file + ": larger than " + LARGEST + " bytes");
    }
    try {
      return String.valueOf(file.getFileName()).endsWith(".json")
          ? Json.parseAsWritten(Files.readAllBytes(file))
          : Merge.yaml(text(file));
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
