package dev.bylaw.cedar.command;

import dev.bylaw.syntax.Diagnostic;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a command gives.
 *
 * @param exitCode 0 allow or fine, 1 failed, 2 deny, 3 not valid, 4 not known
 * @param text for the standard output
 * @param troubles what it has to say about its inputs
 * @param aside whether that goes to the standard error
 * @param warnings what is probably not meant in them; always told on the standard error
 */
public record Outcome(
    int exitCode, String text, List<Trouble> troubles, boolean aside, List<Trouble> warnings) {
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

  public Outcome {
    troubles = List.copyOf(troubles);
    warnings = List.copyOf(warnings);
  }

  /** An outcome without warnings. */
  Outcome(int exitCode, String text, List<Trouble> troubles, boolean aside) {
    this(exitCode, text, troubles, aside, List.of());
  }

  /** A text and nothing to complain about. */
  Outcome(int exitCode, String text) {
    this(exitCode, text, List.of(), false);
  }

  /** All is well. */
  public static Outcome ok(String text) {
    return new Outcome(OK, text);
  }

  /** Cedar's tool tells failures on the standard output, so that scripts find them there. */
  public static Outcome failed(Trouble trouble) {
    return new Outcome(FAILED, "", List.of(trouble), false);
  }

  /** The same with an empty line ahead, which decisions begin with. */
  public Outcome afterEmptyLine() {
    return new Outcome(exitCode, "\n" + text, troubles, aside, warnings);
  }

  /** The same with warnings of the schema. */
  Outcome warning(List<Diagnostic> found) {
    return found.isEmpty()
        ? this
        : new Outcome(
            exitCode, text, troubles, aside, found.stream().map(Trouble::ofSchema).toList());
  }

  /** The same, told on the standard error if it is a failure. */
  Outcome tellingFailureAside() {
    return new Outcome(exitCode, text, troubles, exitCode == FAILED, warnings);
  }

  /** The standard output. */
  public String out() {
    return out(ErrorFormat.HUMAN);
  }

  /** The standard output, with troubles in a format. */
  public String out(ErrorFormat format) {
    return aside ? text : text + told(troubles, format);
  }

  /** The standard error. */
  public String err() {
    return err(ErrorFormat.HUMAN);
  }

  /** The standard error, with troubles in a format. */
  public String err(ErrorFormat format) {
    return told(warnings, format) + (aside ? told(troubles, format) : "");
  }

  private static String told(List<Trouble> troubles, ErrorFormat format) {
    return troubles.stream().map(each -> each.text(format)).collect(Collectors.joining());
  }
}
