package dev.bylaw.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps the codes of diagnostics to the ranges that {@code docs/reference/diagnostics.md} gives.
 */
class DiagnosticCodesTest {
  private static final Path HOUSE = Path.of("..");
  private static final Pattern CODE = Pattern.compile("\"([EW][0-9]{2})[0-9]{2}\"");
  private static final Pattern ROW =
      Pattern.compile("\\| `E([0-9]{2})xx`, `W\\1xx` \\| `([a-z]+)` \\|");

  /** Modules by the first two digits of their codes, as documented. */
  private static Map<String, String> documented() throws IOException {
    String page = Files.readString(HOUSE.resolve("docs/reference/diagnostics.md"));
    return ROW.matcher(page)
        .results()
        .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
  }

  /** The ranges that each module's sources use. */
  private static Map<String, Set<String>> used() throws IOException {
    Map<String, Set<String>> used = new TreeMap<>();
    try (Stream<Path> modules = Files.list(HOUSE)) {
      for (Path sources : modules.map(module -> module.resolve("src/main/java")).toList()) {
        if (Files.isDirectory(sources)) {
          String module = HOUSE.relativize(sources).getName(0).toString();
          for (String range : ranges(sources)) {
            used.computeIfAbsent(module, _ -> new TreeSet<>()).add(range);
          }
        }
      }
    }
    return used;
  }

  private static List<String> ranges(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(file -> CODE.matcher(text(file)).results().map(DiagnosticCodesTest::digits))
          .toList();
    }
  }

  private static String digits(MatchResult code) {
    return code.group(1).substring(1);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void everyModuleKeepsToItsRangeOfCodes() throws IOException {
    Map<String, String> documented = documented();
    Map<String, Set<String>> used = used();
    assertThat(used).isNotEmpty();
    used.forEach((module, ranges) ->
        assertThat(ranges)
            .as("the codes of %s", module)
            .allMatch(range -> module.equals(documented.get(range))));
  }

  @Test
  void everyDocumentedRangeIsUsed() throws IOException {
    Set<String> modules = new TreeSet<>(documented().values());
    assertThat(modules).isNotEmpty().isSubsetOf(used().keySet());
  }
}
