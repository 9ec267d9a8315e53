package dev.bylaw.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs the command line inside the test's own process and keeps what it says. */
abstract class CommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Runs a command and answers its exit code; what was said before is forgotten. */
  int run(String... arguments) {
    out.reset();
    err.reset();
    var screen =
        new Screen(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    return Main.run(screen, arguments);
  }

  /** What went to the output. */
  String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** What went to the error output. */
  String told() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
