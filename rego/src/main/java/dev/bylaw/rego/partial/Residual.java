package dev.bylaw.rego.partial;

import java.util.List;
import java.util.Map;

/**
 * What is left of a query.
 *
 * @param queries ways in which it can hold, each a text of Rego, a line for each literal; empty: it
 *     never holds; an empty text: it always does
 * @param support modules by name that the queries read, beside the data
 */
public record Residual(List<String> queries, Map<String, String> support) {
  public Residual {
    queries = List.copyOf(queries);
    support = Map.copyOf(support);
  }
}
