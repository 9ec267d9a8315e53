package dev.bylaw.rego.plan;

import dev.bylaw.rego.builtin.Builtin;
import dev.bylaw.rego.builtin.BuiltinContext;
import dev.bylaw.rego.builtin.BuiltinFailure;
import dev.bylaw.rego.plan.Evaluation.Replacement;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls of builtins and of the policy's functions. */
final class Calls {
  private static final int LARGE = 1024;

  private Calls() {}

  /** A node for a call of a builtin. */
  static Node builtin(Builtin builtin, List<Node> arguments, Span span) {
    return switch (builtin.body()) {
      case Builtin.F1 f -> new Call1(builtin, f, arguments.get(0), span);
      case Builtin.F2 f -> new Call2(builtin, f, arguments.get(0), arguments.get(1), span);
      case Builtin.F0 _, Builtin.F3 _, Builtin.FN _ -> new CallN(builtin, arguments, span);
    };
  }

  /** Counts steps for the size of a large result. */
  private static @Nullable Value charged(Evaluation e, @Nullable Value result) {
    int size =
        switch (result) {
          case StringValue s -> s.text().length();
          case ArrayValue a -> a.size();
          case null, default -> 0;
        };
    if (size >= LARGE) {
      e.session.spend(size / LARGE);
    }
    return result;
  }

  private static @Nullable Value failed(
      Evaluation e, Builtin builtin, BuiltinFailure failure, Span span) {
    String code = failure.ofType() ? EvaluationException.TYPE : EvaluationException.BUILTIN;
    var exception = new EvaluationException(code, builtin.name() + ": " + failure.text(), span);
    if (e.session.settings().strictErrors()) {
      throw exception;
    }
    e.session.failed(exception);
    return null;
  }

  private static @Nullable Value replaced(Evaluation e, Replacement by, Value[] arguments) {
    return by.function() != null
        ? by.function().call(e.withoutReplacedFunctions(), arguments)
        : by.value();
  }

  /** The replacement of a function, or null. */
  static @Nullable Replacement replacement(Evaluation e, String name) {
    Map<String, Replacement> functions = e.functions;
    return functions == null ? null : functions.get(name);
  }

  private static final class Call1 extends Node {
    private final Builtin builtin;
    private final Builtin.F1 function;
    private final Node argument;
    private final Span span;

    Call1(Builtin builtin, Builtin.F1 function, Node argument, Span span) {
      this.builtin = builtin;
      this.function = function;
      this.argument = argument;
      this.span = span;
    }

    @Override
    @Nullable Value eval(Frame f) {
      Value a = argument.eval(f);
      if (a == null) {
        return null;
      }
      Evaluation e = f.evaluation;
      Replacement by = replacement(e, builtin.name());
      if (by != null) {
        return replaced(e, by, new Value[] {a});
      }
      try {
        return charged(e, function.apply(e.session.context(), a));
      } catch (BuiltinFailure failure) {
        return failed(e, builtin, failure, span);
      }
    }
  }

  private static final class Call2 extends Node {
    private final Builtin builtin;
    private final Builtin.F2 function;
    private final Node first;
    private final Node second;
    private final Span span;

    Call2(Builtin builtin, Builtin.F2 function, Node first, Node second, Span span) {
      this.builtin = builtin;
      this.function = function;
      this.first = first;
      this.second = second;
      this.span = span;
    }

    @Override
    @Nullable Value eval(Frame f) {
      Value a = first.eval(f);
      if (a == null) {
        return null;
      }
      Value b = second.eval(f);
      if (b == null) {
        return null;
      }
      Evaluation e = f.evaluation;
      Replacement by = replacement(e, builtin.name());
      if (by != null) {
        return replaced(e, by, new Value[] {a, b});
      }
      try {
        return charged(e, function.apply(e.session.context(), a, b));
      } catch (BuiltinFailure failure) {
        return failed(e, builtin, failure, span);
      }
    }
  }

  private static final class CallN extends Node {
    private final Builtin builtin;
    private final Node[] arguments;
    private final Span span;

    CallN(Builtin builtin, List<Node> arguments, Span span) {
      this.builtin = builtin;
      this.arguments = arguments.toArray(new Node[0]);
      this.span = span;
    }

    @Override
    @Nullable Value eval(Frame f) {
      Value[] values = Nodes.all(arguments, f);
      if (values == null) {
        return null;
      }
      Evaluation e = f.evaluation;
      Replacement by = replacement(e, builtin.name());
      if (by != null) {
        return replaced(e, by, values);
      }
      return new BuiltinCallable(builtin, span).call(e, values);
    }
  }

  /** A builtin as what {@code with} puts in the place of another function. */
  record BuiltinCallable(Builtin builtin, Span span) implements Callable {
    @Override
    public @Nullable Value call(Evaluation e, Value[] arguments) {
      BuiltinContext context = e.session.context();
      if (arguments.length != builtin.arity()) {
        throw new EvaluationException(
            EvaluationException.TYPE, builtin.name() + ": arity mismatch", span);
      }
      try {
        return charged(e, builtin.call(context, arguments));
      } catch (BuiltinFailure failure) {
        return failed(e, builtin, failure, span);
      }
    }
  }

  /** A call of a function of the policy. */
  static final class FunctionCall extends Node {
    private final FunctionRule function;
    private final Node[] arguments;

    FunctionCall(FunctionRule function, List<Node> arguments) {
      this.function = function;
      this.arguments = arguments.toArray(new Node[0]);
    }

    @Override
    @Nullable Value eval(Frame f) {
      Value[] values = Nodes.all(arguments, f);
      if (values == null) {
        return null;
      }
      Evaluation e = f.evaluation;
      Replacement by = replacement(e, function.name);
      return by == null ? function.call(e, values) : replaced(e, by, values);
    }
  }

  /** {@code print}: an argument that is undefined prints as such. */
  static final class Print extends Node {
    private final Node argument;
    private final Span span;

    Print(Node argument, Span span) {
      this.argument = argument;
      this.span = span;
    }

    @Override
    Value eval(Frame f) {
      var prints = f.evaluation.session.settings().prints();
      Value v = argument.eval(f);
      if (prints != null && v instanceof dev.bylaw.value.ArrayValue sets) {
        print(sets, 0, "", prints);
      }
      return dev.bylaw.value.BooleanValue.TRUE;
    }

    /** One line for each combination of the values. */
    private void print(
        dev.bylaw.value.ArrayValue sets,
        int i,
        String line,
        java.util.function.Consumer<String> prints) {
      if (i == sets.size()) {
        prints.accept(line);
        return;
      }
      String sofar = i == 0 ? "" : line + " ";
      if (!(sets.get(i) instanceof dev.bylaw.value.SetValue set) || set.size() == 0) {
        print(sets, i + 1, sofar + "<undefined>", prints);
        return;
      }
      for (Value v : set) {
        String text =
            v instanceof dev.bylaw.value.StringValue s
                ? s.text()
                : dev.bylaw.rego.builtin.TermText.of(v);
        print(sets, i + 1, sofar + text, prints);
      }
    }

    Span span() {
      return span;
    }
  }
}
