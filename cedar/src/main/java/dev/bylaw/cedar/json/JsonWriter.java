package dev.bylaw.cedar.json;

import java.io.StringWriter;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** Writes trees as JSON text. */
public final class JsonWriter {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(JsonReader.DEEPEST * 4).build())
          .build();

  private static final ObjectWriteContext PRETTY =
      new ObjectWriteContext.Base() {
        @Override
        public PrettyPrinter getPrettyPrinter() {
          var indenter = new DefaultIndenter("  ", "\n");
          Separators plain =
              Separators.createDefaultInstance()
                  .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                  .withObjectEmptySeparator("")
                  .withArrayEmptySeparator("");
          return new DefaultPrettyPrinter(plain)
              .withObjectIndenter(indenter)
              .withArrayIndenter(indenter);
        }
      };

  private JsonWriter() {}

  /** On one line. */
  public static String compact(Json json) {
    return write(json, ObjectWriteContext.empty());
  }

  /** Indented by two blanks. */
  public static String pretty(Json json) {
    return write(json, PRETTY);
  }

  private static String write(Json json, ObjectWriteContext context) {
    var out = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(context, out)) {
      write(json, generator);
    }
    return out.toString();
  }

  private static void write(Json json, JsonGenerator out) {
    switch (json) {
      case Json.Obj(var members, _) -> {
        out.writeStartObject();
        for (Map.Entry<String, Json> member : members.entrySet()) {
          out.writeName(member.getKey());
          write(member.getValue(), out);
        }
        out.writeEndObject();
      }
      case Json.Arr(var elements, _) -> {
        out.writeStartArray();
        elements.forEach(element -> write(element, out));
        out.writeEndArray();
      }
      case Json.Str(var value, _) -> out.writeString(value);
      case Json.Int(var value, _) -> out.writeNumber(value);
      case Json.Other(var text, _) -> out.writeNumber(text);
      case Json.Bool(var value, _) -> out.writeBoolean(value);
      case Json.Null _ -> out.writeNull();
    }
  }
}
