package dev.bylaw.rego.format;

import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Names;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.syntax.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which imports are written: those of the source, but for the ones that a dialect does without. */
final class Imports {
  /** What {@code rego.v1} includes. */
  private static final Set<String> OLD =
      Set.of(
          "future.keywords.if",
          "future.keywords.in",
          "future.keywords.contains",
          "future.keywords.every");

  private Imports() {}

  static List<Module.Import> of(Module module, Formatting how) {
    boolean both = how.target() == Formatting.Target.BOTH;
    boolean v1 = how.target() == Formatting.Target.V1;
    boolean drop = how.dropOldImports() || v1;
    boolean newer = has(module, "rego.v2");
    boolean isV1 = how.dialect() == Dialect.V1 || v1;
    List<Module.Import> kept = new ArrayList<>();
    for (Module.Import i : module.imports()) {
      String name = Names.dotted(i.reference());
      boolean old = OLD.contains(name) || name.equals("rego.v1");
      if (newer && (old || name.startsWith("future.keywords"))) {
        continue;
      }
      if (name.equals("future.keywords") && (both || drop && isV1)) {
        // It means `and`, `or` and `not` too, which `rego.v1` does not.
        for (String word : List.of("and", "not", "or")) {
          if (uses(module, word)) {
            kept.add(anImport(List.of("future", "keywords", word), i.span()));
          }
        }
      } else if (!(old && (both || drop && isV1))
          && !(has(module, "rego.v1") && OLD.contains(name))) {
        kept.add(i);
      }
    }
    if (both && !newer) {
      kept.addFirst(anImport(List.of("rego", "v1"), module.packageSpan()));
    }
    return kept;
  }

  /** Whether a word occurs in the source at all; a keyword too many does no harm. */
  private static boolean uses(Module module, String word) {
    String text = module.source().text();
    int at = text.indexOf(word);
    while (at >= 0) {
      boolean before = at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
      int end = at + word.length();
      boolean behind = end < text.length() && Character.isLetterOrDigit(text.charAt(end));
      if (!before && !behind) {
        return true;
      }
      at = text.indexOf(word, end);
    }
    return false;
  }

  private static boolean has(Module module, String name) {
    return module.imports().stream().anyMatch(i -> Names.dotted(i.reference()).equals(name));
  }

  private static Module.Import anImport(List<String> path, Span span) {
    List<Term> keys = new ArrayList<>();
    path.subList(1, path.size()).forEach(p -> keys.add(Term.string(p, span)));
    return new Module.Import(
        new Term.Ref(new Term.Var(path.getFirst(), span), keys, span), null, span);
  }
}
