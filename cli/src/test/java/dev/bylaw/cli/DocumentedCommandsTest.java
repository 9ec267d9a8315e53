package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Runs the commands of the documentation, page by page from top to bottom in one folder, and
 * compares what they say with what the page shows.
 */
class DocumentedCommandsTest {
  /**
   * The kinds of fences, and what becomes of each. A fence of another kind fails, so that nothing
   * is shown that nobody tries.
   */
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("console", "commands with their output: run here, and compared"),
          Map.entry("sh", "commands alone: run here, and must not be wrong usage"),
          Map.entry("synopsis", "commands with what is optional: names are looked up here"),
          Map.entry("yaml", "loaded by DocumentedFilesTest"),
          Map.entry("json", "loaded by DocumentedFilesTest"),
          Map.entry("rego", "loaded by DocumentedFilesTest"),
          Map.entry("cedar", "loaded by DocumentedFilesTest"),
          Map.entry("mail", "loaded by DocumentedFilesTest"),
          Map.entry("java", "compiled and run by DocumentedJavaTest"),
          Map.entry("text", "a formula: mathematics that no program reads"));

  /** What the prose of a page says to do between its commands. */
  private record Doing(String page, String sentence, Change change) {
    interface Change {
      void in(Path folder, String lastOutput) throws IOException;
    }
  }

  private static final String GUIDE = "docs/guide.md";

  private static final List<Doing> DOINGS =
      List.of(
          new Doing(
              GUIDE,
              "Write `severity: hihg` in `packs/safety.yaml`",
              (folder, _) ->
                  replace(folder, "packs/safety.yaml", "severity: high", "severity: hihg")),
          new Doing(
              GUIDE,
              "Write it right again",
              (folder, _) ->
                  replace(folder, "packs/safety.yaml", "severity: hihg", "severity: high")),
          new Doing(
              GUIDE,
              "Put this into `packs/mail.rego`, and `mail` into `packs` of `bylaw.yaml`",
              (folder, _) -> {
                Files.writeString(folder.resolve("packs/mail.rego"), fence(GUIDE, "rego").text());
                replace(
                    folder, "bylaw.yaml", "packs: [safety, caps]", "packs: [safety, caps, mail]");
              }),
          new Doing(
              GUIDE,
              "Add the `key` to the line of `you`, beside `groups: [owners]`",
              (folder, said) -> {
                int key = said.indexOf("key: \"");
                String hash = said.substring(key, said.indexOf('"', key + 6) + 1);
                replace(folder, "bylaw.yaml", "groups: [owners]", "groups: [owners], " + hash);
              }),
          new Doing(
              "docs/reference/cli.md",
              "with `security: tsl` in `bylaw.yaml`",
              (folder, _) -> replace(folder, "bylaw.yaml", "security: none", "security: tsl")));

  /** Files that commands of a page are about and that it does not show. */
  private static final Map<String, Map<String, String>> FILES =
      Map.of(
          "docs/reference/content.md",
          Map.of(
              "letter.txt", "Write to jane@example.com.\n",
              "ticket.json", "{\"ssn\": \"123-45-6789\"}\n"));

  /** Commands of others, and what they say. */
  private static final Map<String, String> FOREIGN =
      Map.of("git diff", "+ a line without a secret\n", "./check", "");

  private static final Path LAUNCHED = Path.of("..", "check");

  @TempDir private static Path temporary = Path.of("");

  @Test
  void everyFenceIsOfAKindThatIsTried() {
    assertThat(Fence.all()).hasSizeGreaterThan(50);
    assertThat(Fence.all())
        .allSatisfy(
            fence -> assertThat(KINDS.keySet()).as(fence.place()).contains(fence.language()));
    assertThat(Files.isExecutable(LAUNCHED)).as("`./check`, which would run this test").isTrue();
  }

  @TestFactory
  Stream<DynamicTest> theCommandsOfEachPageSayWhatItShows() {
    Set<String> pages = new LinkedHashSet<>();
    Fence.in("console", "sh").forEach(fence -> pages.add(fence.page()));
    return pages.stream().map(page -> dynamicTest(page, () -> play(page)));
  }

  private static void play(String page) throws IOException {
    Path folder = temporary.resolve(page.replace('/', '-'));
    Files.createDirectories(folder);
    String home = System.getProperty("user.home");
    System.setProperty("user.home", folder.resolve("home").toString());
    try {
      new Reading(page, folder).play();
    } finally {
      System.setProperty("user.home", home);
    }
  }

  /** A reader of one page, who does what it says. */
  private static final class Reading {
    private final String page;
    private final DocumentShell shell;
    private final ShownOutput shown = new ShownOutput();
    private final Set<String> done = new HashSet<>();
    private String last = "";

    Reading(String page, Path folder) throws IOException {
      this.page = page;
      this.shell = new DocumentShell(folder, FOREIGN);
      for (Map.Entry<String, String> file : FILES.getOrDefault(page, Map.of()).entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
    }

    void play() throws IOException {
      for (Fence fence : Fence.in("console", "sh")) {
        if (fence.page().equals(page)) {
          followProse(fence);
          for (Step step : steps(fence)) {
            take(fence, step);
          }
        }
      }
      assertThat(done)
          .as("sentences of the page that this test follows")
          .hasSize((int) DOINGS.stream().filter(it -> it.page().equals(page)).count());
    }

    private void followProse(Fence fence) throws IOException {
      String before = fence.before().replaceAll("\\s+", " ");
      for (Doing doing : DOINGS) {
        if (doing.page().equals(page)
            && before.contains(doing.sentence())
            && done.add(doing.sentence())) {
          doing.change().in(shell.folder(), last);
        }
      }
    }

    private void take(Fence fence, Step step) throws IOException {
      String said = shell.line(shown.command(step.command()), step.output());
      last = said;
      String what = fence.place() + ": " + step.command();
      if (fence.language().equals("sh")) {
        assertThat(said).as(what).doesNotContain("--help` tells what it takes", "there is no");
        return;
      }
      if (!shown.matches(step.output(), said)) {
        assertThat(said).as(what).isEqualTo(step.output());
      }
    }
  }

  private record Step(String command, String output) {}

  /** The commands of a fence, each with the lines below it. */
  private static List<Step> steps(Fence fence) {
    String text = fence.text().replaceAll("\\s*\\\\\\n\\s*", " ");
    if (fence.language().equals("sh")) {
      return text.lines()
          .map(line -> line.replaceFirst("\\s+#.*", ""))
          .filter(line -> !line.isBlank())
          .map(line -> new Step(line, ""))
          .toList();
    }
    List<Step> steps = new ArrayList<>();
    for (String part : text.split("(?m)^\\$ ", -1)) {
      if (!part.isBlank()) {
        int end = part.indexOf('\n');
        steps.add(new Step(part.substring(0, end).strip(), part.substring(end + 1)));
      }
    }
    assertThat(steps).as(fence.place()).isNotEmpty();
    return steps;
  }

  @TestFactory
  Stream<DynamicTest> everyCommandAndOptionOfASynopsisIsThere() {
    return Fence.in("synopsis").stream()
        .map(fence -> dynamicTest(fence.place(), () -> lookUp(fence)));
  }

  private static void lookUp(Fence fence) {
    String text = fence.text().replaceAll("\\s*\\\\\\n\\s*", " ");
    for (String line : text.lines().filter(it -> !it.isBlank()).toList()) {
      CommandLine command = Main.commands(Screen.standard(), false);
      for (String word : line.replaceFirst("^bylaw ", "").split(" ", -1)) {
        CommandLine next = command.getSubcommands().get(word);
        if (next == null) {
          break;
        }
        command = next;
      }
      assertThat(command.getSubcommands()).as("a whole command: " + line).isEmpty();
      List<String> options =
          java.util.regex.Pattern.compile("(?<=[ \\[])--?[a-z][a-z-]*")
              .matcher(line)
              .results()
              .map(java.util.regex.MatchResult::group)
              .toList();
      assertThat(command.getCommandSpec().optionsMap().keySet()).as(line).containsAll(options);
    }
  }

  private static Fence fence(String page, String language) {
    return Fence.in(language).stream()
        .filter(fence -> fence.page().equals(page))
        .findFirst()
        .orElseThrow();
  }

  private static void replace(Path folder, String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).as(file).contains(from);
    Files.writeString(path, text.replace(from, to));
  }
}
