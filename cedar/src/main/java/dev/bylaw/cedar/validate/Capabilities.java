package dev.bylaw.cedar.validate;

import dev.bylaw.cedar.policy.Expr;
import java.util.HashSet;
import java.util.Set;

/**
 * Attributes and tags that are known to be there because a test for them has succeeded.
 *
 * @param known what is there
 */
record Capabilities(Set<Capability> known) {
  /** Nothing is known. */
  static final Capabilities NONE = new Capabilities(Set.of());

  /**
   * An attribute or tag of what an expression gives.
   *
   * @param of the expression
   * @param key the name of the attribute as a string, or the expression of the tag
   */
  record Capability(Expr of, Object key) {}

  static Capabilities attribute(Expr of, String name) {
    return new Capabilities(Set.of(new Capability(of, name)));
  }

  static Capabilities tag(Expr of, Expr tag) {
    return new Capabilities(Set.of(new Capability(of, tag)));
  }

  boolean hasAttribute(Expr of, String name) {
    return !known.isEmpty() && known.contains(new Capability(of, name));
  }

  boolean hasTag(Expr of, Expr tag) {
    return !known.isEmpty() && known.contains(new Capability(of, tag));
  }

  Capabilities and(Capabilities other) {
    if (known.isEmpty()) {
      return other;
    }
    if (other.known.isEmpty()) {
      return this;
    }
    var all = new HashSet<>(known);
    all.addAll(other.known);
    return new Capabilities(all);
  }

  Capabilities or(Capabilities other) {
    if (known.isEmpty() || other.known.isEmpty()) {
      return NONE;
    }
    var both = new HashSet<>(known);
    both.retainAll(other.known);
    return new Capabilities(both);
  }
}
