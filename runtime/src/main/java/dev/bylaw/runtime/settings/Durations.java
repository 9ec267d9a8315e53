package dev.bylaw.runtime.settings;

import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 30m}, {@code PT30M}. */
final class Durations {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private Durations() {}

  /** The positive duration of a key; empty where it is missing or wrong, which is told. */
  static Optional<Duration> read(Fields fields, String key) {
    Optional<String> text = fields.text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> duration = parse(text.get()).filter(Duration::isPositive);
    if (duration.isEmpty()) {
      Node node = fields.node(key).orElseThrow();
      fields.wrongKind(node, key, "a duration such as `30s`, `5m` or `PT5M`");
    }
    return duration;
  }

  private static Optional<Duration> parse(String text) {
    Matcher matcher = SHORT.matcher(text);
    if (matcher.matches()) {
      long count = Long.parseLong(matcher.group(1));
      return Optional.of(
          switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          });
    }
    try {
      return Optional.of(Duration.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
