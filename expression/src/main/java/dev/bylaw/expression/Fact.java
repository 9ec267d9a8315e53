package dev.bylaw.expression;

import dev.bylaw.value.Value;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What must hold for a condition to be anything but false: the reference has one of the values.
 *
 * <p>If the reference {@linkplain Reference#read leads to} another value, the condition is false
 * and need not be evaluated. If it leads nowhere, nothing follows: the condition may fail.
 *
 * @param reference what is compared
 * @param values what it is compared with; never empty
 */
public record Fact(Reference reference, Set<Value> values) {
  public Fact {
    values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
  }
}
