package dev.bylaw.cedar.json;

import dev.bylaw.cedar.text.Place;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/** Reads JSON text into a tree. */
public final class JsonReader {
  /** How deep arrays and objects nest at most. */
  public static final int DEEPEST = 1_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(50_000_000)
                  .build())
          // The pool that is the default is contended by two threads already.
          .recyclerPool(JsonRecyclerPools.threadLocalPool())
          .build();

  private final Source source;
  private final JsonParser parser;
  private final Diagnostics diagnostics;

  private JsonReader(Source source, JsonParser parser, Diagnostics diagnostics) {
    this.source = source;
    this.parser = parser;
    this.diagnostics = diagnostics;
  }

  /** The one value that the text is; null if it is malformed, which is reported. */
  public static @Nullable Json read(Source source, Diagnostics diagnostics) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), source.text())) {
      return new JsonReader(source, parser, diagnostics).document();
    } catch (JacksonException malformed) {
      long offset = malformed.getLocation() == null ? 0 : malformed.getLocation().getCharOffset();
      int at = Math.clamp(offset, 0, source.text().length());
      diagnostics.error("C0401", source.span(at, at), "malformed JSON: " + plain(malformed));
      return null;
    }
  }

  /** The first line of the message, without names of classes. */
  private static String plain(JacksonException malformed) {
    String message = malformed.getOriginalMessage();
    String line = message.lines().findFirst().orElse("");
    if (line.contains("nesting depth")) {
      return "nested more than " + DEEPEST + " levels deep";
    }
    return line.isEmpty()
        ? line
        : line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
  }

  /** An array or object that is still open. */
  private static final class Open {
    private final int start;
    private final @Nullable LinkedHashMap<String, Json> members;
    private final @Nullable List<Json> elements;
    private String name = "";

    Open(int start, boolean object) {
      this.start = start;
      this.members = object ? new LinkedHashMap<>() : null;
      this.elements = object ? null : new ArrayList<>();
    }
  }

  private @Nullable Json document() {
    var open = new ArrayList<Open>();
    Json result = null;
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      Json value = null;
      switch (token) {
        case START_OBJECT, START_ARRAY ->
            open.add(new Open(offset(), token == JsonToken.START_OBJECT));
        case PROPERTY_NAME -> open.getLast().name = parser.currentName();
        case END_OBJECT, END_ARRAY -> value = closed(open.removeLast());
        default -> value = scalar(token);
      }
      if (value == null) {
        continue;
      }
      if (!open.isEmpty()) {
        add(open.getLast(), value);
      } else if (result == null) {
        result = value;
      } else {
        diagnostics.error("C0401", spanOf(value), "malformed JSON: more than one value");
        return null;
      }
    }
    if (result == null) {
      diagnostics.error("C0401", source.span(), "malformed JSON: no value");
    }
    return result;
  }

  private dev.bylaw.syntax.Span spanOf(Json value) {
    return value.place().spanOr(source.span());
  }

  private Json closed(Open open) {
    Place place = Place.of(source, open.start, offset() + 1);
    if (open.members != null) {
      return new Json.Obj(open.members, place);
    }
    return new Json.Arr(open.elements == null ? List.of() : open.elements, place);
  }

  private void add(Open open, Json value) {
    if (open.elements != null) {
      open.elements.add(value);
    } else if (open.members != null && open.members.putIfAbsent(open.name, value) != null) {
      diagnostics.error(
          "C0402", spanOf(value), "the name `" + open.name + "` is written twice in one object");
    }
  }

  private Json scalar(JsonToken token) {
    int start = offset();
    return switch (token) {
      case VALUE_STRING -> {
        String text = parser.getString();
        int end = (int) Math.min(source.text().length(), parser.currentLocation().getCharOffset());
        yield new Json.Str(text, Place.of(source, start, Math.max(start, end)));
      }
      case VALUE_TRUE -> new Json.Bool(true, Place.of(source, start, start + 4));
      case VALUE_FALSE -> new Json.Bool(false, Place.of(source, start, start + 5));
      case VALUE_NULL -> new Json.Null(Place.of(source, start, start + 4));
      default -> number(start);
    };
  }

  private Json number(int start) {
    String text = parser.getString();
    Place place = Place.of(source, start, start + text.length());
    try {
      return new Json.Int(Long.parseLong(text), place);
    } catch (NumberFormatException other) {
      return new Json.Other(text, place);
    }
  }

  private int offset() {
    return (int) parser.currentTokenLocation().getCharOffset();
  }
}
