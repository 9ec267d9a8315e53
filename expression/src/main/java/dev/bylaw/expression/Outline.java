package dev.bylaw.expression;

import dev.bylaw.value.BooleanValue;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The logic of a condition down to the terms it combines: what an explanation follows. */
sealed interface Outline {
  /** How parts are combined. */
  enum Form {
    AND,
    OR,
    NOT,
    CHOICE
  }

  /** Parts combined. */
  record Combined(Form form, List<Outline> parts) implements Outline {}

  /** A term that logic combines, or what such a term is made of. */
  record Atom(Node node, String text, List<Atom> parts) implements Outline {}

  /** The outline of a tree whose terms were made. */
  static Outline of(
      CelExpr term, Map<Long, Node> nodes, Map<Long, Trees.Range> ranges, String text) {
    if (term.getKind() == CelExpr.ExprKind.Kind.CALL) {
      Form form =
          switch (term.call().function()) {
            case "_&&_" -> Form.AND;
            case "_||_" -> Form.OR;
            case "!_" -> Form.NOT;
            case "_?_:_" -> Form.CHOICE;
            default -> null;
          };
      if (form != null) {
        List<CelExpr> terms = new ArrayList<>();
        if (form == Form.AND || form == Form.OR) {
          Planner.flatten(term, term.call().function(), terms);
        } else {
          terms.addAll(term.call().args());
        }
        return new Combined(
            form, terms.stream().map(part -> of(part, nodes, ranges, text)).toList());
      }
    }
    return atom(term, nodes, ranges, text);
  }

  private static Atom atom(
      CelExpr term, Map<Long, Node> nodes, Map<Long, Trees.Range> ranges, String text) {
    List<Atom> parts = new ArrayList<>();
    parts(term, nodes, ranges, text, parts);
    Trees.Range range = ranges.get(term.id());
    String written = range == null ? text : text.substring(range.start(), range.end());
    Node node = nodes.get(term.id());
    if (node == null) {
      throw new IllegalStateException("no term was made for " + written);
    }
    return new Atom(node, written, parts);
  }

  private static void parts(
      CelExpr term,
      Map<Long, Node> nodes,
      Map<Long, Trees.Range> ranges,
      String text,
      List<Atom> parts) {
    boolean isPath =
        nodes.get(term.id()) instanceof Access.Path
            && term.getKind() != CelExpr.ExprKind.Kind.IDENT;
    if (isPath) {
      return;
    }
    for (CelExpr child : Trees.children(term)) {
      Node node = nodes.get(child.id());
      if (node == null || node instanceof Node.Constant || !ranges.containsKey(child.id())) {
        continue;
      }
      parts.add(atom(child, nodes, ranges, text));
    }
  }

  /** Says what each term came to. */
  static List<Term> explain(Outline outline, Bindings bindings, Frame frame) {
    List<Term> terms = new ArrayList<>();
    tell(seen(outline, bindings, frame), true, 0, terms);
    return terms;
  }

  /** An outline with what it came to. */
  record Seen(Outline outline, Object value, List<Seen> parts) {}

  private static Seen seen(Outline outline, Bindings bindings, Frame frame) {
    return switch (outline) {
      case Atom(Node node, _, List<Atom> parts) ->
          new Seen(
              outline,
              node.evaluate(bindings, frame),
              parts.stream().map(part -> seen(part, bindings, frame)).toList());
      case Combined(Form form, List<Outline> parts) -> {
        List<Seen> seen = parts.stream().map(part -> seen(part, bindings, frame)).toList();
        yield new Seen(outline, combined(form, seen), seen);
      }
    };
  }

  private static Object combined(Form form, List<Seen> parts) {
    Object first = parts.getFirst().value();
    return switch (form) {
      case AND -> junction(parts, BooleanValue.FALSE, BooleanValue.TRUE);
      case OR -> junction(parts, BooleanValue.TRUE, BooleanValue.FALSE);
      case NOT -> first instanceof BooleanValue truth ? BooleanValue.of(!truth.isTrue()) : first;
      case CHOICE ->
          first instanceof BooleanValue truth ? parts.get(truth.isTrue() ? 1 : 2).value() : first;
    };
  }

  private static Object junction(List<Seen> parts, Object settling, Object otherwise) {
    Object other = otherwise;
    for (Seen part : parts) {
      if (part.value().equals(settling)) {
        return settling;
      }
      if (!part.value().equals(otherwise) && other.equals(otherwise)) {
        other = part.value();
      }
    }
    return other;
  }

  private static void tell(Seen seen, boolean decisive, int depth, List<Term> terms) {
    switch (seen.outline()) {
      case Atom(Node node, String text, _) -> {
        terms.add(new Term(text, node.span(), depth, decisive, Domain.result(seen.value())));
        seen.parts().forEach(part -> tell(part, decisive, depth + 1, terms));
      }
      case Combined(Form form, _) -> {
        for (int i = 0; i < seen.parts().size(); i++) {
          tell(seen.parts().get(i), decisive && isDecisive(form, seen, i), depth, terms);
        }
      }
    }
  }

  private static boolean isDecisive(Form form, Seen whole, int part) {
    Object value = whole.parts().get(part).value();
    return switch (form) {
      case AND, OR -> value.equals(whole.value());
      case NOT -> true;
      case CHOICE -> part == 0 || whole.parts().getFirst().value() == BooleanValue.of(part == 1);
    };
  }
}
