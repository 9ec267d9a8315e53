package dev.bylaw.cli;

import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.rego.tool.BundleBuild;
import dev.bylaw.rego.tool.Loaded;
import dev.bylaw.rego.tool.Signing;
import dev.bylaw.rego.tool.Verification;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.value.ObjectValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bylaw rego build}. */
@Command(
    name = "build",
    description = {
      "Makes a bundle of policies and data, a .tar.gz that OPA loads too; signs it, and verifies",
      "the signatures of what it is made of."
    },
    footer = {
      "",
      "Without --bundle every file of JSON and YAML is data; with it the paths are bundles or",
      "folders laid out like them, and the new bundle owns what they own. The policies have to",
      "compile.",
      "",
      "Exit codes: 0 made, 1 it was not.",
      "",
      "Examples:",
      "  bylaw rego build policies -o policies.tar.gz -r 42",
      "  bylaw rego build -b policies --signing-key private.pem",
      "  bylaw rego build -b signed.tar.gz --verification-key public.pem -o checked.tar.gz"
    })
final class RegoBuildCommand extends RegoSubcommand {
  /** What a bundle holds. */
  enum Target {
    REGO,
    WASM,
    PLAN
  }

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "files, folders or bundles")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = {"-b", "--bundle"},
      description = "the paths are bundles, or folders laid out like them")
  private boolean bundle;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "bundle.tar.gz",
      description = "the file that is written (${DEFAULT-VALUE})")
  private Path output = Path.of("bundle.tar.gz");

  @Option(
      names = {"-r", "--revision"},
      paramLabel = "TEXT",
      description = "the revision that the manifest tells")
  private @Nullable String revision;

  @Option(
      names = {"-t", "--target"},
      paramLabel = "TARGET",
      defaultValue = "rego",
      description = "what the bundle holds: rego")
  private Target target = Target.REGO;

  @Option(
      names = "--signing-key",
      paramLabel = "KEY",
      description = "signs: the secret, or a file with the private key as PEM")
  private @Nullable String key;

  @Option(
      names = "--claims-file",
      paramLabel = "FILE",
      description = "JSON of what else the signature says, such as `scope` and `keyid`")
  private @Nullable Path claims;

  @Option(names = "--prune-unused", description = "leave out rules that no entrypoint depends on")
  private boolean prune;

  @Option(names = "--debug", description = "tell what became of each entrypoint")
  private boolean debug;

  @SuppressWarnings("unused") // Makes no difference.
  @Option(
      names = "--partial-namespace",
      paramLabel = "NAME",
      description = "accepted; optimised rules stay in their own packages")
  private String namespace = "";

  @SuppressWarnings("unused") // Makes no difference.
  @Option(
      names = "--follow-symlinks",
      description = "accepted; files that links lead to are always read")
  private boolean links;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "refused: it is the format of plans")
  private String planFormat = "";

  @Option(
      names = "--plan-addons",
      paramLabel = "NAME",
      description = "refused: it belongs to plans")
  private String planAddons = "";

  @Option(names = "--wasm-include-print", description = "refused: it belongs to WebAssembly")
  private boolean wasmPrint;

  @Option(
      names = "--signing-plugin",
      paramLabel = "NAME",
      description = "refused: plugins of OPA are programs in Go")
  private String plugin = "";

  @Mixin private RegoVerification verification = new RegoVerification();

  @Mixin private RegoOptimizing optimizing = new RegoOptimizing();

  @Mixin private RegoLimits limits = new RegoLimits();

  @Override
  public Integer call() {
    requireRego(target);
    if (!planFormat.isEmpty() || !planAddons.isEmpty() || wasmPrint) {
      throw new UsageException(
          "--format, --plan-addons and --wasm-include-print belong to plans and WebAssembly, which"
              + " are not made here; leave them out");
    }
    if (!plugin.isEmpty()) {
      throw new UsageException(
          "--signing-plugin names a program in Go that OPA calls; sign with --signing-key");
    }
    try {
      build();
      return Exit.OK;
    } catch (DiagnosticsException e) {
      tell(e.diagnostics());
    } catch (EvaluationException e) {
      tellFailures(List.of(limits.told(e, null, null)));
    } catch (IOException e) {
      screen.error("bylaw: " + e.getMessage());
    }
    return Exit.FAILED;
  }

  /** Refuses what is not made or run of source. */
  static void requireRego(Target target) {
    if (target != Target.REGO) {
      throw new UsageException(
          "Bylaw evaluates Rego from source and builds bundles of it, no WebAssembly and no plans:"
              + " --target rego");
    }
  }

  private void build() throws IOException {
    Verification how = verification.how();
    Signing signing = signing();
    if (!bundle && (how != null || signing != null)) {
      throw new UsageException("signatures are of bundles; say --bundle");
    }
    BundleBuild build =
        bundle
            ? BundleBuild.ofBundles(paths, ignored, how, options(false))
            : BundleBuild.ofFiles(withoutManifests(), ignored, options(false));
    if (prune) {
      build.pruned(optimizing.entrypoints());
    }
    if (optimizing.isAsked()) {
      build.optimized(content ->
          optimizing.of(content, options(false), limits, debug ? screen::error : _ -> {}));
    }
    if (revision != null) {
      build.withRevision(revision);
    }
    // Nothing is written unless all goes well.
    var made = new ByteArrayOutputStream();
    build.write(made, signing);
    Files.write(output, made.toByteArray());
  }

  private List<String> withoutManifests() {
    for (String path : paths) {
      if (Files.exists(Path.of(path, ".manifest"))) {
        screen.error(
            "bylaw: " + path + " has a .manifest, which counts only with --bundle: passed over");
      }
    }
    return paths;
  }

  private @Nullable Signing signing() throws IOException {
    if (key == null) {
      return null;
    }
    ObjectValue said = null;
    if (claims != null) {
      if (!(Loaded.data(claims) instanceof ObjectValue o) || o.has("files")) {
        throw new IOException(claims + ": expected an object without `files`");
      }
      said = o;
    }
    return new Signing(
        RegoVerification.text(key), verification.algorithm(), verification.keyId(), said);
  }
}
