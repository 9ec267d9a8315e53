package dev.bylaw.actions.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * A mail server that keeps what it takes (RFC 5321, without extensions but SIZE and 8BITMIME).
 *
 * <p>It sends nothing on, whoever asks. Lines, mails, recipients and connections are bounded, and a
 * client that falls silent is let go. {@link #nextTime(Trouble)} makes one of the next mails go
 * wrong.
 */
public final class MailSandbox implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 32;
  private static final int MOST_KEPT = 1_000;

  /** How a mail goes wrong. */
  public enum Trouble {
    /** Every recipient is refused for good (550). */
    REFUSES_RECIPIENTS,
    /** The mail is refused for now, after its content (451). */
    REFUSES_FOR_NOW,
    /** The mail is refused for good, after its content (554). */
    REFUSES_CONTENT,
    /** The connection is closed when the content is announced. */
    HANGS_UP_BEFORE,
    /** The mail is kept and the connection closed without a word. */
    HANGS_UP_AFTER
  }

  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Semaphore places = new Semaphore(MOST_CONNECTIONS);
  private final List<ReceivedMail> mails = new ArrayList<>();
  private final Deque<Trouble> troubles = new ArrayDeque<>();

  private MailSandbox(ServerSocket listener) {
    this.listener = listener;
  }

  /** Starts one on a port that the system chooses. */
  public static MailSandbox start() {
    return start(0);
  }

  /** Starts one on a port. */
  public static MailSandbox start(int port) {
    try {
      var sandbox = new MailSandbox(new ServerSocket(port, 64, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("sandbox-smtp").start(sandbox::listen);
      return sandbox;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "port " + port + " of the loopback address cannot be opened", e);
    }
  }

  /** Where it listens: this machine only. */
  public String host() {
    return "127.0.0.1";
  }

  /** Its port. */
  public int port() {
    return listener.getLocalPort();
  }

  /** What was taken, in order. */
  public List<ReceivedMail> mails() {
    synchronized (mails) {
      return List.copyOf(mails);
    }
  }

  /** Makes the next mail that has no trouble yet go wrong. */
  public void nextTime(Trouble trouble) {
    synchronized (troubles) {
      troubles.add(trouble);
    }
  }

  Optional<Trouble> trouble() {
    synchronized (troubles) {
      return Optional.ofNullable(troubles.poll());
    }
  }

  /** Keeps a mail; false if there are too many already. */
  boolean keep(ReceivedMail mail) {
    synchronized (mails) {
      return mails.size() < MOST_KEPT && mails.add(mail);
    }
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        if (places.tryAcquire()) {
          open.add(socket);
          Thread.ofVirtual().name("sandbox-smtp-session").start(() -> serve(socket));
        } else {
          socket.close();
        }
      } catch (IOException _) {
        // Closed, or a client that was gone before it was there.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      new SmtpSession(this, socket).run();
    } catch (IOException _) {
      // The client is gone.
    } finally {
      open.remove(socket);
      places.release();
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
