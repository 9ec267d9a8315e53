package dev.bylaw.runtime;

import dev.bylaw.actions.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The sandbox of a folder, if it has one, and where its services listen. */
final class Sandboxed implements AutoCloseable {
  private final Optional<Sandbox> sandbox;

  private Sandboxed(Optional<Sandbox> sandbox) {
    this.sandbox = sandbox;
  }

  static Sandboxed none() {
    return new Sandboxed(Optional.empty());
  }

  /** Starts it; its state is kept in the folder. */
  static Sandboxed start(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new BylawException("the sandbox cannot be kept in " + folder + ": " + e.getMessage());
    }
    return new Sandboxed(Optional.of(Sandbox.start(folder)));
  }

  Optional<Sandbox> sandbox() {
    return sandbox;
  }

  /** What {@code {{sandbox.NAME}}} stands for in {@code bylaw.yaml}. */
  Map<String, String> addresses() {
    Map<String, String> addresses = new LinkedHashMap<>();
    sandbox.ifPresent(
        it -> {
          addresses.put("payments", it.payments().url().toString());
          addresses.put("api", it.api().url().toString());
          addresses.put("api_host", it.api().url().getAuthority());
          addresses.put("mail_host", it.mail().host());
          addresses.put("mail_port", Integer.toString(it.mail().port()));
          addresses.put("orders", "jdbc:sqlite:" + it.orders());
        });
    return addresses;
  }

  @Override
  public void close() {
    sandbox.ifPresent(Sandbox::close);
  }
}
