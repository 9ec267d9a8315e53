package dev.bylaw.rego.format;

import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Names;
import dev.bylaw.rego.parse.Parser;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Formats sources. */
public final class Formatter {
  private static final Set<String> ALWAYS =
      Set.of(
          "package",
          "import",
          "as",
          "default",
          "else",
          "not",
          "some",
          "with",
          "null",
          "true",
          "false",
          "if",
          "in",
          "contains",
          "every");

  private static final int MOST_ROUNDS = 4;

  private Formatter() {}

  /**
   * The source, formatted. What it gives was read again, and formatting it again gives the same.
   *
   * @throws DiagnosticsException if the source cannot be read
   */
  public static String format(Source source, Formatting how) {
    String text = once(source, how);
    Formatting again =
        switch (how.target()) {
          case SAME -> how;
          case BOTH -> how.withDialect(Dialect.V1);
          case V1 -> how.withDialect(Dialect.V1).withTarget(Formatting.Target.SAME);
        };
    // Comments in odd places move at most once or twice before they have found theirs.
    for (int i = 0; i < MOST_ROUNDS; i++) {
      String next = once(Source.of(source.name(), text), again);
      if (next.equals(text)) {
        break;
      }
      text = next;
    }
    return text;
  }

  private static String once(Source source, Formatting how) {
    var diagnostics = new Diagnostics();
    Module module = Parser.module(source, how.dialect(), diagnostics, false);
    if (module == null) {
      throw new DiagnosticsException(diagnostics.all());
    }
    boolean convert = how.target() != Formatting.Target.SAME;
    boolean v1 = convert || module.dialect() == Dialect.V1;
    boolean all = v1 || imports(module, "future.keywords");
    var words =
        new ModuleWriter.Words(
            v1,
            all || imports(module, "future.keywords.if"),
            all || imports(module, "future.keywords.contains"));
    boolean hasIn =
        all || imports(module, "future.keywords.in") || imports(module, "future.keywords.every");
    var out = new Output(module.comments());
    var places = new Places(source, keywords(module), hasIn);
    new ModuleWriter(module, out, places, words).write(Imports.of(module, how));
    return out.finish();
  }

  private static Set<String> keywords(Module module) {
    Set<String> keywords = new HashSet<>(ALWAYS);
    boolean newest = imports(module, "future.keywords") || imports(module, "rego.v2");
    for (String word : List.of("and", "or")) {
      if (newest || imports(module, "future.keywords." + word)) {
        keywords.add(word);
      }
    }
    return keywords;
  }

  private static boolean imports(Module module, String name) {
    return module.imports().stream().anyMatch(i -> Names.dotted(i.reference()).equals(name));
  }
}
