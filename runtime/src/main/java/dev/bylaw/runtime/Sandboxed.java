package dev.bylaw.runtime;

import dev.bylaw.actions.sandbox.Sandbox;
import dev.bylaw.store.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The sandbox of a folder, if it has one, and where its services listen. */
final class Sandboxed implements AutoCloseable {
  private final Optional<Sandbox> sandbox;
  private final Map<String, String> addresses;

  private Sandboxed(Optional<Sandbox> sandbox, Map<String, String> addresses) {
    this.sandbox = sandbox;
    this.addresses = addresses;
  }

  /** No sandbox. */
  static Sandboxed none() {
    return new Sandboxed(Optional.empty(), Map.of());
  }

  /** A sandbox that is only looked at: where it listens, or an example of that. */
  static Sandboxed seen(Path folder) {
    return Files.exists(Sandbox.places(folder))
        ? asleep(folder)
        : new Sandboxed(Optional.empty(), Sandbox.examples());
  }

  /** A sandbox that is not started: where it would listen is known all the same. */
  static Sandboxed asleep(Path folder) {
    try {
      return new Sandboxed(Optional.empty(), Sandbox.addresses(folder));
    } catch (UncheckedIOException e) {
      throw unusable(folder, e);
    }
  }

  /** Starts it; its state is kept in the folder. */
  static Sandboxed start(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unusable(folder, e);
    }
    Sandbox started;
    try {
      started = Sandbox.start(folder);
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof BindException ? taken(folder, e) : unusable(folder, e);
    }
    return new Sandboxed(Optional.of(started), Sandbox.addresses(folder));
  }

  private static BylawException taken(Path folder, UncheckedIOException e) {
    return new BylawException(
        "the sandbox cannot start where runs know it: "
            + e.getMessage()
            + ", because another program has it; end that program, or delete "
            + Sandbox.places(folder)
            + " to choose other ports (runs that wait with the old address then fail)");
  }

  private static BylawException unusable(Path folder, Exception e) {
    return new BylawException(
        "the sandbox cannot be kept in "
            + folder
            + ": "
            + (e instanceof IOException told
                ? Trouble.reason(told)
                : e.getCause() instanceof IOException cause
                    ? Trouble.reason(cause)
                    : e.getMessage()));
  }

  Optional<Sandbox> sandbox() {
    return sandbox;
  }

  /** What {@code {{sandbox.NAME}}} stands for in {@code bylaw.yaml}. */
  Map<String, String> addresses() {
    return addresses;
  }

  @Override
  public void close() {
    sandbox.ifPresent(Sandbox::close);
  }
}
