package dev.bylaw.rego.conformance;

import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs a folder of cases: files {@code *.json} of the form {@code {"cases": […]}}. */
public final class Conformance {
  private final Dialect dialect;

  /** A runner of cases in a dialect. */
  public Conformance(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * What came out.
   *
   * @param failures of the cases that did not pass
   */
  public record Report(int passed, List<Failure> failures) {
    public Report {
      failures = List.copyOf(failures);
    }

    /** {@code N passed, N failed}. */
    public String summary() {
      return passed + " passed, " + failures.size() + " failed";
    }
  }

  /** A case that did not pass. */
  public record Failure(String file, String note, String why) {}

  /**
   * Runs all cases of a folder, in order of file name.
   *
   * @throws IOException if a file cannot be read or is not of the form
   */
  public Report run(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(p -> p.toString().endsWith(".json")).sorted().toList();
    }
    int passed = 0;
    List<Failure> failures = new ArrayList<>();
    for (Path file : files) {
      for (Value v : cases(file)) {
        Case c = new Case((ObjectValue) v, dialect);
        String why = c.run();
        if (why == null) {
          passed++;
        } else {
          failures.add(new Failure(String.valueOf(file.getFileName()), c.note(), why));
        }
      }
    }
    return new Report(passed, failures);
  }

  private static ArrayValue cases(Path file) throws IOException {
    try {
      if (Json.parse(Files.readAllBytes(file)) instanceof ObjectValue o
          && o.get("cases") instanceof ArrayValue cases) {
        return cases;
      }
    } catch (JsonException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    throw new IOException(file + ": expected an object with `cases`");
  }
}
