package dev.bylaw.expression;

import com.google.common.primitives.UnsignedLong;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What dev.cel's own planner runtime makes of an expression. */
final class Oracle {
  private static final Cel CEL =
      CelFactory.plannerCelBuilder()
          .setOptions(CelOptions.current().enableHeterogeneousNumericComparisons(true).build())
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("p", SimpleType.DYN)
          .addVar("action", SimpleType.STRING)
          .addVar("now", SimpleType.TIMESTAMP)
          .addCompilerLibraries(CelExtensions.strings())
          .addRuntimeLibraries(CelExtensions.strings())
          .build();

  private Oracle() {}

  /** The program of a text, or empty where it does not compile. */
  static Optional<CelRuntime.Program> program(String text) {
    try {
      CelValidationResult checked = CEL.compile(text);
      return checked.hasError()
          ? Optional.empty()
          : Optional.of(CEL.createProgram(checked.getAst()));
    } catch (CelValidationException | CelEvaluationException impossible) {
      throw new IllegalStateException(text, impossible);
    }
  }

  /** What a program comes to: a value as {@link Domain#told} tells it, or empty for any failure. */
  static Optional<Value> evaluate(CelRuntime.Program program, Value p, String action, Instant now) {
    Map<String, Object> variables = Map.of("p", java(p), "action", action, "now", now);
    try {
      return Optional.of(value(program.eval(variables)));
    } catch (CelEvaluationException | UnsupportedOperationException failure) {
      return Optional.empty();
    }
  }

  private static Object java(Value value) {
    return switch (value) {
      case NullValue _ -> dev.cel.common.values.NullValue.NULL_VALUE;
      case BooleanValue truth -> truth.isTrue();
      case NumberValue number ->
          number.isLong() ? (Object) number.longValue() : (Object) number.doubleValue();
      case StringValue text -> text.text();
      case ArrayValue array -> array.elements().stream().map(Oracle::java).toList();
      case SetValue set -> set.members().stream().map(Oracle::java).toList();
      case ObjectValue object -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        object.forEach((key, entry) -> map.put(java(key), java(entry)));
        yield map;
      }
    };
  }

  private static Value value(Object result) {
    return switch (result) {
      case dev.cel.common.values.NullValue _ -> NullValue.NULL;
      case Boolean truth -> BooleanValue.of(truth);
      case Long number -> NumberValue.of(number);
      case UnsignedLong number -> NumberValue.of(number.bigIntegerValue());
      case Double number -> {
        if (!Double.isFinite(number)) {
          throw new UnsupportedOperationException("no number: " + number);
        }
        yield NumberValue.of(number);
      }
      case String text -> StringValue.of(text);
      case Instant instant -> StringValue.of(Times.text(instant));
      case Duration duration -> StringValue.of(Times.text(duration));
      case CelByteString bytes -> Domain.told(new Domain.Bytes(bytes.toByteArray()));
      case TypeType type -> StringValue.of(type.containingTypeName());
      case List<?> list -> {
        List<Value> elements = new ArrayList<>();
        list.forEach(element -> elements.add(value(element)));
        yield ArrayValue.of(elements);
      }
      case Map<?, ?> map -> {
        ObjectValue.Builder object = ObjectValue.builder();
        map.forEach((key, entry) -> object.put(value(key), value(entry)));
        yield object.build();
      }
      default -> throw new IllegalStateException("what is " + result.getClass());
    };
  }
}
