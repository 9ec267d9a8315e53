package dev.bylaw.expression;

import dev.bylaw.expression.Result.Failed;
import dev.bylaw.expression.Result.Reason;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;

/** Terms that read data: {@code params.amount}, {@code has(x.y)}, {@code x[i]}. */
final class Access {
  private Access() {}

  /** A variable and the keys below it, in one term. */
  static final class Path extends Node {
    private final Reference reference;
    private final int slot;
    private final String[] keys;
    private final Failed unbound;

    /** The failure for each key that is not there. */
    private final Failed[] missing;

    Path(Span span, Reference reference) {
      super(span);
      this.reference = reference;
      this.slot = reference.slot();
      this.keys = reference.path().toArray(String[]::new);
      this.unbound = failed(Reason.MISSING, "`" + reference.variable() + "` has no value");
      this.missing = new Failed[keys.length];
      for (int i = 0; i < keys.length; i++) {
        missing[i] = noSuchKey(this, reference.path().get(i));
      }
    }

    Reference reference() {
      return reference;
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Value here = bindings.lookup(slot);
      if (here == null) {
        return unbound;
      }
      for (int i = 0; i < keys.length; i++) {
        if (!(here instanceof ObjectValue object)) {
          return noKeys(this, keys[i], here);
        }
        here = object.get(keys[i]);
        if (here == null) {
          return missing[i];
        }
      }
      return here;
    }
  }

  private static Failed noSuchKey(Node site, String key) {
    return site.failed(Reason.MISSING, "there is no `" + key + "`");
  }

  private static Failed noKeys(Node site, String key, Object value) {
    return value instanceof Failed failure
        ? failure
        : site.failed(
            Reason.TYPE, "`" + key + "` asked of " + Domain.word(value) + ", expected an object");
  }

  /** A key of what another term comes to. */
  static final class Select extends Node {
    private final Node operand;
    private final String key;
    private final Failed missing;

    Select(Span span, Node operand, String key) {
      super(span);
      this.operand = operand;
      this.key = key;
      this.missing = noSuchKey(this, key);
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object value = operand.evaluate(bindings, frame);
      Object found =
          switch (value) {
            case ObjectValue object -> object.get(key);
            case Domain.Entries entries -> entries.get(StringValue.of(key));
            default -> noKeys(this, key, value);
          };
      return found == null ? missing : found;
    }
  }

  /** Whether there is a key; a failure if what should hold it is not there or no object. */
  static final class Has extends Node {
    private final Node operand;
    private final String key;

    Has(Span span, Node operand, String key) {
      super(span);
      this.operand = operand;
      this.key = key;
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object value = operand.evaluate(bindings, frame);
      return switch (value) {
        case ObjectValue object -> BooleanValue.of(object.has(key));
        case Domain.Entries entries -> BooleanValue.of(entries.get(StringValue.of(key)) != null);
        default -> noKeys(this, key, value);
      };
    }
  }

  /** An element of a list or the value of a key: {@code x[i]}. */
  static final class Index extends Node {
    private final Node operand;
    private final Node index;

    Index(Span span, Node operand, Node index) {
      super(span);
      this.operand = operand;
      this.index = index;
    }

    @Override
    Numbers numbers() {
      return operand.elements();
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object value = operand.evaluate(bindings, frame);
      if (value instanceof Failed) {
        return value;
      }
      Object key = index.evaluate(bindings, frame);
      if (key instanceof Failed) {
        return key;
      }
      return switch (value) {
        case ObjectValue object when key instanceof Value scalar && Domain.isScalar(scalar) ->
            orMissing(object.get(scalar), key);
        case Domain.Entries entries -> orMissing(entries.get(key), key);
        case ArrayValue array -> element(array.size(), key, array::get);
        case Domain.Items items -> element(items.size(), key, items::get);
        default -> notApplicable("[]", value, key);
      };
    }

    private Object orMissing(@org.jspecify.annotations.Nullable Object found, Object key) {
      return found != null ? found : failed(Reason.MISSING, "there is no key " + Domain.brief(key));
    }

    private Object element(
        int size, Object key, java.util.function.IntFunction<? extends Object> elements) {
      if (!(key instanceof NumberValue number) || !number.isInteger()) {
        return failed(Reason.TYPE, "index is " + Domain.brief(key) + ", expected a whole number");
      }
      if (!number.isLong() || number.longValue() < 0 || number.longValue() >= size) {
        return failed(Reason.MISSING, "index " + number + " of an array of " + size + " elements");
      }
      return elements.apply((int) number.longValue());
    }
  }
}
