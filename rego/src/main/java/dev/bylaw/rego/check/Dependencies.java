package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Literal;
import dev.bylaw.value.ArrayValue;
import java.util.List;

/**
 * What a query depends on. Paths are constant: where a key is not, they end before it. They are
 * sorted, and begin with {@code data} or {@code input}.
 *
 * @param base documents of data and input
 * @param virtual rules
 */
public record Dependencies(List<ArrayValue> base, List<ArrayValue> virtual) {
  public Dependencies {
    base = List.copyOf(base);
    virtual = List.copyOf(virtual);
  }

  /** What a query depends on that was resolved and ordered. */
  public static Dependencies of(Checked policy, List<Literal> query) {
    return Reads.of(policy.tree(), query);
  }
}
