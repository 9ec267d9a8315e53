package dev.bylaw.policy.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Golden files: each {@code bad/*.yaml} with everything that is wrong with it in the {@code
 * *.expected} beside it. {@code -Dgolden=write} writes them anew; read the difference.
 */
class PackDiagnosticsTest {
  private static final Path BAD = Path.of("src/test/resources/dev/bylaw/policy/pack/bad");

  @TestFactory
  List<DynamicTest> everyMistakeIsToldAtItsPlaceAllAtOnce() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(BAD)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".expected")) {
          tests.add(DynamicTest.dynamicTest(name, () -> check(file)));
        }
      }
    }
    assertThat(tests).isNotEmpty();
    return tests;
  }

  private static void check(Path file) throws IOException {
    String name = file.getFileName().toString();
    String text = Files.readString(file);
    House house =
        name.startsWith("bylaw")
            ? House.of(text).pack("pack: known\nrules: [{id: r, on: x, require: \"true\"}]\n")
            : House.allowing().file("packs/" + name, text);
    // The codes of conditions are their module's to choose.
    String found = house.problemText().replaceAll(": E0[46]\\d\\d: ", ": E…: ");
    Path expected = file.resolveSibling(name + ".expected");
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(expected, found);
    }
    assertThat(found).isEqualTo(Files.readString(expected));
    assertThat(found).contains(": E");
  }
}
