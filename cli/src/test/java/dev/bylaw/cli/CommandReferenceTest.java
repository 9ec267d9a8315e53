package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The reference of the command line and what the command line really takes. */
class CommandReferenceTest {
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]*");
  private static final Pattern ROW = Pattern.compile("^\\| `bylaw ([^`]*)`(.*)$");

  private final CommandSpec main = commands();

  @Test
  void everyCommandAndOptionOfTheReferenceIsThere() throws IOException {
    var softly = new SoftAssertions();
    int rows = 0;
    for (String line : reference("cli.md").lines().toList()) {
      var row = ROW.matcher(line);
      if (!row.matches()) {
        continue;
      }
      rows++;
      CommandSpec command = named(row.group(1));
      softly.assertThat(command.subcommands()).as("a whole command: " + line).isEmpty();
      softly
          .assertThat(command.optionsMap().keySet())
          .as(command.qualifiedName())
          .containsAll(options(line));
    }
    assertThat(rows).isGreaterThan(35);
    softly.assertAll();
  }

  @Test
  void everyCommandAndOptionIsInTheReference() throws IOException {
    Map<String, String> sections = new TreeMap<>();
    String text = reference("cli.md");
    String start = text.substring(0, text.indexOf("\n## "));
    for (String section : Pattern.compile("\n## ").splitAsStream(text).toList()) {
      for (String line : section.lines().toList()) {
        var row = ROW.matcher(line);
        if (row.matches()) {
          sections.merge(named(row.group(1)).qualifiedName(), section, String::concat);
        }
      }
    }
    List<String> unsaid = new ArrayList<>();
    for (CommandSpec command : leaves(main)) {
      String name = command.qualifiedName();
      if (name.startsWith("bylaw cedar ")) {
        if (!reference("cedar.md").contains(name + " ")
            && !reference("cedar.md").contains(name + "\n")) {
          unsaid.add(name);
        }
        continue;
      }
      String said = start + sections.getOrDefault(name, "");
      if (!sections.containsKey(name)) {
        unsaid.add(name);
      }
      for (OptionSpec option : command.options()) {
        if (!option.hidden() && !isSaid(option, said)) {
          unsaid.add(name + " " + option.longestName());
        }
      }
    }
    assertThat(unsaid).as("commands and options that the reference leaves out").isEmpty();
  }

  private static boolean isSaid(OptionSpec option, String text) {
    for (String name : option.names()) {
      if (Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])")
          .matcher(text)
          .find()) {
        return true;
      }
    }
    return false;
  }

  /** The command that a line begins with; words that are no commands are what it takes. */
  private CommandSpec named(String words) {
    CommandSpec command = main;
    for (String word : Pattern.compile(" ").splitAsStream(words).toList()) {
      CommandLine next = command.subcommands().get(word);
      if (next == null) {
        break;
      }
      command = next.getCommandSpec();
    }
    assertThat(command).as("bylaw " + words).isNotSameAs(main);
    return command;
  }

  private static List<CommandSpec> leaves(CommandSpec command) {
    if (command.subcommands().isEmpty()) {
      return List.of(command);
    }
    List<CommandSpec> all = new ArrayList<>();
    for (CommandLine each : command.subcommands().values()) {
      all.addAll(leaves(each.getCommandSpec()));
    }
    return all;
  }

  private static List<String> options(String line) {
    return OPTION.matcher(line).results().map(MatchResult::group).toList();
  }

  private static String reference(String page) throws IOException {
    return Files.readString(Path.of("..", "docs", "reference", page));
  }

  private static CommandSpec commands() {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return Main.commands(new Screen(nowhere, nowhere, false), false).getCommandSpec();
  }
}
