package dev.bylaw.value;

import org.jspecify.annotations.Nullable;

/** JSON's null. */
public final class NullValue implements Value {
  /** The only one. */
  public static final NullValue NULL = new NullValue();

  private NullValue() {}

  @Override
  public Kind kind() {
    return Kind.NULL;
  }

  @Override
  public @Nullable Object toJava() {
    return null;
  }

  @Override
  public String toString() {
    return "null";
  }
}
