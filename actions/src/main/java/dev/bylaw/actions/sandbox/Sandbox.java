package dev.bylaw.actions.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;

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
   * Starts them.
   *
   * @param folder an existing folder, where {@code orders.db} is made unless it is there
   */
  public static Sandbox start(Path folder) {
    Path orders = folder.resolve("orders.db");
    if (!Files.exists(orders)) {
      OrdersSandbox.create(orders);
    }
    return new Sandbox(PaymentSandbox.start(), MailSandbox.start(), ApiSandbox.start(), orders);
  }

  @Override
  public void close() {
    payments.close();
    mail.close();
    api.close();
  }
}
