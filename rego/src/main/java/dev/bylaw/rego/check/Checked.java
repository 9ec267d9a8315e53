package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Module;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.Set;

/**
 * Modules that are known to be sound.
 *
 * @param tree resolved and ordered rules
 * @param replaced builtins that some {@code with} replaces
 * @param usesMetadata whether a rule asks for its annotations
 */
public record Checked(
    List<Module> modules,
    RuleTree tree,
    Set<String> replaced,
    boolean usesMetadata,
    Metadata metadata,
    Fresh fresh,
    Types types) {
  /** The same with names of its own: for a query, while others are prepared by other threads. */
  public Checked forQuery() {
    return new Checked(modules, tree, replaced, usesMetadata, metadata, fresh.next(), types);
  }

  /**
   * Looks whether rules and data can stand beside each other.
   *
   * @throws dev.bylaw.syntax.DiagnosticsException with each rule that stands where data is
   */
  public void besideData(Value data) {
    var diagnostics = new Diagnostics();
    Conflicts.checkData(tree, data, diagnostics);
    diagnostics.throwIfErrors();
  }
}
