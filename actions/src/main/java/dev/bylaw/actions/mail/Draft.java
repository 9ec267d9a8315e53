package dev.bylaw.actions.mail;

import dev.bylaw.actions.call.Params;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mail as the parameters say it, checked.
 *
 * @param text empty for none
 * @param html empty for none
 */
record Draft(
    List<InternetAddress> to,
    List<InternetAddress> cc,
    List<InternetAddress> bcc,
    String subject,
    String text,
    String html,
    List<Attachment> attachments) {
  static final int MOST_RECIPIENTS = 50;
  static final int MOST_ATTACHMENTS = 20;
  static final int MOST_BYTES = 10 * 1024 * 1024;

  private static final Pattern TYPE =
      Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}");

  record Attachment(String name, DataSource content, int size) {}

  int recipients() {
    return to.size() + cc.size() + bcc.size();
  }

  /** Reads the parameters; what is wrong is a problem of theirs. */
  static Draft of(Params params) {
    var draft =
        new Draft(
            addresses(params, "to"),
            addresses(params, "cc"),
            addresses(params, "bcc"),
            params.text("subject"),
            params.text("body"),
            params.text("html"),
            attachments(params));
    if (draft.to.isEmpty()) {
      params.wrong("`to` is missing");
    }
    if (draft.recipients() > MOST_RECIPIENTS) {
      params.wrong("more than " + MOST_RECIPIENTS + " recipients");
    }
    if (draft.subject.isEmpty()) {
      params.wrong("`subject` is missing");
    } else if (breaksLine(draft.subject)) {
      params.wrong("`subject` has a line break or another control character");
    }
    if (draft.text.isEmpty() && draft.html.isEmpty()) {
      params.wrong("`body` is missing, and so is `html`");
    }
    long bytes = (long) draft.text.length() + draft.html.length();
    for (Attachment attachment : draft.attachments) {
      bytes += attachment.size;
    }
    if (bytes > MOST_BYTES) {
      params.wrong("the mail is larger than " + MOST_BYTES / 1024 / 1024 + " MB");
    }
    return draft;
  }

  private static List<InternetAddress> addresses(Params params, String name) {
    List<InternetAddress> addresses = new ArrayList<>();
    for (String text : params.texts(name)) {
      try {
        if (breaksLine(text)) {
          throw new AddressException("a line break");
        }
        addresses.add(address(text));
      } catch (AddressException | UnsupportedEncodingException _) {
        params.wrong("`" + name + "` has something that is no mail address");
      }
    }
    return addresses;
  }

  /** Exactly one address: {@code a@b.example} or {@code Name <a@b.example>}. */
  static InternetAddress address(String text)
      throws AddressException, UnsupportedEncodingException {
    InternetAddress[] parsed = InternetAddress.parse(text, true);
    if (parsed.length != 1 || parsed[0].isGroup()) {
      throw new AddressException("not one address");
    }
    String address = parsed[0].getAddress();
    int at = address == null ? -1 : address.lastIndexOf('@');
    if (address == null || at < 1 || at == address.length() - 1 || !isPlain(address)) {
      throw new AddressException("no domain");
    }
    @Nullable String person = parsed[0].getPersonal();
    if (person != null && breaksLine(person)) {
      throw new AddressException("a line break");
    }
    return person == null
        ? new InternetAddress(address, true)
        : new InternetAddress(address, person, StandardCharsets.UTF_8.name());
  }

  private static boolean isPlain(String address) {
    return address.chars().allMatch(c -> c > ' ' && c < 127);
  }

  static boolean breaksLine(String text) {
    return text.chars()
        .anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == 0x85);
  }

  private static List<Attachment> attachments(Params params) {
    List<Attachment> attachments = new ArrayList<>();
    ArrayValue list = params.list("attachments");
    if (list.size() > MOST_ATTACHMENTS) {
      params.wrong("more than " + MOST_ATTACHMENTS + " attachments");
      return attachments;
    }
    for (Value element : list) {
      if (element instanceof ObjectValue object) {
        attachments.add(attachment(params, object));
      } else {
        params.wrong("`attachments`: expected mappings, found " + element.kind().word());
      }
    }
    return attachments;
  }

  private static Attachment attachment(Params params, ObjectValue object) {
    String name = object.text("name");
    if (name.isEmpty() || name.length() > 200 || breaksLine(name) || name.matches(".*[/\\\\].*")) {
      params.wrong("an attachment has no `name`, or one that is no file name");
    }
    String type = object.has("type") ? object.text("type") : "application/octet-stream";
    if (!TYPE.matcher(type).matches()) {
      params.wrong("an attachment's `type` is none like `application/pdf`");
    }
    byte[] content = new byte[0];
    if (object.get("content") instanceof StringValue text && !object.has("base64")) {
      content = text.text().getBytes(StandardCharsets.UTF_8);
    } else if (object.get("base64") instanceof StringValue text && !object.has("content")) {
      try {
        content = Base64.getMimeDecoder().decode(text.text());
      } catch (IllegalArgumentException _) {
        params.wrong("an attachment's `base64` is none");
      }
    } else {
      params.wrong("an attachment has either `content` or `base64`, a text");
    }
    return new Attachment(name, new ByteArrayDataSource(content, type), content.length);
  }

  /** The finished mail. */
  KeyedMessage message(Session session, InternetAddress from, String key, Instant date)
      throws MessagingException {
    String address = String.valueOf(from.getAddress());
    var message = new KeyedMessage(session, key, address.substring(address.lastIndexOf('@') + 1));
    message.setFrom(from);
    message.setRecipients(RecipientType.TO, to.toArray(InternetAddress[]::new));
    message.setRecipients(RecipientType.CC, cc.toArray(InternetAddress[]::new));
    message.setRecipients(RecipientType.BCC, bcc.toArray(InternetAddress[]::new));
    message.setSubject(subject, StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(date));
    message.setHeader("Auto-Submitted", "auto-generated");
    if (attachments.isEmpty()) {
      content(message);
    } else {
      var mixed = new MimeMultipart("mixed");
      var first = new MimeBodyPart();
      content(first);
      mixed.addBodyPart(first);
      for (Attachment attachment : attachments) {
        mixed.addBodyPart(part(attachment));
      }
      message.setContent(mixed);
    }
    message.saveChanges();
    return message;
  }

  private void content(MimePart part) throws MessagingException {
    String utf8 = StandardCharsets.UTF_8.name();
    if (html.isEmpty()) {
      part.setText(text, utf8);
      return;
    }
    if (text.isEmpty()) {
      part.setText(html, utf8, "html");
      return;
    }
    var either = new MimeMultipart("alternative");
    var plain = new MimeBodyPart();
    plain.setText(text, utf8);
    either.addBodyPart(plain);
    var rich = new MimeBodyPart();
    rich.setText(html, utf8, "html");
    either.addBodyPart(rich);
    part.setContent(either);
  }

  private static MimeBodyPart part(Attachment attachment) throws MessagingException {
    var part = new MimeBodyPart();
    part.setDataHandler(new DataHandler(attachment.content));
    part.setFileName(attachment.name);
    part.setDisposition(jakarta.mail.Part.ATTACHMENT);
    return part;
  }
}
