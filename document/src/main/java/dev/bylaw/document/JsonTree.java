package dev.bylaw.document;

import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.StringValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Builds the tree of a JSON document, with places. */
final class JsonTree {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Documents.MOST_DEEP)
                  .maxNumberLength(Documents.LONGEST_NUMBER)
                  .maxStringLength(Documents.MOST_CHARACTERS)
                  .build())
          .build();

  /** Where the parser says something began, in a way that tells nothing. */
  private static final Pattern ORIGIN = Pattern.compile(" \\((?:start marker|for Input).*");

  private final Source source;
  private final Diagnostics diagnostics;

  JsonTree(Source source, Diagnostics diagnostics) {
    this.source = source;
    this.diagnostics = diagnostics;
  }

  Optional<Node> read() {
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), new StringReader(source.text()))) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      Node root = node(parser);
      if (parser.nextToken() != null) {
        Span where = token(parser);
        diagnostics.error("E0102", where, "expected one value, found something behind it");
        return Optional.empty();
      }
      return Optional.of(root);
    } catch (JacksonException e) {
      long at = e.getLocation() == null ? 0 : e.getLocation().getCharOffset();
      int offset = Math.clamp(at, 0, source.text().length());
      String message = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
      diagnostics.error(
          "E0100",
          source.span(offset, offset),
          "not JSON: " + ORIGIN.matcher(message).replaceFirst(""),
          hint(offset));
      return Optional.empty();
    }
  }

  private String hint(int offset) {
    String before = source.text().substring(0, offset).stripTrailing();
    if (source.text().substring(offset).isBlank()) {
      return "the text ends too early: close what is open";
    }
    return before.endsWith(",") ? "leave out the `,` before a bracket that closes" : "";
  }

  private Node node(JsonParser parser) throws JacksonException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser);
      case START_ARRAY -> sequence(parser);
      case VALUE_STRING -> {
        String text = parser.getString();
        yield new Node.Scalar(StringValue.of(text), token(parser), false);
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> new Node.Scalar(BooleanValue.TRUE, token(parser), true);
      case VALUE_FALSE -> new Node.Scalar(BooleanValue.FALSE, token(parser), true);
      case VALUE_NULL -> new Node.Scalar(NullValue.NULL, token(parser), true);
      case PROPERTY_NAME, END_OBJECT, END_ARRAY, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("token " + parser.currentToken());
    };
  }

  private Node number(JsonParser parser) throws JacksonException {
    String text = parser.getString();
    Span span = token(parser);
    try {
      return new Node.Scalar(NumberValue.parse(text), span, true);
    } catch (ArithmeticException e) {
      diagnostics.error("E0105", span, "`" + text + "` is not a number that can be held");
      return new Node.Scalar(NullValue.NULL, span, true);
    }
  }

  private Node mapping(JsonParser parser) throws JacksonException {
    int start = (int) parser.currentTokenLocation().getCharOffset();
    List<Node.Entry> entries = new ArrayList<>();
    Map<String, Span> seen = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Span keySpan = token(parser);
      parser.nextToken();
      Node node = node(parser);
      Span first = seen.putIfAbsent(key, keySpan);
      if (first == null) {
        entries.add(new Node.Entry(key, keySpan, node));
      } else {
        diagnostics.add(
            Diagnostic.error("E0109", keySpan, "the key `" + key + "` stands here again")
                .withNote("first here", first));
      }
    }
    return new Node.Mapping(entries, source.span(start, end(parser)), true);
  }

  private Node sequence(JsonParser parser) throws JacksonException {
    int start = (int) parser.currentTokenLocation().getCharOffset();
    List<Node> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(node(parser));
    }
    return new Node.Sequence(elements, source.span(start, end(parser)));
  }

  private Span token(JsonParser parser) {
    int start = clip(parser.currentTokenLocation().getCharOffset());
    int end = start + 1;
    String text = source.text();
    if (start < text.length() && text.charAt(start) == '"') {
      while (end < text.length() && text.charAt(end) != '"') {
        end += text.charAt(end) == '\\' ? 2 : 1;
      }
      end++;
    } else {
      while (end < text.length() && ",]}: \t\r\n".indexOf(text.charAt(end)) < 0) {
        end++;
      }
    }
    return source.span(start, Math.min(end, text.length()));
  }

  private int end(JsonParser parser) {
    return clip(parser.currentTokenLocation().getCharOffset() + 1);
  }

  private int clip(long offset) {
    return Math.clamp(offset, 0, source.text().length());
  }
}
