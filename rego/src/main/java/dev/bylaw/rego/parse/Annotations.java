package dev.bylaw.rego.parse;

import dev.bylaw.rego.ast.Module.Annotation;
import dev.bylaw.rego.ast.Module.Comment;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads {@code # METADATA} blocks: YAML in comments directly above what they describe. */
final class Annotations {
  private static final Set<String> SCOPES = Set.of("package", "subpackages", "document", "rule");

  private final Diagnostics diagnostics;

  Annotations(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  List<Annotation> of(List<Comment> comments, Span packageSpan, List<Rule> rules) {
    List<Annotation> found = new ArrayList<>();
    for (int i = 0; i < comments.size(); i++) {
      Comment first = comments.get(i);
      if (!first.text().stripTrailing().equals("# METADATA")) {
        continue;
      }
      var text = new StringBuilder();
      int line = first.span().position().line();
      int column = first.span().position().column();
      int last = i;
      while (last + 1 < comments.size()
          && comments.get(last + 1).span().position().line() == line + 1
          && comments.get(last + 1).span().position().column() == column) {
        last++;
        line++;
        text.append(comments.get(last).text().substring(1)).append('\n');
      }
      Annotation annotation = read(first, comments.get(last), text.toString(), packageSpan, rules);
      if (annotation != null) {
        found.add(annotation);
      }
      i = last;
    }
    return found;
  }

  private @Nullable Annotation read(
      Comment first, Comment last, String yaml, Span packageSpan, List<Rule> rules) {
    Span span = first.span().to(last.span());
    Object loaded;
    try {
      loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    } catch (YamlEngineException e) {
      error(span, "yaml: " + firstLine(e));
      return null;
    }
    if (!(loaded instanceof Map<?, ?> map)) {
      error(span, "expected METADATA block, found whitespace");
      return null;
    }
    Target target = target(span.end(), packageSpan, rules);
    if (target == null) {
      error(span, "annotation must be followed by a package or a rule");
      return null;
    }
    ObjectValue content;
    try {
      content = (ObjectValue) Value.of(map);
    } catch (IllegalArgumentException e) {
      error(span, "annotation cannot be read: " + e.getMessage());
      return null;
    }
    String scope = content.text("scope");
    if (scope.isEmpty()) {
      scope = target.isPackage ? "package" : entrypoint(content) ? "document" : "rule";
    } else if (!SCOPES.contains(scope)) {
      error(span, "invalid annotation scope '" + scope + "'");
      return null;
    }
    boolean forPackage = scope.equals("package") || scope.equals("subpackages");
    if (forPackage != target.isPackage) {
      error(
          span,
          "annotation scope '"
              + scope
              + "' must be applied to "
              + (forPackage ? "package" : "rule"));
      return null;
    }
    return new Annotation(scope, normal(content, scope), target.offset, span);
  }

  private static boolean entrypoint(ObjectValue content) {
    return content.get("entrypoint") instanceof dev.bylaw.value.BooleanValue b && b.isTrue();
  }

  /** Authors and related resources written as text in the form of objects. */
  private static ObjectValue normal(ObjectValue content, String scope) {
    ObjectValue result = content.with("scope", StringValue.of(scope));
    if (content.get("authors") instanceof ArrayValue authors) {
      List<Value> all = new ArrayList<>();
      authors.forEach(a -> all.add(a instanceof StringValue s ? author(s.text()) : a));
      result = result.with("authors", ArrayValue.of(all));
    }
    if (content.get("related_resources") instanceof ArrayValue resources) {
      List<Value> all = new ArrayList<>();
      resources.forEach(r -> all.add(r instanceof StringValue ? ObjectValue.of("ref", r) : r));
      result = result.with("related_resources", ArrayValue.of(all));
    }
    return result;
  }

  private static Value author(String text) {
    int open = text.lastIndexOf('<');
    if (open < 0 || !text.endsWith(">")) {
      return ObjectValue.of("name", StringValue.of(text.strip()));
    }
    StringValue email = StringValue.of(text.substring(open + 1, text.length() - 1));
    String name = text.substring(0, open).strip();
    return name.isEmpty()
        ? ObjectValue.of("email", email)
        : ObjectValue.of("email", email, "name", StringValue.of(name));
  }

  private record Target(boolean isPackage, int offset) {}

  private static @Nullable Target target(int end, Span packageSpan, List<Rule> rules) {
    if (packageSpan.start() >= end) {
      return new Target(true, packageSpan.start());
    }
    return rules.stream()
        .filter(r -> r.span().start() >= end)
        .findFirst()
        .map(r -> new Target(false, r.span().start()))
        .orElse(null);
  }

  private static String firstLine(YamlEngineException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private void error(Span span, String message) {
    diagnostics.error(Parser.CODE, span, message);
  }
}
