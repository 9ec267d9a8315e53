package dev.bylaw.actions.sandbox;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A mail as it arrived.
 *
 * @param sender the envelope's sender
 * @param recipients the envelope's recipients
 * @param raw header and body, each byte a character, lines ended by CRLF
 */
public record ReceivedMail(String sender, List<String> recipients, String raw) {
  public ReceivedMail {
    recipients = List.copyOf(recipients);
  }

  /** A header, decoded; empty if there is none. */
  public String header(String name) {
    try {
      String value = message().getHeader(name, ", ");
      return value == null ? "" : jakarta.mail.internet.MimeUtility.decodeText(value);
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException("the mail cannot be read", e);
    }
  }

  /** The subject, decoded. */
  public String subject() {
    return header("Subject").replaceAll("\\r?\\n[ \\t]", " ");
  }

  /** The first part that is plain text; empty if there is none. */
  public String text() {
    return textOf("text/plain");
  }

  /** The first part that is HTML; empty if there is none. */
  public String html() {
    return textOf("text/html");
  }

  /** The names of the attached files. */
  public List<String> attachments() {
    List<String> names = new ArrayList<>();
    for (Part part : parts()) {
      try {
        if (part.getFileName() != null) {
          names.add(part.getFileName());
        }
      } catch (MessagingException e) {
        throw new IllegalStateException("the mail cannot be read", e);
      }
    }
    return names;
  }

  private String textOf(String type) {
    try {
      for (Part part : parts()) {
        if (part.isMimeType(type) && part.getFileName() == null) {
          return String.valueOf(part.getContent());
        }
      }
      return "";
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException("the mail cannot be read", e);
    }
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    try {
      collect(message(), parts, 0);
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException("the mail cannot be read", e);
    }
    return parts;
  }

  private static void collect(Part part, List<Part> parts, int depth)
      throws MessagingException, IOException {
    if (depth > 8 || parts.size() > 100) {
      return;
    }
    if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart several) {
      for (int i = 0; i < several.getCount(); i++) {
        BodyPart inner = several.getBodyPart(i);
        collect(inner, parts, depth + 1);
      }
    } else {
      parts.add(part);
    }
  }

  private MimeMessage message() throws MessagingException {
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(raw.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Override
  public String toString() {
    return "ReceivedMail[" + sender + " to " + recipients + ", " + raw.length() + " bytes]";
  }
}
