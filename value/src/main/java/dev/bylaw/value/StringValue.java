package dev.bylaw.value;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A text. */
public final class StringValue implements Value {
  /** The empty text. */
  public static final StringValue EMPTY = new StringValue("");

  /** Where names are remembered: a racing thread reads one or another, whole. */
  private static final @Nullable StringValue[] NAMES = new StringValue[2048];

  private final String text;

  private StringValue(String text) {
    this.text = text;
  }

  /** A text. */
  public static StringValue of(String text) {
    return Objects.requireNonNull(text).isEmpty() ? EMPTY : new StringValue(text);
  }

  /**
   * A text that policies look for in objects. Objects read from JSON then have it as a key, the
   * very same, which is found without comparing texts. Nothing else depends on it.
   */
  public static StringValue name(String text) {
    int place = place(text);
    StringValue known = NAMES[place];
    if (known == null || !known.text.equals(text)) {
      known = of(text);
      NAMES[place] = known;
    }
    return known;
  }

  /** Remembers a key that comes again and again, if there is room: policies may look for it. */
  static void remember(StringValue key) {
    int place = place(key.text);
    if (NAMES[place] == null) {
      NAMES[place] = key;
    }
  }

  /** The name of that text, or null if none is remembered. */
  static @Nullable StringValue known(String text) {
    StringValue known = NAMES[place(text)];
    return known != null && known.text.equals(text) ? known : null;
  }

  private static int place(String text) {
    return (text.hashCode() * 0x9E3779B9) >>> 21;
  }

  /** The text. */
  public String text() {
    return text;
  }

  @Override
  public Kind kind() {
    return Kind.STRING;
  }

  @Override
  public String toJava() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof StringValue that && text.equals(that.text));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text in JSON, in quotes. */
  @Override
  public String toString() {
    return Json.write(this);
  }
}
