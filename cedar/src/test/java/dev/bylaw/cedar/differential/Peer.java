package dev.bylaw.cedar.differential;

import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonReader;
import dev.bylaw.cedar.json.JsonWriter;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The crate `cedar-policy`, through the program under {@code bench/peers/cedar}. */
final class Peer implements AutoCloseable {
  private final Process process;
  private final BufferedWriter to;
  private final BufferedReader from;

  private Peer(Path program) throws IOException {
    process =
        new ProcessBuilder(program.toString(), "oracle")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    to = process.outputWriter(StandardCharsets.UTF_8);
    from = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * The program that {@code -Dcedar.peer=PROGRAM} names, else it is built where cargo is; empty,
   * and said so, where it is not.
   */
  static Optional<Peer> start() throws Exception {
    String named = System.getProperty("cedar.peer");
    if (named != null) {
      return Optional.of(new Peer(Path.of(named)));
    }
    Path sources = Path.of("..", "bench", "peers", "cedar").toAbsolutePath().normalize();
    Path target = Path.of(System.getProperty("java.io.tmpdir"), "bylaw-peers");
    File log = Files.createTempFile("cargo", ".log").toFile();
    try {
      int code =
          new ProcessBuilder(
                  "cargo", "build", "--release", "--locked", "--target-dir", target.toString())
              .directory(sources.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log)
              .start()
              .waitFor();
      if (code != 0) {
        System.out.println("bylaw-note: no Rust peer, cargo failed: " + log);
        return Optional.empty();
      }
    } catch (IOException noCargo) {
      System.out.println("bylaw-note: no Rust peer, there is no cargo here");
      return Optional.empty();
    }
    return Optional.of(new Peer(target.resolve("release").resolve("cedar-peer")));
  }

  Json.Obj ask(Json question) {
    try {
      to.write(JsonWriter.compact(question));
      to.write('\n');
      to.flush();
      String line = from.readLine();
      if (line == null) {
        throw new IllegalStateException("the peer ended on " + JsonWriter.compact(question));
      }
      return (Json.Obj) json(line);
    } catch (IOException e) {
      throw new UncheckedIOException("the peer ended on " + JsonWriter.compact(question), e);
    }
  }

  static Json json(String text) {
    var diagnostics = new Diagnostics();
    Json json = JsonReader.read(Source.of("json", text), diagnostics);
    diagnostics.throwIfErrors();
    if (json == null) {
      throw new IllegalStateException(text);
    }
    return json;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
