package dev.bylaw.policy.registry;

import dev.bylaw.policy.Enforcement;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A pack attached to an agent.
 *
 * @param pack its name
 * @param enforcement the level that the attachment states
 * @param span where it stands
 */
public record Attachment(String pack, Optional<Enforcement> enforcement, Span span) {
  public Attachment {
    Objects.requireNonNull(pack);
    Objects.requireNonNull(enforcement);
    Objects.requireNonNull(span);
  }

  /** Attachments as JSON: {@code ops-caps}, {@code ops-caps: block}. */
  static Value toValue(List<Attachment> attachments) {
    return Value.of(
        attachments.stream()
            .map(each -> each.pack + each.enforcement.map(level -> ": " + level.word()).orElse(""))
            .toList());
  }
}
