package dev.bylaw.rego.builtin;

import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
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

  /** The path of the first place where two objects differ, as {@code a.b}; empty for none. */
  public static List<String> difference(ObjectValue a, ObjectValue b) {
    for (int i = 0; i < b.size(); i++) {
      Value before = a.get(b.key(i));
      Value value = b.value(i);
      List<String> inner = List.of();
      boolean objects = before instanceof ObjectValue && value instanceof ObjectValue;
      if (before instanceof ObjectValue x && value instanceof ObjectValue y) {
        inner = difference(x, y);
      }
      if (!inner.isEmpty() || (!objects && before != null && !before.equals(value))) {
        List<String> path = new ArrayList<>(List.of(JsonText.key(b.key(i))));
        path.addAll(inner);
        return path;
      }
    }
    return List.of();
  }

  /**
   * The value of a YAML file.
   *
   * @throws DiagnosticsException with the place, if it is not YAML
   */
  public static Value yaml(Source source) {
    try {
      return Yaml.parse(source.text());
    } catch (Yaml.Mistake e) {
      throw mistake(source, e.line, e.column, "no YAML: " + e.getMessage());
    }
  }

  /**
   * What is wrong in a file of data.
   *
   * @param line from 1; beyond the end of the file is its end
   */
  public static DiagnosticsException mistake(Source source, int line, int column, String message) {
    int row = Math.clamp(line, 1, source.lines());
    int offset = source.offset(row, Math.max(1, column));
    int end = Math.min(source.text().length(), offset + 1);
    return new DiagnosticsException(
        List.of(Diagnostic.error("data_parse_error", source.span(offset, end), message)));
  }
}
