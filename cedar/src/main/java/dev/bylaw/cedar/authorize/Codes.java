package dev.bylaw.cedar.authorize;

import dev.bylaw.cedar.entity.Entity;
import dev.bylaw.cedar.extension.ExtensionCall;
import dev.bylaw.cedar.extension.ExtensionFunction;
import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.text.Pattern;
import dev.bylaw.cedar.value.DatetimeValue;
import dev.bylaw.cedar.value.DurationValue;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.cedar.value.SetValue;
import dev.bylaw.cedar.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kinds of compiled expressions; one line of meaning each, as {@link Interpreter} has them. */
@SuppressWarnings("ArrayRecordComponent") // never compared
final class Codes {
  private Codes() {}

  static Code variable(Expr.Variable variable) {
    return switch (variable) {
      case PRINCIPAL -> new Principal();
      case ACTION -> new Action();
      case RESOURCE -> new Resource();
      case CONTEXT -> new Context();
    };
  }

  record Constant(Value constant) implements Code {
    @Override
    public Value value(Evaluation on) {
      return constant;
    }
  }

  record Fails() implements Code {
    @Override
    public @Nullable Value value(Evaluation on) {
      return null;
    }
  }

  record Principal() implements Code {
    @Override
    public Value value(Evaluation on) {
      return on.request.principal();
    }
  }

  record Action() implements Code {
    @Override
    public Value value(Evaluation on) {
      return on.request.action();
    }
  }

  record Resource() implements Code {
    @Override
    public Value value(Evaluation on) {
      return on.request.resource();
    }
  }

  record Context() implements Code {
    @Override
    public Value value(Evaluation on) {
      return on.request.context();
    }
  }

  record Shared(int number, Code condition) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      return on.shared(number, condition);
    }
  }

  record Held(int number, Attribute attribute) implements Code {
    @Override
    public @Nullable Value value(Evaluation on) {
      return on.held(number, attribute);
    }
  }

  record If(Code test, Code yes, Code no) implements Code {
    @Override
    public @Nullable Value value(Evaluation on) {
      int truth = test.test(on);
      return truth < 0 ? null : (truth == TRUE ? yes : no).value(on);
    }

    @Override
    public int test(Evaluation on) {
      int truth = test.test(on);
      return truth < 0 ? FAILED : (truth == TRUE ? yes : no).test(on);
    }
  }

  record And(Code[] operands) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      for (Code operand : operands) {
        int truth = operand.test(on);
        if (truth != TRUE) {
          return truth;
        }
      }
      return TRUE;
    }
  }

  record Or(Code[] operands) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      for (Code operand : operands) {
        int truth = operand.test(on);
        if (truth != FALSE) {
          return truth;
        }
      }
      return FALSE;
    }
  }

  record Not(Code operand) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      int truth = operand.test(on);
      return truth < 0 ? FAILED : 1 - truth;
    }
  }

  record Negate(Code operand) implements Code {
    @Override
    public @Nullable Value value(Evaluation on) {
      return operand.value(on) instanceof Value.Int(var number) && number != Long.MIN_VALUE
          ? new Value.Int(-number)
          : null;
    }
  }

  record IsEmpty(Code operand) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      return operand.value(on) instanceof SetValue set ? Code.of(set.size() == 0) : FAILED;
    }
  }

  record Equals(Code left, Value constant) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      Value value = left.value(on);
      return value == null ? FAILED : Code.of(constant.equals(value));
    }
  }

  record EqualsInt(Code left, long constant) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      Value value = left.value(on);
      return value == null
          ? FAILED
          : Code.of(value instanceof Value.Int(var number) && number == constant);
    }
  }

  record EqualsText(Code left, String constant) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      Value value = left.value(on);
      return value == null
          ? FAILED
          : Code.of(value instanceof Value.Text(var text) && text.equals(constant));
    }
  }

  record Same(Code left, Code right) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      Value one = left.value(on);
      Value other = right.value(on);
      return one == null || other == null ? FAILED : Code.of(one.equals(other));
    }
  }

  record Less(Code left, Code right) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      int order = compare(left.value(on), right.value(on));
      return order == NOT_COMPARABLE ? FAILED : Code.of(order < 0);
    }
  }

  record LessOrEqual(Code left, Code right) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      int order = compare(left.value(on), right.value(on));
      return order == NOT_COMPARABLE ? FAILED : Code.of(order <= 0);
    }
  }

  private static final int NOT_COMPARABLE = Integer.MIN_VALUE;

  private static int compare(@Nullable Value left, @Nullable Value right) {
    if (left instanceof Value.Int(var a) && right instanceof Value.Int(var b)) {
      return Long.compare(a, b);
    }
    if (left instanceof DatetimeValue a && right instanceof DatetimeValue b) {
      return a.compareTo(b);
    }
    if (left instanceof DurationValue a && right instanceof DurationValue b) {
      return a.compareTo(b);
    }
    return NOT_COMPARABLE;
  }

  record Arithmetic(Expr.BinaryOperator operator, Code left, Code right) implements Code {
    @Override
    public @Nullable Value value(Evaluation on) {
      if (!(left.value(on) instanceof Value.Int(var a)
          && right.value(on) instanceof Value.Int(var b))) {
        return null;
      }
      return switch (operator) {
        case ADD -> {
          long sum = a + b;
          yield ((a ^ sum) & (b ^ sum)) < 0 ? null : new Value.Int(sum);
        }
        case SUBTRACT -> {
          long difference = a - b;
          yield ((a ^ b) & (a ^ difference)) < 0 ? null : new Value.Int(difference);
        }
        default -> Math.multiplyHigh(a, b) == ((a * b) >> 63) ? new Value.Int(a * b) : null;
      };
    }
  }

  record OneOf(SetValue set, Code element) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      Value value = element.value(on);
      return value == null ? FAILED : Code.of(set.contains(value));
    }
  }

  record Contains(Code set, Code element) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      Value values = set.value(on);
      Value value = element.value(on);
      return values instanceof SetValue all && value != null
          ? Code.of(all.contains(value))
          : FAILED;
    }
  }

  record ContainsAll(Code left, Code right) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      return (left.value(on) instanceof SetValue one && right.value(on) instanceof SetValue other)
          ? Code.of(one.containsAll(other))
          : FAILED;
    }
  }

  record ContainsAny(Code left, Code right) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      return (left.value(on) instanceof SetValue one && right.value(on) instanceof SetValue other)
          ? Code.of(one.containsAny(other))
          : FAILED;
    }
  }

  record InEntity(Code left, EntityUid container) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      return left.value(on) instanceof EntityUid uid
          ? Code.of(on.entities.isIn(uid, container))
          : FAILED;
    }
  }

  record In(Code left, Code right) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      if (!(left.value(on) instanceof EntityUid uid)) {
        return FAILED;
      }
      Value container = right.value(on);
      if (container instanceof EntityUid other) {
        return Code.of(on.entities.isIn(uid, other));
      }
      if (!(container instanceof SetValue set && set.onlyEntities())) {
        return FAILED;
      }
      return Code.of(isInAny(on, uid, set));
    }

    private static boolean isInAny(Evaluation on, EntityUid uid, SetValue set) {
      if (set.contains(uid)) {
        return true;
      }
      if (set.size() > 8) {
        for (EntityUid ancestor : on.entities.ancestors(uid)) {
          if (set.contains(ancestor)) {
            return true;
          }
        }
        return false;
      }
      for (int i = 0; i < set.size(); i++) {
        if (set.element(i) instanceof EntityUid other && on.entities.isIn(uid, other)) {
          return true;
        }
      }
      return false;
    }
  }

  record Is(Code target, String type) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      return target.value(on) instanceof EntityUid uid ? Code.of(uid.type().equals(type)) : FAILED;
    }
  }

  record Like(Code target, Pattern pattern) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      return target.value(on) instanceof Value.Text(var text)
          ? Code.of(pattern.matches(text))
          : FAILED;
    }
  }

  record Attribute(Code target, String name) implements Code {
    @Override
    public @Nullable Value value(Evaluation on) {
      Value from = target.value(on);
      if (from instanceof RecordValue record) {
        return record.attribute(name);
      }
      if (from instanceof EntityUid uid) {
        Entity entity = on.entity(uid);
        return entity == null ? null : entity.attributes().attribute(name);
      }
      return null;
    }
  }

  record Has(Code target, String[] path) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      Value at = target.value(on);
      for (String name : path) {
        if (at instanceof EntityUid uid) {
          Entity entity = on.entity(uid);
          at = entity == null ? RecordValue.EMPTY : entity.attributes();
        }
        if (!(at instanceof RecordValue record)) {
          return FAILED;
        }
        at = record.attribute(name);
        if (at == null) {
          return FALSE;
        }
      }
      return TRUE;
    }
  }

  record GetTag(Code target, Code tag) implements Code {
    @Override
    public @Nullable Value value(Evaluation on) {
      if (target.value(on) instanceof EntityUid uid
          && tag.value(on) instanceof Value.Text(var name)) {
        Entity entity = on.entity(uid);
        return entity == null ? null : entity.tags().attribute(name);
      }
      return null;
    }
  }

  record HasTag(Code target, Code tag) implements Code.Test {
    @Override
    public int test(Evaluation on) {
      if (target.value(on) instanceof EntityUid uid
          && tag.value(on) instanceof Value.Text(var name)) {
        Entity entity = on.entity(uid);
        return Code.of(entity != null && entity.tags().attribute(name) != null);
      }
      return FAILED;
    }
  }

  record SetOf(Code[] elements) implements Code {
    @Override
    public @Nullable Value value(Evaluation on) {
      Value[] values = values(elements, on);
      return values == null ? null : SetValue.of(List.of(values));
    }
  }

  record RecordOf(String[] names, Code[] attributes) implements Code {
    @Override
    public @Nullable Value value(Evaluation on) {
      Value[] values = values(attributes, on);
      if (values == null) {
        return null;
      }
      var record = new LinkedHashMap<String, Value>();
      for (int i = 0; i < names.length; i++) {
        record.put(names[i], values[i]);
      }
      return RecordValue.of(record);
    }
  }

  record Call(ExtensionFunction function, Code[] arguments) implements Code {
    @Override
    public @Nullable Value value(Evaluation on) {
      Value[] values = values(arguments, on);
      return values == null ? null : ExtensionCall.apply(function, values);
    }
  }

  private static Value @Nullable [] values(Code[] codes, Evaluation on) {
    Value[] values = new Value[codes.length];
    for (int i = 0; i < codes.length; i++) {
      Value value = codes[i].value(on);
      if (value == null) {
        return null;
      }
      values[i] = value;
    }
    return values;
  }
}
