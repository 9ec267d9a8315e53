package dev.bylaw.actions.sandbox;

import dev.bylaw.actions.sandbox.MailSandbox.Trouble;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One client's conversation with the mail server. */
final class SmtpSession {
  private static final int SILENCE_MILLIS = 10_000;
  private static final int MOST_LINE = 4_096;
  private static final int MOST_BYTES = 25 * 1024 * 1024;
  private static final int MOST_RECIPIENTS = 100;
  private static final int MOST_COMMANDS = 1_000;

  private static final Pattern FROM = Pattern.compile("(?i)FROM:\\s*<([^<>\\s]*)>.*");
  private static final Pattern TO = Pattern.compile("(?i)TO:\\s*<([^<>\\s]+)>.*");

  private final MailSandbox server;
  private final InputStream in;
  private final OutputStream out;
  private final List<String> recipients = new ArrayList<>();
  private Optional<String> sender = Optional.empty();
  private Optional<Trouble> trouble = Optional.empty();
  private boolean over;

  SmtpSession(MailSandbox server, Socket socket) throws IOException {
    socket.setSoTimeout(SILENCE_MILLIS);
    this.server = server;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  void run() throws IOException {
    say("220 sandbox ready");
    for (int i = 0; i < MOST_COMMANDS && !over; i++) {
      Optional<byte[]> line = line();
      if (line.isEmpty()) {
        return;
      }
      command(new String(line.get(), StandardCharsets.US_ASCII));
    }
  }

  private void command(String line) throws IOException {
    String[] parts = line.split(" ", 2);
    String rest = parts.length > 1 ? parts[1] : "";
    switch (parts[0].toUpperCase(Locale.ROOT)) {
      case "EHLO" -> {
        reset();
        say("250-sandbox", "250-8BITMIME", "250 SIZE " + MOST_BYTES);
      }
      case "HELO" -> {
        reset();
        say("250 sandbox");
      }
      case "MAIL" -> mail(FROM.matcher(rest));
      case "RCPT" -> recipient(TO.matcher(rest));
      case "DATA" -> data();
      case "RSET" -> {
        reset();
        say("250 forgotten");
      }
      case "NOOP" -> say("250 nothing done");
      case "VRFY" -> say("252 not told");
      case "QUIT" -> {
        say("221 goodbye");
        over = true;
      }
      default -> say("502 not known here");
    }
  }

  private void mail(Matcher from) throws IOException {
    if (sender.isPresent() || !from.matches()) {
      say(sender.isPresent() ? "503 one mail at a time" : "501 no address");
      return;
    }
    sender = Optional.of(from.group(1));
    trouble = server.trouble();
    say("250 from whom");
  }

  private void recipient(Matcher to) throws IOException {
    if (sender.isEmpty()) {
      say("503 MAIL first");
    } else if (!to.matches()) {
      say("501 no address");
    } else if (trouble.filter(t -> t == Trouble.REFUSES_RECIPIENTS).isPresent()) {
      say("550 nobody of that name");
    } else if (recipients.size() == MOST_RECIPIENTS) {
      say("452 too many recipients");
    } else {
      recipients.add(to.group(1));
      say("250 to whom");
    }
  }

  private void data() throws IOException {
    if (recipients.isEmpty()) {
      say("503 RCPT first");
      return;
    }
    if (trouble.filter(t -> t == Trouble.HANGS_UP_BEFORE).isPresent()) {
      over = true;
      return;
    }
    say("354 end with a dot");
    var content = new ByteArrayOutputStream();
    boolean tooLarge = false;
    while (true) {
      Optional<byte[]> line = line();
      if (line.isEmpty()) {
        over = true;
        return;
      }
      byte[] bytes = line.get();
      if (bytes.length == 1 && bytes[0] == '.') {
        break;
      }
      tooLarge |= content.size() + bytes.length > MOST_BYTES;
      if (!tooLarge) {
        int dot = bytes.length > 0 && bytes[0] == '.' ? 1 : 0;
        content.write(bytes, dot, bytes.length - dot);
        content.write('\r');
        content.write('\n');
      }
    }
    finish(content.toByteArray(), tooLarge);
    reset();
  }

  private void finish(byte[] content, boolean tooLarge) throws IOException {
    if (tooLarge) {
      say("552 too large");
      return;
    }
    switch (trouble.orElse(null)) {
      case REFUSES_FOR_NOW -> say("451 later");
      case REFUSES_CONTENT -> say("554 not this");
      case HANGS_UP_AFTER -> {
        keep(content);
        over = true;
      }
      case REFUSES_RECIPIENTS, HANGS_UP_BEFORE -> over = true;
      case null -> say(keep(content) ? "250 kept" : "452 full");
    }
  }

  private boolean keep(byte[] content) {
    return server.keep(
        new ReceivedMail(
            sender.orElse(""), recipients, new String(content, StandardCharsets.ISO_8859_1)));
  }

  private void reset() {
    sender = Optional.empty();
    recipients.clear();
    trouble = Optional.empty();
  }

  /** A line without its end; empty at the end of the stream, or where the line is too long. */
  private Optional<byte[]> line() throws IOException {
    var line = new ByteArrayOutputStream();
    while (line.size() <= MOST_LINE) {
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      if (next == '\n') {
        byte[] bytes = line.toByteArray();
        boolean crlf = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return Optional.of(crlf ? java.util.Arrays.copyOf(bytes, bytes.length - 1) : bytes);
      }
      line.write(next);
    }
    say("500 line too long");
    over = true;
    return Optional.empty();
  }

  private void say(String... lines) throws IOException {
    out.write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
