package dev.bylaw.expression;

import dev.bylaw.expression.Result.Failed;
import dev.bylaw.expression.Result.Reason;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.StringValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Terms that make lists and maps. */
final class Literals {
  private Literals() {}

  /** {@code [a, b]}. */
  static final class ListLiteral extends Node {
    private final Node[] elements;

    ListLiteral(Span span, List<Node> elements) {
      super(span);
      this.elements = elements.toArray(Node[]::new);
    }

    @Override
    Numbers elements() {
      Numbers first = elements.length == 0 ? Numbers.DECIMAL : elements[0].numbers();
      for (Node element : elements) {
        if (element.numbers() != first) {
          return Numbers.DECIMAL;
        }
      }
      return first;
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      if (!frame.spend(elements.length)) {
        return outOfBudget();
      }
      List<Object> made = new ArrayList<>(elements.length);
      for (Node element : elements) {
        Object value = element.evaluate(bindings, frame);
        if (value instanceof Failed) {
          return value;
        }
        made.add(value);
      }
      return Domain.list(made);
    }
  }

  /** <code>{a: b}</code>; keys are texts, whole numbers or booleans, each once. */
  static final class MapLiteral extends Node {
    private final Node[] keys;
    private final Node[] values;

    MapLiteral(Span span, List<Node> keys, List<Node> values) {
      super(span);
      this.keys = keys.toArray(Node[]::new);
      this.values = values.toArray(Node[]::new);
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      if (!frame.spend(keys.length)) {
        return outOfBudget();
      }
      LinkedHashMap<Object, Object> made = LinkedHashMap.newLinkedHashMap(keys.length);
      for (int i = 0; i < keys.length; i++) {
        Object key = keys[i].evaluate(bindings, frame);
        if (key instanceof Failed) {
          return key;
        }
        if (!isKey(key)) {
          return keys[i].failed(Reason.TYPE, "a key cannot be " + Domain.word(key));
        }
        Object value = values[i].evaluate(bindings, frame);
        if (value instanceof Failed) {
          return value;
        }
        if (made.put(key, value) != null) {
          return keys[i].failed(Reason.TYPE, "the key " + Domain.brief(key) + " stands twice");
        }
      }
      return Domain.map(made);
    }

    private static boolean isKey(Object key) {
      return key instanceof StringValue
          || key instanceof BooleanValue
          || key instanceof NumberValue number && number.isInteger();
    }
  }
}
