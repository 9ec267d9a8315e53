package dev.bylaw.policy.language;

import dev.bylaw.syntax.Source;
import dev.bylaw.value.ObjectValue;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The texts that one policy is made of.
 *
 * @param sources the files that a rule names, or one text; not empty
 * @param sibling the file beside the first source that has its name but another ending, with the
 *     dot: a schema
 * @param data the named data there are
 */
public record PolicyText(
    List<Source> sources, Function<String, Optional<Source>> sibling, ObjectValue data) {
  public PolicyText {
    sources = List.copyOf(sources);
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("no text");
    }
    Objects.requireNonNull(sibling);
    Objects.requireNonNull(data);
  }

  /** One text alone. */
  public static PolicyText of(Source source) {
    return new PolicyText(List.of(source), _ -> Optional.empty(), ObjectValue.EMPTY);
  }
}
