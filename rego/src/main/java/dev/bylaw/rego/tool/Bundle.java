package dev.bylaw.rego.tool;

import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.parse.Parser;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bundle: policies, data and a {@code .manifest}, in a {@code .tar.gz} or in a folder.
 *
 * <p>Policies are the files that end in {@code .rego}, data the files {@code data.json}, {@code
 * data.yaml} and {@code data.yml}, under the names of the folders that they are in. Everything must
 * lie under the manifest's roots. WebAssembly and plans in it are not used, other files are not
 * looked at, but all of them count for the signature.
 *
 * @param files all files by path
 */
public record Bundle(Manifest manifest, Loaded content, Map<String, byte[]> files) {
  public Bundle {
    files = Map.copyOf(files);
  }

  /**
   * Reads an archive, without a look at its signature.
   *
   * @throws IOException if it cannot be read or is not a bundle
   */
  public static Bundle read(InputStream tarGz) throws IOException {
    return read(tarGz, null);
  }

  /**
   * Reads an archive.
   *
   * @param how its signature is verified; null if it is not
   * @throws IOException if it cannot be read, is not a bundle or not signed as it has to be
   */
  public static Bundle read(InputStream tarGz, @Nullable Verification how) throws IOException {
    return of(Tar.read(tarGz), "", how);
  }

  /** A bundle from an archive or a folder. */
  static Bundle at(Path path, List<String> ignored, @Nullable Verification how) throws IOException {
    if (!Files.exists(path)) {
      throw new IOException("no such file or folder: " + path);
    }
    try {
      if (Files.isDirectory(path)) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (Path file : Loaded.files(path, ignored)) {
          files.put(slashes(path.relativize(file)), Files.readAllBytes(file));
        }
        return of(files, slashes(path) + "/", how);
      }
      try (InputStream in = Files.newInputStream(path)) {
        return read(in, how);
      }
    } catch (IOException e) {
      throw new IOException("bundle " + path + ": " + e.getMessage(), e);
    }
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }

  /** Makes a bundle of files; the prefix stands before their paths where they are named. */
  private static Bundle of(Map<String, byte[]> files, String prefix, @Nullable Verification how)
      throws IOException {
    if (how != null) {
      BundleSignature.verify(named(files, prefix), how);
    }
    Manifest manifest = manifest(files);
    List<Source> sources = new ArrayList<>();
    Map<String, Dialect> dialects = new HashMap<>();
    ObjectValue data = ObjectValue.EMPTY;
    boolean compiled = false;
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String path = file.getKey();
      String name = path.substring(path.lastIndexOf('/') + 1);
      if (name.endsWith(".rego")) {
        sources.add(Source.of(prefix + path, Loaded.text(prefix + path, file.getValue())));
        Dialect dialect = manifest.dialect(path);
        if (dialect != null) {
          dialects.put(prefix + path, dialect);
        }
      } else if (name.equals("data.json") || name.equals("data.yaml") || name.equals("data.yml")) {
        List<String> place = new ArrayList<>(Arrays.asList(path.split("/", -1)));
        place.removeLast();
        data =
            Loaded.put(
                data, place, value(prefix + path, file.getValue(), !name.endsWith(".json")), path);
      } else if (name.equals("patch.json")) {
        throw new IOException(
            path + ": it only changes another bundle (a delta bundle); give the whole one");
      }
      compiled |= name.equals("policy.wasm") || name.equals("plan.json");
    }
    if (compiled && sources.isEmpty()) {
      throw new IOException(
          "it has WebAssembly or a plan, but no Rego to evaluate; build it with --target rego");
    }
    manifest.requireOwn(data);
    requireOwn(manifest, sources, dialects);
    return new Bundle(manifest, new Loaded(sources, data, dialects), files);
  }

  private static Map<String, byte[]> named(Map<String, byte[]> files, String prefix) {
    Map<String, byte[]> named = new LinkedHashMap<>();
    String before = prefix.replaceFirst("^(\\./|/)+", "");
    files.forEach((path, content) ->
        named.put(path.equals(BundleSignature.FILE) ? path : before + path, content));
    return named;
  }

  private static Manifest manifest(Map<String, byte[]> files) throws IOException {
    String found = null;
    for (String path : files.keySet()) {
      if (path.equals(Manifest.FILE) || path.endsWith("/" + Manifest.FILE)) {
        if (found != null) {
          throw new IOException(
              "bundle contains multiple manifest files: \"" + found + "\" and \"" + path + "\"");
        }
        found = path;
      }
    }
    byte[] content = found == null ? null : files.get(found);
    return found == null || content == null
        ? Manifest.NONE
        : Manifest.of(found, value(found, content, false));
  }

  private static void requireOwn(
      Manifest manifest, List<Source> sources, Map<String, Dialect> dialects) throws IOException {
    if (manifest.owns("")) {
      return;
    }
    for (Source source : sources) {
      Dialect dialect = dialects.getOrDefault(source.name(), Dialect.V1);
      // What is wrong in a module is told when it is compiled.
      Module module = Parser.module(source, dialect, new Diagnostics());
      if (module != null && !manifest.owns(String.join("/", module.path()))) {
        throw new IOException(
            "manifest roots "
                + manifest.roots()
                + " do not permit 'package "
                + String.join(".", module.path())
                + "' in module '"
                + source.name()
                + "'");
      }
    }
  }

  /** What is wrong is told with its place, in the bundle. */
  private static Value value(String path, byte[] content, boolean yaml) throws IOException {
    try {
      return Loaded.value(path, content, yaml);
    } catch (DiagnosticsException e) {
      throw new IOException(e.diagnostics().getFirst().render(), e);
    }
  }

  /** The paths that the bundle owns; the empty path is everything. */
  public List<String> roots() {
    return manifest.roots();
  }

  /** Writes files as a bundle, in their order, that is the same for the same files. */
  public static void write(Map<String, byte[]> files, OutputStream out) throws IOException {
    Tar.write(files, out);
  }
}
