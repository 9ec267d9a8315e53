package dev.bylaw.cedar.extension;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The functions and methods of the extension types: names, styles and types, a line each. */
public enum ExtensionFunction {
  DECIMAL("decimal", Style.CONSTRUCTOR, Kind.DECIMAL, Kind.STRING),
  LESS_THAN("lessThan", Style.METHOD, Kind.BOOL, Kind.DECIMAL, Kind.DECIMAL),
  LESS_THAN_OR_EQUAL("lessThanOrEqual", Style.METHOD, Kind.BOOL, Kind.DECIMAL, Kind.DECIMAL),
  GREATER_THAN("greaterThan", Style.METHOD, Kind.BOOL, Kind.DECIMAL, Kind.DECIMAL),
  GREATER_THAN_OR_EQUAL("greaterThanOrEqual", Style.METHOD, Kind.BOOL, Kind.DECIMAL, Kind.DECIMAL),
  IP("ip", Style.CONSTRUCTOR, Kind.IPADDR, Kind.STRING),
  IS_IPV4("isIpv4", Style.METHOD, Kind.BOOL, Kind.IPADDR),
  IS_IPV6("isIpv6", Style.METHOD, Kind.BOOL, Kind.IPADDR),
  IS_LOOPBACK("isLoopback", Style.METHOD, Kind.BOOL, Kind.IPADDR),
  IS_MULTICAST("isMulticast", Style.METHOD, Kind.BOOL, Kind.IPADDR),
  IS_IN_RANGE("isInRange", Style.METHOD, Kind.BOOL, Kind.IPADDR, Kind.IPADDR),
  DATETIME("datetime", Style.CONSTRUCTOR, Kind.DATETIME, Kind.STRING),
  OFFSET("offset", Style.METHOD, Kind.DATETIME, Kind.DATETIME, Kind.DURATION),
  DURATION_SINCE("durationSince", Style.METHOD, Kind.DURATION, Kind.DATETIME, Kind.DATETIME),
  TO_DATE("toDate", Style.METHOD, Kind.DATETIME, Kind.DATETIME),
  TO_TIME("toTime", Style.METHOD, Kind.DURATION, Kind.DATETIME),
  DURATION("duration", Style.CONSTRUCTOR, Kind.DURATION, Kind.STRING),
  TO_MILLISECONDS("toMilliseconds", Style.METHOD, Kind.LONG, Kind.DURATION),
  TO_SECONDS("toSeconds", Style.METHOD, Kind.LONG, Kind.DURATION),
  TO_MINUTES("toMinutes", Style.METHOD, Kind.LONG, Kind.DURATION),
  TO_HOURS("toHours", Style.METHOD, Kind.LONG, Kind.DURATION),
  TO_DAYS("toDays", Style.METHOD, Kind.LONG, Kind.DURATION);

  /** How it is called. */
  public enum Style {
    /** {@code f("…")}, makes a value of a string. */
    CONSTRUCTOR,
    /** {@code a.f(b)}. */
    METHOD
  }

  /** The types that arguments and results have. */
  public enum Kind {
    BOOL("Bool"),
    LONG("Long"),
    STRING("String"),
    DECIMAL("decimal"),
    IPADDR("ipaddr"),
    DATETIME("datetime"),
    DURATION("duration");

    private final String typeName;

    Kind(String typeName) {
      this.typeName = typeName;
    }

    /** What schemas call the type. */
    public String typeName() {
      return typeName;
    }
  }

  private static final Map<String, ExtensionFunction> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(f -> f.word, Function.identity()));

  private final String word;
  private final Style style;
  private final Kind result;

  @SuppressWarnings("ImmutableEnumChecker") // a copy
  private final List<Kind> parameters;

  ExtensionFunction(String word, Style style, Kind result, Kind... parameters) {
    this.word = word;
    this.style = style;
    this.result = result;
    this.parameters = List.of(parameters);
  }

  /** The function of that name. */
  public static Optional<ExtensionFunction> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** The names of all functions of a style. */
  public static List<String> names(Style style) {
    return Arrays.stream(values()).filter(f -> f.style == style).map(f -> f.word).toList();
  }

  /** Its name in Cedar. */
  public String word() {
    return word;
  }

  /** How it is called. */
  public Style style() {
    return style;
  }

  /** The type of what it gives. */
  public Kind result() {
    return result;
  }

  /** The types of its arguments, a method's receiver first. */
  public List<Kind> parameters() {
    return parameters;
  }
}
