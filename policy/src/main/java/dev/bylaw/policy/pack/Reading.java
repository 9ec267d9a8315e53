package dev.bylaw.policy.pack;

import dev.bylaw.document.Durations;
import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.policy.data.HostList;
import dev.bylaw.policy.data.ListRef;
import dev.bylaw.policy.data.Unreadable;
import dev.bylaw.policy.rule.FieldPath;
import dev.bylaw.policy.rule.RuleEnvironment;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What readers of rules share: where mistakes go, what there is to refer to, and the small forms
 * (amounts, sizes, durations, lists, paths) that many kinds of rules are made of.
 *
 * @param diagnostics takes what is wrong
 * @param environment what conditions and other languages are compiled with
 * @param data the named data there are
 * @param files other files of the identity, by name as a pack writes it
 */
record Reading(
    Diagnostics diagnostics,
    RuleEnvironment environment,
    ObjectValue data,
    Function<String, Optional<Source>> files) {

  static final String UNKNOWN_WORD = "E0203";
  static final String BAD_AMOUNT = "E0205";
  static final String BAD_NAME = "E0206";
  static final String UNKNOWN_DATA = "E0207";
  static final String CONTRADICTION = "E0211";

  void error(String code, Span span, String message) {
    diagnostics.error(code, span, message);
  }

  void error(String code, Span span, String message, String hint) {
    diagnostics.error(code, span, message, hint);
  }

  /** Tells a word that is not among the known ones. */
  void unknown(String what, String found, Span span, Collection<String> known) {
    String hint = DidYouMean.hint(found, known);
    error(
        UNKNOWN_WORD,
        span,
        "unknown "
            + what
            + " `"
            + shorten(found)
            + "`, expected one of `"
            + String.join("`, `", known)
            + "`",
        hint);
  }

  /** The word of a key, if it is one of the known ones. */
  <T> Optional<T> word(
      Fields fields, String key, Function<String, Optional<T>> named, Collection<String> known) {
    Optional<String> text = fields.text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> found = named.apply(text.get());
    if (found.isEmpty()) {
      unknown(key, text.get(), fields.node(key).orElseThrow().span(), known);
    }
    return found;
  }

  /** The names of the constants of an enumeration, as they stand in files. */
  static <E extends Enum<E>> List<String> words(Class<E> type) {
    List<String> words = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      words.add(constant.name().toLowerCase(Locale.ROOT));
    }
    return words;
  }

  /** The constant that a text names. */
  static <E extends Enum<E>> Optional<E> constant(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }

  /**
   * An amount: {@code 100}, {@code 100.50 USD}.
   *
   * @param currency empty for a plain number
   */
  record Amount(BigDecimal number, String currency) {}

  /** The amount of a key. */
  Optional<Amount> amount(Fields fields, String key) {
    Optional<Node> node = fields.node(key);
    Optional<String> text = fields.text(key);
    if (node.isEmpty() || text.isEmpty()) {
      return Optional.empty();
    }
    Span span = node.get().span();
    String[] parts = text.get().strip().split("\\s+", -1);
    if (parts.length <= 2 && parts[0].matches("[0-9]{1,30}(\\.[0-9]{1,20})?")) {
      BigDecimal number = new BigDecimal(parts[0]);
      if (parts.length == 1) {
        return Optional.of(new Amount(number, ""));
      }
      return currency(parts[1], span).map(currency -> new Amount(number, currency));
    }
    error(
        BAD_AMOUNT,
        span,
        "expected an amount for `" + key + "`, found `" + shorten(text.get()) + "`",
        "write it as `100` or `100.50 USD`");
    return Optional.empty();
  }

  /** A currency of ISO 4217. */
  Optional<String> currency(String text, Span span) {
    try {
      return Optional.of(
          java.util.Currency.getInstance(text.toUpperCase(Locale.ROOT)).getCurrencyCode());
    } catch (IllegalArgumentException _) {
      error(
          BAD_AMOUNT,
          span,
          "unknown currency `" + shorten(text) + "`",
          "write the three letters of ISO 4217, as in `USD`");
      return Optional.empty();
    }
  }

  /** A size in bytes: {@code 10MB}, {@code 512 KiB}, {@code 1000}; -1 where the key is missing. */
  long size(Fields fields, String key) {
    Optional<String> text = fields.text(key);
    if (text.isEmpty()) {
      return -1;
    }
    String plain = text.get().strip().toUpperCase(Locale.ROOT).replace(" ", "");
    int digits = 0;
    while (digits < plain.length() && Character.isDigit(plain.charAt(digits))) {
      digits++;
    }
    long unit =
        switch (plain.substring(digits)) {
          case "", "B" -> 1L;
          case "KB" -> 1_000L;
          case "MB" -> 1_000_000L;
          case "GB" -> 1_000_000_000L;
          case "KIB" -> 1L << 10;
          case "MIB" -> 1L << 20;
          case "GIB" -> 1L << 30;
          default -> 0L;
        };
    if (unit == 0 || digits == 0 || digits > 9) {
      error(
          BAD_AMOUNT,
          fields.node(key).orElseThrow().span(),
          "expected a size for `" + key + "`, found `" + shorten(text.get()) + "`",
          "write it as `10MB` or `512KiB`");
      return -1;
    }
    return Long.parseLong(plain.substring(0, digits)) * unit;
  }

  /** The duration of a key. */
  Optional<Duration> duration(Fields fields, String key) {
    return fields
        .text(key)
        .flatMap(text -> duration(text, key, fields.node(key).orElseThrow().span()));
  }

  /** A duration. */
  Optional<Duration> duration(String text, String key, Span span) {
    Optional<Duration> duration = Durations.parse(text).filter(Duration::isPositive);
    if (duration.isEmpty()) {
      error(
          BAD_AMOUNT,
          span,
          "expected a duration for `" + key + "`, found `" + shorten(text) + "`",
          "write it as `30m`, `24h`, `90d` or `PT30M`");
    }
    return duration;
  }

  /** The time zone of a key. */
  Optional<ZoneId> zone(Fields fields, String key) {
    Optional<String> text = fields.text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ZoneId.of(text.get()));
    } catch (DateTimeException _) {
      Span span = fields.node(key).orElseThrow().span();
      error(
          BAD_NAME,
          span,
          "unknown time zone `" + shorten(text.get()) + "`",
          DidYouMean.hint(text.get(), ZoneId.getAvailableZoneIds()));
      return Optional.empty();
    }
  }

  /** The paths of a key: one or a list. */
  List<FieldPath> paths(Fields fields, String key) {
    List<FieldPath> paths = new ArrayList<>();
    for (String text : fields.texts(key)) {
      path(text, fields.node(key).orElseThrow().span()).ifPresent(paths::add);
    }
    return paths;
  }

  /** A path into a request. */
  Optional<FieldPath> path(String text, Span span) {
    FieldPath path = FieldPath.parse(text);
    if (path == null) {
      error(
          BAD_NAME,
          span,
          "`" + shorten(text) + "` is not the name of a field",
          "write it as `amount`, `params.order.total` or `resource.id`");
    }
    return Optional.ofNullable(path);
  }

  /** What a list is for; an entry that cannot be read is told when the rule is. */
  enum ListUse {
    VALUES,
    HOSTS,
    RECIPIENTS
  }

  /** A list: named data by name, or written in place. */
  Optional<ListRef> list(Node node, String key, ListUse use) {
    if (node instanceof Node.Scalar scalar && scalar.value() instanceof StringValue name) {
      return named(name.text(), node.span());
    }
    if (!(node instanceof Node.Sequence sequence)) {
      error(
          Fields.WRONG_KIND,
          node.span(),
          "expected the name of data or a list for `" + key + "`, found " + node.kind());
      return Optional.empty();
    }
    List<Value> values = new ArrayList<>();
    for (Node element : sequence.elements()) {
      Value value = element.value();
      boolean text = value instanceof StringValue;
      if (!text && (use != ListUse.VALUES || !(value instanceof NumberValue))) {
        error(
            Fields.WRONG_KIND,
            element.span(),
            "expected a text in `" + key + "`, found " + element.kind());
      } else if (use == ListUse.HOSTS && text) {
        checkHost(((StringValue) value).text(), element.span());
      }
      values.add(value);
    }
    return Optional.of(ListRef.inline(ArrayValue.of(values)));
  }

  private void checkHost(String host, Span span) {
    try {
      HostList.of(List.of(host));
    } catch (Unreadable e) {
      error(BAD_NAME, span, String.valueOf(e.getMessage()));
    }
  }

  private Optional<ListRef> named(String name, Span span) {
    Value here = data;
    for (String step : name.split("\\.", -1)) {
      Value next = here instanceof ObjectValue object ? object.get(step) : null;
      if (next == null) {
        List<String> known = new ArrayList<>();
        data.forEach((key, _) -> known.add(((StringValue) key).text()));
        String hint = DidYouMean.hint(name, known);
        error(
            UNKNOWN_DATA,
            span,
            "there are no data named `" + shorten(name) + "`",
            hint.isEmpty()
                ? "add `data/"
                    + shorten(name)
                    + ".yaml`, or write the list here: ["
                    + shorten(name)
                    + "]"
                : hint);
        return Optional.empty();
      }
      here = next;
    }
    return Optional.of(ListRef.named(name));
  }

  static String shorten(String text) {
    return text.length() <= 60 ? text : text.substring(0, 57) + "…";
  }
}
