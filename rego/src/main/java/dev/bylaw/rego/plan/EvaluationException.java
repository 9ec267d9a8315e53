package dev.bylaw.rego.plan;

import dev.bylaw.syntax.Span;
import org.jspecify.annotations.Nullable;

/** An evaluation ended without a result. Carries OPA's code. */
public final class EvaluationException extends RuntimeException {
  public static final String CONFLICT = "eval_conflict_error";
  public static final String BUILTIN = "eval_builtin_error";
  public static final String TYPE = "eval_type_error";
  public static final String CANCEL = "eval_cancel_error";
  public static final String INTERNAL = "eval_internal_error";
  public static final String WITH = "eval_with_merge_error";

  /** The text of a cancellation where the heap was full. */
  public static final String FULL = "evaluation took all the memory there is";

  /** The text of a cancellation where the stack was. */
  public static final String DEEP = "evaluation is nested too deeply";

  private final String code;
  private final String text;
  private final transient @Nullable Span span;

  public EvaluationException(String code, String text, @Nullable Span span) {
    super(render(code, text, span), null, false, false);
    this.code = code;
    this.text = text;
    this.span = span;
  }

  private static String render(String code, String text, @Nullable Span span) {
    String where = span == null ? "" : span.source().name() + ":" + span.position().line() + ": ";
    return where + code + ": " + text;
  }

  /** OPA's code. */
  public String code() {
    return code;
  }

  /** The message without place and code. */
  public String text() {
    return text;
  }

  /** Where, if it is known. */
  public @Nullable Span span() {
    return span;
  }

  EvaluationException at(Span where) {
    return span == null ? new EvaluationException(code, text, where) : this;
  }
}
