package dev.bylaw.policy.registry;

import dev.bylaw.document.Node;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ObjectValue;
import java.util.List;
import java.util.Objects;

/**
 * One agent of an identity.
 *
 * @param name its name
 * @param attributes what rules see of it: {@code id}, {@code role}, {@code environment}, …
 * @param attachments the packs that it uses, in order
 * @param precedence how conflicts with its overrides end
 * @param overrides its own rules, as they are written
 * @param span where it stands
 */
public record AgentEntry(
    String name,
    ObjectValue attributes,
    List<Attachment> attachments,
    Precedence precedence,
    List<Node> overrides,
    Span span) {
  public AgentEntry {
    Objects.requireNonNull(name);
    Objects.requireNonNull(attributes);
    attachments = List.copyOf(attachments);
    Objects.requireNonNull(precedence);
    overrides = List.copyOf(overrides);
    Objects.requireNonNull(span);
  }

  /** The agent as JSON, its own rules apart. */
  public ObjectValue toValue() {
    return ObjectValue.builder(3)
        .put("attributes", attributes)
        .put("packs", Attachment.toValue(attachments))
        .put("precedence", precedence.word())
        .build();
  }
}
