package dev.bylaw.rego;

import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.builtin.Builtin;
import dev.bylaw.rego.check.SchemaSet;
import java.util.List;
import java.util.Set;

/**
 * How to compile.
 *
 * @param dialect of files that do not say it themselves
 * @param strict whether unused variables, imports and the like are mistakes
 * @param prints whether what is printed is kept
 * @param observed whether evaluation can be observed: coverage, profile, explanation
 * @param functions functions of the host, beside the builtins
 * @param without names of builtins that policies may not use
 * @param schemas JSON Schemas of input and data, for the check of types
 */
public record Options(
    Dialect dialect,
    boolean strict,
    boolean prints,
    boolean observed,
    List<Builtin> functions,
    Set<String> without,
    SchemaSet schemas) {

  public Options {
    functions = List.copyOf(functions);
    without = Set.copyOf(without);
  }

  /** Rego v1, nothing special. */
  public static Options standard() {
    return new Options(Dialect.V1, false, false, false, List.of(), Set.of(), SchemaSet.NONE);
  }

  public Options withDialect(Dialect other) {
    return new Options(other, strict, prints, observed, functions, without, schemas);
  }

  public Options withStrict(boolean on) {
    return new Options(dialect, on, prints, observed, functions, without, schemas);
  }

  public Options withPrints(boolean on) {
    return new Options(dialect, strict, on, observed, functions, without, schemas);
  }

  public Options withObserved(boolean on) {
    return new Options(dialect, strict, prints, on, functions, without, schemas);
  }

  public Options withFunctions(List<Builtin> all) {
    return new Options(dialect, strict, prints, observed, all, without, schemas);
  }

  public Options without(Set<String> names) {
    return new Options(dialect, strict, prints, observed, functions, names, schemas);
  }

  public Options withSchemas(SchemaSet all) {
    return new Options(dialect, strict, prints, observed, functions, without, all);
  }
}
