package dev.bylaw.actions.sql;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values for the binds of a statement, in order. */
record Binds(List<Value> values) {
  Binds {
    values = List.copyOf(values);
  }

  /** What the parameter gives for the binds; a mismatch is a refusal. */
  static Binds of(List<String> names, @Nullable Value given) throws SqlRefusal {
    boolean positional = names.isEmpty() || names.getFirst().isEmpty();
    return switch (given) {
      case null -> {
        if (!names.isEmpty()) {
          throw mismatch(
              "the statement has %d binds and `binds` is missing".formatted(names.size()));
        }
        yield new Binds(List.of());
      }
      case ArrayValue list when positional -> {
        if (list.size() != names.size()) {
          throw mismatch(
              "the statement has %d binds and `binds` has %d values"
                  .formatted(names.size(), list.size()));
        }
        yield new Binds(list.elements());
      }
      case ObjectValue object when !positional || object.size() == 0 -> named(names, object);
      case ArrayValue _ -> throw mismatch("the binds have names, so `binds` is a mapping");
      default -> throw mismatch("the binds are `?`, so `binds` is a list");
    };
  }

  private static Binds named(List<String> names, ObjectValue given) throws SqlRefusal {
    List<Value> values = new ArrayList<>();
    for (String name : names) {
      Value value = given.get(name);
      if (value == null) {
        throw mismatch("`binds` has no value for `:" + name + "`");
      }
      values.add(value);
    }
    if (given.size() > names.stream().distinct().count()) {
      throw mismatch("`binds` has values that the statement does not use");
    }
    return new Binds(values);
  }

  private static SqlRefusal mismatch(String message) {
    return new SqlRefusal("E0504", 0, message);
  }

  void set(PreparedStatement statement, Dialect dialect) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      set(statement, i + 1, values.get(i), dialect);
    }
  }

  private static void set(PreparedStatement statement, int place, Value value, Dialect dialect)
      throws SQLException {
    switch (value) {
      case NullValue _ -> statement.setNull(place, Types.NULL);
      case BooleanValue truth -> statement.setBoolean(place, truth.equals(BooleanValue.TRUE));
      case NumberValue number when number.isLong() -> statement.setLong(place, number.longValue());
      case NumberValue number -> decimal(statement, place, number.decimal(), dialect);
      case StringValue text -> statement.setString(place, text.text());
      case ArrayValue _, ObjectValue _, SetValue _ -> statement.setString(place, Json.write(value));
    }
  }

  /**
   * SQLite has no decimals: a text would compare above every number, so a number that a double
   * holds exactly enough to be written the same is one, and only others are text.
   */
  private static void decimal(
      PreparedStatement statement, int place, BigDecimal number, Dialect dialect)
      throws SQLException {
    if (dialect == Dialect.POSTGRESQL) {
      statement.setBigDecimal(place, number);
    } else if (Double.isFinite(number.doubleValue())
        && new BigDecimal(Double.toString(number.doubleValue())).compareTo(number) == 0) {
      statement.setDouble(place, number.doubleValue());
    } else {
      statement.setString(place, number.toPlainString());
    }
  }

  /** A message of the database without the texts that were bound. */
  String hide(String message) {
    String shown = message;
    for (Value value : values) {
      String text = value instanceof StringValue string ? string.text() : value.toString();
      if (text.length() >= 3) {
        shown = shown.replace(text, "…");
      }
    }
    return shown;
  }
}
