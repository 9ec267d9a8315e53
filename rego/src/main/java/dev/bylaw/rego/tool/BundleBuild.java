package dev.bylaw.rego.tool;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.builtin.JsonText;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a bundle: all data in one {@code data.json}, the policies as they are, and a manifest. Only
 * what compiles becomes one.
 */
public final class BundleBuild {
  private final Options options;
  private Loaded content;
  private final Set<String> roots;
  private final ObjectValue metadata;
  private @Nullable String revision;

  private BundleBuild(
      Options options,
      Loaded content,
      Set<String> roots,
      ObjectValue metadata,
      @Nullable String revision) {
    this.options = options;
    this.content = content;
    this.roots = roots;
    this.metadata = metadata;
    this.revision = revision;
  }

  /**
   * Takes files and folders; the bundle owns everything.
   *
   * @throws IOException if one cannot be read, or data conflict
   */
  public static BundleBuild ofFiles(List<String> paths, List<String> ignored, Options options)
      throws IOException {
    return new BundleBuild(options, Loaded.of(paths, ignored), Set.of(""), ObjectValue.EMPTY, null);
  }

  /**
   * Takes bundles; the new one owns what they own.
   *
   * @param how their signatures are verified; null if they must have none
   * @throws IOException if one cannot be read or is not signed as it has to be, or two own the same
   */
  public static BundleBuild ofBundles(
      List<String> paths, List<String> ignored, @Nullable Verification how, Options options)
      throws IOException {
    Set<String> roots = new LinkedHashSet<>();
    var content = new Loaded(List.of(), ObjectValue.EMPTY);
    ObjectValue manifest = ObjectValue.EMPTY;
    // Looks for roots in common, and reads every one.
    Loaded.ofBundles(paths, ignored, how);
    for (String path : paths) {
      Bundle bundle = Bundle.at(Path.of(path), ignored, how);
      if (how == null && bundle.files().containsKey(BundleSignature.FILE)) {
        throw new IOException("bundle " + path + ": verification key not provided");
      }
      roots.addAll(bundle.roots());
      content = content.with(bundle.content());
      manifest = bundle.manifest().content();
    }
    // Only of a single bundle can the new one say what that said.
    ObjectValue kept = paths.size() == 1 ? manifest : ObjectValue.EMPTY;
    ObjectValue metadata = kept.get("metadata") instanceof ObjectValue o ? o : ObjectValue.EMPTY;
    return new BundleBuild(options, content, roots, metadata, kept.text("revision"));
  }

  /** Sets the revision that the manifest tells. */
  public BundleBuild withRevision(String text) {
    revision = text;
    return this;
  }

  /** Changes policies before they are written. */
  @FunctionalInterface
  public interface Change {
    /** The content that takes the place of what was loaded. */
    Loaded of(Loaded content) throws IOException;
  }

  /** Puts something else in the place of what was loaded. */
  public BundleBuild optimized(Change change) throws IOException {
    content = change.of(content);
    return this;
  }

  /**
   * Leaves out the rules that no entrypoint depends on.
   *
   * @param entrypoints as {@code authz/allow}
   * @throws IOException if there is no entrypoint, or one is no rule
   */
  public BundleBuild pruned(List<String> entrypoints) throws IOException {
    content = Optimizing.pruned(content, entrypoints, options);
    return this;
  }

  /**
   * Checks the policies and writes the bundle.
   *
   * @param how it is signed; null if it is not
   * @throws IOException if it cannot be written or signed
   * @throws dev.bylaw.syntax.DiagnosticsException with every mistake in the policies
   */
  public void write(OutputStream out, @Nullable Signing how) throws IOException {
    Map<String, byte[]> files = files();
    if (how != null) {
      files.put(BundleSignature.FILE, BundleSignature.of(files, how));
    }
    Bundle.write(files, out);
  }

  /** The files of the bundle by path, without a signature. */
  public Map<String, byte[]> files() throws IOException {
    Policy.ofModules(content.parse(options.dialect()), options)
        .withData(content.data())
        .requireApart();
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("data.json", line(content.data()));
    Map<String, Value> dialects = new TreeMap<>();
    for (Source source : content.sources()) {
      String path = path(source.name());
      if (files.putIfAbsent(path, source.text().getBytes(StandardCharsets.UTF_8)) != null) {
        throw new IOException("two policies would be " + path + " in the bundle");
      }
      Dialect dialect = content.dialects().getOrDefault(source.name(), options.dialect());
      if (dialect != options.dialect()) {
        dialects.put("/" + path, version(dialect));
      }
    }
    ObjectValue.Builder manifest = ObjectValue.builder();
    manifest.put("revision", revision == null ? "" : revision);
    List<Value> owned = new ArrayList<>();
    roots.forEach(r -> owned.add(StringValue.of(r)));
    manifest.put("roots", ArrayValue.of(owned));
    manifest.put("rego_version", version(options.dialect()));
    if (!dialects.isEmpty()) {
      ObjectValue.Builder versions = ObjectValue.builder();
      dialects.forEach(versions::put);
      manifest.put("file_rego_versions", versions.build());
    }
    if (metadata.size() > 0) {
      manifest.put("metadata", metadata);
    }
    files.put(Manifest.FILE, line(manifest.build()));
    return files;
  }

  private static Value version(Dialect dialect) {
    return NumberValue.of(dialect == Dialect.V0 ? 0 : 1);
  }

  private static byte[] line(Value value) {
    return (JsonText.compact(value) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The path of a source in the bundle: without what leads out of it. */
  private static String path(String name) {
    List<String> parts = new ArrayList<>();
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        if (!parts.isEmpty()) {
          parts.removeLast();
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }
}
