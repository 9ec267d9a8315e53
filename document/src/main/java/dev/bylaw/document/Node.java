package dev.bylaw.document;

import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.Optional;

/** A part of a document, with its place. Immutable. */
public sealed interface Node {
  /** Where it stands. */
  Span span();

  /** What it says, without places. */
  Value value();

  /** Its kind in messages: {@code a text}, {@code a list}, … */
  String kind();

  /**
   * The text of a template that lacks its quotes: YAML makes a mapping in a mapping of {@code
   * {{order_id}}}, which nobody ever means.
   */
  default Optional<String> unquotedTemplate() {
    return Optional.empty();
  }

  /**
   * A text, number, boolean or null.
   *
   * @param value what it says
   * @param span where it stands, with its quotes
   * @param plain whether it stands without quotes
   */
  record Scalar(Value value, Span span, boolean plain) implements Node {
    /**
     * What was written between the quotes; of a plain scalar, all of it: {@code 1.10} stays so.
     * Escapes and folded lines are as the reader understood them.
     */
    public String text() {
      return value instanceof StringValue text ? text.text() : span.text();
    }

    /**
     * The place of a range of {@link #text()}, where text and source agree character by character;
     * else the whole scalar.
     */
    public Span within(int start, int end) {
      String text = text();
      String raw = span.text();
      int at = raw.indexOf(text);
      if (at < 0 || start < 0 || end < start || end > text.length()) {
        return span;
      }
      return span.source().span(span.start() + at + start, span.start() + at + end);
    }

    @Override
    public String kind() {
      return switch (value.kind()) {
        case NULL -> "nothing";
        case BOOLEAN -> "`true` or `false`";
        case NUMBER -> "a number";
        case STRING, ARRAY, OBJECT, SET -> "a text";
      };
    }
  }

  /**
   * A list.
   *
   * @param elements in order
   * @param span where it stands
   */
  record Sequence(List<Node> elements, Span span) implements Node {
    public Sequence {
      elements = List.copyOf(elements);
    }

    @Override
    public Value value() {
      return ArrayValue.of(elements.stream().map(Node::value).toList());
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /**
   * Keys with values. Keys are texts here; a plain {@code 8080:} or {@code true:} is the key it
   * spells.
   *
   * @param entries in order, no key twice
   * @param span where it stands
   * @param flow whether it is written in braces
   */
  record Mapping(List<Entry> entries, Span span, boolean flow) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** The entry of a key. */
    public Optional<Entry> entry(String key) {
      for (Entry entry : entries) {
        if (entry.key().equals(key)) {
          return Optional.of(entry);
        }
      }
      return Optional.empty();
    }

    /** The node of a key. */
    public Optional<Node> get(String key) {
      return entry(key).map(Entry::node);
    }

    @Override
    public Value value() {
      ObjectValue.Builder builder = ObjectValue.builder(entries.size());
      for (Entry entry : entries) {
        builder.put(entry.key(), entry.node().value());
      }
      return builder.build();
    }

    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /**
   * A template without its quotes, as YAML hands it over: {@code order_id: {{order_id}}}.
   *
   * @param text with its braces, as it stands in the source
   * @param span where it stands
   */
  record Template(String text, Span span) implements Node {
    @Override
    public Value value() {
      return StringValue.of(text);
    }

    @Override
    public String kind() {
      return "a template";
    }

    @Override
    public Optional<String> unquotedTemplate() {
      return Optional.of(text);
    }
  }

  /**
   * One key and its value.
   *
   * @param key the text of the key
   * @param keySpan where the key stands
   * @param node the value
   */
  record Entry(String key, Span keySpan, Node node) {}
}
