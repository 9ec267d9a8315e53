package dev.bylaw.value;

/** True or false. */
public final class BooleanValue implements Value {
  public static final BooleanValue TRUE = new BooleanValue(true);
  public static final BooleanValue FALSE = new BooleanValue(false);

  private final boolean truth;

  private BooleanValue(boolean truth) {
    this.truth = truth;
  }

  /** {@link #TRUE} or {@link #FALSE}. */
  public static BooleanValue of(boolean truth) {
    return truth ? TRUE : FALSE;
  }

  /** Whether it is true. */
  public boolean isTrue() {
    return truth;
  }

  @Override
  public Kind kind() {
    return Kind.BOOLEAN;
  }

  @Override
  public Boolean toJava() {
    return truth;
  }

  @Override
  public String toString() {
    return Boolean.toString(truth);
  }
}
