package dev.bylaw.cedar.policy;

import dev.bylaw.cedar.extension.ExtensionFunction;
import dev.bylaw.cedar.text.Pattern;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** An expression, as it was written: nothing is folded and no operator is replaced by another. */
public sealed interface Expr {
  /** Where it was written. */
  Place place();

  /** The request's parts. */
  enum Variable {
    PRINCIPAL("principal"),
    ACTION("action"),
    RESOURCE("resource"),
    CONTEXT("context");

    private final String word;

    Variable(String word) {
      this.word = word;
    }

    /** How it is written. */
    public String word() {
      return word;
    }
  }

  /** The gaps of a template. */
  enum SlotId {
    PRINCIPAL("?principal"),
    RESOURCE("?resource");

    private final String word;

    SlotId(String word) {
      this.word = word;
    }

    /** How it is written. */
    public String word() {
      return word;
    }
  }

  /** Operators before or behind one operand. */
  enum UnaryOperator {
    NOT("!"),
    NEGATE("neg"),
    IS_EMPTY("isEmpty");

    private final String word;

    UnaryOperator(String word) {
      this.word = word;
    }

    /** Its key in the JSON format. */
    public String word() {
      return word;
    }
  }

  /** Operators and built-in methods of two operands. */
  enum BinaryOperator {
    EQUAL("==", false),
    NOT_EQUAL("!=", false),
    LESS("<", false),
    LESS_OR_EQUAL("<=", false),
    GREATER(">", false),
    GREATER_OR_EQUAL(">=", false),
    IN("in", false),
    ADD("+", false),
    SUBTRACT("-", false),
    MULTIPLY("*", false),
    CONTAINS("contains", true),
    CONTAINS_ALL("containsAll", true),
    CONTAINS_ANY("containsAny", true),
    GET_TAG("getTag", true),
    HAS_TAG("hasTag", true);

    private final String word;
    private final boolean method;

    BinaryOperator(String word, boolean method) {
      this.word = word;
      this.method = method;
    }

    /** How it is written, in text and in JSON. */
    public String word() {
      return word;
    }

    /** Whether it is written {@code a.f(b)}. */
    public boolean isMethod() {
      return method;
    }
  }

  /** A value that is written as such: a boolean, an integer, a string or an entity reference. */
  record Literal(Value value, Place place) implements Expr {}

  /** A part of the request. */
  record Var(Variable variable, Place place) implements Expr {}

  /** A gap of a template. */
  record Slot(SlotId slot, Place place) implements Expr {}

  /** A value that is not known yet, in residuals of partial evaluation only. */
  record Unknown(String name, Place place) implements Expr {}

  /** {@code if test then whenTrue else whenFalse}. */
  record If(Expr test, Expr whenTrue, Expr whenFalse, Place place) implements Expr {}

  /** {@code a && b && …}, at least two operands; {@code (a && b) && c} is the same. */
  record And(List<Expr> operands, Place place) implements Expr {
    public And {
      operands =
          operands.getFirst() instanceof And(var first, _)
              ? joined(first, operands)
              : List.copyOf(operands);
    }
  }

  /** {@code a || b || …}, at least two operands; {@code (a || b) || c} is the same. */
  record Or(List<Expr> operands, Place place) implements Expr {
    public Or {
      operands =
          operands.getFirst() instanceof Or(var first, _)
              ? joined(first, operands)
              : List.copyOf(operands);
    }
  }

  private static List<Expr> joined(List<Expr> first, List<Expr> operands) {
    var all = new ArrayList<>(first);
    all.addAll(operands.subList(1, operands.size()));
    return List.copyOf(all);
  }

  /** An operator and one operand. */
  record Unary(UnaryOperator operator, Expr operand, Place place) implements Expr {}

  /** An operator and two operands. */
  record Binary(BinaryOperator operator, Expr left, Expr right, Place place) implements Expr {}

  /** {@code target.name} or {@code target["name"]}. */
  record Attribute(Expr target, String name, Place place) implements Expr {}

  /** {@code target has a.b.c}: a path of at least one name. */
  record Has(Expr target, List<String> path, Place place) implements Expr {
    public Has {
      path = List.copyOf(path);
    }
  }

  /** {@code target like "…"}. */
  record Like(Expr target, Pattern pattern, Place place) implements Expr {}

  /** {@code target is Type}, or {@code target is Type in container}. */
  record Is(Expr target, String type, @Nullable Expr container, Place place) implements Expr {}

  /** {@code [a, b]}. */
  record SetOf(List<Expr> elements, Place place) implements Expr {
    public SetOf {
      elements = List.copyOf(elements);
    }
  }

  /** {@code {a: 1, "b": 2}}; no name twice. */
  record RecordOf(SequencedMap<String, Expr> attributes, Place place) implements Expr {
    public RecordOf {
      attributes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(attributes));
    }

    /** Of attributes in any map. */
    public static RecordOf of(Map<String, Expr> attributes, Place place) {
      return new RecordOf(new LinkedHashMap<>(attributes), place);
    }
  }

  /** A call of an extension function; the receiver of a method is the first argument. */
  record Call(ExtensionFunction function, List<Expr> arguments, Place place) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** The expressions that it is made of, in the order they are written. */
  default List<Expr> children() {
    return switch (this) {
      case Literal _, Var _, Slot _, Unknown _ -> List.of();
      case If(var test, var yes, var no, _) -> List.of(test, yes, no);
      case And(var operands, _) -> operands;
      case Or(var operands, _) -> operands;
      case Unary(_, var operand, _) -> List.of(operand);
      case Binary(_, var left, var right, _) -> List.of(left, right);
      case Attribute(var target, _, _) -> List.of(target);
      case Has(var target, _, _) -> List.of(target);
      case Like(var target, _, _) -> List.of(target);
      case Is(var target, _, var container, _) ->
          container == null ? List.of(target) : List.of(target, container);
      case SetOf(var elements, _) -> elements;
      case RecordOf(var attributes, _) -> List.copyOf(attributes.values());
      case Call(_, var arguments, _) -> arguments;
    };
  }
}
