package dev.bylaw.expression;

import dev.bylaw.syntax.Span;
import dev.bylaw.value.BooleanValue;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A compiled expression. Immutable and thread-safe; made by {@link Expressions}.
 *
 * <p>Evaluation never throws, whatever the bindings hold, and ends within its {@link Limits}.
 */
public final class Expression {
  private final String text;
  private final Span span;
  private final Node root;
  private final Limits limits;
  private final int locals;
  private final boolean isMetered;
  private final Set<Reference> references;
  private final List<Fact> facts;
  private final Outline outline;

  Expression(Passage passage, Node root, Planner planner, Outline outline, Limits limits) {
    this.text = passage.text();
    this.span = passage.whole();
    this.root = root;
    this.limits = limits;
    this.locals = planner.locals();
    this.isMetered = planner.isMetered();
    this.references = Collections.unmodifiableSet(new LinkedHashSet<>(planner.references()));
    this.facts = Facts.of(root);
    this.outline = outline;
  }

  /** The expression as written. */
  public String text() {
    return text;
  }

  /** Where it stands. */
  public Span span() {
    return span;
  }

  /** What it comes to; nothing is allocated for simple comparisons. */
  public Result evaluate(Bindings bindings) {
    Object value = root.evaluate(bindings, frame());
    if (value == BooleanValue.TRUE) {
      return Result.Produced.TRUE;
    }
    return value == BooleanValue.FALSE ? Result.Produced.FALSE : Domain.result(value);
  }

  private Frame frame() {
    return isMetered ? new Frame(limits, locals) : Frame.FREE;
  }

  /** The paths of variables that it reads, in order of their first use. */
  public Set<Reference> references() {
    return references;
  }

  /**
   * What must hold for it to be anything but false, by reference; for an index of rules. Of {@code
   * action == "x" && params.kind in ["a", "b"]} both terms, in whatever order; of {@code ||} what
   * all sides say of the same reference.
   */
  public List<Fact> facts() {
    return facts;
  }

  /**
   * What its terms come to: those that logic combines, in order, each followed by what it is made
   * of. A slow, separate evaluation; impure host functions are called again.
   */
  public List<Term> explain(Bindings bindings) {
    return Outline.explain(outline, bindings, new Frame(limits, locals));
  }

  @Override
  public String toString() {
    return text;
  }
}
