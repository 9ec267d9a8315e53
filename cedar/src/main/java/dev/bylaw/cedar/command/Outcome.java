package dev.bylaw.cedar.command;

/**
 * What a command gives.
 *
 * @param exitCode 0 allow or fine, 1 failed, 2 deny, 3 not valid
 * @param out for the standard output
 * @param err for the standard error
 */
public record Outcome(int exitCode, String out, String err) {
  /** Allow, or all is well. */
  public static final int OK = 0;

  /** Something could not be read or done. */
  public static final int FAILED = 1;

  /** The request is denied. */
  public static final int DENIED = 2;

  /** The policies are not valid. */
  public static final int INVALID = 3;

  static Outcome ok(String out) {
    return new Outcome(OK, out, "");
  }

  static Outcome failed(String err) {
    return new Outcome(FAILED, "", err);
  }
}
