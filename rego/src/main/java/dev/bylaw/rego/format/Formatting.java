package dev.bylaw.rego.format;

import dev.bylaw.rego.ast.Dialect;

/**
 * What to format into.
 *
 * @param dialect of a source that does not say it itself
 * @param target which dialect is written
 * @param dropOldImports whether {@code rego.v1} and {@code future.keywords} imports that the target
 *     does not need go away
 */
public record Formatting(Dialect dialect, Target target, boolean dropOldImports) {

  /** Which Rego is written. */
  public enum Target {
    /** The source's own. */
    SAME,
    /** One that v0 and v1 read alike: v1 with {@code import rego.v1}; {@code --rego-v1}. */
    BOTH,
    /** v1; {@code --v0-v1}. */
    V1
  }

  /** v1 stays v1. */
  public static Formatting standard() {
    return new Formatting(Dialect.V1, Target.SAME, false);
  }

  public Formatting withDialect(Dialect other) {
    return new Formatting(other, target, dropOldImports);
  }

  public Formatting withTarget(Target other) {
    return new Formatting(dialect, other, dropOldImports);
  }

  public Formatting withDropOldImports(boolean on) {
    return new Formatting(dialect, target, on);
  }
}
