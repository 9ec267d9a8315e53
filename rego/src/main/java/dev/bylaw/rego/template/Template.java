package dev.bylaw.rego.template;

import dev.bylaw.rego.go.GoText;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A template that has been read. Immutable and thread-safe. */
public final class Template {
  private static final int MOST_DEEP = 1_000;
  private static final int SHOWN = 20;
  private static final String NONE = "<no value>";

  private final String text;
  private final Map<String, List<Node>> templates;

  private Template(String text, Map<String, List<Node>> templates) {
    this.text = text;
    this.templates = templates;
  }

  /**
   * Reads a template.
   *
   * @throws TemplateException with the line, if it is none
   */
  public static Template of(String text) {
    return new Template(text, TemplateParser.parse(text));
  }

  /**
   * Fills it in. What is not there is written {@code <no value>}.
   *
   * @param data what the dot is at first
   * @param tick is called for each piece of work, and may end it by throwing
   * @param printf formats as {@code fmt.Sprintf} does
   * @throws TemplateException with line and column, if it cannot be filled in with them
   */
  public String render(
      ObjectValue data, Runnable tick, BiFunction<String, List<Value>, String> printf) {
    Values.require(data);
    var run = new Run(tick, new Functions(printf));
    run.root(templates.getOrDefault("", List.of()), data);
    return run.out.toString();
  }

  /** How a list of nodes ended. */
  private enum Flow {
    ON,
    BREAK,
    CONTINUE
  }

  private record Binding(String name, @Nullable Object value) {}

  /** One filling in. */
  private final class Run {
    private final StringBuilder out = new StringBuilder();
    private final Runnable tick;
    private final Functions functions;
    private List<Binding> variables = new ArrayList<>();
    private int depth;

    Run(Runnable tick, Functions functions) {
      this.tick = tick;
      this.functions = functions;
    }

    void root(List<Node> nodes, @Nullable Object dot) {
      List<Binding> outer = variables;
      variables = new ArrayList<>();
      variables.add(new Binding("$", dot));
      walk(nodes, dot);
      variables = outer;
    }

    private TemplateException failure(Node node, String message) {
      String shown = node.toString();
      if (shown.length() > SHOWN) {
        shown = shown.substring(0, SHOWN) + "...";
      }
      int place = Math.min(node.at(), text.length());
      int column = place - (text.lastIndexOf('\n', place - 1) + 1);
      return new TemplateException(
          Literals.line(text, place)
              + ":"
              + column
              + ": executing \"template\" at <"
              + shown
              + ">: "
              + message);
    }

    private Flow walk(List<Node> nodes, @Nullable Object dot) {
      for (Node node : nodes) {
        Flow flow = walk(node, dot);
        if (flow != Flow.ON) {
          return flow;
        }
      }
      return Flow.ON;
    }

    private Flow walk(Node node, @Nullable Object dot) {
      tick.run();
      switch (node) {
        case Node.Text t -> out.append(t.text());
        case Node.Action a -> {
          Object value = pipe(a.pipe(), dot);
          if (a.pipe().variables().isEmpty()) {
            out.append(value == null || value instanceof NullValue ? NONE : Values.print(value));
          }
        }
        case Node.Branch b -> {
          int known = variables.size();
          Flow flow = b.word().equals("range") ? range(b, dot) : branch(b, dot);
          forget(known);
          return flow;
        }
        case Node.Call c -> call(c, dot);
        case Node.Jump j -> {
          return j.ends() ? Flow.BREAK : Flow.CONTINUE;
        }
        default -> throw new IllegalStateException("not a node of a list: " + node);
      }
      return Flow.ON;
    }

    private void forget(int known) {
      variables.subList(known, variables.size()).clear();
    }

    private Flow branch(Node.Branch b, @Nullable Object dot) {
      Object value = pipe(b.pipe(), dot);
      if (Values.truth(value)) {
        return walk(b.body(), b.word().equals("with") ? value : dot);
      }
      return b.otherwise() == null ? Flow.ON : walk(b.otherwise(), dot);
    }

    private Flow range(Node.Branch b, @Nullable Object dot) {
      Object over = commands(b.pipe(), dot);
      boolean any = false;
      int size =
          switch (over) {
            case ArrayValue a -> a.size();
            case ObjectValue o -> o.size();
            case Long n -> Math.clamp(n, 0, Integer.MAX_VALUE);
            case NullValue _ -> 0;
            case null -> 0;
            default -> throw failure(b.pipe(), "range can't iterate over " + Values.print(over));
          };
      for (int i = 0; i < size; i++) {
        tick.run();
        any = true;
        int known = variables.size();
        Object key = over instanceof ObjectValue o ? o.sortedKey(i) : (Object) (long) i;
        Object element =
            switch (over) {
              case ArrayValue a -> a.get(i);
              case ObjectValue o -> o.sortedValue(i);
              case null, default -> (Object) (long) i;
            };
        bind(b.pipe(), key, element);
        Flow flow = walk(b.body(), element);
        forget(known);
        if (flow == Flow.BREAK) {
          break;
        }
      }
      return any || b.otherwise() == null ? Flow.ON : walk(b.otherwise(), dot);
    }

    /** One variable takes the element, two take the key as well. */
    private void bind(Node.Pipe pipe, @Nullable Object key, @Nullable Object element) {
      List<String> names = pipe.variables();
      if (names.size() == 1) {
        bind(names.getFirst(), pipe.assigns(), element);
      } else if (names.size() == 2) {
        bind(names.getFirst(), pipe.assigns(), key);
        bind(names.getLast(), pipe.assigns(), element);
      }
    }

    private void bind(String name, boolean assigns, @Nullable Object value) {
      for (int i = variables.size() - 1; assigns && i >= 0; i--) {
        if (variables.get(i).name().equals(name)) {
          variables.set(i, new Binding(name, value));
          return;
        }
      }
      variables.add(new Binding(name, value));
    }

    private void call(Node.Call c, @Nullable Object dot) {
      List<Node> called = templates.get(c.name());
      if (called == null || c.name().isEmpty()) {
        throw failure(c, "template " + GoText.quote(c.name()) + " not defined");
      }
      if (++depth > MOST_DEEP) {
        throw failure(c, "exceeded maximum template depth (" + MOST_DEEP + ")");
      }
      root(called, c.pipe() == null ? null : pipe(c.pipe(), dot));
      depth--;
    }

    /** The value of a pipeline, which its variables take. */
    private @Nullable Object pipe(Node.Pipe pipe, @Nullable Object dot) {
      Object value = commands(pipe, dot);
      for (String name : pipe.variables()) {
        bind(name, pipe.assigns(), value);
      }
      return value;
    }

    private @Nullable Object commands(Node.Pipe pipe, @Nullable Object dot) {
      Object value = null;
      boolean first = true;
      for (Node.Command command : pipe.commands()) {
        List<@Nullable Object> last = new ArrayList<>();
        if (!first) {
          last.add(value);
        }
        value = command(command, dot, last);
        first = false;
      }
      return value;
    }

    /**
     * The value of a command.
     *
     * @param last the value of the command before it, if there is one
     */
    private @Nullable Object command(
        Node.Command command, @Nullable Object dot, List<@Nullable Object> last) {
      tick.run();
      Node word = command.words().getFirst();
      List<Node> rest = command.words().subList(1, command.words().size());
      if (word instanceof Node.Identifier i) {
        return function(command, i.name(), rest, dot, last);
      }
      if (!rest.isEmpty() || !last.isEmpty()) {
        throw word instanceof Node.Fields f && !(f.head() instanceof Node.Pipe)
            ? failure(f, f.names().getLast() + " is not a method but has arguments")
            : failure(word, "can't give argument to non-function " + word);
      }
      if (word instanceof Node.Nil) {
        throw failure(word, "nil is not a command");
      }
      return operand(word, dot);
    }

    private @Nullable Object operand(Node node, @Nullable Object dot) {
      return switch (node) {
        case Node.Dot _ -> dot;
        case Node.Nil _ -> null;
        case Node.Literal l ->
            switch (l.value()) {
              case String s -> StringValue.of(s);
              case Boolean b -> BooleanValue.of(b);
              default -> l.value();
            };
        case Node.Variable v -> variable(v.name());
        case Node.Pipe p -> pipe(p, dot);
        case Node.Identifier i -> function(i, i.name(), List.of(), dot, List.of());
        case Node.Fields f -> {
          Node head = f.head();
          Object here = head == null ? dot : operand(head, dot);
          for (int i = 0; i < f.names().size(); i++) {
            here = field(f, here, f.names().get(i), head == null && i == 0);
          }
          yield here;
        }
        default -> throw new IllegalStateException("no operand: " + node);
      };
    }

    private @Nullable Object field(
        Node node, @Nullable Object of, String name, boolean isOfTheDot) {
      return switch (of) {
        case null -> null;
        case ObjectValue o -> o.get(name);
        case NullValue _ -> throw failure(node, "nil pointer evaluating interface {}." + name);
        default ->
            throw failure(
                node,
                "can't evaluate field "
                    + name
                    + " in type "
                    + (isOfTheDot || !(of instanceof Value) ? Values.type(of) : "interface {}"));
      };
    }

    private @Nullable Object variable(String name) {
      for (int i = variables.size() - 1; i >= 0; i--) {
        if (variables.get(i).name().equals(name)) {
          return variables.get(i).value();
        }
      }
      throw new IllegalStateException("a variable that is not defined was read: " + name);
    }

    private @Nullable Object function(
        Node at,
        String name,
        List<Node> arguments,
        @Nullable Object dot,
        List<@Nullable Object> last) {
      int count = arguments.size() + last.size();
      int least = Functions.least(name);
      if (count < least || (Functions.isExact(name) && count > least)) {
        String wanted = (Functions.isExact(name) ? "" : "at least ") + least;
        throw failure(
            at, "wrong number of args for " + name + ": want " + wanted + " got " + count);
      }
      if (name.equals("and") || name.equals("or")) {
        return oneOf(name.equals("or"), arguments, dot, last);
      }
      List<@Nullable Object> given = new ArrayList<>();
      for (Node argument : arguments) {
        given.add(operand(argument, dot));
      }
      given.addAll(last);
      if (name.equals("call")) {
        String what = arguments.isEmpty() ? "" : arguments.getFirst() + " ";
        throw failure(
            at,
            "error calling call: non-function "
                + what
                + "of type "
                + Values.type(given.getFirst()));
      }
      try {
        return functions.call(name, given);
      } catch (Functions.Failure e) {
        throw failure(at, "error calling " + name + ": " + e.getMessage());
      }
    }

    /** The first argument that decides, and no further one is looked at; else the last. */
    private @Nullable Object oneOf(
        boolean or, List<Node> arguments, @Nullable Object dot, List<@Nullable Object> last) {
      Object value = null;
      for (Node argument : arguments) {
        value = operand(argument, dot);
        if (Values.truth(value) == or) {
          return value;
        }
      }
      return last.isEmpty() ? value : last.getFirst();
    }
  }
}
