package dev.bylaw.rego.differential;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * OPA, as a process that answers questions: a small program in Go around its library, built in a
 * folder outside of the checkout, once.
 */
final class Oracle implements AutoCloseable {
  private static final String VERSION = "v1.22.2";

  /** What it ponders for longer is no question worth an answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Answer NONE =
      new Answer(List.of(), List.of(new Answer.Failure("other", "no answer in time", "", 0, 0)));

  private final Path program;
  private Process process;
  private BufferedWriter out;
  private BufferedReader in;

  private Oracle(Path program) throws IOException {
    this.program = program;
    process = begin(program);
    out = process.outputWriter(StandardCharsets.UTF_8);
    in = process.inputReader(StandardCharsets.UTF_8);
  }

  private static Process begin(Path program) throws IOException {
    return new ProcessBuilder(program.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Starts the oracle; empty where there is no Go, or it cannot be built. */
  static Optional<Oracle> start() {
    try {
      String named = System.getProperty("bylaw.oracle", "");
      return Optional.of(new Oracle(named.isEmpty() ? built() : Path.of(named)));
    } catch (IOException e) {
      System.out.println("bylaw-note: no comparison with OPA: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Path built() throws IOException {
    Path folder =
        Path.of(System.getProperty("java.io.tmpdir"), "bylaw-oracle-" + VERSION)
            .resolve(System.getProperty("user.name", "nobody"));
    Path program = folder.resolve("oracle");
    Files.createDirectories(folder);
    String source = source();
    Path main = folder.resolve("main.go");
    if (Files.isExecutable(program) && Files.readString(main).equals(source)) {
      return program;
    }
    Files.writeString(main, source);
    Files.writeString(
        folder.resolve("go.mod"),
        "module oracle\n\ngo 1.24\n\nrequire github.com/open-policy-agent/opa " + VERSION + "\n");
    go(folder, "mod", "tidy");
    go(folder, "build", "-o", program.toString(), ".");
    return program;
  }

  private static String source() throws IOException {
    try (InputStream text =
        Objects.requireNonNull(Oracle.class.getResourceAsStream("oracle.go.txt"))) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void go(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("go"));
    command.addAll(List.of(arguments));
    Path log = folder.resolve("go.log");
    Process go =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!go.waitFor(10, TimeUnit.MINUTES) || go.exitValue() != 0) {
        go.destroy();
        throw new IOException("`" + String.join(" ", command) + "` failed, see " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** OPA's answer; where it ends or has none in time, an error {@code other}. */
  Answer ask(Question q) {
    BufferedReader from = in;
    try {
      out.write(q.line());
      out.write('\n');
      out.flush();
      var reading = new FutureTask<@Nullable String>(from::readLine);
      Thread.startVirtualThread(reading);
      String line = reading.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (line != null) {
        return answer((ObjectValue) Json.parse(line));
      }
    } catch (IOException | TimeoutException | ExecutionException e) {
      System.out.println("bylaw-note: OPA gave no answer to " + q);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (JsonException e) {
      throw new IllegalStateException(e);
    }
    restart();
    return NONE;
  }

  private void restart() {
    process.destroyForcibly();
    try {
      process = begin(program);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out = process.outputWriter(StandardCharsets.UTF_8);
    in = process.inputReader(StandardCharsets.UTF_8);
  }

  private static Answer answer(ObjectValue line) {
    List<Value> rows = new ArrayList<>();
    if (line.get("rows") instanceof ArrayValue all) {
      all.forEach(rows::add);
    }
    List<Answer.Failure> errors = new ArrayList<>();
    if (line.get("errors") instanceof ArrayValue all) {
      for (Value v : all) {
        ObjectValue e = (ObjectValue) v;
        errors.add(
            new Answer.Failure(
                e.text("code"),
                e.text("message"),
                e.text("file"),
                number(e, "row"),
                number(e, "col")));
      }
    }
    return new Answer(rows, errors);
  }

  private static int number(ObjectValue o, String name) {
    return o.get(name) instanceof NumberValue n ? (int) n.doubleValue() : 0;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
