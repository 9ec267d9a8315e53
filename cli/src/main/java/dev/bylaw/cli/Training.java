package dev.bylaw.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the launcher runs once after a build, so that the JVM's ahead-of-time cache holds the
 * classes that most commands load: help, checking a folder, a decision, a run.
 */
final class Training {
  private Training() {}

  static int run() {
    var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    var screen = new Screen(nowhere, nowhere, false);
    try {
      Path folder = Files.createTempDirectory("bylaw-training");
      try {
        String dir = folder.resolve("starter").toString();
        Path request = folder.resolve("request.json");
        Files.writeString(
            request, "{\"action\":\"send_email\",\"to\":\"a@example.com\",\"body\":\"hi\"}");
        int worst = Main.run(screen, "--help");
        worst = Math.max(worst, Main.run(screen, "init", dir));
        worst = Math.max(worst, Main.run(screen, "check", dir));
        worst = Math.max(worst, Main.run(screen, "decide", request.toString(), "--dir", dir));
        worst =
            Math.max(
                worst,
                Main.run(
                    screen,
                    "run",
                    "greet",
                    "--dir",
                    dir,
                    "-i",
                    "name=A",
                    "-i",
                    "email=a@example.com"));
        return worst;
      } finally {
        DemoCommand.delete(folder);
      }
    } catch (IOException e) {
      return Exit.FAILED;
    }
  }
}
