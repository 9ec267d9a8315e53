package dev.bylaw.rego.ast;

import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ObjectValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of Rego.
 *
 * @param path the package's names behind {@code data}
 */
public record Module(
    Source source,
    Dialect dialect,
    List<String> path,
    Span packageSpan,
    List<Import> imports,
    List<Rule> rules,
    List<Comment> comments,
    List<Annotation> annotations) {

  /** {@code import reference as alias}. */
  public record Import(Term.Ref reference, @Nullable String alias, Span span) {
    /** The name that it gives to the rules of the file. */
    public String name() {
      if (alias != null) {
        return alias;
      }
      return reference.path().isEmpty()
          ? ((Term.Var) reference.head()).name()
          : reference.key(reference.path().size() - 1);
    }
  }

  /** A comment, from {@code #} to the end of the line. */
  public record Comment(String text, Span span) {}

  /**
   * A block of {@code # METADATA}.
   *
   * @param scope {@code package}, {@code subpackages}, {@code document} or {@code rule}
   * @param content the block as a value, with its scope
   * @param target the offset of the package or rule that it describes
   */
  public record Annotation(String scope, ObjectValue content, int target, Span span) {}

  public Module {
    path = List.copyOf(path);
    imports = List.copyOf(imports);
    rules = List.copyOf(rules);
    comments = List.copyOf(comments);
    annotations = List.copyOf(annotations);
  }

  /** The same with other rules. */
  public Module withRules(List<Rule> others) {
    return new Module(source, dialect, path, packageSpan, imports, others, comments, annotations);
  }

  /** Whether a keyword-changing import such as {@code future.keywords.not} applies. */
  public boolean imports(String dotted) {
    return imports.stream().anyMatch(i -> Names.dotted(i.reference()).equals(dotted));
  }
}
