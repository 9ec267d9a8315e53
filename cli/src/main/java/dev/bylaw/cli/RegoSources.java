package dev.bylaw.cli;

import dev.bylaw.rego.tool.Loaded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where policies and data come from that a query is asked of. */
final class RegoSources {
  @Option(
      names = {"-d", "--data"},
      paramLabel = "PATH",
      description = "policies and data; `a.b:PATH` puts data under `data.a.b`")
  private List<String> data = new ArrayList<>();

  @Option(
      names = {"-b", "--bundle"},
      paramLabel = "PATH",
      description = "a bundle: an archive, or a folder laid out like one")
  private List<String> bundles = new ArrayList<>();

  @Mixin private RegoVerification verification = new RegoVerification();

  Loaded load(List<String> ignored) throws IOException {
    return Loaded.of(data, ignored).with(Loaded.ofBundles(bundles, ignored, verification.how()));
  }
}
