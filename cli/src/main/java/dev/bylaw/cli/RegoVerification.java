package dev.bylaw.cli;

import dev.bylaw.rego.tool.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How signatures of bundles are verified. */
final class RegoVerification {
  @Option(
      names = "--verification-key",
      paramLabel = "KEY",
      description = {
        "bundles must be signed: the secret, or a file with the public",
        "key or certificate as PEM"
      })
  private @Nullable String key;

  @Option(
      names = "--verification-key-id",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "the name of the key (${DEFAULT-VALUE})")
  private String keyId = "default";

  @Option(
      names = "--signing-alg",
      paramLabel = "NAME",
      defaultValue = "RS256",
      description = "the algorithm of signatures (${DEFAULT-VALUE})")
  private String algorithm = "RS256";

  @Option(
      names = "--scope",
      paramLabel = "NAME",
      defaultValue = "",
      description = "what a signature must be made for")
  private String scope = "";

  @Option(
      names = "--exclude-files-verify",
      paramLabel = "PATTERN",
      split = ",",
      description = "files of a bundle that need not be signed")
  private List<String> excluded = new ArrayList<>();

  /** How to verify; null where no key is given. */
  @Nullable Verification how() throws IOException {
    return key == null ? null : new Verification(text(key), algorithm, scope, excluded);
  }

  String algorithm() {
    return algorithm;
  }

  String keyId() {
    return keyId;
  }

  /** A key: the content of a file, if there is one of that name, else what was given. */
  static String text(String given) throws IOException {
    try {
      Path file = Path.of(given);
      return Files.isRegularFile(file) ? Files.readString(file) : given;
    } catch (InvalidPathException e) {
      return given;
    }
  }
}
