package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void everySceneComesOutAsTheExamplesPacksSay() throws IOException {
    Examples.write("acme", folder);
    Demo.Summary summary = new Demo(null, folder).play();
    assertThat(summary.scenes()).hasSizeGreaterThan(15);
    assertThat(summary.scenes())
        .allSatisfy(scene -> assertThat(scene.came()).as(scene.name()).isEqualTo(scene.expected()));
  }

  @Test
  void everyFileOfAnExampleIsInItsList() throws IOException {
    for (String name : new String[] {"acme", "starter"}) {
      Path source = Path.of("..", "examples", name);
      Path target = folder.resolve(name);
      Examples.write(name, target);
      try (var files = Files.walk(source)) {
        assertThat(files.filter(Files::isRegularFile))
            .allSatisfy(
                file -> assertThat(target.resolve(source.relativize(file).toString())).exists());
      }
    }
  }
}
