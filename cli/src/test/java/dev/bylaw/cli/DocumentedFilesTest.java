package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loads every file that the documentation shows: what it begins with says what it is, and so where
 * in an identity's folder it stands; {@code bylaw check} must find nothing wrong, and runs the
 * examples of its rules.
 */
class DocumentedFilesTest extends CommandTest {
  /** An identity that has what the files speak of. */
  private static final String IDENTITY =
      """
      identity: acme
      zone: Europe/Berlin
      currency: USD
      agents: { bot: { environment: production } }
      approvers: { alice: [finance], dana: [managers], erin: [managers] }
      vars: { payment_gateway: "https://pay.example.com" }
      hosts: [pay.example.com]
      payments: { gateway: "https://pay.example.com" }
      mail: { host: smtp.example.com, from: a@acme.example }
      checkpoints: [data_access, financial_transaction]
      data: { approved_vendors: [a.example] }
      """;

  private static final String PACK =
      """
      pack: shown
      version: 1.0.0
      rules:
      """;

  /** Packs that the file of an identity attaches. */
  private static final List<String> ATTACHED =
      List.of("data-protection", "ops-caps", "brand-style", "safety-core");

  @TempDir private Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> everyFileThatIsShownLoads() {
    return Fence.in("yaml", "json", "rego", "cedar", "mail").stream()
        .map(fence -> dynamicTest(fence.place(), () -> load(fence)));
  }

  private void load(Fence fence) throws IOException {
    Path dir = folder.resolve(fence.place().replaceAll("\\W", "-"));
    write(dir, "bylaw.yaml", IDENTITY);
    switch (fence.language()) {
      case "yaml" -> yaml(dir, fence);
      case "json" -> json(dir, fence);
      case "rego" -> rego(dir, fence);
      case "cedar" -> {
        write(dir, "packs/shown.cedar", fence.text());
        checks(dir, fence);
      }
      default -> {
        write(dir, "templates/shown.txt", fence.text());
        checks(dir, fence);
      }
    }
  }

  private void yaml(Path dir, Fence fence) throws IOException {
    String text = fence.text();
    String first = text.substring(0, text.indexOf(':'));
    switch (first) {
      case "identity" -> identity(dir, text);
      case "pack" -> write(dir, "packs/shown.yaml", text);
      case "- id" -> write(dir, "packs/shown.yaml", PACK + text.indent(2));
      case "playbook" -> write(dir, "playbooks/shown.yaml", text);
      case "recognizers", "judge" -> write(dir, "content/shown.yaml", text);
      default -> throw new AssertionError(fence.place() + ": what kind of file is this? " + first);
    }
    checks(dir, fence);
  }

  private static void identity(Path dir, String text) throws IOException {
    write(dir, "bylaw.yaml", text);
    write(dir, "gateway.token", "a token");
    for (String pack : ATTACHED) {
      write(dir, "packs/" + pack + ".yaml", "pack: " + pack + "\nversion: 1.0.0\nrules: []\n");
    }
  }

  private void json(Path dir, Fence fence) throws IOException {
    if (fence.text().strip().startsWith("{ \"policies\"")) {
      write(dir, "packs/shown.json", fence.text());
      checks(dir, fence);
      return;
    }
    write(dir, "request.json", fence.text());
    assertThat(fence.text()).as(fence.place()).contains("\"action\":");
    assertThat(run("decide", dir.resolve("request.json").toString(), "--dir", dir.toString()))
        .as(told())
        .isIn(Exit.OK, Exit.BLOCKED, Exit.WAITING);
  }

  /** As a pack, or with the schemas that its annotations name as a policy of its own. */
  private void rego(Path dir, Fence fence) throws IOException {
    write(dir, "packs/shown.rego", fence.text());
    if (!fence.text().contains("schema.")) {
      checks(dir, fence);
      return;
    }
    write(dir, "schemas/a/user.json", "{\"properties\": {\"user\": {\"type\": \"string\"}}}");
    String schemas = dir.resolve("schemas").toString();
    assertThat(run("rego", "check", "--schema", schemas, dir.resolve("packs").toString()))
        .as(fence.place() + "\n" + told())
        .isZero();
    write(dir, "packs/shown.rego", fence.text().replace("\"root\"", "17"));
    assertThat(run("rego", "check", "--schema", schemas, dir.resolve("packs").toString()))
        .as("the schema counts")
        .isEqualTo(Exit.FAILED);
  }

  private void checks(Path dir, Fence fence) {
    int code = run("check", dir.toString());
    assertThat(told()).as(fence.place() + "\n" + fence.text()).isEmpty();
    assertThat(code).isZero();
  }

  private static void write(Path dir, String file, String text) throws IOException {
    Path path = dir.resolve(file);
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(path, text);
  }
}
