package dev.bylaw.rego.template;

import dev.bylaw.rego.go.GoText;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A part of a template; its text is that of an error about it. */
sealed interface Node
    permits Node.Text,
        Node.Action,
        Node.Branch,
        Node.Call,
        Node.Jump,
        Node.Pipe,
        Node.Command,
        Node.Identifier,
        Node.Fields,
        Node.Variable,
        Node.Dot,
        Node.Nil,
        Node.Literal,
        TemplateParser.End {
  /** Where it stands in the template, in characters from 0. */
  int at();

  record Text(int at, String text) implements Node {
    @Override
    public String toString() {
      return text;
    }
  }

  record Action(int at, Pipe pipe) implements Node {
    @Override
    public String toString() {
      return "{{" + pipe + "}}";
    }
  }

  /** What {@code if}, {@code with} and {@code range} have in common. */
  record Branch(int at, String word, Pipe pipe, List<Node> body, @Nullable List<Node> otherwise)
      implements Node {
    @Override
    public String toString() {
      return "{{" + word + " " + pipe + "}}";
    }
  }

  record Call(int at, String name, @Nullable Pipe pipe) implements Node {
    @Override
    public String toString() {
      return "{{template " + GoText.quote(name) + (pipe == null ? "" : " " + pipe) + "}}";
    }
  }

  /** {@code break} or {@code continue}. */
  record Jump(int at, boolean ends) implements Node {
    @Override
    public String toString() {
      return ends ? "{{break}}" : "{{continue}}";
    }
  }

  /** Commands, each of which gets the value of the one before it, and what takes the last value. */
  record Pipe(int at, List<String> variables, boolean assigns, List<Command> commands)
      implements Node {
    @Override
    public String toString() {
      String names =
          variables.isEmpty() ? "" : String.join(", ", variables) + (assigns ? " = " : " := ");
      return names + commands.stream().map(Command::toString).collect(Collectors.joining(" | "));
    }
  }

  record Command(int at, List<Node> words) implements Node {
    @Override
    public String toString() {
      return words.stream()
          .map(w -> w instanceof Pipe ? "(" + w + ")" : w.toString())
          .collect(Collectors.joining(" "));
    }
  }

  record Identifier(int at, String name) implements Node {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * {@code .a.b}, {@code $x.a} or {@code (…).a}; without a head the fields are those of the dot.
   */
  record Fields(int at, @Nullable Node head, List<String> names) implements Node {
    @Override
    public String toString() {
      String start = head instanceof Pipe ? "(" + head + ")" : head == null ? "" : head.toString();
      return start + names.stream().map(n -> "." + n).collect(Collectors.joining());
    }
  }

  record Variable(int at, String name) implements Node {
    @Override
    public String toString() {
      return name;
    }
  }

  record Dot(int at) implements Node {
    @Override
    public String toString() {
      return ".";
    }
  }

  record Nil(int at) implements Node {
    @Override
    public String toString() {
      return "nil";
    }
  }

  /** A text, number or truth value as written. */
  record Literal(int at, Object value, String written) implements Node {
    @Override
    public String toString() {
      return written;
    }
  }
}
