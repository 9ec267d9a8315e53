package dev.bylaw.rego.tool;

import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.ast.TreeValue;
import dev.bylaw.rego.parse.Parser;
import dev.bylaw.rego.partial.Residual;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What partial evaluation left, in the shapes of {@code opa eval --partial}. */
public final class PartialReport {
  private PartialReport() {}

  /** {@code --format source}: queries and modules as text, each under its number. */
  public static String source(Residual left) {
    var out = new StringBuilder();
    int n = 0;
    for (String query : left.queries()) {
      out.append("# Query ").append(++n).append('\n');
      out.append(query).append("\n\n");
    }
    n = 0;
    for (String module : new TreeMap<>(left.support()).values()) {
      out.append("# Module ").append(++n).append('\n').append(module);
    }
    return out.toString();
  }

  /** {@code --format pretty}: the same as a table; {@code undefined} where nothing can hold. */
  public static String pretty(Residual left) {
    if (left.queries().isEmpty()) {
      return "undefined\n";
    }
    List<List<String>> rows = new ArrayList<>();
    int n = 0;
    for (String query : left.queries()) {
      add(rows, "Query " + ++n, query);
    }
    n = 0;
    for (String module : new TreeMap<>(left.support()).values()) {
      add(rows, "Support " + ++n, module);
    }
    return TextTable.ofRows(rows);
  }

  private static void add(List<List<String>> rows, String name, String text) {
    String first = name;
    for (String line : text.replace("\t", "  ").stripTrailing().split("\n", -1)) {
      rows.add(List.of(first, line));
      first = "";
    }
  }

  /** {@code --format json}: {@code {"partial": {"queries": […], "support": […]}}}, as trees. */
  public static ObjectValue json(Residual left) {
    ObjectValue.Builder partial = ObjectValue.builder(2);
    if (!left.queries().isEmpty()) {
      partial.put(
          "queries", ArrayValue.of(left.queries().stream().map(PartialReport::tree).toList()));
    }
    if (!left.support().isEmpty()) {
      List<Value> modules = new ArrayList<>();
      new TreeMap<>(left.support())
          .forEach((name, text) ->
              modules.add(TreeValue.of(Parser.module(Source.of(name, text), Dialect.V1))));
      partial.put("support", ArrayValue.of(modules));
    }
    return ObjectValue.of("partial", partial.build());
  }

  private static Value tree(String query) {
    return query.isEmpty()
        ? ArrayValue.EMPTY
        : TreeValue.body(Parser.query(Source.of("", query), Dialect.V1, Set.of()));
  }
}
