package dev.bylaw.rego.ast;

import java.util.Map;

/** How calls that the language writes between their operands are written. */
public final class Operators {
  /** The sign of each such builtin, by its name. */
  public static final Map<String, String> SYMBOLS =
      Map.ofEntries(
          Map.entry("plus", "+"),
          Map.entry("minus", "-"),
          Map.entry("mul", "*"),
          Map.entry("div", "/"),
          Map.entry("rem", "%"),
          Map.entry("and", "&"),
          Map.entry("or", "|"),
          Map.entry("eq", "="),
          Map.entry("assign", ":="),
          Map.entry("equal", "=="),
          Map.entry("neq", "!="),
          Map.entry("lt", "<"),
          Map.entry("lte", "<="),
          Map.entry("gt", ">"),
          Map.entry("gte", ">="));

  private Operators() {}
}
