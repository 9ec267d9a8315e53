package dev.bylaw.rego.builtin;

import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import org.jspecify.annotations.Nullable;

/** Data from several places as one document. */
public final class Merge {
  private Merge() {}

  /** Both objects as one, merged where both have objects; null where they differ. */
  public static @Nullable ObjectValue objects(ObjectValue a, ObjectValue b) {
    ObjectValue.Builder builder = ObjectValue.builder(a.size() + b.size());
    a.forEach(builder::put);
    for (int i = 0; i < b.size(); i++) {
      Value before = a.get(b.key(i));
      Value value = b.value(i);
      if (before instanceof ObjectValue x && value instanceof ObjectValue y) {
        value = objects(x, y);
      } else if (before != null && !before.equals(value)) {
        return null;
      }
      if (value == null) {
        return null;
      }
      builder.put(b.key(i), value);
    }
    return builder.build();
  }

  /**
   * The value of a YAML text.
   *
   * @throws IllegalArgumentException if it is not YAML
   */
  public static Value yaml(String text) {
    try {
      return Yaml.load(text);
    } catch (BuiltinFailure e) {
      throw new IllegalArgumentException(e.text(), e);
    }
  }
}
