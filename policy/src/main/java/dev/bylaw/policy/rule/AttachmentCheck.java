package dev.bylaw.policy.rule;

import dev.bylaw.content.file.FileReport;
import dev.bylaw.content.file.Files;
import dev.bylaw.policy.data.Unreadable;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be attached: by what it is where the request carries its content, and by size, name and
 * declared type in any case.
 */
final class AttachmentCheck {
  private static final Set<FileReport.Trait> UNSEEN =
      Set.of(FileReport.Trait.BEYOND_LIMITS, FileReport.Trait.UNREADABLE);

  private AttachmentCheck() {}

  /** One attachment as the request describes it; a size of -1 is unknown, and so is no content. */
  @SuppressWarnings("ArrayRecordComponent") // read once, by who made it
  private record Attached(
      String name, String ending, String type, long size, byte @Nullable [] content) {}

  static Outcome check(RuleBody.Attachments rule, Evaluation evaluation) throws Unreadable {
    Value value = rule.field().in(evaluation.input());
    if (value == null || value instanceof NullValue) {
      return Outcome.NOT_APPLICABLE;
    }
    List<Value> all = value instanceof ArrayValue array ? array.elements() : List.of(value);
    if (rule.maxCount() >= 0 && all.size() > rule.maxCount()) {
      return new Outcome.Violated(
          "at most " + rule.maxCount() + " attachments", all.size() + " attachments");
    }
    long total = 0;
    for (Value each : all) {
      Attached attached = read(each);
      Outcome outcome = one(rule, attached);
      if (!outcome.equals(Outcome.SATISFIED)) {
        return outcome;
      }
      total = attached.size < 0 || total < 0 ? -1 : Math.addExact(total, attached.size);
    }
    if (rule.maxTotal() >= 0 && total < 0) {
      return new Outcome.Failed("the size of an attachment is missing");
    }
    return rule.maxTotal() >= 0 && total > rule.maxTotal()
        ? new Outcome.Violated(
            "attachments of at most " + rule.maxTotal() + " bytes together", total + " bytes")
        : Outcome.SATISFIED;
  }

  private static Outcome one(RuleBody.Attachments rule, Attached attached) {
    String name = RuleCheck.shorten(attached.name);
    if (rule.maxSize() >= 0) {
      if (attached.size < 0) {
        return new Outcome.Failed("the size of the attachment `" + name + "` is missing");
      }
      if (attached.size > rule.maxSize()) {
        return new Outcome.Violated(
            "attachments of at most " + rule.maxSize() + " bytes",
            name + " has " + attached.size + " bytes");
      }
    }
    for (FileKind kind : rule.kinds()) {
      if (kind.isOf(attached.ending, attached.type)) {
        return new Outcome.Violated("no attachment of kind " + kind.word(), name);
      }
    }
    Outcome inside = inside(rule, attached, name);
    if (!inside.equals(Outcome.SATISFIED)) {
      return inside;
    }
    if (rule.extensions().contains(attached.ending)) {
      return new Outcome.Violated("no attachment that ends in ." + attached.ending, name);
    }
    if (!rule.allowed().isEmpty() && !rule.allowed().contains(attached.ending)) {
      return new Outcome.Violated(
          "only attachments that end in "
              + String.join(", ", rule.allowed().stream().sorted().toList()),
          name);
    }
    if (attached.content == null
        && rule.kinds().contains(FileKind.ENCRYPTED_ARCHIVE)
        && FileKind.ARCHIVE.isOf(attached.ending, attached.type)) {
      return new Outcome.Failed(
          "whether the archive `"
              + name
              + "` is encrypted cannot be told: the request does not carry its content");
    }
    return Outcome.SATISFIED;
  }

  /** What the content says, whatever the name claims; archives are looked into. */
  private static Outcome inside(RuleBody.Attachments rule, Attached attached, String name) {
    if (attached.content == null || rule.kinds().isEmpty()) {
      return Outcome.SATISFIED;
    }
    FileReport report = Files.standard().inspect(attached.name, attached.content);
    for (FileKind kind : rule.kinds()) {
      if (report.hasAny(kind.traits())) {
        return new Outcome.Violated(
            "no attachment of kind " + kind.word(),
            name + " is or holds one: " + RuleCheck.shorten(what(report)));
      }
    }
    return report.hasAny(UNSEEN)
        ? new Outcome.Failed(
            "what the attachment `" + name + "` holds cannot be told: " + what(report))
        : Outcome.SATISFIED;
  }

  private static String what(FileReport report) {
    return report.notes().isEmpty() ? report.mediaType() : String.join("; ", report.notes());
  }

  private static Attached read(Value value) throws Unreadable {
    if (value instanceof StringValue name) {
      return attached(name.text(), "", -1, null);
    }
    if (!(value instanceof ObjectValue object)) {
      throw new Unreadable("an attachment that is a " + value.kind().word());
    }
    String name = first(object, "name", "filename", "file", "path");
    if (name.isEmpty()) {
      throw new Unreadable("an attachment without a name");
    }
    String type = first(object, "type", "content_type", "mime_type", "media_type");
    byte[] content = content(object);
    return attached(name, type, content == null ? size(object) : content.length, content);
  }

  /** The bytes, as `send_email` takes them: {@code base64}, or {@code content} as it is. */
  private static byte @Nullable [] content(ObjectValue object) throws Unreadable {
    if (object.get("base64") instanceof StringValue base64) {
      try {
        return Base64.getDecoder().decode(base64.text().replaceAll("\\s", ""));
      } catch (IllegalArgumentException _) {
        throw new Unreadable("an attachment whose `base64` is none");
      }
    }
    return object.get("content") instanceof StringValue text
        ? text.text().getBytes(StandardCharsets.UTF_8)
        : null;
  }

  private static long size(ObjectValue object) throws Unreadable {
    Value size = object.get("size");
    if (size == null || size instanceof NullValue) {
      return -1;
    }
    if (size instanceof NumberValue number && number.isLong() && number.longValue() >= 0) {
      return number.longValue();
    }
    throw new Unreadable("an attachment whose size is " + RuleCheck.shorten(size.toString()));
  }

  private static String first(ObjectValue object, String... keys) {
    for (String key : keys) {
      String text = object.text(key);
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }

  /**
   * The ending that counts is the one the receiver's system goes by: blanks and dots at the end are
   * dropped there, and so is what follows a colon.
   */
  private static Attached attached(String name, String type, long size, byte @Nullable [] content)
      throws Unreadable {
    for (int i = 0; i < name.length(); ) {
      int point = name.codePointAt(i);
      int kind = Character.getType(point);
      if (kind == Character.FORMAT || kind == Character.CONTROL) {
        throw new Unreadable("an attachment whose name holds invisible characters");
      }
      i += Character.charCount(point);
    }
    String plain = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFKC);
    plain = plain.substring(Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('\\')) + 1);
    int colon = plain.indexOf(':');
    if (colon > 0) {
      plain = plain.substring(0, colon);
    }
    plain = plain.replaceAll("[\\s.]+$", "");
    int dot = plain.lastIndexOf('.');
    String ending = dot < 0 ? "" : plain.substring(dot + 1).toLowerCase(Locale.ROOT);
    int parameters = type.indexOf(';');
    String media = parameters < 0 ? type : type.substring(0, parameters);
    return new Attached(name, ending, media.strip().toLowerCase(Locale.ROOT), size, content);
  }
}
