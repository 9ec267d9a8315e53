package dev.bylaw.expression;

import dev.bylaw.expression.Arithmetic.Calculation;
import dev.bylaw.expression.Arithmetic.Operator;
import dev.bylaw.expression.Comparison.Relation;
import dev.bylaw.expression.Node.Constant;
import dev.bylaw.expression.Node.Numbers;
import dev.bylaw.expression.Result.Failed;
import dev.bylaw.expression.Result.Reason;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes terms of a checked tree: picks the term for each form, works out what is constant, and
 * notes what the expression reads. Made for one expression.
 */
final class Planner {
  private static final Pattern NUMBER =
      Pattern.compile("(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,5})?");
  private static final Bindings NOTHING = slot -> null;
  private static final long FOLDING_STEPS = 10_000;

  /** Beyond so many comparisons of anything with anything a budget is kept. */
  private static final int UNMETERED = 8;

  private final Map<String, Integer> slots = new HashMap<>();
  private final List<Variable> variables;
  private final Map<String, HostFunction> hosts;
  private final Limits limits;
  private final Passage passage;
  private final CelAbstractSyntaxTree tree;
  private final Map<Long, Trees.Range> ranges;
  private final Diagnostics diagnostics;

  /** The variables of the loops around. */
  private final Map<String, Local> locals = new HashMap<>();

  /** A variable of a loop: where it is kept, and how it calculates if it is a number. */
  private record Local(int slot, Numbers numbers) {}

  private int loops;

  private final Map<Long, Node> nodes = new HashMap<>();

  /** How often each path is read; a path that only leads to a longer one is not. */
  private final Map<Reference, Integer> references = new LinkedHashMap<>();

  private int deepestLoop;
  private boolean isMetered;
  private int costly;

  Planner(
      CelAbstractSyntaxTree tree,
      Passage passage,
      List<Variable> variables,
      Map<String, HostFunction> hosts,
      Limits limits,
      Diagnostics diagnostics) {
    this.tree = tree;
    this.passage = passage;
    this.variables = variables;
    this.hosts = hosts;
    this.limits = limits;
    this.diagnostics = diagnostics;
    this.ranges = Trees.ranges(tree.getExpr(), tree.getSource().getPositionsMap(), passage);
    for (int i = 0; i < variables.size(); i++) {
      slots.put(variables.get(i).name(), i);
    }
  }

  /** The term of the whole tree. */
  Node plan() {
    return node(tree.getExpr());
  }

  /** Terms made so far, by the number of their part of the tree; none inside of loops. */
  Map<Long, Node> nodes() {
    return nodes;
  }

  Map<Long, Trees.Range> ranges() {
    return ranges;
  }

  Set<Reference> references() {
    return references.keySet();
  }

  /** How many variables of loops can be alive at once. */
  int locals() {
    return deepestLoop;
  }

  /** Whether an evaluation needs a budget. */
  boolean isMetered() {
    return isMetered || costly > UNMETERED;
  }

  private Node node(CelExpr term) {
    Node made =
        switch (term.getKind()) {
          case CONSTANT -> constant(term);
          case IDENT -> name(term);
          case SELECT -> select(term);
          case CALL -> call(term);
          case LIST -> list(term);
          case MAP -> map(term);
          case COMPREHENSION -> loop(term);
          case STRUCT -> unsupported(term, "there are no types to make");
          case NOT_SET -> unsupported(term, "nothing stands here");
        };
    if (locals.isEmpty()) {
      nodes.put(term.id(), made);
    }
    return made;
  }

  private Node unsupported(CelExpr term, String message) {
    diagnostics.error(Complaints.UNSUPPORTED, span(term), message);
    return new Constant(span(term), NullValue.NULL, Numbers.DECIMAL);
  }

  private Span span(CelExpr term) {
    Trees.Range range = ranges.get(term.id());
    return range == null ? passage.whole() : passage.span(range.start(), range.end());
  }

  private Node constant(CelExpr term) {
    CelConstant constant = term.constant();
    Span span = span(term);
    return switch (constant.getKind()) {
      case NULL_VALUE -> new Constant(span, NullValue.NULL, Numbers.DECIMAL);
      case BOOLEAN_VALUE ->
          new Constant(span, BooleanValue.of(constant.booleanValue()), Numbers.DECIMAL);
      case INT64_VALUE -> new Constant(span, NumberValue.of(constant.int64Value()), Numbers.INT);
      case UINT64_VALUE ->
          new Constant(
              span, NumberValue.of(constant.uint64Value().bigIntegerValue()), Numbers.UINT);
      case DOUBLE_VALUE -> decimal(term, constant.doubleValue());
      case STRING_VALUE ->
          new Constant(span, StringValue.of(constant.stringValue()), Numbers.DECIMAL);
      case BYTES_VALUE ->
          new Constant(
              span, new Domain.Bytes(constant.bytesValue().toByteArray()), Numbers.DECIMAL);
      case NOT_SET, DURATION_VALUE, TIMESTAMP_VALUE ->
          throw new IllegalStateException("no literal: " + constant.getKind());
    };
  }

  /** The decimal as written: the parser has rounded it to binary already. */
  private Node decimal(CelExpr term, double rounded) {
    Integer place = tree.getSource().getPositionsMap().get(term.id());
    if (place != null) {
      Matcher written = NUMBER.matcher(passage.text());
      written.region(passage.offset(place), passage.text().length());
      if (written.lookingAt()) {
        BigDecimal exact = new BigDecimal(written.group());
        BigDecimal signed = rounded < 0 ? exact.negate() : exact;
        if (signed.doubleValue() == rounded && exact.precision() <= Arithmetic.MOST_DIGITS) {
          return number(term, signed);
        }
      }
    }
    return Double.isFinite(rounded)
        ? number(term, BigDecimal.valueOf(rounded))
        : unsupported(term, "a number out of range");
  }

  private Node number(CelExpr term, BigDecimal exact) {
    long exponent = Math.abs((long) exact.precision() - exact.scale());
    return exponent > Arithmetic.MOST_DIGITS
        ? unsupported(term, "a number out of range")
        : new Constant(span(term), NumberValue.of(exact), Numbers.DECIMAL);
  }

  private Node name(CelExpr term) {
    String name = term.ident().name();
    Local local = locals.get(name);
    if (local != null) {
      return new Node.Local(span(term), local.slot(), local.numbers());
    }
    Integer slot = slots.get(name.startsWith(".") ? name.substring(1) : name);
    if (slot == null) {
      return new Constant(span(term), new Domain.TypeName(name), Numbers.DECIMAL);
    }
    Reference reference = new Reference(slot, variables.get(slot).name(), List.of());
    references.merge(reference, 1, Integer::sum);
    Node path = new Access.Path(span(term), reference);
    return switch (variables.get(slot).type()) {
      case TIMESTAMP -> new Node.Parsed(path, "timestamp");
      case DURATION -> new Node.Parsed(path, "duration");
      case DYNAMIC, BOOLEAN, NUMBER, TEXT, LIST, OBJECT -> path;
    };
  }

  private Node select(CelExpr term) {
    Node operand = node(term.select().operand());
    String key = term.select().field();
    if (term.select().testOnly()) {
      if (operand instanceof Access.Path path) {
        references.merge(longer(path, key), 1, Integer::sum);
      }
      return folded(new Access.Has(span(term), operand, key), operand);
    }
    return below(term, operand, key);
  }

  /** The term for a key of an operand, in one with the path that leads there. */
  private Node below(CelExpr term, Node operand, String key) {
    if (operand instanceof Access.Path path) {
      Reference reference = longer(path, key);
      references.merge(reference, 1, Integer::sum);
      return new Access.Path(span(term), reference);
    }
    return folded(new Access.Select(span(term), operand, key), operand);
  }

  private Reference longer(Access.Path path, String key) {
    Reference shorter = path.reference();
    references.computeIfPresent(shorter, (_, times) -> times == 1 ? null : times - 1);
    List<String> keys = new ArrayList<>(shorter.path());
    keys.add(key);
    return new Reference(shorter.slot(), shorter.variable(), keys);
  }

  private Node call(CelExpr term) {
    List<Node> arguments = new ArrayList<>();
    CelExpr.CelCall call = term.call();
    String function = call.function();
    if (function.equals("_&&_") || function.equals("_||_")) {
      return junction(term, function);
    }
    call.target().ifPresent(target -> arguments.add(node(target)));
    call.args().forEach(argument -> arguments.add(node(argument)));
    Span span = span(term);
    Node[] all = arguments.toArray(Node[]::new);
    return switch (function) {
      case "!_" -> folded(new Logic.Not(span, all[0]), all);
      case "_?_:_" -> folded(new Logic.Conditional(span, all[0], all[1], all[2]), all);
      case "_==_" -> folded(equality(span, all[0], all[1], false), all);
      case "_!=_" -> folded(equality(span, all[0], all[1], true), all);
      case "_<_" -> folded(order(span, all[0], all[1], Relation.LESS), all);
      case "_<=_" -> folded(order(span, all[0], all[1], Relation.LESS_EQUAL), all);
      case "_>_" -> folded(order(span, all[0], all[1], Relation.GREATER), all);
      case "_>=_" -> folded(order(span, all[0], all[1], Relation.GREATER_EQUAL), all);
      case "@in" -> folded(membership(span, all[0], all[1]), all);
      case "_[_]" -> index(term, all);
      case "_+_" -> folded(calculation(span, Operator.ADD, all), all);
      case "_-_" -> folded(calculation(span, Operator.SUBTRACT, all), all);
      case "_*_" -> folded(calculation(span, Operator.MULTIPLY, all), all);
      case "_/_" -> folded(calculation(span, Operator.DIVIDE, all), all);
      case "_%_" -> folded(calculation(span, Operator.REMAINDER, all), all);
      case "-_" -> folded(new Arithmetic.Negation(span, all[0]), all);
      case "type" -> folded(new Calls.TypeOf(span, all[0]), all);
      default -> function(term, function, arguments);
    };
  }

  private Node junction(CelExpr term, String function) {
    List<CelExpr> parts = new ArrayList<>();
    flatten(term, function, parts);
    List<Node> terms = parts.stream().map(this::node).toList();
    return folded(
        new Logic.Junction(span(term), terms, function.equals("_&&_")), terms.toArray(Node[]::new));
  }

  /** The parts of {@code a && (b && c)}, in order. */
  static void flatten(CelExpr term, String function, List<CelExpr> parts) {
    if (term.getKind() == CelExpr.ExprKind.Kind.CALL && term.call().function().equals(function)) {
      term.call().args().forEach(part -> flatten(part, function, parts));
    } else {
      parts.add(term);
    }
  }

  private Node equality(Span span, Node left, Node right, boolean negated) {
    Object constant = Node.constant(right) != null ? Node.constant(right) : Node.constant(left);
    Node operand = Node.constant(right) != null ? left : right;
    if (constant instanceof StringValue text) {
      return new Comparison.TextEqual(span, operand, text, negated);
    }
    if (constant instanceof Value scalar && Domain.isScalar(scalar)) {
      return new Comparison.ScalarEqual(span, operand, scalar, negated);
    }
    costly++;
    return new Comparison.Equal(span, left, right, negated);
  }

  private Node order(Span span, Node left, Node right, Relation relation) {
    if (Node.constant(right) instanceof NumberValue number) {
      return new Comparison.NumberOrder(span, left, number, relation);
    }
    if (Node.constant(left) instanceof NumberValue number) {
      return new Comparison.NumberOrder(span, right, number, relation.flipped());
    }
    costly++;
    return new Comparison.Order(span, left, right, relation);
  }

  private Node membership(Span span, Node element, Node range) {
    if (Node.constant(range) instanceof ArrayValue array
        && array.elements().stream().allMatch(Domain::isScalar)) {
      return new Comparison.Among(span, element, new LinkedHashSet<>(array.elements()));
    }
    costly++;
    return new Comparison.In(span, element, range);
  }

  private Node index(CelExpr term, Node[] all) {
    if (Node.constant(all[1]) instanceof StringValue key && all[0] instanceof Access.Path) {
      return below(term, all[0], key.text());
    }
    return folded(new Access.Index(span(term), all[0], all[1]), all);
  }

  private Node calculation(Span span, Operator operator, Node[] all) {
    costly++;
    return new Calculation(span, operator, all[0], all[1]);
  }

  private Node function(CelExpr term, String name, List<Node> arguments) {
    Span span = span(term);
    Node[] all = arguments.toArray(Node[]::new);
    HostFunction host = hosts.get(name + "/" + arguments.size());
    if (host != null) {
      isMetered = true;
      Node call = new Calls.HostCall(span, host, arguments);
      return host.pure() && all.length > 0 ? folded(call, all) : call;
    }
    if (name.equals("startsWith") && Node.constant(all[1]) instanceof StringValue prefix) {
      return folded(new Calls.StartsWith(span, all[0], prefix), all);
    }
    if (name.equals("matches") && all.length == 2) {
      Calls.Matches matches = new Calls.Matches(span, all[0], all[1]);
      if (Node.constant(all[0]) == null
          && Node.constant(all[1]) != null
          && matches.known() instanceof Failed failure) {
        alwaysFails(failure);
      }
      return metered(matches, all);
    }
    Functions.Row row = Functions.find(name, arguments.size());
    return row == null
        ? unsupported(term, "`" + name + "` is not available in conditions")
        : metered(new Calls.Call(span, row, arguments), all);
  }

  private Node metered(Node node, Node... operands) {
    Node folded = folded(node, operands);
    isMetered |= !(folded instanceof Constant);
    return folded;
  }

  private Node list(CelExpr term) {
    List<Node> elements = term.list().elements().stream().map(this::node).toList();
    Node literal = new Literals.ListLiteral(span(term), elements);
    return metered(literal, elements.toArray(Node[]::new));
  }

  private Node map(CelExpr term) {
    List<Node> keys = new ArrayList<>();
    List<Node> values = new ArrayList<>();
    for (CelExpr.CelMap.Entry entry : term.map().entries()) {
      keys.add(node(entry.key()));
      values.add(node(entry.value()));
    }
    List<Node> all = new ArrayList<>(keys);
    all.addAll(values);
    Node literal = new Literals.MapLiteral(span(term), keys, values);
    return metered(literal, all.toArray(Node[]::new));
  }

  /** A loop, told from its expansion: that is all that the parser leaves of a macro. */
  private Node loop(CelExpr term) {
    CelExpr.CelComprehension loop = term.comprehension();
    isMetered = true;
    Node range = node(loop.iterRange());
    int slot = loops++;
    deepestLoop = Math.max(deepestLoop, loops);
    Local hidden = locals.put(loop.iterVar(), new Local(slot, range.elements()));
    Node made = turns(term, loop, range, slot);
    if (hidden == null) {
      locals.remove(loop.iterVar());
    } else {
      locals.put(loop.iterVar(), hidden);
    }
    loops--;
    return made;
  }

  private Node turns(CelExpr term, CelExpr.CelComprehension loop, Node range, int slot) {
    CelExpr.CelCall step = loop.loopStep().call();
    List<CelExpr> parts = step.args();
    Span span = span(term);
    return switch (step.function()) {
      case "_&&_" -> new Loops.Quantifier(span, range, slot, node(parts.get(1)), true);
      case "_||_" -> new Loops.Quantifier(span, range, slot, node(parts.get(1)), false);
      case "_+_" -> new Loops.Collection(span, range, slot, null, node(added(loop.loopStep())));
      case "_?_:_" -> {
        Node predicate = node(parts.get(0));
        yield loop.accuInit().getKind() == CelExpr.ExprKind.Kind.CONSTANT
            ? new Loops.ExactlyOne(span, range, slot, predicate)
            : new Loops.Collection(span, range, slot, predicate, node(added(parts.get(1))));
      }
      default -> throw new IllegalStateException("no macro of ours: " + step.function());
    };
  }

  /** The element in {@code result + [element]}. */
  private static CelExpr added(CelExpr sum) {
    return sum.call().args().get(1).list().elements().getFirst();
  }

  /** The node, or the constant that it is if its operands are. */
  private Node folded(Node node, Node... operands) {
    if (!Arrays.stream(operands).allMatch(operand -> operand instanceof Constant)) {
      return node;
    }
    Object value = node.evaluate(NOTHING, new Frame(limits.withSteps(FOLDING_STEPS), 0));
    if (value instanceof Failed failure) {
      if (failure.reason() == Reason.BUDGET) {
        return node;
      }
      if (failure.span().equals(node.span())
          || Arrays.stream(operands).noneMatch(o -> Node.constant(o) instanceof Failed)) {
        alwaysFails(failure);
      }
    }
    return new Constant(node, value);
  }

  private void alwaysFails(Failed failure) {
    diagnostics.warning(
        Complaints.ALWAYS_FAILS, failure.span(), "this always fails: " + failure.message(), "");
  }

  /** The type of the whole tree, or null where it is known only when it is evaluated. */
  @Nullable String knownType() {
    String name = tree.getResultType().name();
    return name.equals("dyn") || name.equals("any") ? null : name;
  }
}
