package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Names;
import dev.bylaw.value.Json;
import dev.bylaw.value.StringValue;
import java.util.List;
import java.util.Set;

/** References as text. */
public final class Text {
  /** Words that stand in brackets where a reference is written out. */
  private static final Set<String> KEYWORDS =
      Set.of(
          "as",
          "contains",
          "default",
          "else",
          "every",
          "false",
          "if",
          "import",
          "in",
          "not",
          "null",
          "package",
          "some",
          "true",
          "with");

  private Text() {}

  /** {@code data.a["b c"]}. */
  public static String dotted(List<String> path) {
    var text = new StringBuilder("data");
    path.forEach(key -> appendKey(text, key));
    return text.toString();
  }

  static void appendKey(StringBuilder text, String key) {
    if (Names.isIdentifier(key) && !KEYWORDS.contains(key)) {
      text.append('.').append(key);
    } else {
      text.append('[').append(Json.write(StringValue.of(key))).append(']');
    }
  }
}
