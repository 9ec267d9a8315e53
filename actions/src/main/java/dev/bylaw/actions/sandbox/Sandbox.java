package dev.bylaw.actions.sandbox;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All services together, each on a port of its own.
 *
 * @param payments a payment gateway
 * @param mail a mail server
 * @param api somebody else's API
 * @param orders the file of a shop's database
 */
public record Sandbox(PaymentSandbox payments, MailSandbox mail, ApiSandbox api, Path orders)
    implements AutoCloseable {
  /**
   * Starts them. What was paid, and where each listens, is kept in the folder, so that another
   * process finds everything where it was: runs that wait know the addresses they began with.
   *
   * @param folder an existing folder
   * @throws UncheckedIOException if somebody else listens there by now
   */
  public static Sandbox start(Path folder) {
    Path orders = folder.resolve("orders.db");
    if (!Files.exists(orders)) {
      OrdersSandbox.create(orders);
    }
    return start(Ports.in(folder), folder.resolve("payments.jsonl"), orders);
  }

  /** The file that says where the services of a folder listen; without it others are chosen. */
  public static Path places(Path folder) {
    return folder.resolve(Ports.FILE);
  }

  private static Sandbox start(Ports ports, Path payments, Path orders) {
    PaymentSandbox paying = PaymentSandbox.start(ports.payments(), payments);
    MailSandbox mailing;
    try {
      mailing = MailSandbox.start(ports.mail());
    } catch (UncheckedIOException e) {
      paying.close();
      throw e;
    }
    try {
      return new Sandbox(paying, mailing, ApiSandbox.start(ports.api()), orders);
    } catch (UncheckedIOException e) {
      paying.close();
      mailing.close();
      throw e;
    }
  }

  /** Addresses of the right form where nothing listens, to check files with. */
  public static Map<String, String> examples() {
    return addresses(new Ports(1, 2, 3), Path.of("orders.db"));
  }

  /** Where the services of a folder listen, or would. */
  public static Map<String, String> addresses(Path folder) {
    return addresses(Ports.in(folder), folder.resolve("orders.db"));
  }

  private static Map<String, String> addresses(Ports ports, Path orders) {
    String host = "127.0.0.1";
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("payments", "http://" + host + ":" + ports.payments());
    addresses.put("api", "http://" + host + ":" + ports.api());
    addresses.put("mail_host", host);
    addresses.put("mail_port", Integer.toString(ports.mail()));
    addresses.put("orders", OrdersSandbox.url(orders));
    return addresses;
  }

  @Override
  public void close() {
    payments.close();
    mail.close();
    api.close();
  }
}
