package dev.bylaw.actions.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The corpus {@code sql/hostile.txt}. */
final class HostileStatements {
  private HostileStatements() {}

  /** Those for a dialect. */
  static List<String> of(Dialect dialect) {
    List<String> statements =
        lines()
            .filter(line -> line.startsWith("both\t") || line.startsWith(dialect.word() + "\t"))
            .map(line -> line.substring(line.indexOf('\t') + 1))
            .map(HostileStatements::unescaped)
            .toList();
    if (statements.size() < 100) {
      throw new IllegalStateException("the corpus is not there: " + statements.size());
    }
    return statements;
  }

  private static String unescaped(String text) {
    return text.replace("\\\\", "\u0001")
        .replace("\\n", "\n")
        .replace("\\r", "\r")
        .replace("\u0001", "\\");
  }

  private static java.util.stream.Stream<String> lines() {
    try (InputStream in = HostileStatements.class.getResourceAsStream("/sql/hostile.txt")) {
      if (in == null) {
        throw new IllegalStateException("no corpus");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
