package dev.bylaw.actions.sql;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a result as values: numbers exact, times as ISO 8601 texts, JSON as values, bytes in
 * base64, everything else as the database writes it.
 *
 * @param rows an object for each row
 * @param truncated whether there were more
 */
record Rows(List<Value> rows, boolean truncated) {
  /** How many characters all rows may have together. */
  static final int MOST_CHARACTERS = 4 * 1024 * 1024;

  private static final int MOST_NESTED = 8;

  /** Reads at most so many rows and {@value #MOST_CHARACTERS} characters. */
  static Rows read(ResultSet result, int most, Dialect dialect) throws SQLException {
    ResultSetMetaData columns = result.getMetaData();
    List<String> names = names(columns);
    List<String> types = new ArrayList<>();
    for (int i = 1; i <= names.size(); i++) {
      // SQLite tells a column's declared type, which its values need not follow.
      types.add(dialect == Dialect.SQLITE ? "" : columns.getColumnTypeName(i));
    }
    List<Value> rows = new ArrayList<>();
    long characters = 0;
    while (result.next()) {
      if (rows.size() == most) {
        return new Rows(rows, true);
      }
      var row = ObjectValue.builder(names.size());
      for (int i = 0; i < names.size(); i++) {
        Value value = value(result, i + 1, types.get(i));
        characters += names.get(i).length() + size(value);
        row.put(names.get(i), value);
      }
      if (characters > MOST_CHARACTERS) {
        return new Rows(rows, true);
      }
      rows.add(row.build());
    }
    return new Rows(rows, false);
  }

  /** The columns' names; a name that comes again has a number behind it. */
  private static List<String> names(ResultSetMetaData columns) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String label = columns.getColumnLabel(i);
      String name = label;
      for (int again = 2; names.contains(name); again++) {
        name = label + "_" + again;
      }
      names.add(name);
    }
    return names;
  }

  private static long size(Value value) {
    return value instanceof StringValue text ? text.text().length() : value.toString().length();
  }

  private static Value value(ResultSet result, int column, String type) throws SQLException {
    return switch (type) {
      case "numeric" -> numeric(result.getString(column));
      case "json", "jsonb" -> json(result.getString(column));
      case "timestamptz" -> text(result.getObject(column, java.time.OffsetDateTime.class));
      case "timestamp" -> text(result.getObject(column, java.time.LocalDateTime.class));
      case "date" -> text(result.getObject(column, java.time.LocalDate.class));
      default -> ofJava(result.getObject(column), result, column, 0);
    };
  }

  private static Value text(@Nullable Object object) {
    return object == null ? NullValue.NULL : StringValue.of(object.toString());
  }

  /** A decimal; PostgreSQL's NaN and infinities, and what is too long, as text. */
  private static Value numeric(@Nullable String written) {
    if (written == null) {
      return NullValue.NULL;
    }
    try {
      return NumberValue.of(new BigDecimal(written));
    } catch (NumberFormatException | ArithmeticException _) {
      return StringValue.of(written);
    }
  }

  private static Value json(@Nullable String written) {
    if (written == null) {
      return NullValue.NULL;
    }
    try {
      return Json.parse(written);
    } catch (JsonException _) {
      return StringValue.of(written);
    }
  }

  private static Value ofJava(@Nullable Object object, ResultSet result, int column, int depth)
      throws SQLException {
    return switch (object) {
      case null -> NullValue.NULL;
      case Boolean truth -> BooleanValue.of(truth);
      case Integer number -> NumberValue.of(number.longValue());
      case Long number -> NumberValue.of(number);
      case Short number -> NumberValue.of(number.longValue());
      case BigDecimal number -> numeric(number.toString());
      case Double number -> floating(number, number.toString());
      case Float number -> floating(number, number.toString());
      case String text -> StringValue.of(text);
      case byte[] bytes -> StringValue.of(Base64.getEncoder().encodeToString(bytes));
      case Array array when depth < MOST_NESTED ->
          elements(array.getArray(), result, column, depth);
      case Object[] array when depth < MOST_NESTED -> elements(array, result, column, depth);
      default -> text(depth == 0 ? result.getString(column) : object.toString());
    };
  }

  private static Value floating(double number, String written) {
    return Double.isFinite(number)
        ? NumberValue.of(new BigDecimal(written))
        : StringValue.of(written);
  }

  private static Value elements(Object array, ResultSet result, int column, int depth)
      throws SQLException {
    if (!(array instanceof Object[] objects)) {
      return Value.of(array);
    }
    List<Value> elements = new ArrayList<>();
    for (Object object : objects) {
      elements.add(ofJava(object, result, column, depth + 1));
    }
    return ArrayValue.of(elements);
  }
}
