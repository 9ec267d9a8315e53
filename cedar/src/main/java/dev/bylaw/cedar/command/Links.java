package dev.bylaw.cedar.command;

import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonReader;
import dev.bylaw.cedar.json.JsonWriter;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files of links: a JSON array of {@code template_id}, {@code link_id} and {@code args}. */
public final class Links {
  private Links() {}

  /**
   * What fills slots, written as a JSON object of Cedar texts by slot.
   *
   * @throws dev.bylaw.syntax.DiagnosticsException if it is no JSON
   * @throws IllegalArgumentException if it is no object of texts
   */
  public static Map<String, String> arguments(String json) {
    var values = new LinkedHashMap<String, String>();
    if (!(read(Source.of("arguments", json)) instanceof Json.Obj(var members, _))) {
      throw new IllegalArgumentException("expected an object of entities by slot");
    }
    members.forEach((slot, value) -> {
      if (!slot.equals("?principal") && !slot.equals("?resource")) {
        throw new IllegalArgumentException(
            "no slot `" + slot + "`, expected `?principal` or `?resource`");
      }
      if (!(value instanceof Json.Str(var text, _))) {
        throw new IllegalArgumentException(
            "expected an entity as text for `" + slot + "`, found " + value.kindName());
      }
      values.put(slot, text);
    });
    return values;
  }

  /** The text of a file of links with one more; null is a file that is not there yet. */
  public static String with(
      @Nullable Source before, String template, String id, Map<String, String> values) {
    List<Json> links = new ArrayList<>();
    if (before != null
        && !before.text().isBlank()
        && read(before) instanceof Json.Arr(var known, _)) {
      links.addAll(known);
    }
    var arguments = new LinkedHashMap<String, Json>();
    values.forEach((slot, text) -> arguments.put(slot, Json.string(text)));
    var link = new LinkedHashMap<String, Json>();
    link.put("template_id", Json.string(template));
    link.put("link_id", Json.string(id));
    link.put("args", Json.object(arguments));
    links.add(Json.object(link));
    return JsonWriter.compact(Json.array(links));
  }

  private static Json read(Source source) {
    var diagnostics = new Diagnostics();
    Json json = JsonReader.read(source, diagnostics);
    diagnostics.throwIfErrors();
    if (json == null) {
      throw new IllegalStateException("an error is thrown before");
    }
    return json;
  }
}
