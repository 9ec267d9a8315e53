package dev.bylaw.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.bylaw.expression.Result.Failed;
import dev.bylaw.expression.Result.Reason;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Terms that call functions: those of CEL, those of the host, {@code matches} and {@code type}. */
final class Calls {
  private Calls() {}

  /** A function of the {@linkplain Functions table}. */
  static final class Call extends Node {
    private final Functions.Row function;
    private final Node[] arguments;

    Call(Span span, Functions.Row function, List<Node> arguments) {
      super(span);
      this.function = function;
      this.arguments = arguments.toArray(Node[]::new);
    }

    @Override
    Numbers numbers() {
      return function.numbers();
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object[] values = new Object[arguments.length];
      for (int i = 0; i < values.length; i++) {
        Object value = arguments[i].evaluate(bindings, frame);
        if (value instanceof Failed) {
          return value;
        }
        values[i] = value;
      }
      return function.body().apply(values, this, frame);
    }
  }

  /** {@code x.startsWith("text")}, the one call that many rules are made of. */
  static final class StartsWith extends Node {
    private final Node operand;
    private final StringValue prefix;

    StartsWith(Span span, Node operand, StringValue prefix) {
      super(span);
      this.operand = operand;
      this.prefix = prefix;
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object value = operand.evaluate(bindings, frame);
      return value instanceof StringValue text
          ? BooleanValue.of(text.text().startsWith(prefix.text()))
          : notApplicable("startsWith", value, prefix);
    }
  }

  /** {@code type(x)}. */
  static final class TypeOf extends Node {
    private final Node operand;

    TypeOf(Span span, Node operand) {
      super(span);
      this.operand = operand;
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object value = operand.evaluate(bindings, frame);
      if (value instanceof Failed) {
        return value;
      }
      return new Domain.TypeName(
          value instanceof NumberValue && operand.numbers() == Numbers.UINT
              ? "uint"
              : Domain.typeName(value));
    }
  }

  /** {@code x.matches(pattern)}: the pattern (RE2, linear time) is found anywhere in the text. */
  static final class Matches extends Node {
    private final Node operand;
    private final Node pattern;

    /** The last pattern that was asked for, constant ones among them. */
    private volatile Compiled last;

    /** A pattern, or the failure that it is. */
    private record Compiled(String text, Object pattern) {}

    Matches(Span span, Node operand, Node pattern) {
      super(span);
      this.operand = operand;
      this.pattern = pattern;
      this.last = compiled(constant(pattern) instanceof StringValue text ? text.text() : "");
    }

    /** The pattern, or the failure that a constant one without sense is. */
    Object known() {
      return last.pattern();
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object value = operand.evaluate(bindings, frame);
      if (value instanceof Failed) {
        return value;
      }
      Object by = pattern.evaluate(bindings, frame);
      if (!(value instanceof StringValue text) || !(by instanceof StringValue wanted)) {
        return notApplicable("matches", value, by);
      }
      Compiled known = last;
      if (!known.text().equals(wanted.text())) {
        if (!frame.spend(wanted.text().length() * 10L)) {
          return outOfBudget();
        }
        known = compiled(wanted.text());
        last = known;
      }
      if (!(known.pattern() instanceof Pattern found)) {
        return known.pattern();
      }
      return frame.spend(Patterns.cost(found, text.text().length()))
          ? BooleanValue.of(found.matcher(text.text()).find())
          : outOfBudget();
    }

    private Compiled compiled(String text) {
      try {
        return new Compiled(text, Patterns.compile(text));
      } catch (PatternSyntaxException malformed) {
        return new Compiled(
            text,
            failed(
                Reason.FORMAT,
                "not a pattern: "
                    + malformed.getDescription()
                    + " in "
                    + Domain.brief(StringValue.of(text))));
      }
    }
  }

  /** A function of the host. */
  static final class HostCall extends Node {
    private final HostFunction function;
    private final Node[] arguments;

    HostCall(Span span, HostFunction function, List<Node> arguments) {
      super(span);
      this.function = function;
      this.arguments = arguments.toArray(Node[]::new);
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      List<Value> values = new ArrayList<>(arguments.length);
      for (Node argument : arguments) {
        Object value = argument.evaluate(bindings, frame);
        if (value instanceof Failed) {
          return value;
        }
        values.add(Domain.told(value));
      }
      if (!frame.spend(function.cost())) {
        return outOfBudget();
      }
      return called(values);
    }

    /** Whatever the host does wrong is a failure of this term, never an exception of ours. */
    private Object called(List<Value> values) {
      try {
        Value value = function.body().call(List.copyOf(values));
        return value != null
            ? value
            : failed(Reason.HOST, "`" + function.name() + "` gave nothing");
      } catch (RuntimeException failure) {
        String message = failure.getMessage();
        return failed(
            Reason.HOST,
            "`" + function.name() + "` failed" + (message == null ? "" : ": " + message));
      }
    }
  }
}
