package dev.bylaw.expression;

import dev.bylaw.value.Json;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A path of names that an expression reads: {@code params.amount}.
 *
 * @param slot the slot of the variable
 * @param variable its name
 * @param path the keys below it, outermost first; empty for the variable as a whole
 */
public record Reference(int slot, String variable, List<String> path) {
  public Reference {
    path = List.copyOf(path);
  }

  /**
   * What it leads to, through objects only, as an evaluation reads it; null where that fails.
   *
   * <p>{@link Value#at} is not the same: it takes {@code "0"} for the first element of an array.
   */
  public @Nullable Value read(Bindings bindings) {
    Value here = bindings.lookup(slot);
    for (String key : path) {
      here = here instanceof ObjectValue object ? object.get(key) : null;
    }
    return here;
  }

  /** As written in an expression: {@code params.amount}, {@code params["a-b"]}. */
  @Override
  public String toString() {
    return variable + path.stream().map(Reference::step).collect(Collectors.joining());
  }

  private static String step(String key) {
    return key.matches("[A-Za-z_][A-Za-z0-9_]*")
        ? "." + key
        : "[" + Json.write(StringValue.of(key)) + "]";
  }
}
