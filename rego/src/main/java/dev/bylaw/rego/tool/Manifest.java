package dev.bylaw.rego.tool;

import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.builtin.BuiltinFailure;
import dev.bylaw.rego.builtin.Globs;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle says of itself.
 *
 * @param content as it is written
 * @param roots the paths that it owns; the empty path is everything
 */
public record Manifest(ObjectValue content, List<String> roots) {
  /** The name of the file. */
  static final String FILE = ".manifest";

  /** The manifest of a bundle that has none. */
  static final Manifest NONE = new Manifest(ObjectValue.EMPTY, List.of(""));

  public Manifest {
    roots = List.copyOf(roots);
  }

  /**
   * Reads a manifest.
   *
   * @throws IOException if something in it is not what it has to be
   */
  static Manifest of(String path, Value value) throws IOException {
    if (!(value instanceof ObjectValue o)) {
      throw new IOException(path + ": a manifest is an object, found " + value.kind().described());
    }
    expect(path, o, "revision", Value.Kind.STRING);
    expect(path, o, "roots", Value.Kind.ARRAY);
    expect(path, o, "metadata", Value.Kind.OBJECT);
    expect(path, o, "file_rego_versions", Value.Kind.OBJECT);
    expect(path, o, "wasm", Value.Kind.ARRAY);
    List<String> roots = new ArrayList<>();
    if (o.get("roots") instanceof ArrayValue all) {
      for (Value v : all) {
        if (!(v instanceof StringValue text)) {
          throw new IOException(path + ": a root is a string, found " + v);
        }
        roots.add(text.text().replaceAll("^/+|/+$", ""));
      }
    } else {
      roots.add("");
    }
    for (int i = 0; i < roots.size(); i++) {
      for (int j = i + 1; j < roots.size(); j++) {
        if (overlap(roots.get(i), roots.get(j))) {
          throw new IOException(
              "manifest has overlapped roots: '" + roots.get(i) + "' and '" + roots.get(j) + "'");
        }
      }
    }
    dialect(path, o.get("rego_version"));
    if (o.get("file_rego_versions") instanceof ObjectValue versions) {
      for (int i = 0; i < versions.size(); i++) {
        dialect(path, versions.value(i));
      }
    }
    return new Manifest(o, roots);
  }

  private static void expect(String path, ObjectValue o, String key, Value.Kind kind)
      throws IOException {
    Value found = o.get(key);
    if (found != null && found.kind() != kind && found.kind() != Value.Kind.NULL) {
      throw new IOException(
          path + ": `" + key + "` is " + kind.described() + ", found " + found.kind().described());
    }
  }

  private static @Nullable Dialect dialect(String path, @Nullable Value version)
      throws IOException {
    if (version == null) {
      return null;
    }
    if (version.equals(NumberValue.of(0))) {
      return Dialect.V0;
    }
    if (version.equals(NumberValue.of(1))) {
      return Dialect.V1;
    }
    throw new IOException(path + ": a version of Rego is 0 or 1, found " + version);
  }

  /** The dialect of a file, by its path in the bundle; null where the manifest does not say. */
  @Nullable Dialect dialect(String file) throws IOException {
    if (content.get("file_rego_versions") instanceof ObjectValue versions) {
      for (int i = 0; i < versions.size(); i++) {
        String pattern = versions.sortedKey(i) instanceof StringValue s ? s.text() : "";
        if (matches(pattern, "/" + file)) {
          return dialect(FILE, versions.sortedValue(i));
        }
      }
    }
    return dialect(FILE, content.get("rego_version"));
  }

  private static boolean matches(String pattern, String path) throws IOException {
    try {
      return Globs.matches(pattern, path);
    } catch (BuiltinFailure e) {
      throw new IOException(
          FILE + ": failed to compile glob pattern " + pattern + ": " + e.text(), e);
    }
  }

  /** Whether one of two roots is within the other. */
  static boolean overlap(String a, String b) {
    return covers(a, b) || covers(b, a);
  }

  private static boolean covers(String root, String path) {
    return root.isEmpty() || path.equals(root) || path.startsWith(root + "/");
  }

  /** Whether a path is the bundle's own. */
  boolean owns(String path) {
    return roots.stream().anyMatch(r -> covers(r, path));
  }

  /**
   * Looks whether all data is the bundle's own.
   *
   * @throws IOException with the first place that is not
   */
  void requireOwn(ObjectValue data) throws IOException {
    requireOwn(data, "");
  }

  private void requireOwn(ObjectValue data, String path) throws IOException {
    for (int i = 0; i < data.size(); i++) {
      String key = data.key(i) instanceof StringValue s ? s.text() : data.key(i).toString();
      String here = path.isEmpty() ? key : path + "/" + key;
      if (owns(here)) {
        continue;
      }
      boolean leads = roots.stream().anyMatch(r -> r.startsWith(here + "/"));
      if (leads && data.value(i) instanceof ObjectValue inner) {
        requireOwn(inner, here);
      } else {
        throw new IOException(
            "manifest roots "
                + roots
                + " do not permit data at path '/"
                + here
                + "' (hint: check bundle directory structure)");
      }
    }
  }
}
