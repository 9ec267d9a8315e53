package dev.bylaw.actions.sandbox;

import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Where the services of a folder listen: chosen once, so that a run that waits for a person finds
 * them again in the next process.
 *
 * @param payments of the payment gateway
 * @param mail of the mail server
 * @param api of somebody else's API
 */
record Ports(int payments, int mail, int api) {
  static final String FILE = "ports.json";
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  private static final int ATTEMPTS = 50;

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

  private static Ports chosen(Path folder) {
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

  /**
   * A free port below those that systems hand out to outgoing connections: among them it would be
   * taken by the first that comes while the sandbox is away.
   */
  private static ServerSocket free() throws IOException {
    var random = new Random();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return listening(FIRST + random.nextInt(LAST - FIRST));
      } catch (BindException e) {
        // Somebody listens there; the next one is tried.
      }
    }
    return listening(0);
  }

  private static ServerSocket listening(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }
}
