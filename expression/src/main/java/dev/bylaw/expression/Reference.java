package dev.bylaw.expression;

import dev.bylaw.value.Json;
import dev.bylaw.value.StringValue;
import java.util.List;
import java.util.stream.Collectors;

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
