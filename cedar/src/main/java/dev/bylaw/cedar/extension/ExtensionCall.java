package dev.bylaw.cedar.extension;

import dev.bylaw.cedar.value.DatetimeValue;
import dev.bylaw.cedar.value.DecimalValue;
import dev.bylaw.cedar.value.DurationValue;
import dev.bylaw.cedar.value.IpValue;
import dev.bylaw.cedar.value.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Applies extension functions. */
public final class ExtensionCall {
  private ExtensionCall() {}

  /**
   * What a function gives, or null where it fails: a wrong number or type of arguments, a text that
   * is no value of the type, or an overflow.
   */
  public static @Nullable Value apply(ExtensionFunction function, Value... arguments) {
    if (arguments.length != function.parameters().size()) {
      return null;
    }
    for (int i = 0; i < arguments.length; i++) {
      if (!isOf(function.parameters().get(i), arguments[i])) {
        return null;
      }
    }
    return switch (function.style()) {
      case CONSTRUCTOR -> construct(function, ((Value.Text) arguments[0]).value());
      case METHOD -> method(function, arguments);
    };
  }

  /** The value of an extension type that a text stands for, or null. */
  public static @Nullable Value construct(ExtensionFunction constructor, String text) {
    Optional<? extends Value> value =
        switch (constructor) {
          case DECIMAL -> DecimalValue.parse(text);
          case IP -> IpValue.parse(text);
          case DATETIME -> DatetimeValue.parse(text);
          case DURATION -> DurationValue.parse(text);
          default -> Optional.empty();
        };
    return value.orElse(null);
  }

  private static boolean isOf(ExtensionFunction.Kind kind, Value value) {
    return switch (kind) {
      case BOOL -> value instanceof Value.Bool;
      case LONG -> value instanceof Value.Int;
      case STRING -> value instanceof Value.Text;
      case DECIMAL -> value instanceof DecimalValue;
      case IPADDR -> value instanceof IpValue;
      case DATETIME -> value instanceof DatetimeValue;
      case DURATION -> value instanceof DurationValue;
    };
  }

  private static @Nullable Value method(ExtensionFunction function, Value[] arguments) {
    Value other = arguments.length > 1 ? arguments[1] : arguments[0];
    return switch (arguments[0]) {
      case DecimalValue left -> Value.Bool.of(compare(function, left, (DecimalValue) other));
      case IpValue ip -> Value.Bool.of(ask(function, ip, (IpValue) other));
      case DatetimeValue at -> datetime(function, at, other);
      case DurationValue span -> new Value.Int(span.millis() / unit(function));
      default -> throw new IllegalStateException("no methods: " + arguments[0]);
    };
  }

  private static boolean compare(
      ExtensionFunction function, DecimalValue left, DecimalValue right) {
    int order = left.compareTo(right);
    return switch (function) {
      case LESS_THAN -> order < 0;
      case LESS_THAN_OR_EQUAL -> order <= 0;
      case GREATER_THAN -> order > 0;
      case GREATER_THAN_OR_EQUAL -> order >= 0;
      default -> throw new IllegalStateException("not of decimals: " + function);
    };
  }

  private static boolean ask(ExtensionFunction function, IpValue ip, IpValue range) {
    return switch (function) {
      case IS_IPV4 -> !ip.v6();
      case IS_IPV6 -> ip.v6();
      case IS_LOOPBACK -> ip.isLoopback();
      case IS_MULTICAST -> ip.isMulticast();
      case IS_IN_RANGE -> ip.isInRange(range);
      default -> throw new IllegalStateException("not of addresses: " + function);
    };
  }

  private static @Nullable Value datetime(
      ExtensionFunction function, DatetimeValue at, Value other) {
    try {
      return switch (function) {
        case OFFSET ->
            new DatetimeValue(Math.addExact(at.epochMillis(), ((DurationValue) other).millis()));
        case DURATION_SINCE ->
            new DurationValue(
                Math.subtractExact(at.epochMillis(), ((DatetimeValue) other).epochMillis()));
        case TO_DATE -> at.toDate();
        case TO_TIME -> at.toTime();
        default -> throw new IllegalStateException("not of instants: " + function);
      };
    } catch (ArithmeticException overflow) {
      return null;
    }
  }

  private static long unit(ExtensionFunction function) {
    return switch (function) {
      case TO_MILLISECONDS -> 1;
      case TO_SECONDS -> 1_000;
      case TO_MINUTES -> 60_000;
      case TO_HOURS -> 3_600_000;
      case TO_DAYS -> 86_400_000;
      default -> throw new IllegalStateException("not of durations: " + function);
    };
  }
}
