package dev.bylaw.expression;

import dev.bylaw.expression.Node.Numbers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The functions of CEL and of its string extension: one table, a line each. */
final class Functions {
  private static final List<Row> TABLE =
      List.of(
          new Row("size", 1, Numbers.INT, (a, site, frame) -> Texts.size(a[0], site, frame)),
          new Row(
              "contains",
              2,
              (a, site, frame) ->
                  Texts.test("contains", a[0], a[1], String::contains, site, frame)),
          new Row(
              "startsWith",
              2,
              (a, site, frame) ->
                  Texts.test("startsWith", a[0], a[1], String::startsWith, site, frame)),
          new Row(
              "endsWith",
              2,
              (a, site, frame) ->
                  Texts.test("endsWith", a[0], a[1], String::endsWith, site, frame)),
          new Row(
              "lowerAscii",
              1,
              (a, site, frame) ->
                  Texts.changed("lowerAscii", a[0], Texts::lowerAscii, site, frame)),
          new Row(
              "upperAscii",
              1,
              (a, site, frame) ->
                  Texts.changed("upperAscii", a[0], Texts::upperAscii, site, frame)),
          new Row(
              "trim", 1, (a, site, frame) -> Texts.changed("trim", a[0], Texts::trim, site, frame)),
          new Row("charAt", 2, (a, site, frame) -> Texts.charAt(a[0], a[1], site, frame)),
          new Row(
              "substring", 2, (a, site, frame) -> Texts.substring(a[0], a[1], null, site, frame)),
          new Row(
              "substring", 3, (a, site, frame) -> Texts.substring(a[0], a[1], a[2], site, frame)),
          new Row(
              "indexOf",
              2,
              Numbers.INT,
              (a, site, frame) -> Texts.indexOf(false, a[0], a[1], null, site, frame)),
          new Row(
              "indexOf",
              3,
              Numbers.INT,
              (a, site, frame) -> Texts.indexOf(false, a[0], a[1], a[2], site, frame)),
          new Row(
              "lastIndexOf",
              2,
              Numbers.INT,
              (a, site, frame) -> Texts.indexOf(true, a[0], a[1], null, site, frame)),
          new Row(
              "lastIndexOf",
              3,
              Numbers.INT,
              (a, site, frame) -> Texts.indexOf(true, a[0], a[1], a[2], site, frame)),
          new Row("replace", 3, Texts::replaced),
          new Row("replace", 4, Texts::replaced),
          new Row("split", 2, (a, site, frame) -> Texts.split(a[0], a[1], null, site, frame)),
          new Row("split", 3, (a, site, frame) -> Texts.split(a[0], a[1], a[2], site, frame)),
          new Row("join", 1, (a, site, frame) -> Texts.joined(a[0], null, site, frame)),
          new Row("join", 2, (a, site, frame) -> Texts.joined(a[0], a[1], site, frame)),
          new Row("int", 1, Numbers.INT, (a, site, frame) -> Conversions.toInt(a[0], site)),
          new Row("uint", 1, Numbers.UINT, (a, site, frame) -> Conversions.toUint(a[0], site)),
          new Row("double", 1, (a, site, frame) -> Conversions.toDouble(a[0], site)),
          new Row("string", 1, (a, site, frame) -> Conversions.toText(a[0], site)),
          new Row("bool", 1, (a, site, frame) -> Conversions.toBool(a[0], site)),
          new Row("bytes", 1, (a, site, frame) -> Conversions.toBytes(a[0], site, frame)),
          new Row("timestamp", 1, (a, site, frame) -> Times.timestamp(a[0], site, frame)),
          new Row("duration", 1, (a, site, frame) -> Times.duration(a[0], site, frame)),
          new Row("dyn", 1, (a, site, frame) -> a[0]));

  /** Names that conditions have besides: operators that look like functions, macros. */
  private static final Set<String> OTHERS =
      Set.of("matches", "type", "has", "all", "exists", "exists_one", "map", "filter");

  private static final Map<String, Row> BY_NAME = byName();

  private Functions() {}

  /** What a function does with arguments that are no failures. */
  @FunctionalInterface
  interface Body {
    Object apply(Object[] arguments, Node site, Frame frame);
  }

  /**
   * A function.
   *
   * @param name its name in CEL
   * @param arity how many arguments, the one before the dot included
   * @param numbers how a number it returns calculates
   * @param body what it does
   */
  record Row(String name, int arity, Numbers numbers, Body body) {
    Row(String name, int arity, Body body) {
      this(name, arity, Numbers.DECIMAL, body);
    }
  }

  private static Map<String, Row> byName() {
    Map<String, Row> rows = new HashMap<>();
    for (Row row : TABLE) {
      put(rows, row);
    }
    for (Times.Field field : Times.Field.values()) {
      String name = field.function();
      put(rows, new Row(name, 1, Numbers.INT, (a, site, _) -> Times.field(field, a[0], site)));
      put(
          rows,
          new Row(name, 2, Numbers.INT, (a, site, _) -> Times.field(field, a[0], a[1], site)));
    }
    return Map.copyOf(rows);
  }

  private static void put(Map<String, Row> rows, Row row) {
    if (rows.put(key(row.name(), row.arity()), row) != null) {
      throw new IllegalStateException("function twice: " + row);
    }
  }

  private static String key(String name, int arity) {
    return name + "/" + arity;
  }

  static @Nullable Row find(String name, int arity) {
    return BY_NAME.get(key(name, arity));
  }

  /** All names that can be called. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(OTHERS);
    BY_NAME.values().forEach(row -> names.add(row.name()));
    return names;
  }
}
