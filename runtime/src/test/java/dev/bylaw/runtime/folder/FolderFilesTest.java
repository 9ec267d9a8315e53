package dev.bylaw.runtime.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What looks like a file of a folder and is not read is told. */
class FolderFilesTest {
  @TempDir Path root;
  private final Diagnostics diagnostics = new Diagnostics();

  private List<String> read() {
    return new FolderFiles(root, diagnostics)
        .below("packs", Set.of(".yaml", ".rego")).stream().map(Source::name).toList();
  }

  private List<String> told() {
    assertThat(diagnostics.all()).extracting(Diagnostic::hint).allMatch(hint -> !hint.isEmpty());
    return diagnostics.all().stream().map(Diagnostic::message).toList();
  }

  private Path packs() throws IOException {
    return Files.createDirectories(root.resolve("packs"));
  }

  @Test
  void filesAreReadInOrderOfTheirNamesAndOthersPassedOver() throws IOException {
    Files.createDirectories(packs().resolve("deeper/.git"));
    Files.writeString(packs().resolve("b.yaml"), "b");
    Files.writeString(packs().resolve("a.rego"), "a");
    Files.writeString(packs().resolve("deeper/c.yaml"), "c");
    Files.writeString(packs().resolve("README.md"), "read me");
    Files.writeString(packs().resolve(".hidden.yaml"), "hidden");
    Files.writeString(packs().resolve("deeper/.git/d.yaml"), "hidden");
    assertThat(read()).containsExactly("packs/a.rego", "packs/b.yaml", "packs/deeper/c.yaml");
    assertThat(told()).isEmpty();
  }

  @Test
  void aFolderThatIsCalledAsAFileIsIsTold() throws IOException {
    Files.createDirectories(packs().resolve("a.yaml"));
    Files.writeString(packs().resolve("a.yaml/b.yaml"), "b");
    assertThat(read()).containsExactly("packs/a.yaml/b.yaml");
    assertThat(told()).containsExactly("`packs/a.yaml` is a folder, and is called as a file is");
  }

  @Test
  void linksThatAreNotFollowedAreTold(@TempDir Path elsewhere) throws IOException {
    Files.writeString(elsewhere.resolve("x.yaml"), "x");
    Files.createSymbolicLink(packs().resolve("broken.yaml"), root.resolve("nowhere"));
    Files.createSymbolicLink(packs().resolve("folder"), elsewhere);
    Files.createSymbolicLink(packs().resolve("out.yaml"), elsewhere.resolve("x.yaml"));
    assertThat(read()).isEmpty();
    assertThat(told())
        .containsExactlyInAnyOrder(
            "`packs/broken.yaml` is a link that leads nowhere",
            "`packs/folder` is a link to a folder, which is not followed",
            "`packs/out.yaml` is a link that leads out of the folder");
  }

  @Test
  void anEndingInCapitalsIsTold() throws IOException {
    Files.writeString(packs().resolve("caps.YAML"), "x");
    assertThat(read()).isEmpty();
    assertThat(told()).containsExactly("`packs/caps.YAML` is not read");
  }

  @Test
  void aFolderThatLiesTooDeepIsTold() throws IOException {
    Path deep = Files.createDirectories(packs().resolve("1/2/3/4/5/6/7/8"));
    Files.writeString(deep.resolve("x.yaml"), "x");
    assertThat(read()).isEmpty();
    assertThat(told())
        .containsExactly("`packs/1/2/3/4/5/6/7/8` lies too deep: what it holds is not read");
  }

  @Test
  void otherEncodingsAreTold() throws IOException {
    Files.write(packs().resolve("a.yaml"), new byte[] {(byte) 0xFF, (byte) 0xFE, 'a', 0});
    Files.write(packs().resolve("b.yaml"), new byte[] {'a', (byte) 0xE9});
    assertThat(read()).isEmpty();
    assertThat(told())
        .containsExactly("`packs/a.yaml` is UTF-16 text", "`packs/b.yaml` is not UTF-8 text");
  }
}
