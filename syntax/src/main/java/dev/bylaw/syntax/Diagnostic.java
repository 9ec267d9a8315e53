package dev.bylaw.syntax;

import java.util.List;
import java.util.Objects;

/**
 * One mistake of a user: what, where, and a way out.
 *
 * @param severity whether the text can be used all the same
 * @param code a stable name for documentation and scripts, for instance {@code E0203}
 * @param message one line: lower case, no full stop, back-ticks round code
 * @param span where
 * @param hint a way out, shown behind the caret; empty if there is none
 * @param notes other places that belong to it, for instance the first definition of a duplicate
 */
public record Diagnostic(
    Severity severity, String code, String message, Span span, String hint, List<Note> notes) {

  /**
   * Another place that belongs to a diagnostic.
   *
   * @param message what is there
   * @param span where
   */
  public record Note(String message, Span span) {}

  /** How long a message or a hint is at most, in UTF-16 units; what is longer is cut inside. */
  private static final int LONGEST = 2_000;

  public Diagnostic {
    Objects.requireNonNull(severity);
    Objects.requireNonNull(code);
    Objects.requireNonNull(message);
    Objects.requireNonNull(span);
    Objects.requireNonNull(hint);
    message = shortened(message);
    hint = shortened(hint);
    notes = List.copyOf(notes);
  }

  /** A name of a million letters in a hostile file makes no message of that length. */
  private static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int half = LONGEST / 2;
    int end = Character.isHighSurrogate(text.charAt(half - 1)) ? half - 1 : half;
    int rest = text.length() - half;
    rest = Character.isLowSurrogate(text.charAt(rest)) ? rest + 1 : rest;
    return text.substring(0, end) + "…" + text.substring(rest);
  }

  /** An error without a hint. */
  public static Diagnostic error(String code, Span span, String message) {
    return new Diagnostic(Severity.ERROR, code, message, span, "", List.of());
  }

  /** A warning without a hint. */
  public static Diagnostic warning(String code, Span span, String message) {
    return new Diagnostic(Severity.WARNING, code, message, span, "", List.of());
  }

  /** The same with a way out. */
  public Diagnostic withHint(String way) {
    return new Diagnostic(severity, code, message, span, way, notes);
  }

  /** The same with one more note. */
  public Diagnostic withNote(String text, Span where) {
    var more = new java.util.ArrayList<>(notes);
    more.add(new Note(text, where));
    return new Diagnostic(severity, code, message, span, hint, more);
  }

  /** Whether the text cannot be used. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /**
   * The diagnostic for people: place, code and message, then the source line with a caret and the
   * hint, then the notes; no trailing line break.
   *
   * <pre>
   * packs/ops-caps.yaml:7:14: E0203: unknown window `dayly`
   *   window: dayly
   *           ^^^^^ did you mean `day`?
   * </pre>
   */
  public String render() {
    return Caret.render(this);
  }

  @Override
  public String toString() {
    return span + ": " + code + ": " + message;
  }
}
