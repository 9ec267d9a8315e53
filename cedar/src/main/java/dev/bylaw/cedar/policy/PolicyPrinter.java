package dev.bylaw.cedar.policy;

import dev.bylaw.cedar.extension.ExtensionFunction;
import dev.bylaw.cedar.value.CedarText;
import java.util.List;
import java.util.stream.Collectors;

/** Writes policies and expressions as Cedar text that parses back to the same tree. */
public final class PolicyPrinter {
  private static final int CONDITIONAL = 0;
  private static final int OR = 1;
  private static final int AND = 2;
  private static final int RELATION = 3;
  private static final int SUM = 4;
  private static final int PRODUCT = 5;
  private static final int SIGN = 6;
  private static final int MEMBER = 7;

  private PolicyPrinter() {}

  /** All policies and templates, in their order, with an empty line between two. */
  public static String text(PolicySet policies) {
    return policies.written().stream().map(PolicyPrinter::text).collect(Collectors.joining("\n"));
  }

  /** A policy or template on one line below its annotations, with a line break at the end. */
  public static String text(Template template) {
    return text(template, "", ", ", "", " ");
  }

  /** The same with each part of its scope and each condition on a line of its own. */
  public static String lines(Template template) {
    return text(template, "\n  ", ",\n  ", "\n", "\n  ");
  }

  private static String text(
      Template template, String open, String between, String close, String inside) {
    var out = new StringBuilder();
    template
        .annotations()
        .forEach((key, value) -> {
          out.append('@').append(key);
          out.append(value.isEmpty() ? "\n" : "(" + CedarText.quote(value) + ")\n");
        });
    out.append(template.effect().word()).append('(').append(open);
    out.append(scope("principal", template.principal())).append(between);
    out.append(scope(template.action())).append(between);
    out.append(scope("resource", template.resource())).append(close).append(')');
    for (Template.Condition condition : template.conditions()) {
      out.append(condition.unless() ? " unless {" : " when {").append(inside);
      out.append(text(condition.body())).append(close.isEmpty() ? " " : close).append('}');
    }
    return out.append(";\n").toString();
  }

  private static String scope(String word, Scope scope) {
    return switch (scope) {
      case Scope.Any _ -> word;
      case Scope.Equal(var to) -> word + " == " + reference(word, to);
      case Scope.In(var to) -> word + " in " + reference(word, to);
      case Scope.Is(var type, _) -> word + " is " + type;
      case Scope.IsIn(var type, _, var to) -> word + " is " + type + " in " + reference(word, to);
    };
  }

  private static String reference(String word, Scope.Reference reference) {
    return switch (reference) {
      case Scope.Reference.To(var uid, _) -> uid.toString();
      case Scope.Reference.Gap _ -> "?" + word;
    };
  }

  private static String scope(ActionScope scope) {
    return switch (scope) {
      case ActionScope.Any _ -> "action";
      case ActionScope.Equal(var action, _) -> "action == " + action;
      case ActionScope.In(var action, _) -> "action in " + action;
      case ActionScope.InList(var actions, _) ->
          actions.stream()
              .map(Object::toString)
              .collect(Collectors.joining(", ", "action in [", "]"));
    };
  }

  /** An expression, with the parentheses it needs. */
  public static String text(Expr expr) {
    var out = new StringBuilder();
    write(expr, CONDITIONAL, out);
    return out.toString();
  }

  private static int level(Expr expr) {
    return switch (expr) {
      case Expr.If _ -> CONDITIONAL;
      case Expr.Or _ -> OR;
      case Expr.And _ -> AND;
      case Expr.Has _, Expr.Like _, Expr.Is _ -> RELATION;
      case Expr.Unary(var operator, _, _) ->
          operator == Expr.UnaryOperator.IS_EMPTY ? MEMBER : SIGN;
      case Expr.Binary(var operator, _, _, _) ->
          switch (operator) {
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN -> RELATION;
            case ADD, SUBTRACT -> SUM;
            case MULTIPLY -> PRODUCT;
            case CONTAINS, CONTAINS_ALL, CONTAINS_ANY, GET_TAG, HAS_TAG -> MEMBER;
          };
      case Expr.Literal(var value, _) ->
          value instanceof dev.bylaw.cedar.value.Value.Int(var number) && number < 0
              ? SIGN
              : MEMBER;
      case Expr.Var _,
          Expr.Slot _,
          Expr.Unknown _,
          Expr.Attribute _,
          Expr.SetOf _,
          Expr.RecordOf _,
          Expr.Call _ ->
          MEMBER;
    };
  }

  private static void write(Expr expr, int least, StringBuilder out) {
    boolean parentheses = level(expr) < least;
    out.append(parentheses ? "(" : "");
    switch (expr) {
      case Expr.Literal(var value, _) -> out.append(value);
      case Expr.Var(var variable, _) -> out.append(variable.word());
      case Expr.Slot(var slot, _) -> out.append(slot.word());
      case Expr.Unknown(var name, _) ->
          out.append("unknown(").append(CedarText.quote(name)).append(')');
      case Expr.If(var test, var yes, var no, _) -> {
        out.append("if ");
        write(test, CONDITIONAL, out);
        out.append(" then ");
        write(yes, CONDITIONAL, out);
        out.append(" else ");
        write(no, CONDITIONAL, out);
      }
      case Expr.And(var operands, _) -> chain(operands, " && ", RELATION, out);
      case Expr.Or(var operands, _) -> chain(operands, " || ", AND, out);
      case Expr.Unary unary -> unary(unary, out);
      case Expr.Binary binary -> binary(binary, out);
      case Expr.Attribute(var target, var name, _) -> {
        write(target, MEMBER, out);
        if (isWord(name)) {
          out.append('.').append(name);
        } else {
          out.append('[').append(CedarText.quote(name)).append(']');
        }
      }
      case Expr.Has(var target, var path, _) -> {
        write(target, SUM, out);
        out.append(" has ");
        boolean words = path.stream().allMatch(PolicyPrinter::isWord);
        out.append(words ? String.join(".", path) : CedarText.quote(path.getFirst()));
      }
      case Expr.Like(var target, var pattern, _) -> {
        write(target, SUM, out);
        out.append(" like \"").append(pattern.text()).append('"');
      }
      case Expr.Is(var target, var type, var container, _) -> {
        write(target, SUM, out);
        out.append(" is ").append(type);
        if (container != null) {
          out.append(" in ");
          write(container, SUM, out);
        }
      }
      case Expr.SetOf(var elements, _) -> list('[', elements, ']', out);
      case Expr.RecordOf record -> record(record, out);
      case Expr.Call(var function, var arguments, _) -> call(function, arguments, out);
    }
    out.append(parentheses ? ")" : "");
  }

  private static boolean isWord(String name) {
    return CedarText.isIdentifier(name) && !CedarText.isReserved(name);
  }

  private static void chain(List<Expr> operands, String operator, int least, StringBuilder out) {
    for (int i = 0; i < operands.size(); i++) {
      out.append(i == 0 ? "" : operator);
      write(operands.get(i), least, out);
    }
  }

  private static void unary(Expr.Unary unary, StringBuilder out) {
    if (unary.operator() == Expr.UnaryOperator.IS_EMPTY) {
      write(unary.operand(), MEMBER, out);
      out.append(".isEmpty()");
      return;
    }
    boolean not = unary.operator() == Expr.UnaryOperator.NOT;
    out.append(not ? '!' : '-');
    // A sign before a plain number would become part of it, and signs cannot stack for ever.
    boolean chained =
        unary.operand() instanceof Expr.Unary(var inner, _, _) && inner == unary.operator();
    boolean number =
        !not && unary.operand() instanceof Expr.Literal(dev.bylaw.cedar.value.Value.Int _, var _);
    if (number || chained) {
      out.append('(');
      write(unary.operand(), CONDITIONAL, out);
      out.append(')');
    } else {
      write(unary.operand(), MEMBER, out);
    }
  }

  private static void binary(Expr.Binary binary, StringBuilder out) {
    var operator = binary.operator();
    if (operator.isMethod()) {
      write(binary.left(), MEMBER, out);
      out.append('.').append(operator.word()).append('(');
      write(binary.right(), CONDITIONAL, out);
      out.append(')');
      return;
    }
    int own = level(binary);
    write(binary.left(), own == RELATION ? SUM : own, out);
    out.append(' ').append(operator.word()).append(' ');
    write(binary.right(), own + 1, out);
  }

  private static void list(char open, List<Expr> elements, char close, StringBuilder out) {
    out.append(open);
    chain(elements, ", ", CONDITIONAL, out);
    out.append(close);
  }

  private static void record(Expr.RecordOf record, StringBuilder out) {
    out.append('{');
    boolean first = true;
    for (var attribute : record.attributes().entrySet()) {
      out.append(first ? "" : ", ");
      first = false;
      String name = attribute.getKey();
      out.append(isWord(name) ? name : CedarText.quote(name)).append(": ");
      write(attribute.getValue(), CONDITIONAL, out);
    }
    out.append('}');
  }

  private static void call(ExtensionFunction function, List<Expr> arguments, StringBuilder out) {
    boolean method = function.style() == ExtensionFunction.Style.METHOD && !arguments.isEmpty();
    if (method) {
      write(arguments.getFirst(), MEMBER, out);
      out.append('.');
    }
    out.append(function.word());
    list('(', method ? arguments.subList(1, arguments.size()) : arguments, ')', out);
  }
}
