package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Names;
import dev.bylaw.value.Json;
import dev.bylaw.value.StringValue;
import java.util.List;

/** References as text. */
public final class Text {
  private Text() {}

  /** {@code data.a["b c"]}. */
  public static String dotted(List<String> path) {
    var text = new StringBuilder("data");
    path.forEach(key -> appendKey(text, key));
    return text.toString();
  }

  static void appendKey(StringBuilder text, String key) {
    if (Names.isIdentifier(key)) {
      text.append('.').append(key);
    } else {
      text.append('[').append(Json.write(StringValue.of(key))).append(']');
    }
  }
}
