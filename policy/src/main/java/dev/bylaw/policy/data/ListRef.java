package dev.bylaw.policy.data;

import dev.bylaw.value.ArrayValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A list that a rule looks things up in: named data, or written in the rule itself.
 *
 * <p>Compared by identity: each rule has its own, prepared once for each version of the data.
 */
public final class ListRef {
  private final String name;
  private final ArrayValue inline;
  private final @Nullable ListRef origin;
  private final String use;

  private ListRef(String name, ArrayValue inline, @Nullable ListRef origin, String use) {
    this.name = name;
    this.inline = inline;
    this.origin = origin;
    this.use = use;
  }

  /** Named data; a dot leads into an object. */
  public static ListRef named(String name) {
    return new ListRef(name, ArrayValue.EMPTY, null, "");
  }

  /** A list in the rule. */
  public static ListRef inline(ArrayValue values) {
    return new ListRef("", values, null, "");
  }

  /** The name; empty for a list in the rule. */
  public String name() {
    return name;
  }

  /** The list in the rule. */
  public ArrayValue inline() {
    return inline;
  }

  ListRef as(String otherUse) {
    return new ListRef(name, inline, this, otherUse);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof ListRef that) || !use.equals(that.use)) {
      return false;
    }
    return name.isEmpty() ? source() == that.source() : name.equals(that.name);
  }

  private ListRef source() {
    return origin == null ? this : origin;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, use, name.isEmpty() ? System.identityHashCode(source()) : 0);
  }

  @Override
  public String toString() {
    return name.isEmpty() ? "of the rule" : "`" + name + "`";
  }
}
