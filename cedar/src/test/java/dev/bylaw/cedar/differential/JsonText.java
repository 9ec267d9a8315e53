package dev.bylaw.cedar.differential;

import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON as text that does not depend on the order of members. */
final class JsonText {
  private JsonText() {}

  static String sorted(@Nullable Json json) {
    return json == null ? "null" : JsonWriter.compact(ordered(json));
  }

  private static Json ordered(Json json) {
    return switch (json) {
      case Json.Obj(var members, _) -> {
        var sorted = new TreeMap<String, Json>();
        members.forEach((name, value) -> sorted.put(name, ordered(value)));
        yield Json.object(new LinkedHashMap<>(sorted));
      }
      case Json.Arr(var elements, _) ->
          Json.array(elements.stream().map(JsonText::ordered).toList());
      default -> json;
    };
  }
}
