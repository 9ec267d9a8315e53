package dev.bylaw.policy.rule;

import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where in a request a value is: {@code params.order.total}; {@code amount} stands for {@code
 * params.amount}.
 *
 * @param root the part of the request
 * @param keys the names below it, outermost first
 */
public record FieldPath(Root root, List<String> keys) {

  /** A part of a request. */
  public enum Root {
    PARAMS,
    CONTEXT,
    RESOURCE,
    AGENT,
    CREDENTIAL,
    RUN,
    RESULT;

    private final String word = name().toLowerCase(Locale.ROOT);
  }

  public FieldPath {
    keys = List.copyOf(keys);
  }

  /**
   * Reads a path.
   *
   * @return null if it is none
   */
  public static @Nullable FieldPath parse(String text) {
    if (!text.matches("[A-Za-z_][\\w-]*(\\.[A-Za-z_0-9][\\w-]*)*")) {
      return null;
    }
    List<String> steps = new ArrayList<>(List.of(text.split("\\.")));
    Root root = Root.PARAMS;
    if (steps.size() > 1) {
      for (Root each : Root.values()) {
        if (each.word.equals(steps.getFirst())) {
          root = each;
          steps.removeFirst();
          break;
        }
      }
    }
    return new FieldPath(root, steps);
  }

  /** The parameter of a name. */
  public static FieldPath param(String name) {
    return new FieldPath(Root.PARAMS, List.of(name));
  }

  /** What is there, or null. */
  public @Nullable Value in(PolicyInput input) {
    return switch (root) {
      case PARAMS -> PolicyInput.at(input.params(), keys);
      case CONTEXT -> PolicyInput.at(input.context(), keys);
      case RESOURCE -> PolicyInput.at(input.resource(), keys);
      case AGENT -> PolicyInput.at(input.agent(), keys);
      case CREDENTIAL -> PolicyInput.at(input.credential(), keys);
      case RUN -> PolicyInput.at(input.run(), keys);
      case RESULT ->
          input.facts().result().map(result -> PolicyInput.at(result, keys)).orElse(null);
    };
  }

  /** Parameters with the value at this path replaced; the path leads into them. */
  public ObjectValue set(ObjectValue params, Value value) {
    return set(params, 0, value);
  }

  private ObjectValue set(ObjectValue object, int depth, Value value) {
    String key = keys.get(depth);
    if (depth == keys.size() - 1) {
      return object.with(key, value);
    }
    ObjectValue inner = object.get(key) instanceof ObjectValue next ? next : ObjectValue.EMPTY;
    return object.with(key, set(inner, depth + 1, value));
  }

  @Override
  public String toString() {
    return root.word + "." + String.join(".", keys);
  }
}
