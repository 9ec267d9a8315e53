package dev.bylaw.document;

import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Builds the tree of a YAML 1.2 document from snakeyaml-engine's nodes.
 *
 * <p>The composer shares the node of an alias with its anchor, so a few lines can stand for
 * billions of nodes: every visit counts against {@link Documents#MOST_NODES}, and a node that is
 * its own ancestor is refused.
 */
final class YamlTree {
  /** The way out where a document is more than is read. */
  static final String LESS = "split the file, or nest and repeat less";

  /** The core schema of YAML 1.2; the library's own adds the merge keys of 1.1. */
  private static final CoreSchema CORE =
      new CoreSchema() {
        private final CoreScalarResolver resolver = new CoreScalarResolver(false);

        @Override
        public ScalarResolver getScalarResolver() {
          return resolver;
        }
      };

  private final Source source;
  private final Diagnostics diagnostics;

  /** Where each code point begins in UTF-16 units; null where the text has no surrogates. */
  private final int @Nullable [] units;

  private int nodes;
  private boolean refused;

  YamlTree(Source source, Diagnostics diagnostics) {
    this.source = source;
    this.diagnostics = diagnostics;
    this.units = units(source.text());
  }

  Optional<Node> read() {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source.name())
            .setSchema(CORE)
            .setAllowDuplicateKeys(true) // found by ourselves, with both places
            .setAllowNonScalarKeys(true) // found by ourselves: `{{x}}` is one
            .setMaxAliasesForCollections(100)
            .setCodePointLimit(Documents.MOST_CHARACTERS)
            .build();
    try {
      checkDepth(settings);
      if (refused) {
        return Optional.empty();
      }
      var all = new Compose(settings).composeAllFromString(source.text()).iterator();
      if (!all.hasNext()) {
        return Optional.empty();
      }
      org.snakeyaml.engine.v2.nodes.Node root = all.next();
      if (all.hasNext()) {
        Span where = span(all.next());
        diagnostics.error(
            "E0102",
            source.span(where.start(), where.start()),
            "expected one document, found a second",
            "put it into a file of its own");
        return Optional.empty();
      }
      Node tree = node(root, 0);
      return refused ? Optional.empty() : Optional.of(tree);
    } catch (YamlEngineException e) {
      new YamlComplaint(source, this::offset, diagnostics).tell(e);
    }
    return Optional.empty();
  }

  /** Refuses deep nesting before the composer, which is recursive, meets it. */
  private void checkDepth(LoadSettings settings) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(source.text())) {
      if (event instanceof CollectionStartEvent) {
        depth++;
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (depth > Documents.MOST_DEEP) {
        int at = event.getStartMark().map(m -> offset(m.getIndex())).orElse(0);
        refuse("E0103", source.span(at, at), "nested deeper than " + Documents.MOST_DEEP, LESS);
        return;
      }
    }
  }

  private Node node(org.snakeyaml.engine.v2.nodes.Node node, int depth) {
    Span span = span(node);
    if (refused) {
      return nothing(span);
    }
    if (depth > Documents.MOST_DEEP || node.isRecursive()) {
      refuse(
          "E0103",
          span,
          node.isRecursive()
              ? "an alias to what it stands in"
              : "nested deeper than " + Documents.MOST_DEEP,
          node.isRecursive() ? "write out what it should stand for" : LESS);
      return nothing(span);
    }
    if (++nodes > Documents.MOST_NODES) {
      refuse("E0104", span, "aliases stand for more than " + Documents.MOST_NODES + " nodes", LESS);
      return nothing(span);
    }
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar, span);
      case SequenceNode sequence -> sequence(sequence, span, depth);
      case MappingNode mapping -> mapping(mapping, span, depth);
      default -> throw new IllegalStateException("node " + node.getNodeType());
    };
  }

  private Node scalar(ScalarNode scalar, Span span) {
    Tag tag = scalar.getTag();
    String text = scalar.getValue();
    boolean plain = scalar.isPlain();
    if (tag.equals(Tag.STR)) {
      return new Node.Scalar(StringValue.of(text), span, plain);
    }
    if (tag.equals(Tag.NULL)) {
      return new Node.Scalar(NullValue.NULL, span, plain);
    }
    if (tag.equals(Tag.BOOL) && text.matches("(?i)true|false")) {
      return new Node.Scalar(BooleanValue.of(text.equalsIgnoreCase("true")), span, plain);
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      try {
        return new Node.Scalar(number(text), span, plain);
      } catch (NumberFormatException | ArithmeticException e) {
        diagnostics.error(
            "E0105",
            span,
            "`" + Fields.shorten(text) + "` is not a number that can be held",
            "put quotes round it if it is a text");
        return nothing(span);
      }
    }
    diagnostics.error("E0106", span, "unknown tag `" + tag.getValue() + "`", "leave the tag out");
    return nothing(span);
  }

  private static Value number(String text) {
    if (text.length() > Documents.LONGEST_NUMBER) {
      // Reading digits takes time that grows with their square.
      throw new ArithmeticException("a number of " + text.length() + " characters");
    }
    String sign = text.startsWith("-") ? "-" : "";
    String digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    if (digits.startsWith("0x")) {
      return NumberValue.of(new BigInteger(sign + digits.substring(2), 16));
    }
    if (digits.startsWith("0o")) {
      return NumberValue.of(new BigInteger(sign + digits.substring(2), 8));
    }
    return NumberValue.parse(sign + digits);
  }

  private Node sequence(SequenceNode sequence, Span span, int depth) {
    List<Node> elements = new ArrayList<>();
    for (org.snakeyaml.engine.v2.nodes.Node element : sequence.getValue()) {
      elements.add(node(element, depth + 1));
    }
    return new Node.Sequence(elements, span);
  }

  private Node mapping(MappingNode mapping, Span span, int depth) {
    Optional<Node> template = template(mapping);
    if (template.isPresent()) {
      return template.get();
    }
    List<Node.Entry> entries = new ArrayList<>();
    Map<String, Span> seen = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Span keySpan = span(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        diagnostics.error("E0107", keySpan, "expected a text as key, found a list or a mapping");
        continue;
      }
      if (key.isPlain() && key.getValue().equals("<<")) {
        diagnostics.error(
            "E0108", keySpan, "merge keys are not part of YAML 1.2", "write the keys out");
        continue;
      }
      Span first = seen.putIfAbsent(key.getValue(), keySpan);
      if (first != null) {
        diagnostics.add(
            Diagnostic.error("E0109", keySpan, "the key `" + key.getValue() + "` stands here again")
                .withNote("first here", first));
        continue;
      }
      entries.add(new Node.Entry(key.getValue(), keySpan, node(tuple.getValueNode(), depth + 1)));
    }
    return new Node.Mapping(entries, span, mapping.getFlowStyle() == FlowStyle.FLOW);
  }

  /** {@code {{order_id}}} reads as a mapping whose one key is a mapping with one key. */
  private Optional<Node> template(MappingNode outer) {
    if (outer.getFlowStyle() != FlowStyle.FLOW
        || outer.getValue().size() != 1
        || !(outer.getValue().getFirst().getKeyNode() instanceof MappingNode inner)
        || inner.getFlowStyle() != FlowStyle.FLOW
        || inner.getValue().size() != 1) {
      return Optional.empty();
    }
    Span span = span(outer);
    String text = span.text();
    boolean whole = text.startsWith("{{") && text.endsWith("}}") && text.indexOf('\n') < 0;
    return whole ? Optional.of(new Node.Template(text, span)) : Optional.empty();
  }

  private static Node nothing(Span span) {
    return new Node.Scalar(NullValue.NULL, span, true);
  }

  private void refuse(String code, Span span, String message, String hint) {
    if (!refused) {
      refused = true;
      diagnostics.error(code, span, message, hint);
    }
  }

  private Span span(org.snakeyaml.engine.v2.nodes.Node node) {
    int start = node.getStartMark().map(m -> offset(m.getIndex())).orElse(0);
    int end = node.getEndMark().map(m -> offset(m.getIndex())).orElse(start);
    String text = source.text();
    boolean block = !(node instanceof ScalarNode);
    // A block's end mark is at the next token, lines below; its last character is what is meant.
    while (block && end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return source.span(start, Math.max(start, end));
  }

  /** The reader counts code points; spans count UTF-16 units. */
  private int offset(int codePoints) {
    int length = source.text().length();
    if (units == null) {
      return Math.min(codePoints, length);
    }
    return codePoints < units.length ? units[codePoints] : length;
  }

  private static int @Nullable [] units(String text) {
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return null;
    }
    int[] units = new int[text.codePointCount(0, text.length())];
    int at = 0;
    for (int i = 0; i < units.length; i++) {
      units[i] = at;
      at = text.offsetByCodePoints(at, 1);
    }
    return units;
  }
}
