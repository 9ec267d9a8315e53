package dev.bylaw.value;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A text. */
public final class StringValue implements Value {
  /** The empty text. */
  public static final StringValue EMPTY = new StringValue("");

  private final String text;

  private StringValue(String text) {
    this.text = text;
  }

  /** A text. */
  public static StringValue of(String text) {
    return Objects.requireNonNull(text).isEmpty() ? EMPTY : new StringValue(text);
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
