package dev.bylaw.expression;

import dev.cel.common.ast.CelExpr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can be said of dev.cel's trees without knowing what they mean. */
final class Trees {
  private Trees() {}

  /** The terms right below a term. */
  static List<CelExpr> children(CelExpr term) {
    List<CelExpr> children = new ArrayList<>();
    switch (term.getKind()) {
      case SELECT -> children.add(term.select().operand());
      case CALL -> {
        term.call().target().ifPresent(children::add);
        children.addAll(term.call().args());
      }
      case LIST -> children.addAll(term.list().elements());
      case STRUCT -> term.struct().entries().forEach(entry -> children.add(entry.value()));
      case MAP ->
          term.map()
              .entries()
              .forEach(entry -> {
                children.add(entry.key());
                children.add(entry.value());
              });
      case COMPREHENSION -> {
        children.add(term.comprehension().iterRange());
        children.add(term.comprehension().accuInit());
        children.add(term.comprehension().loopCondition());
        children.add(term.comprehension().loopStep());
        children.add(term.comprehension().result());
      }
      case NOT_SET, CONSTANT, IDENT -> {}
    }
    return children;
  }

  /** How deep a tree is; without recursion, as it may be too deep for that. */
  static int depth(CelExpr root) {
    record Level(CelExpr term, int depth) {}
    Deque<Level> open = new ArrayDeque<>();
    open.push(new Level(root, 1));
    int deepest = 0;
    while (!open.isEmpty()) {
      Level level = open.pop();
      deepest = Math.max(deepest, level.depth());
      for (CelExpr child : children(level.term())) {
        open.push(new Level(child, level.depth() + 1));
      }
    }
    return deepest;
  }

  /** The names of all functions that a tree calls, operators and what macros call among them. */
  static Set<String> called(CelExpr root) {
    Set<String> called = new HashSet<>();
    Deque<CelExpr> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      CelExpr term = open.pop();
      if (term.getKind() == CelExpr.ExprKind.Kind.CALL) {
        called.add(term.call().function());
      }
      children(term).forEach(open::push);
    }
    return called;
  }

  /**
   * A range of the text.
   *
   * @param start offset of the first character
   * @param end offset behind the last
   */
  record Range(int start, int end) {}

  /** The range of each term, by its number: dev.cel knows one place of each only. */
  static Map<Long, Range> ranges(CelExpr root, Map<Long, Integer> places, Passage passage) {
    Map<Long, int[]> tokens = new HashMap<>();
    measure(root, places, passage, tokens);
    Map<Long, Range> ranges = new HashMap<>();
    tokens.forEach((number, range) ->
        ranges.put(
            number, new Range(passage.tokens().start(range[0]), passage.tokens().end(range[1]))));
    return ranges;
  }

  private static int[] measure(
      CelExpr term, Map<Long, Integer> places, Passage passage, Map<Long, int[]> found) {
    Tokens tokens = passage.tokens();
    Integer place = places.get(term.id());
    int own = place == null ? -1 : tokens.at(passage.offset(place));
    int from = own < 0 ? Integer.MAX_VALUE : own;
    int to = own;
    for (CelExpr child : children(term)) {
      int[] range = measure(child, places, passage, found);
      from = Math.min(from, range[0]);
      to = Math.max(to, range[1]);
    }
    if (from == Integer.MAX_VALUE) {
      return new int[] {from, to};
    }
    switch (tokens.text(own)) {
      case "(" -> from = Math.min(from, tokens.qualifiedStart(Math.max(own - 1, 0)));
      case "." -> to = Math.max(to, own + 1);
      default -> {}
    }
    if (isNegative(term) && tokens.text(own - 1).equals("-")) {
      from = Math.min(from, own - 1);
    }
    int[] range = closed(from, Math.min(to, tokens.count() - 1), tokens);
    found.put(term.id(), range);
    return range;
  }

  /** A negative literal is placed at its digits. */
  private static boolean isNegative(CelExpr term) {
    if (term.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
      return false;
    }
    return switch (term.constant().getKind()) {
      case INT64_VALUE -> term.constant().int64Value() < 0;
      case DOUBLE_VALUE -> term.constant().doubleValue() < 0;
      default -> false;
    };
  }

  /** A range made larger until each bracket in it has its partner in it. */
  private static int[] closed(int start, int end, Tokens tokens) {
    int from = start;
    int to = end;
    for (int i = from; i <= to; i++) {
      int partner = tokens.partner(i);
      if (partner >= 0 && partner < from) {
        from = partner;
        i = partner;
      } else {
        to = Math.max(to, partner);
      }
    }
    return new int[] {from, to};
  }
}
