package dev.bylaw.rego.plan;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.List;

/** What a value is matched with: binds slots, compares the rest. */
abstract class Pattern {
  /** Whether the value matches; slots may be bound either way. */
  abstract boolean match(Frame f, Value value);

  static final class Any extends Pattern {
    @Override
    boolean match(Frame f, Value value) {
      return true;
    }
  }

  static final class Bind extends Pattern {
    private final int slot;

    Bind(int slot) {
      this.slot = slot;
    }

    @Override
    boolean match(Frame f, Value value) {
      f.slots[slot] = value;
      return true;
    }
  }

  static final class Same extends Pattern {
    final Node node;

    Same(Node node) {
      this.node = node;
    }

    @Override
    boolean match(Frame f, Value value) {
      return value.equals(node.eval(f));
    }
  }

  static final class OfArray extends Pattern {
    private final Pattern[] elements;

    OfArray(List<Pattern> elements) {
      this.elements = elements.toArray(new Pattern[0]);
    }

    @Override
    boolean match(Frame f, Value value) {
      if (!(value instanceof ArrayValue array) || array.size() != elements.length) {
        return false;
      }
      for (int i = 0; i < elements.length; i++) {
        if (!elements[i].match(f, array.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  static final class OfObject extends Pattern {
    private final Node[] keys;
    private final Pattern[] values;

    OfObject(List<Node> keys, List<Pattern> values) {
      this.keys = keys.toArray(new Node[0]);
      this.values = values.toArray(new Pattern[0]);
    }

    @Override
    boolean match(Frame f, Value value) {
      if (!(value instanceof ObjectValue object) || object.size() != keys.length) {
        return false;
      }
      for (int i = 0; i < keys.length; i++) {
        Value key = keys[i].eval(f);
        Value found = key == null ? null : object.get(key);
        if (found == null || !values[i].match(f, found)) {
          return false;
        }
      }
      return true;
    }
  }
}
