package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Literal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The variables of a query whose values its solutions give. */
public final class QueryVariables {
  private QueryVariables() {}

  /** The written variables of a resolved query, outside of closures, in order. */
  public static List<String> of(List<Literal> body, List<Literal> resolved, Fresh fresh) {
    Set<String> names = new LinkedHashSet<>();
    Variables.ofBody(
        resolved,
        false,
        v -> {
          if (fresh.isWritten(v.name())) {
            names.add(v.name());
          }
        });
    return new ArrayList<>(names);
  }

  /** How those are called in the source that were renamed. */
  public static Map<String, String> written(List<String> names, Fresh fresh) {
    Map<String, String> written = new HashMap<>();
    for (String name : names) {
      String original = fresh.original(name);
      if (!original.equals(name)) {
        written.put(name, original);
      }
    }
    return written;
  }
}
