package dev.bylaw.policy.rego;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.parse.Parser;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads modules in whichever dialect they are written: v1 where they are that, else v0, which the
 * specification's own policy is.
 *
 * @param policy compiled
 * @param written the modules as they are written
 */
record RegoModules(Policy policy, List<Module> written) {

  /** Reads and compiles; what is wrong goes to the diagnostics. */
  static Optional<RegoModules> read(
      List<Source> sources, Options options, Diagnostics diagnostics) {
    List<Module> modules = new ArrayList<>();
    for (Source source : sources) {
      Module module = module(source, diagnostics);
      if (module != null) {
        modules.add(module);
      }
    }
    if (modules.size() < sources.size()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new RegoModules(Policy.ofModules(modules, options), modules));
    } catch (DiagnosticsException e) {
      Optional<RegoModules> older = asOlder(sources, options);
      if (older.isEmpty()) {
        diagnostics.addAll(e.diagnostics());
      }
      return older;
    }
  }

  /** What is read as v1 by chance and holds only as v0: deprecated builtins, shadowed imports. */
  private static Optional<RegoModules> asOlder(List<Source> sources, Options options) {
    try {
      List<Module> modules =
          sources.stream().map(source -> Parser.module(source, Dialect.V0)).toList();
      return Optional.of(new RegoModules(Policy.ofModules(modules, options), modules));
    } catch (DiagnosticsException _) {
      return Optional.empty();
    }
  }

  private static @Nullable Module module(Source source, Diagnostics diagnostics) {
    var newer = new Diagnostics();
    Module module = Parser.module(source, Dialect.V1, newer);
    if (module != null) {
      return module;
    }
    var older = new Diagnostics();
    module = Parser.module(source, Dialect.V0, older);
    if (module != null) {
      return module;
    }
    // The dialect that got further is the one that was meant.
    diagnostics.addAll(furthest(older) > furthest(newer) ? older.all() : newer.all());
    return null;
  }

  private static int furthest(Diagnostics found) {
    return found.all().stream()
        .filter(Diagnostic::isError)
        .mapToInt(each -> each.span().start())
        .min()
        .orElse(0);
  }
}
