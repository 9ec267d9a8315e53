package dev.bylaw.rego.ast;

import dev.bylaw.syntax.Span;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.List;

/** A term: what has a value, or stands for one. */
public sealed interface Term {
  /** Where it is written; for generated terms, where their origin is. */
  Span span();

  /** A null, boolean, number or string; after constant folding, any ground value. */
  record Scalar(Value value, Span span) implements Term {}

  /**
   * A variable. The wildcard {@code _} is a new variable at each place, with a name that starts
   * with {@code $}.
   */
  record Var(String name, Span span) implements Term {
    /** Whether it was written {@code _}. */
    public boolean isWildcard() {
      return name.startsWith("$");
    }

    /** Whether a compilation step made it. */
    public boolean isGenerated() {
      return name.startsWith("__local") || isWildcard();
    }
  }

  /**
   * A reference: a head and at least one key; {@code a.b} is {@code a["b"]}. A root document
   * ({@code input}, {@code data}) alone is one without keys.
   */
  record Ref(Term head, List<Term> path, Span span) implements Term {
    public Ref {
      path = List.copyOf(path);
    }

    /** Whether the head is the variable of that name. */
    public boolean startsWith(String name) {
      return head instanceof Var v && v.name().equals(name);
    }

    /** How many leading keys are constant strings. */
    public int constantKeys() {
      int n = 0;
      while (n < path.size()
          && path.get(n) instanceof Scalar s
          && s.value() instanceof StringValue) {
        n++;
      }
      return n;
    }

    /** The text of a constant string key. */
    public String key(int index) {
      return ((StringValue) ((Scalar) path.get(index)).value()).text();
    }
  }

  /** {@code [a, b]}. */
  record ArrayTerm(List<Term> elements, Span span) implements Term {
    public ArrayTerm {
      elements = List.copyOf(elements);
    }
  }

  /** {@code {k: v}}. */
  record ObjectTerm(List<Entry> entries, Span span) implements Term {
    public ObjectTerm {
      entries = List.copyOf(entries);
    }
  }

  /** One entry of an object term. */
  record Entry(Term key, Term value) {}

  /** {@code {a, b}}. */
  record SetTerm(List<Term> members, Span span) implements Term {
    public SetTerm {
      members = List.copyOf(members);
    }
  }

  /** {@code [head | body]}. */
  record ArrayComprehension(Term head, List<Literal> body, Span span) implements Term {
    public ArrayComprehension {
      body = List.copyOf(body);
    }
  }

  /** {@code {head | body}}. */
  record SetComprehension(Term head, List<Literal> body, Span span) implements Term {
    public SetComprehension {
      body = List.copyOf(body);
    }
  }

  /** {@code {key: value | body}}. */
  record ObjectComprehension(Term key, Term value, List<Literal> body, Span span) implements Term {
    public ObjectComprehension {
      body = List.copyOf(body);
    }
  }

  /**
   * A call. The operator is a variable or a reference of constant keys; an infix operator is the
   * name of its builtin.
   */
  record Call(Ref operator, List<Term> arguments, Span span) implements Term {
    public Call {
      arguments = List.copyOf(arguments);
    }

    /** The operator's dotted name. */
    public String name() {
      return Names.dotted(operator);
    }
  }

  /**
   * An interpolated string: texts and expressions in turn. A part that is not a plain text is an
   * expression with its own {@code with} modifiers; undefined ones print as {@code <undefined>}.
   */
  record Template(List<Literal> parts, boolean multiline, Span span) implements Term {
    public Template {
      parts = List.copyOf(parts);
    }
  }

  /** The constant {@code true} at a place. */
  static Scalar truth(Span span) {
    return new Scalar(BooleanValue.TRUE, span);
  }

  /** A string constant at a place. */
  static Scalar string(String text, Span span) {
    return new Scalar(StringValue.of(text), span);
  }
}
