package dev.bylaw.rego.plan;

import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one evaluation knows: the documents, the values of rules so far, what {@code with} replaced.
 */
final class Evaluation {
  /** Stands in the memory for "was found undefined"; compared by identity only. */
  static final Value UNDEFINED = StringValue.of("\u0000undefined");

  final Session session;
  final @Nullable Value input;
  final Value data;

  /** By the number of the rule: its value, or {@link #UNDEFINED}, or null if not yet known. */
  final @Nullable Value[] values;

  /** By the number of the rule: the places of it that were looked up alone. */
  private @Nullable Map<Value, Value> @Nullable [] lookups;

  /** Paths under data that {@code with} replaced; they hide rules. */
  final List<List<String>> replaced;

  /** Whether it replaced none: every rule is met where it stands. */
  final boolean whole;

  /** By path or builtin name: what {@code with} put in the place of a function. */
  final @Nullable Map<String, Replacement> functions;

  /** A function's replacement: a function to call instead, or a value. */
  record Replacement(@Nullable Callable function, @Nullable Value value) {}

  /** The evaluation around {@code with}; null at the top. */
  private final @Nullable Evaluation outer;

  private Evaluation(
      Session session,
      @Nullable Value input,
      Value data,
      int rules,
      List<List<String>> replaced,
      @Nullable Map<String, Replacement> functions,
      @Nullable Evaluation outer) {
    this.session = session;
    this.input = input;
    this.data = data;
    this.values = new Value[rules];
    this.replaced = replaced;
    this.whole = replaced.isEmpty();
    this.functions = functions;
    this.outer = outer;
  }

  Evaluation(Session session, @Nullable Value input, Value data, int rules) {
    this(session, input, data, rules, List.of(), null, null);
  }

  /** The evaluation inside of {@code with}. */
  Evaluation inside(
      @Nullable Value newInput,
      Value newData,
      List<List<String>> newReplaced,
      @Nullable Map<String, Replacement> newFunctions) {
    return new Evaluation(
        session, newInput, newData, values.length, newReplaced, newFunctions, this);
  }

  /** The evaluation that {@code with} was met in. */
  Evaluation outer() {
    if (outer == null) {
      throw new IllegalStateException("not inside of with");
    }
    return outer;
  }

  /** The same without replaced functions, for the inside of a replacement. */
  Evaluation withoutReplacedFunctions() {
    return new Evaluation(session, input, data, values.length, replaced, null, null);
  }

  /** What is known of the places of a rule that were looked up alone. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  Map<Value, Value> lookups(int rule) {
    if (lookups == null) {
      lookups = new Map[values.length];
    }
    Map<Value, Value> known = lookups[rule];
    if (known == null) {
      known = new HashMap<>();
      lookups[rule] = known;
    }
    return known;
  }

  /** Whether {@code with} hides the rule at a path. */
  boolean hides(List<String> path) {
    for (List<String> hidden : replaced) {
      if (hidden.size() <= path.size() && path.subList(0, hidden.size()).equals(hidden)) {
        return true;
      }
    }
    return false;
  }
}
