package dev.bylaw.document;

import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a mapping apart, key by key, and collects everything that is wrong with it.
 *
 * <p>Ask for each key that there may be, then call {@link #refuseUnknown()}: what was never asked
 * for is unknown. A missing or wrong value is told once and answered with an empty one, so that the
 * rest is still looked at. Not thread-safe; made for one mapping.
 */
public final class Fields {
  private static final String MISSING = "E0110";

  /** The code of a value of another kind than is expected. */
  public static final String WRONG_KIND = "E0111";

  private static final String UNKNOWN = "E0112";
  private static final String NOT_ONE_OF = "E0113";

  private final Node.Mapping mapping;
  private final String what;
  private final Diagnostics diagnostics;
  // Of what is no mapping at all, which was told, nothing is missed.
  private final boolean wrong;
  private final Set<String> asked = new LinkedHashSet<>();

  private Fields(Node.Mapping mapping, String what, Diagnostics diagnostics, boolean wrong) {
    this.mapping = mapping;
    this.what = what;
    this.diagnostics = diagnostics;
    this.wrong = wrong;
  }

  /**
   * The fields of a node; of one that is no mapping, which is told, none.
   *
   * @param what the node is in messages, for instance {@code a rule}
   */
  public static Fields of(Node node, String what, Diagnostics diagnostics) {
    if (node instanceof Node.Mapping mapping) {
      return new Fields(mapping, what, diagnostics, false);
    }
    diagnostics.error(
        WRONG_KIND, node.span(), "expected " + what + " as a mapping, found " + node.kind());
    return new Fields(new Node.Mapping(List.of(), node.span(), false), what, diagnostics, true);
  }

  /** Where the mapping stands. */
  public Span span() {
    return mapping.span();
  }

  /** The mapping itself. */
  public Node.Mapping mapping() {
    return mapping;
  }

  /** Where what is wrong goes. */
  public Diagnostics diagnostics() {
    return diagnostics;
  }

  /** Whether a key is there; counts as asked for. */
  public boolean has(String key) {
    asked.add(key);
    return mapping.entry(key).isPresent();
  }

  /** The place of a key, or of the mapping where it is missing. */
  public Span keySpan(String key) {
    return mapping.entry(key).map(Node.Entry::keySpan).orElse(mapping.span());
  }

  /** The node of a key. */
  public Optional<Node> node(String key) {
    asked.add(key);
    return mapping.get(key);
  }

  /** The node of a key that must be there; empty where it is not, which is told. */
  public Optional<Node> requiredNode(String key) {
    Optional<Node> node = node(key);
    if (node.isEmpty() && !wrong) {
      Span at = mapping.span();
      int end = Math.min(at.end(), at.start() + 1);
      Span start =
          mapping.entries().isEmpty()
              ? at.source().span(at.start(), end)
              : mapping.entries().getFirst().keySpan();
      diagnostics.error(MISSING, start, what + " needs `" + key + "`");
    }
    return node;
  }

  /** The text of a key: a scalar that is not null, as it is written. */
  public Optional<String> text(String key) {
    return node(key).flatMap(node -> textOf(node, key));
  }

  /** The text of a key that must be there; empty where it is not, which is told. */
  public String requiredText(String key) {
    Optional<Node> node = requiredNode(key);
    Optional<String> text = node.flatMap(n -> textOf(n, key));
    if (text.isPresent() && text.get().isBlank()) {
      diagnostics.error(MISSING, node.orElseThrow().span(), "`" + key + "` is empty");
    }
    return text.orElse("");
  }

  /** Whether a key says true; {@code otherwise} where it is missing. */
  public boolean truth(String key, boolean otherwise) {
    Optional<Node> node = node(key);
    if (node.isEmpty()) {
      return otherwise;
    }
    if (node.get() instanceof Node.Scalar scalar && scalar.value() instanceof BooleanValue truth) {
      return truth.isTrue();
    }
    wrongKind(node.get(), key, "`true` or `false`");
    return otherwise;
  }

  /** The number of a key. */
  public Optional<NumberValue> number(String key) {
    Optional<Node> node = node(key);
    if (node.isPresent()) {
      if (node.get() instanceof Node.Scalar scalar
          && scalar.value() instanceof NumberValue number) {
        return Optional.of(number);
      }
      wrongKind(node.get(), key, "a number");
    }
    return Optional.empty();
  }

  /** The whole number of a key, in a range; {@code otherwise} where it is missing or wrong. */
  public int integer(String key, int from, int to, int otherwise) {
    Optional<Node> node = node(key);
    if (node.isEmpty()) {
      return otherwise;
    }
    if (node.get() instanceof Node.Scalar scalar
        && scalar.value() instanceof NumberValue number
        && number.isLong()
        && number.longValue() >= from
        && number.longValue() <= to) {
      return (int) number.longValue();
    }
    wrongKind(node.get(), key, "a whole number from " + from + " to " + to);
    return otherwise;
  }

  /** The elements of a list; none where it is missing. */
  public List<Node> list(String key) {
    Optional<Node> node = node(key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (node.get() instanceof Node.Sequence sequence) {
      return sequence.elements();
    }
    wrongKind(node.get(), key, "a list");
    return List.of();
  }

  /** The texts of a list, or the one text that stands in its place. */
  public List<String> texts(String key) {
    Optional<Node> node = node(key);
    if (node.isEmpty()) {
      return List.of();
    }
    List<Node> elements =
        node.get() instanceof Node.Sequence sequence ? sequence.elements() : List.of(node.get());
    List<String> texts = new ArrayList<>();
    for (Node element : elements) {
      textOf(element, key).ifPresent(texts::add);
    }
    return texts;
  }

  /** The fields of the mapping of a key. */
  public Optional<Fields> fields(String key, String name) {
    return node(key).map(node -> of(node, name, diagnostics));
  }

  /** The entries of the mapping of a key, for keys that the user makes up. */
  public List<Node.Entry> entries(String key) {
    Optional<Node> node = node(key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (node.get() instanceof Node.Mapping inner) {
      return inner.entries();
    }
    wrongKind(node.get(), key, "a mapping");
    return List.of();
  }

  /**
   * The constant that a key names, written in lower case; {@code otherwise} where it is missing or
   * wrong.
   */
  public <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
    Optional<Node> node = node(key);
    Optional<String> text = node.flatMap(n -> textOf(n, key));
    if (text.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT);
      if (name.equals(text.get())) {
        return Optional.of(constant);
      }
      names.add(name);
    }
    notOneOf(node.orElseThrow(), key, text.get(), names);
    return Optional.empty();
  }

  /** Tells that a value is not among the known ones. */
  public void notOneOf(Node node, String key, String found, List<String> known) {
    diagnostics.error(
        NOT_ONE_OF,
        node.span(),
        "unknown " + key + " `" + found + "`, expected one of `" + String.join("`, `", known) + "`",
        DidYouMean.hint(found, known));
  }

  /** Tells that a value is of another kind than expected. */
  public void wrongKind(Node node, String key, String expected) {
    String found =
        node instanceof Node.Scalar scalar && scalar.value().kind() != Value.Kind.NULL
            ? "`" + shorten(scalar.text()) + "`"
            : node.kind();
    diagnostics.error(
        WRONG_KIND, node.span(), "expected " + expected + " for `" + key + "`, found " + found);
  }

  /** Tells each key that was never asked for, with the nearest known one. */
  public void refuseUnknown() {
    for (Node.Entry entry : mapping.entries()) {
      if (!asked.contains(entry.key())) {
        String hint = DidYouMean.hint(entry.key(), asked);
        diagnostics.error(
            UNKNOWN,
            entry.keySpan(),
            "unknown key `" + shorten(entry.key()) + "` in " + what,
            hint.isEmpty() ? "known here: " + String.join(", ", asked) : hint);
      }
    }
  }

  private Optional<String> textOf(Node node, String key) {
    if (node instanceof Node.Template template) {
      return Optional.of(template.text());
    }
    if (node instanceof Node.Scalar scalar && scalar.value().kind() != Value.Kind.NULL) {
      return Optional.of(scalar.value() instanceof StringValue text ? text.text() : scalar.text());
    }
    wrongKind(node, key, "a text");
    return Optional.empty();
  }

  static String shorten(String text) {
    return text.length() <= 60 ? text : text.substring(0, 57) + "…";
  }
}
