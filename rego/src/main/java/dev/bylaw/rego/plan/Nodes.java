package dev.bylaw.rego.plan;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nodes that compute values of terms. */
final class Nodes {
  private Nodes() {}

  /** The value that a key leads to, or null. */
  static @Nullable Value step(Value base, Value key) {
    return switch (base) {
      case ObjectValue o -> o.get(key);
      case ArrayValue a -> {
        if (key instanceof NumberValue n && n.isWrittenAsLong()) {
          long i = n.longValue();
          yield i >= 0 && i < a.size() ? a.get((int) i) : null;
        }
        yield null;
      }
      case SetValue s -> s.contains(key) ? key : null;
      default -> null;
    };
  }

  static final class Constant extends Node {
    private final Value value;

    Constant(Value value) {
      this.value = value;
    }

    @Override
    Value eval(Frame f) {
      return value;
    }

    @Override
    Value constant() {
      return value;
    }
  }

  static final class Slot extends Node {
    final int slot;

    Slot(int slot) {
      this.slot = slot;
    }

    @Override
    @Nullable Value eval(Frame f) {
      return f.slots[slot];
    }
  }

  static final class Input extends Node {
    @Override
    @Nullable Value eval(Frame f) {
      return f.evaluation.input;
    }
  }

  /** {@code input.key}. */
  static final class InputField extends Node {
    private final StringValue key;

    InputField(StringValue key) {
      this.key = key;
    }

    @Override
    @Nullable Value eval(Frame f) {
      return f.evaluation.input instanceof ObjectValue o ? o.get(key) : null;
    }
  }

  /** A path of constant keys under the base data; no rule is there. */
  static final class BaseData extends Node {
    private final Value[] path;

    /** The value in the data met last; racing threads find the same. */
    private volatile @Nullable Found found;

    private record Found(Value data, @Nullable Value value) {}

    BaseData(List<Value> path) {
      this.path = path.toArray(new Value[0]);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // The same data, not equal data.
    @Nullable Value eval(Frame f) {
      Value data = f.evaluation.data;
      Found known = found;
      if (known != null && known.data == data) {
        return known.value;
      }
      Value here = data;
      for (int i = 0; i < path.length && here != null; i++) {
        here = stored(here, path[i]);
      }
      found = new Found(data, here);
      return here;
    }
  }

  /** The value that a key leads to in base data, where a number names a key of an object too. */
  static @Nullable Value stored(Value base, Value key) {
    Value found = step(base, key);
    return found == null && key instanceof NumberValue && base instanceof ObjectValue object
        ? object.get(StringValue.of(key.toString()))
        : found;
  }

  /** {@link Lookup} in base data. */
  static final class BaseLookup extends Node {
    private final Node base;
    private final Node key;

    BaseLookup(Node base, Node key) {
      this.base = base;
      this.key = key;
    }

    @Override
    @Nullable Value eval(Frame f) {
      Value b = base.eval(f);
      if (b == null) {
        return null;
      }
      Value k = key.eval(f);
      return k == null ? null : stored(b, k);
    }
  }

  static final class Lookup extends Node {
    private final Node base;
    private final Node key;

    Lookup(Node base, Node key) {
      this.base = base;
      this.key = key;
    }

    @Override
    @Nullable Value eval(Frame f) {
      Value b = base.eval(f);
      if (b == null) {
        return null;
      }
      Value k = key.eval(f);
      return k == null ? null : step(b, k);
    }
  }

  /** {@code base.key}. */
  static final class Field extends Node {
    private final Node base;
    private final StringValue key;

    Field(Node base, StringValue key) {
      this.base = base;
      this.key = key;
    }

    @Override
    @Nullable Value eval(Frame f) {
      Value b = base.eval(f);
      return switch (b) {
        case ObjectValue o -> o.get(key);
        case SetValue s -> s.contains(key) ? key : null;
        case null, default -> null;
      };
    }
  }

  static final class Array extends Node {
    private final Node[] elements;

    Array(List<Node> elements) {
      this.elements = elements.toArray(new Node[0]);
    }

    @Override
    @Nullable Value eval(Frame f) {
      Value[] values = new Value[elements.length];
      for (int i = 0; i < values.length; i++) {
        Value v = elements[i].eval(f);
        if (v == null) {
          return null;
        }
        values[i] = v;
      }
      return ArrayValue.of(values);
    }
  }

  static final class SetOf extends Node {
    private final Node[] members;

    SetOf(List<Node> members) {
      this.members = members.toArray(new Node[0]);
    }

    @Override
    @Nullable Value eval(Frame f) {
      var values = new SetValue.Builder();
      for (Node member : members) {
        Value v = member.eval(f);
        if (v == null) {
          return null;
        }
        values.add(v);
      }
      return values.build();
    }
  }

  static final class ObjectOf extends Node {
    private final Node[] keys;
    private final Node[] values;

    ObjectOf(List<Node> keys, List<Node> values) {
      this.keys = keys.toArray(new Node[0]);
      this.values = values.toArray(new Node[0]);
    }

    @Override
    @Nullable Value eval(Frame f) {
      ObjectValue.Builder builder = ObjectValue.builder(keys.length);
      for (int i = 0; i < keys.length; i++) {
        Value k = keys[i].eval(f);
        if (k == null) {
          return null;
        }
        Value v = values[i].eval(f);
        if (v == null) {
          return null;
        }
        builder.put(k, v);
      }
      return builder.build();
    }
  }

  /** Runs a body; the last step collects. */
  abstract static class Comprehension extends Node {
    final int collector;
    Step body = Step.Done.DONE;

    Comprehension(int collector) {
      this.collector = collector;
    }

    void collect(Frame f, Collector into) {
      Collector outer = f.collectors[collector];
      f.collectors[collector] = into;
      body.run(f);
      f.collectors[collector] = outer;
    }
  }

  static final class ArrayComprehension extends Comprehension {
    ArrayComprehension(int collector) {
      super(collector);
    }

    @Override
    Value eval(Frame f) {
      var into = new Collector.OfArray();
      collect(f, into);
      return into.value();
    }
  }

  static final class SetComprehension extends Comprehension {
    SetComprehension(int collector) {
      super(collector);
    }

    @Override
    Value eval(Frame f) {
      var into = new Collector.OfSet();
      collect(f, into);
      return into.value();
    }
  }

  static final class ObjectComprehension extends Comprehension {
    ObjectComprehension(int collector) {
      super(collector);
    }

    @Override
    Value eval(Frame f) {
      var into = new Collector.OfObject();
      collect(f, into);
      return into.root.toValue();
    }
  }

  static final class Equal extends Node {
    private final Node left;
    private final Node right;
    private final boolean negated;

    Equal(Node left, Node right, boolean negated) {
      this.left = left;
      this.right = right;
      this.negated = negated;
    }

    @Override
    @Nullable Value eval(Frame f) {
      Value a = left.eval(f);
      if (a == null) {
        return null;
      }
      Value b = right.eval(f);
      return b == null ? null : BooleanValue.of(a.equals(b) != negated);
    }
  }

  /** {@code <}, {@code <=}, {@code >} and {@code >=}. */
  static final class Compare extends Node {
    private final Node left;
    private final Node right;
    private final boolean less;
    private final boolean orEqual;

    Compare(Node left, Node right, boolean less, boolean orEqual) {
      this.left = left;
      this.right = right;
      this.less = less;
      this.orEqual = orEqual;
    }

    @Override
    @Nullable Value eval(Frame f) {
      Value a = left.eval(f);
      if (a == null) {
        return null;
      }
      Value b = right.eval(f);
      if (b == null) {
        return null;
      }
      int order =
          a instanceof NumberValue x && b instanceof NumberValue y && x.isLong() && y.isLong()
              ? Long.compare(x.longValue(), y.longValue())
              : a.compareTo(b);
      return BooleanValue.of(order == 0 ? orEqual : (order < 0) == less);
    }
  }

  /** {@code x in xs} and {@code k, v in xs}. */
  static final class Member extends Node {
    private final @Nullable Node key;
    private final Node value;
    private final Node domain;

    Member(@Nullable Node key, Node value, Node domain) {
      this.key = key;
      this.value = value;
      this.domain = domain;
    }

    @Override
    @Nullable Value eval(Frame f) {
      Value k = null;
      if (key != null) {
        k = key.eval(f);
        if (k == null) {
          return null;
        }
      }
      Value v = value.eval(f);
      if (v == null) {
        return null;
      }
      Value in = domain.eval(f);
      return in == null ? null : BooleanValue.of(isMember(k, v, in));
    }

    static boolean isMember(@Nullable Value key, Value value, Value in) {
      if (key != null) {
        Value found = step(in, key);
        return found != null && found.equals(value);
      }
      return switch (in) {
        case SetValue s -> s.contains(value);
        case ArrayValue a -> {
          for (int i = 0; i < a.size(); i++) {
            if (a.get(i).equals(value)) {
              yield true;
            }
          }
          yield false;
        }
        case ObjectValue o -> {
          for (int i = 0; i < o.size(); i++) {
            if (o.value(i).equals(value)) {
              yield true;
            }
          }
          yield false;
        }
        default -> false;
      };
    }
  }

  /** Values of arguments, or null if one is undefined. */
  static Value @Nullable [] all(Node[] nodes, Frame f) {
    Value[] values = new Value[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      Value v = nodes[i].eval(f);
      if (v == null) {
        return null;
      }
      values[i] = v;
    }
    return values;
  }

  static List<Value> constants(List<Node> nodes) {
    List<Value> values = new ArrayList<>();
    for (Node n : nodes) {
      Value v = n.constant();
      if (v != null) {
        values.add(v);
      }
    }
    return values;
  }
}
