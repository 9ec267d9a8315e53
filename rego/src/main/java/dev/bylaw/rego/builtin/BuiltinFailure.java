package dev.bylaw.rego.builtin;

/** A builtin could not do its work. */
public final class BuiltinFailure extends RuntimeException {
  private final boolean ofType;

  private BuiltinFailure(boolean ofType, String message) {
    super(message, null, false, false);
    this.ofType = ofType;
  }

  /** An operand is of a kind or form that the builtin does not take. */
  public static BuiltinFailure type(String message) {
    return new BuiltinFailure(true, message);
  }

  /** The work failed. */
  public static BuiltinFailure error(String message) {
    return new BuiltinFailure(false, message);
  }

  /** Operand {@code position}, counted from 1, must be something else. */
  public static BuiltinFailure operand(int position, String expected, String found) {
    return type("operand " + position + " must be " + expected + " but got " + found);
  }

  /** Whether an operand was to blame: {@code eval_type_error}. */
  public boolean ofType() {
    return ofType;
  }

  /** The message; never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
