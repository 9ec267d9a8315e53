package dev.bylaw.cedar.command;

/**
 * What a command gives.
 *
 * @param exitCode 0 allow or fine, 1 failed, 2 deny, 3 not valid, 4 not known
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

  /** What is known does not decide. */
  public static final int UNKNOWN = 4;

  static Outcome ok(String out) {
    return new Outcome(OK, out, "");
  }

  /** Cedar's tool tells failures on the standard output, so that scripts find them there. */
  static Outcome failed(String out) {
    return new Outcome(FAILED, out, "");
  }

  /** The same with an empty line ahead, which decisions begin with. */
  Outcome afterEmptyLine() {
    return new Outcome(exitCode, "\n" + out, err);
  }

  /** The same, told on the standard error if it is a failure. */
  Outcome tellingFailureAside() {
    return exitCode == FAILED ? new Outcome(FAILED, "", out) : this;
  }
}
