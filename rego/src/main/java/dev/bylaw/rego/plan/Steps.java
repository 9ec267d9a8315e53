package dev.bylaw.rego.plan;

import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.Value;
import org.jspecify.annotations.Nullable;

/** The steps of bodies. */
final class Steps {
  private Steps() {}

  /** Goes on if a value is defined and not false. */
  static final class Holds extends Step {
    private final Node node;

    Holds(Node node) {
      this.node = node;
    }

    @Override
    boolean run(Frame f) {
      Value v = node.eval(f);
      return v != null && v != BooleanValue.FALSE && next.run(f);
    }
  }

  /** Goes on if two values are equal. */
  static final class Equal extends Step {
    private final Node left;
    private final Node right;

    Equal(Node left, Node right) {
      this.left = left;
      this.right = right;
    }

    @Override
    boolean run(Frame f) {
      Value a = left.eval(f);
      return a != null && a.equals(right.eval(f)) && next.run(f);
    }
  }

  /** Binds a slot to a value, if it is defined. */
  static final class Bind extends Step {
    private final int slot;
    private final Node node;

    Bind(int slot, Node node) {
      this.slot = slot;
      this.node = node;
    }

    @Override
    boolean run(Frame f) {
      Value v = node.eval(f);
      if (v == null) {
        return false;
      }
      f.slots[slot] = v;
      return next.run(f);
    }
  }

  /** Matches a value with a pattern. */
  static final class Match extends Step {
    private final Node node;
    private final Pattern pattern;

    Match(Node node, Pattern pattern) {
      this.node = node;
      this.pattern = pattern;
    }

    @Override
    boolean run(Frame f) {
      Value v = node.eval(f);
      return v != null && pattern.match(f, v) && next.run(f);
    }
  }

  /** Goes through the elements of a collection. */
  static final class Scan extends Step {
    private final Node node;
    private final Pattern key;
    private final int slot;

    Scan(Node node, Pattern key, int slot) {
      this.node = node;
      this.key = key;
      this.slot = slot;
    }

    @Override
    boolean run(Frame f) {
      Value v = node.eval(f);
      return switch (v) {
        case ArrayValue a -> array(f, a);
        case ObjectValue o -> object(f, o);
        case SetValue s -> set(f, s);
        case null, default -> false;
      };
    }

    private boolean array(Frame f, ArrayValue a) {
      Session session = f.evaluation.session;
      boolean any = key instanceof Pattern.Any;
      for (int i = 0; i < a.size(); i++) {
        session.step();
        if (any || key.match(f, NumberValue.of(i))) {
          f.slots[slot] = a.get(i);
          if (next.run(f)) {
            return true;
          }
        }
      }
      return false;
    }

    private boolean object(Frame f, ObjectValue o) {
      Session session = f.evaluation.session;
      for (int i = 0; i < o.size(); i++) {
        session.step();
        if (key.match(f, o.sortedKey(i))) {
          f.slots[slot] = o.sortedValue(i);
          if (next.run(f)) {
            return true;
          }
        }
      }
      return false;
    }

    private boolean set(Frame f, SetValue s) {
      Session session = f.evaluation.session;
      for (int i = 0; i < s.size(); i++) {
        session.step();
        Value member = s.sorted(i);
        if (key.match(f, member)) {
          f.slots[slot] = member;
          if (next.run(f)) {
            return true;
          }
        }
      }
      return false;
    }
  }

  /** Goes on if a body has no solution. */
  static final class Not extends Step {
    private final Step body;

    Not(Step body) {
      this.body = body;
    }

    @Override
    boolean run(Frame f) {
      return !body.run(f) && next.run(f);
    }
  }

  /** Goes on once if either side has a solution, or if both have. */
  static final class Logical extends Step {
    private final boolean conjunction;
    private final Step left;
    private final Step right;

    Logical(boolean conjunction, Step left, Step right) {
      this.conjunction = conjunction;
      this.left = left;
      this.right = right;
    }

    @Override
    boolean run(Frame f) {
      boolean first = left.run(f);
      return (first == conjunction ? right.run(f) : first) && next.run(f);
    }
  }

  /** Goes on if a body has a solution for each element of a collection. */
  static final class Every extends Step {
    private final Node domain;
    private final Pattern key;
    private final Pattern value;
    private final Step body;

    Every(Node domain, Pattern key, Pattern value, Step body) {
      this.domain = domain;
      this.key = key;
      this.value = value;
      this.body = body;
    }

    @Override
    boolean run(Frame f) {
      Value v = domain.eval(f);
      boolean all =
          switch (v) {
            case ArrayValue a -> {
              boolean held = true;
              for (int i = 0; held && i < a.size(); i++) {
                held = holds(f, NumberValue.of(i), a.get(i));
              }
              yield held;
            }
            case ObjectValue o -> {
              boolean held = true;
              for (int i = 0; held && i < o.size(); i++) {
                held = holds(f, o.sortedKey(i), o.sortedValue(i));
              }
              yield held;
            }
            case SetValue s -> {
              boolean held = true;
              for (int i = 0; held && i < s.size(); i++) {
                held = holds(f, s.sorted(i), s.sorted(i));
              }
              yield held;
            }
            case null, default -> false;
          };
      return all && next.run(f);
    }

    private boolean holds(Frame f, Value k, Value v) {
      f.evaluation.session.step();
      return key.match(f, k) && value.match(f, v) && body.run(f);
    }
  }

  /** {@code walk(x, [path, value])}: goes through all that a value holds. */
  static final class Walk extends Step {
    private final Node node;
    private final Pattern pattern;

    Walk(Node node, Pattern pattern) {
      this.node = node;
      this.pattern = pattern;
    }

    @Override
    boolean run(Frame f) {
      Value v = node.eval(f);
      return v != null && walk(f, ArrayValue.EMPTY, v);
    }

    private boolean walk(Frame f, ArrayValue path, Value v) {
      f.evaluation.session.step();
      if (pattern.match(f, ArrayValue.of(path, v)) && next.run(f)) {
        return true;
      }
      return switch (v) {
        case ArrayValue a -> {
          for (int i = 0; i < a.size(); i++) {
            if (walk(f, path.with(NumberValue.of(i)), a.get(i))) {
              yield true;
            }
          }
          yield false;
        }
        case ObjectValue o -> {
          for (int i = 0; i < o.size(); i++) {
            if (walk(f, path.with(o.sortedKey(i)), o.sortedValue(i))) {
              yield true;
            }
          }
          yield false;
        }
        case SetValue s -> {
          for (int i = 0; i < s.size(); i++) {
            if (walk(f, path.with(s.sorted(i)), s.sorted(i))) {
              yield true;
            }
          }
          yield false;
        }
        default -> false;
      };
    }
  }

  /** Tells the observer that a literal is entered. */
  static final class Enter extends Step {
    private final Span span;

    Enter(Span span) {
      this.span = span;
    }

    @Override
    boolean run(Frame f) {
      Observer observer = f.evaluation.session.settings().observer();
      if (observer == null) {
        return next.run(f);
      }
      observer.enter(span);
      boolean done = next.run(f);
      observer.leave(span);
      return done;
    }
  }

  /** Tells the observer that a literal held. */
  static final class Passed extends Step {
    private final Span span;

    Passed(Span span) {
      this.span = span;
    }

    @Override
    boolean run(Frame f) {
      Observer observer = f.evaluation.session.settings().observer();
      if (observer != null) {
        observer.pass(span);
      }
      return next.run(f);
    }
  }

  /** Tells the observer that a rule's body is evaluated. */
  static final class Body extends Step {
    private final String name;
    private final Span span;

    Body(String name, Span span, Step first) {
      this.name = name;
      this.span = span;
      this.next = first;
    }

    @Override
    boolean run(Frame f) {
      Observer observer = f.evaluation.session.settings().observer();
      if (observer == null) {
        return next.run(f);
      }
      observer.begin(name, span);
      boolean done = next.run(f);
      observer.end(name, span);
      return done;
    }
  }

  /** Tells the observer that a rule's body held. */
  static final class Fired extends Step {
    private final String name;
    private final Span span;

    Fired(String name, Span span, Step last) {
      this.name = name;
      this.span = span;
      this.next = last;
    }

    @Override
    boolean run(Frame f) {
      Observer observer = f.evaluation.session.settings().observer();
      if (observer != null) {
        observer.rule(name, span);
      }
      return next.run(f);
    }
  }

  /** Adds to an array comprehension. */
  static final class AddElement extends Step {
    private final int collector;
    private final Node node;

    AddElement(int collector, Node node) {
      this.collector = collector;
      this.node = node;
    }

    @Override
    boolean run(Frame f) {
      Value v = node.eval(f);
      if (v != null && f.collectors[collector] instanceof Collector.OfArray into) {
        into.elements.add(v);
      }
      return false;
    }
  }

  /** Adds to a set comprehension. */
  static final class AddMember extends Step {
    private final int collector;
    private final Node node;

    AddMember(int collector, Node node) {
      this.collector = collector;
      this.node = node;
    }

    @Override
    boolean run(Frame f) {
      Value v = node.eval(f);
      if (v != null && f.collectors[collector] instanceof Collector.OfSet into) {
        into.members.add(v);
      }
      return false;
    }
  }

  /** Adds to an object comprehension. */
  static final class AddEntry extends Step {
    private final int collector;
    private final Node key;
    private final Node value;
    private final Span span;

    AddEntry(int collector, Node key, Node value, Span span) {
      this.collector = collector;
      this.key = key;
      this.value = value;
      this.span = span;
    }

    @Override
    boolean run(Frame f) {
      Value k = key.eval(f);
      Value v = k == null ? null : value.eval(f);
      if (k != null && v != null && f.collectors[collector] instanceof Collector.OfObject into) {
        Trie place = into.root.child(k);
        if (place == null || !place.put(v)) {
          throw new EvaluationException(
              EvaluationException.CONFLICT, "object keys must be unique", span);
        }
      }
      return false;
    }
  }

  /** The head of a complete rule or function: all solutions must agree. */
  static final class Result extends Step {
    private final Node node;
    private final Span span;
    private final String message;
    private final boolean one;

    Result(Node node, Span span, String message) {
      this.node = node;
      this.span = span;
      this.message = message;
      this.one = node.constant() != null;
    }

    @Override
    boolean run(Frame f) {
      Value v = node.eval(f);
      if (v == null) {
        return false;
      }
      Value before = f.result;
      if (before == null) {
        f.result = v;
      } else if (!before.equals(v)) {
        throw new EvaluationException(EvaluationException.CONFLICT, message, span);
      }
      return one;
    }
  }

  /** Stores a value where a query's result takes it from. */
  static final class Keep extends Step {
    private final Node node;
    private final int slot;
    private final boolean evenFalse;

    Keep(Node node, int slot, boolean evenFalse) {
      this.node = node;
      this.slot = slot;
      this.evenFalse = evenFalse;
    }

    @Override
    boolean run(Frame f) {
      @Nullable Value v = node.eval(f);
      if (v == null || (v == BooleanValue.FALSE && !evenFalse)) {
        return false;
      }
      f.slots[slot] = v;
      return next.run(f);
    }
  }
}
