package dev.bylaw.actions.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A mail whose Message-ID comes from an idempotency key, so that the same mail sent twice can be
 * recognized, and that knows whether its content began to leave.
 */
final class KeyedMessage extends MimeMessage {
  private enum State {
    WAITING,
    STARTED,
    STOPPED
  }

  private final String id;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  KeyedMessage(Session session, String idempotencyKey, String domain) {
    super(session);
    this.id = "<" + digest(idempotencyKey) + "@" + domain + ">";
  }

  String id() {
    return id;
  }

  Address[] recipients() throws MessagingException {
    return getAllRecipients();
  }

  /** Lets nothing leave any more; true if content may have left already. */
  boolean stop() {
    return !state.compareAndSet(State.WAITING, State.STOPPED) && state.get() == State.STARTED;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }

  @Override
  public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
    if (!state.compareAndSet(State.WAITING, State.STARTED)) {
      throw new IOException("the mail was stopped before it was sent");
    }
    super.writeTo(out, ignored);
  }

  private static String digest(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
