package dev.bylaw.actions.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real PostgreSQL for a test: where Debian installs it, in a folder and on a port of its own, as
 * a user without privileges.
 */
final class PostgresServer implements AutoCloseable {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

  private final Path binaries;
  private final Path folder;
  private final int port;

  private PostgresServer(Path binaries, Path folder, int port) {
    this.binaries = binaries;
    this.folder = folder;
    this.port = port;
  }

  /** Starts one; empty, with the reason in {@code why}, where there is none. */
  static Optional<PostgresServer> start(StringBuilder why) {
    Optional<Path> binaries = binaries();
    if (binaries.isEmpty()) {
      why.append("no initdb below ").append(INSTALLED);
      return Optional.empty();
    }
    try {
      Path folder = Files.createTempDirectory("bylaw-postgres-");
      if (isRoot()) {
        run(List.of("chown", "postgres", folder.toString()));
      }
      int port;
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
      var server = new PostgresServer(binaries.get(), folder, port);
      Path data = folder.resolve("data");
      server.runAsUser(
          "initdb", "-D", data.toString(), "-U", "owner", "-A", "trust", "-N", "-E", "UTF8");
      server.runAsUser(
          "pg_ctl",
          "-D",
          data.toString(),
          "-w",
          "-t",
          "30",
          "-l",
          folder.resolve("log").toString(),
          "-o",
          "-F -p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s"
              .formatted(port, folder),
          "start");
      Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
      return Optional.of(server);
    } catch (IOException | IllegalStateException e) {
      why.append("PostgreSQL could not be started: ").append(e.getMessage());
      return Optional.empty();
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** Runs statements as the owner. */
  void asOwner(String... statements) {
    try (Connection connection = DriverManager.getConnection(url() + "?user=owner");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<Path> binaries() {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> versions = Files.newDirectoryStream(INSTALLED)) {
      for (Path version : versions) {
        if (Files.isExecutable(version.resolve("bin/initdb"))) {
          found.add(version.resolve("bin"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.stream().max(Comparator.naturalOrder());
  }

  private void runAsUser(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
    }
    command.add(binaries.resolve(program).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private static boolean isRoot() {
    return System.getProperty("user.name", "").equals("root");
  }

  private static void run(List<String> command) throws IOException {
    Path output = Files.createTempFile("bylaw-command-", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(command.getFirst() + " did not end");
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException(Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private void stop() {
    Path data = folder.resolve("data");
    if (Files.exists(data.resolve("postmaster.pid"))) {
      try {
        runAsUser("pg_ctl", "-D", data.toString(), "-m", "immediate", "-w", "stop");
      } catch (IOException | IllegalStateException _) {
        // It is gone already.
      }
    }
  }

  @Override
  public void close() {
    stop();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
