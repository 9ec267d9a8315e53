package dev.bylaw.playbook.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.playbook.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What people are told about wrong playbooks: {@code NAME.yaml} gives {@code NAME.expected}. With
 * {@code -Dbylaw.golden=write} the expected files are written anew, to be read before they are
 * committed.
 */
class WrongPlaybooksTest {
  private static final Path FILES = Path.of("src/test/resources/playbooks/wrong");
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern CODE = Pattern.compile("\"([EW]03\\d\\d)\"");

  @TestFactory
  Stream<DynamicTest> eachWrongPlaybookIsToldWithAllThatIsWrong() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)))
          .toList()
          .stream();
    }
  }

  private static void check(Path file) throws IOException {
    Vocabulary vocabulary = Shop.vocabulary();
    if (file.endsWith("checkpoint.yaml")) {
      vocabulary =
          new Vocabulary(
              vocabulary.actions(),
              vocabulary.vars(),
              Optional.of(Set.of("key")),
              Optional.of(Set.of("data_access")),
              Optional.empty());
    }
    if (file.endsWith("approvers.yaml")) {
      vocabulary =
          new Vocabulary(
              vocabulary.actions(),
              vocabulary.vars(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(Map.of("maria", Set.of("finance"), "omar", Set.of())));
    }
    String told = Shop.wrongWith(Files.readString(file), vocabulary) + "\n";
    Path expected = FILES.resolve(file.getFileName().toString().replace(".yaml", ".expected"));
    if ("write".equals(System.getProperty("bylaw.golden"))) {
      Files.writeString(expected, told);
    }
    assertThat(told).isEqualTo(Files.readString(expected));
  }

  @Test
  void everyCodeIsShownByAnExample() throws IOException {
    Set<String> codes = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        Matcher matcher = CODE.matcher(Files.readString(file));
        while (matcher.find()) {
          codes.add(matcher.group(1));
        }
      }
    }
    var shown = new StringBuilder();
    try (Stream<Path> files = Files.list(FILES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".expected")).toList()) {
        shown.append(Files.readString(file));
      }
    }
    // Told by the tests of whole folders and of hostile files.
    codes.removeAll(Set.of("E0315", "E0316", "E0317"));
    assertThat(codes).isNotEmpty().allMatch(code -> shown.indexOf(code) >= 0);
  }
}
