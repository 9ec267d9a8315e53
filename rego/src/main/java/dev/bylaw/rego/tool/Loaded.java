package dev.bylaw.rego.tool;

import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.builtin.Merge;
import dev.bylaw.rego.check.Text;
import dev.bylaw.rego.parse.Parser;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Position;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
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
    Map<String, ObjectValue> before = new LinkedHashMap<>();
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
          Value value = data(file);
          data = put(data, place, value, file.toString(), before);
          before.put(file.toString(), nested(place, value, file.toString()));
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
   * Loads the policies among files and folders, and looks at nothing else.
   *
   * @throws IOException if one cannot be read
   */
  public static Loaded policies(List<String> paths, List<String> ignored) throws IOException {
    List<Source> sources = new ArrayList<>();
    for (String given : paths) {
      Path root =
          Path.of(given.startsWith("file://") ? given.substring("file://".length()) : given);
      for (Path file : files(root, ignored)) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".rego")) {
          sources.add(source(file));
        } else if (file.equals(root) && !isData(name)) {
          throw new IOException(file + ": is no policy (.rego)");
        }
      }
    }
    return new Loaded(sources, ObjectValue.EMPTY);
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

  /**
   * A policy in a file.
   *
   * @throws IOException if there is none, or it is no text
   */
  public static Source source(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("no such file or folder: " + file);
    }
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": is a folder; expected a policy (.rego)");
    }
    return Source.of(file.toString().replace('\\', '/'), text(file));
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException(file + ": larger than " + LARGEST + " bytes");
    }
    return text(file.toString(), Files.readAllBytes(file));
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

  /**
   * The value in a data file.
   *
   * @throws IOException if there is none, or it is no text
   * @throws DiagnosticsException with the place of what is wrong in it
   */
  public static Value data(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("no such file or folder: " + file);
    }
    if (Files.size(file) > LARGEST) {
      throw new IOException(file + ": larger than " + LARGEST + " bytes");
    }
    return value(file.toString().replace('\\', '/'), Files.readAllBytes(file));
  }

  /**
   * A value from elsewhere than a file, in JSON or YAML.
   *
   * @throws IOException if it is no text
   * @throws DiagnosticsException with the place of what is wrong in it
   */
  public static Value given(String name, byte[] content) throws IOException {
    try {
      return value(name, content, false);
    } catch (DiagnosticsException e) {
      // Whoever writes brackets means JSON.
      String text = text(name, content).strip();
      if (text.startsWith("{") || text.startsWith("[")) {
        throw e;
      }
      return value(name, content, true);
    }
  }

  /**
   * The value that a file of JSON or YAML holds.
   *
   * @throws IOException if it is no text
   * @throws DiagnosticsException with the place of what is wrong in it
   */
  static Value value(String name, byte[] content) throws IOException {
    return value(name, content, !name.endsWith(".json"));
  }

  static Value value(String name, byte[] content, boolean yaml) throws IOException {
    if (yaml) {
      return Merge.yaml(Source.of(name, text(name, content)));
    }
    try {
      return Json.parseAsWritten(content);
    } catch (JsonException e) {
      Source source = Source.of(name, text(name, content));
      String message = String.valueOf(e.getMessage());
      throw Merge.mistake(source, e.line(), e.column(), "no JSON: " + lower(message));
    }
  }

  private static String lower(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  /** Text in UTF-8. */
  static String text(String name, byte[] content) throws IOException {
    CharBuffer text = CharBuffer.allocate(content.length);
    ByteBuffer bytes = ByteBuffer.wrap(content);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true);
    text.flip();
    if (!result.isError()) {
      return text.toString();
    }
    boolean wide =
        content.length > 1
            && ((content[0] == (byte) 0xFF && content[1] == (byte) 0xFE)
                || (content[0] == (byte) 0xFE && content[1] == (byte) 0xFF));
    if (wide) {
      throw new IOException(name + ": is text in UTF-16; save it as UTF-8");
    }
    Position where = Source.of(name, text.toString()).position(text.length());
    throw new IOException(
        "%s:%d:%d: is no text in UTF-8 (byte 0x%02X)"
            .formatted(name, where.line(), where.column(), content[bytes.position()]));
  }

  /** Data with more put at a place. */
  static ObjectValue put(ObjectValue data, List<String> place, Value value, String what)
      throws IOException {
    return put(data, place, value, what, Map.of());
  }

  private static ObjectValue put(
      ObjectValue data,
      List<String> place,
      Value value,
      String what,
      Map<String, ObjectValue> before)
      throws IOException {
    ObjectValue object = nested(place, value, what);
    ObjectValue merged = Merge.objects(data, object);
    if (merged != null) {
      return merged;
    }
    List<String> path = Merge.difference(data, object);
    String others =
        before.entrySet().stream()
            .filter(e -> Merge.difference(e.getValue(), object).equals(path))
            .map(e -> " (" + e.getKey() + ")")
            .findFirst()
            .orElse("");
    throw new IOException(
        what
            + ": merge error: `"
            + Text.dotted(path)
            + "` has another value already"
            + others
            + "; give it once");
  }

  private static ObjectValue nested(List<String> place, Value value, String what)
      throws IOException {
    Value nested = value;
    for (String key : place.reversed()) {
      nested = ObjectValue.of(key, nested);
    }
    if (!(nested instanceof ObjectValue object)) {
      throw new IOException(
          what
              + ": data at the root must be an object, found "
              + nested.kind().described()
              + "; `name:"
              + what
              + "` puts it under `data.name`");
    }
    return object;
  }
}
