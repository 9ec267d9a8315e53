package dev.bylaw.cedar.command;

import dev.bylaw.cedar.est.PolicyJsonReader;
import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonReader;
import dev.bylaw.cedar.json.JsonWriter;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Files of links: a JSON array of {@code template_id}, {@code link_id} and {@code args}. */
public final class Links {
  private Links() {}

  /** What is wrong with what fills slots, as Cedar's own tool says it; empty if nothing is. */
  public static String mistake(String json) {
    var words = new JsonWords(json);
    var strange = new ArrayList<String>();
    try {
      words.object(
          "a map",
          name -> {
            words.colon();
            words.text("a string");
            if (!name.equals("?principal") && !name.equals("?resource")) {
              strange.add(name);
            }
          });
      words.end();
    } catch (JsonWords.Mistake found) {
      return String.valueOf(found.getMessage());
    }
    return strange.isEmpty()
        ? ""
        : "Invalid SlotId! Expected ?principal|?resource, got: " + strange.getFirst();
  }

  /**
   * What fills slots, written as a JSON object of Cedar texts by slot; of a slot that is written
   * twice the last counts, as in Cedar's own tool.
   *
   * @throws IllegalArgumentException if it is no object of texts
   */
  public static Map<String, String> arguments(String json) {
    String mistake = mistake(json);
    if (!mistake.isEmpty()) {
      throw new IllegalArgumentException(mistake);
    }
    var values = new LinkedHashMap<String, String>();
    var words = new JsonWords(json);
    words.object(
        "a map",
        name -> {
          words.colon();
          values.put(name, words.text("a string"));
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

  /** What a file of links fails by: its form, an entity in it, or that a link fits no template. */
  static String whatFails(List<Diagnostic> found) {
    Set<String> codes = found.stream().map(Diagnostic::code).collect(Collectors.toSet());
    if (codes.stream().anyMatch(code -> code.startsWith("C040") || code.equals("C0440"))) {
      return "Deserialization error";
    }
    return switch (found.getFirst().code()) {
      case PolicyJsonReader.MISFIT -> "unable to link template";
      case PolicyJsonReader.NO_TEMPLATE -> "expected a template, but a static policy was provided";
      default -> Headline.ofEntity(found);
    };
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
