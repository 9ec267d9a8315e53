package dev.bylaw.actions.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * An SMTP server that takes our mail.
 *
 * @param host its host
 * @param port its port: 587 for STARTTLS, 465 for TLS, 25
 * @param security how the connection is kept private
 * @param user whom we log in as; empty for no login
 * @param password the password
 * @param from the sender of every mail: {@code Acme Support <support@acme.example>}
 */
public record MailServer(
    String host, int port, Security security, String user, String password, String from) {
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  /** How a connection is kept private. */
  public enum Security {
    /** Not at all: for a server on this machine. */
    NONE,
    /** Made private before anything is said; fails where the server cannot. */
    STARTTLS,
    /** Private from the start. */
    TLS
  }

  /** Why a mail was not sent, and whether it may have been all the same. */
  record Failure(String code, String message, boolean retryable, boolean possible) {}

  public MailServer {
    boolean local = host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    if (security == Security.NONE && !user.isEmpty() && !local) {
      throw new IllegalArgumentException(
          "a password is only sent over TLS; `security` is `starttls` or `tls`");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("`" + port + "` is no port");
    }
  }

  @Override
  public String toString() {
    return "MailServer[" + host + ":" + port + ", " + security + "]";
  }

  Session session(Duration timeout) {
    long silence = Math.max(1, Math.min(timeout.toMillis(), LONGEST_SILENCE.toMillis()));
    String protocol = protocol();
    var properties = new Properties();
    properties.setProperty("mail.transport.protocol", protocol);
    String start = "mail." + protocol + ".";
    properties.setProperty(start + "host", host);
    properties.setProperty(start + "port", Integer.toString(port));
    properties.setProperty(start + "localhost", "bylaw");
    properties.setProperty(start + "connectiontimeout", Long.toString(silence));
    properties.setProperty(start + "timeout", Long.toString(silence));
    properties.setProperty(start + "writetimeout", Long.toString(silence));
    properties.setProperty(start + "auth", Boolean.toString(!user.isEmpty()));
    properties.setProperty(start + "ssl.checkserveridentity", "true");
    properties.setProperty(start + "starttls.enable", Boolean.toString(startTls()));
    properties.setProperty(start + "starttls.required", Boolean.toString(startTls()));
    properties.setProperty(start + "sendpartial", "false");
    properties.setProperty(start + "quitwait", "false");
    return Session.getInstance(properties);
  }

  private String protocol() {
    return security == Security.TLS ? "smtps" : "smtp";
  }

  private boolean startTls() {
    return security == Security.STARTTLS;
  }

  /** Sends a finished mail to all its recipients or to none. */
  Optional<Failure> send(Session session, KeyedMessage message, Duration timeout)
      throws InterruptedException {
    var task = new FutureTask<>(() -> deliver(session, message));
    Thread sender = Thread.ofVirtual().name("bylaw-smtp").start(task);
    try {
      return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      boolean possible = message.stop();
      sender.interrupt();
      return Optional.of(
          new Failure("timeout", "the mail server did not finish in time", true, possible));
    } catch (InterruptedException e) {
      message.stop();
      sender.interrupt();
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("sending failed unexpectedly", e.getCause());
    }
  }

  private Optional<Failure> deliver(Session session, KeyedMessage message) {
    try {
      Transport transport = session.getTransport(protocol());
      try {
        if (user.isEmpty()) {
          transport.connect();
        } else {
          transport.connect(host, port, user, password);
        }
      } catch (AuthenticationFailedException _) {
        return Optional.of(
            new Failure("not_permitted", "the mail server refuses the login", false, false));
      } catch (MessagingException _) {
        return Optional.of(
            new Failure("unreachable", "the mail server cannot be reached", true, false));
      }
      try {
        transport.sendMessage(message, message.recipients());
      } catch (MessagingException e) {
        return Optional.of(failure(e, message.stop()));
      } finally {
        close(transport);
      }
      return Optional.empty();
    } catch (MessagingException e) {
      throw new IllegalStateException("no SMTP transport", e);
    }
  }

  /** What goes wrong after the mail was taken or refused changes nothing. */
  private static void close(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException _) {
      // The connection is gone already.
    }
  }

  /** What a server answered may quote the mail, so only its code is given. */
  private static Failure failure(MessagingException e, boolean started) {
    return switch (e) {
      case SMTPSendFailedException refused when refused.getReturnCode() >= 400 ->
          new Failure(
              "mail_refused",
              "the mail server refuses the mail with code " + refused.getReturnCode(),
              refused.getReturnCode() < 500,
              false);
      case SendFailedException refused when !started && addressCode(refused) > 0 ->
          new Failure(
              "recipient_refused",
              "the mail server refuses a recipient with code " + addressCode(refused),
              addressCode(refused) < 500,
              false);
      default ->
          new Failure("connection_lost", "the mail server ended the connection", true, started);
    };
  }

  /** The code by which a recipient was refused; 0 if none was. */
  private static int addressCode(MessagingException e) {
    for (Exception next = e.getNextException();
        next instanceof MessagingException inner;
        next = inner.getNextException()) {
      if (inner instanceof SMTPAddressFailedException address) {
        return address.getReturnCode();
      }
    }
    return 0;
  }
}
