package dev.bylaw.actions.sandbox;

import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the services of a folder listen: chosen once, so that a run that waits for a person finds
 * them again in the next process.
 *
 * @param payments of the payment gateway
 * @param mail of the mail server
 * @param api of somebody else's API
 */
record Ports(int payments, int mail, int api) {
  private static final String FILE = "ports.json";

  /** The ports of a folder, chosen if it has none yet. */
  static Ports in(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      if (Files.exists(file) && Json.parse(Files.readString(file)) instanceof ObjectValue kept) {
        return new Ports(port(kept, "payments"), port(kept, "mail"), port(kept, "api"));
      }
    } catch (JsonException | IOException | IllegalArgumentException e) {
      // Chosen anew: nothing but the sandbox depends on it.
    }
    return chosen(folder);
  }

  private static int port(ObjectValue kept, String name) {
    if (kept.get(name) instanceof NumberValue port && port.isLong()) {
      return Math.toIntExact(port.longValue());
    }
    throw new IllegalArgumentException("no port of " + name);
  }

  /** Other ports for a folder. */
  static Ports chosen(Path folder) {
    try (var payments = free();
        var mail = free();
        var api = free()) {
      var ports = new Ports(payments.getLocalPort(), mail.getLocalPort(), api.getLocalPort());
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve(FILE),
          Json.write(
              ObjectValue.builder(3)
                  .put("payments", NumberValue.of(ports.payments))
                  .put("mail", NumberValue.of(ports.mail))
                  .put("api", NumberValue.of(ports.api))
                  .build()));
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException("no port on the loopback address could be opened", e);
    }
  }

  private static ServerSocket free() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
