package dev.bylaw.rego.check;

import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schemas that policies are checked with.
 *
 * @param input the schema of every input; null for none
 * @param named schemas by path, nested: {@code schema.a.b} is at a, b; null for none
 */
public record SchemaSet(@Nullable Value input, @Nullable ObjectValue named) {
  /** No schemas. */
  public static final SchemaSet NONE = new SchemaSet(null, null);

  /** Whether there are no schemas; annotations that name one are then not followed. */
  public boolean isEmpty() {
    return input == null && named == null;
  }

  /** The schema of a name such as {@code schema.input}; null if there is none. */
  @Nullable Value find(String name) {
    if (name.equals("schema")) {
      return input;
    }
    if (!name.startsWith("schema.") || named == null) {
      return null;
    }
    Value here = named;
    for (String key : name.substring("schema.".length()).split("\\.", -1)) {
      here = here instanceof ObjectValue o ? o.get(StringValue.of(key)) : null;
      if (here == null) {
        return null;
      }
    }
    return here;
  }
}
