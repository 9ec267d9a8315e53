package dev.bylaw.cedar.command;

import dev.bylaw.cedar.value.CedarText;
import dev.bylaw.cedar.value.DatetimeValue;
import dev.bylaw.cedar.value.DecimalValue;
import dev.bylaw.cedar.value.DurationValue;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.IpValue;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.cedar.value.SetValue;
import dev.bylaw.cedar.value.Value;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Values as a person is shown them: the elements of sets in an order of their own, so that equal
 * values have equal texts.
 */
final class Shown {
  private Shown() {}

  /** Cedar text of the value. */
  static String text(Value value) {
    return switch (value) {
      case SetValue set ->
          set.elements().stream()
              .sorted(Shown::compare)
              .map(Shown::text)
              .collect(Collectors.joining(", ", "[", "]"));
      case RecordValue record ->
          record.attributes().entrySet().stream()
              .map(each -> CedarText.quote(each.getKey()) + ": " + text(each.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case DecimalValue(_, var written) when written != null -> call("decimal", written);
      case DurationValue(_, var written) when written != null -> call("duration", written);
      case IpValue ip when ip.written() != null -> call("ip", ip.written());
      case DatetimeValue(_, var written) when written != null -> call("datetime", written);
      case DatetimeValue(var millis, _) ->
          "datetime(\"1970-01-01\").offset(" + new DurationValue(millis) + ")";
      default -> value.toString();
    };
  }

  private static String call(String constructor, String written) {
    return constructor + "(" + CedarText.quote(written) + ")";
  }

  /** Literals first, then sets, records and values of extensions. */
  private static int compare(Value one, Value other) {
    return switch (one) {
      case Value.Bool(var value) when other instanceof Value.Bool(var that) ->
          Boolean.compare(value, that);
      case Value.Int(var value) when other instanceof Value.Int(var that) ->
          Long.compare(value, that);
      case Value.Text(var value) when other instanceof Value.Text(var that) ->
          value.compareTo(that);
      case EntityUid uid when other instanceof EntityUid that -> uid.compareTo(that);
      case SetValue set when other instanceof SetValue that -> compare(sorted(set), sorted(that));
      case RecordValue record when other instanceof RecordValue that -> compare(record, that);
      default -> {
        int byKind = Integer.compare(kind(one), kind(other));
        yield byKind != 0 ? byKind : one.toString().compareTo(other.toString());
      }
    };
  }

  private static int compare(List<Value> one, List<Value> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int order = compare(one.get(i), other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }

  private static int compare(RecordValue one, RecordValue other) {
    Iterator<Map.Entry<String, Value>> those = other.attributes().entrySet().iterator();
    for (Map.Entry<String, Value> attribute : one.attributes().entrySet()) {
      if (!those.hasNext()) {
        return 1;
      }
      Map.Entry<String, Value> that = those.next();
      int order = attribute.getKey().compareTo(that.getKey());
      order = order != 0 ? order : compare(attribute.getValue(), that.getValue());
      if (order != 0) {
        return order;
      }
    }
    return those.hasNext() ? -1 : 0;
  }

  private static List<Value> sorted(SetValue set) {
    return set.elements().stream().sorted(Shown::compare).toList();
  }

  private static int kind(Value value) {
    return switch (value) {
      case Value.Bool _ -> 0;
      case Value.Int _ -> 1;
      case Value.Text _ -> 2;
      case EntityUid _ -> 3;
      case SetValue _ -> 4;
      case RecordValue _ -> 5;
      default -> 6;
    };
  }
}
