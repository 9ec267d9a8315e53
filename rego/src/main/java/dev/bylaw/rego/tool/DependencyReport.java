package dev.bylaw.rego.tool;

import dev.bylaw.rego.ast.Names;
import dev.bylaw.rego.builtin.JsonText;
import dev.bylaw.rego.check.Dependencies;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;

/** What a query depends on, in the shapes of {@code opa deps}. */
public final class DependencyReport {
  private DependencyReport() {}

  /** {@code --format json}: each path as the terms of a reference. */
  public static ObjectValue json(Dependencies found) {
    ObjectValue.Builder report = ObjectValue.builder(2);
    if (!found.base().isEmpty()) {
      report.put("base", references(found.base()));
    }
    if (!found.virtual().isEmpty()) {
      report.put("virtual", references(found.virtual()));
    }
    return report.build();
  }

  private static Value references(List<ArrayValue> paths) {
    List<Value> all = new ArrayList<>();
    for (ArrayValue path : paths) {
      List<Value> terms = new ArrayList<>();
      for (Value key : path) {
        String type = terms.isEmpty() ? "var" : key.kind().word();
        terms.add(ObjectValue.of("type", StringValue.of(type), "value", key));
      }
      all.add(ArrayValue.of(terms));
    }
    return ArrayValue.of(all);
  }

  /** {@code --format pretty}: a column each of documents and of rules. */
  public static String pretty(Dependencies found) {
    List<String> header = new ArrayList<>();
    List<List<ArrayValue>> columns = new ArrayList<>();
    if (!found.base().isEmpty()) {
      header.add("BASE DOCUMENTS");
      columns.add(found.base());
    }
    if (!found.virtual().isEmpty()) {
      header.add("VIRTUAL DOCUMENTS");
      columns.add(found.virtual());
    }
    if (columns.isEmpty()) {
      return "";
    }
    var table = new TextTable(header);
    int rows = columns.stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < rows; i++) {
      List<String> row = new ArrayList<>();
      for (List<ArrayValue> column : columns) {
        row.add(i < column.size() ? text(column.get(i)) : "");
      }
      table.row(row);
    }
    return table.toString();
  }

  private static String text(ArrayValue path) {
    var text = new StringBuilder();
    for (Value key : path) {
      if (text.isEmpty()) {
        text.append(((StringValue) key).text());
      } else if (key instanceof StringValue s && Names.isIdentifier(s.text())) {
        text.append('.').append(s.text());
      } else {
        text.append('[').append(JsonText.compact(key)).append(']');
      }
    }
    return text.toString();
  }
}
