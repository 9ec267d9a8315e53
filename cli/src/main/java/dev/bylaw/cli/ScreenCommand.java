package dev.bylaw.cli;

import dev.bylaw.runtime.Bylaw;
import dev.bylaw.value.Value;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What every command has: a screen, a folder, and a choice of text or JSON. */
@Command
abstract class ScreenCommand extends PrintingCommand {
  /** How a command prints. */
  enum Output {
    TEXT,
    JSON
  }

  @Option(
      names = {"-d", "--dir"},
      paramLabel = "DIR",
      defaultValue = ".",
      description = "the identity's folder; the current one where it is left out")
  Path dir = Path.of(".");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text (for people) or json (for scripts)")
  Output output = Output.TEXT;

  boolean json() {
    return output == Output.JSON;
  }

  /** The folder, to change something: nothing is resumed, nothing is started. */
  Bylaw change() {
    return Bylaw.open(dir, Bylaw.Options.changing());
  }

  /** The folder, to ask: nothing in it changes. */
  Bylaw look() {
    return Bylaw.open(dir, Bylaw.Options.looking());
  }

  /** The folder, to act: runs that were cut off go on. */
  Bylaw open() {
    return Bylaw.open(dir);
  }

  /** A number that counts something; none, or less than none, is misuse. */
  static int atLeastOne(String option, int number) {
    if (number < 1) {
      throw new UsageException("`" + option + "`: expected 1 or more, found " + number);
    }
    return number;
  }

  /** Prints a value as JSON, or what people read. */
  void print(Value value, Runnable text) {
    if (json()) {
      screen.json(value);
    } else {
      text.run();
    }
  }
}
