package dev.bylaw.policy.cedar;

import dev.bylaw.cedar.policy.ActionScope;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.policy.Template;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.validate.Validator;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.policy.language.CompiledPolicy;
import dev.bylaw.policy.language.PolicyLanguage;
import dev.bylaw.policy.language.PolicyText;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cedar; a schema is a file of the same name that ends in one of its endings, or is named too. */
public final class CedarLanguage implements PolicyLanguage {
  private static final List<String> SCHEMAS = List.of(".cedarschema", ".cedarschema.json");

  /** Agents as policies without a schema see them. */
  private final CedarForm.Agents agents = new CedarForm.Agents();

  @Override
  public String name() {
    return "cedar";
  }

  @Override
  public Set<String> endings() {
    return Set.of(".cedar");
  }

  @Override
  public boolean isPolicy(String file) {
    return file.endsWith(".cedar") || isSchema(file);
  }

  private static boolean isSchema(String file) {
    return SCHEMAS.stream().anyMatch(file::endsWith);
  }

  @Override
  public Optional<CompiledPolicy> compile(PolicyText text, Diagnostics diagnostics) {
    var found = new Diagnostics();
    List<Template> written = new ArrayList<>();
    for (Source source : text.sources()) {
      if (!isSchema(source.name())) {
        written.addAll(policies(source, written.size(), found));
      }
    }
    Optional<Source> schemaText = schema(text);
    Optional<Schema> schema = schemaText.flatMap(source -> parsed(source, found));
    Optional<CompiledPolicy> compiled = Optional.empty();
    if (!found.hasErrors()) {
      compiled = compile(written, schema, text.sources().getFirst(), found);
    }
    diagnostics.addAll(found.all());
    return found.hasErrors() ? Optional.empty() : compiled;
  }

  /** The policies of one file; their numbers go on where those of the file before end. */
  private static List<Template> policies(Source source, int before, Diagnostics found) {
    try {
      List<Template> written = new ArrayList<>();
      for (Template template : PolicySet.parse(source).written()) {
        written.add(template.withId("policy" + (before + written.size())));
      }
      return written;
    } catch (DiagnosticsException e) {
      found.addAll(e.diagnostics());
      return List.of();
    }
  }

  private static Optional<Source> schema(PolicyText text) {
    for (Source source : text.sources()) {
      if (isSchema(source.name())) {
        return Optional.of(source);
      }
    }
    for (String ending : SCHEMAS) {
      Optional<Source> beside = text.sibling().apply(ending);
      if (beside.isPresent()) {
        return beside;
      }
    }
    return Optional.empty();
  }

  private static Optional<Schema> parsed(Source source, Diagnostics found) {
    try {
      return Optional.of(
          source.name().endsWith(".json") ? Schema.parseJson(source) : Schema.parse(source));
    } catch (DiagnosticsException e) {
      found.addAll(e.diagnostics());
      return Optional.empty();
    }
  }

  private Optional<CompiledPolicy> compile(
      List<Template> written, Optional<Schema> schema, Source first, Diagnostics found) {
    Span start = first.span(0, 0);
    if (written.isEmpty()) {
      found.error("E0221", start, "there is no policy here", "write a `permit` or a `forbid`");
      return Optional.empty();
    }
    List<Template> named = named(written, start, found);
    if (found.hasErrors()) {
      return Optional.empty();
    }
    PolicySet policies = PolicySet.of(named, List.of());
    schema.ifPresent(known -> found.addAll(new Validator(known).validate(policies)));
    pointOut(named, start, found);
    List<Annotated> annotated = new ArrayList<>();
    policies
        .policies()
        .values()
        .forEach(policy -> annotated.add(Annotated.of(policy, start, found)));
    @Nullable Schema known = schema.orElse(null);
    CedarForm.Agents whose = known == null ? agents : new CedarForm.Agents();
    return Optional.of(new CedarPolicy(policies, annotated, known, whose));
  }

  /** Policies under the names that they give themselves. */
  private static List<Template> named(List<Template> written, Span start, Diagnostics found) {
    List<Template> all = new ArrayList<>();
    Map<String, Span> seen = new HashMap<>();
    for (Template template : written) {
      String id = template.annotations().getOrDefault("id", "");
      Template each = id.isEmpty() ? template : template.withId(id);
      Span span = head(template, start);
      Span before = seen.putIfAbsent(each.id(), span);
      if (before != null) {
        found.add(
            Diagnostic.error("E0204", span, "the policy `" + each.id() + "` is there already")
                .withNote("first here", before));
      }
      all.add(each);
    }
    return all;
  }

  private static Span head(Template template, Span start) {
    Span span = template.place().spanOr(start);
    return span.source().span(span.start(), span.start());
  }

  /** What loads and does nothing. */
  private static void pointOut(List<Template> written, Span start, Diagnostics found) {
    boolean some = false;
    for (Template template : written) {
      some |= template.isStatic();
      if (!template.isStatic()) {
        found.warning(
            "W0213",
            head(template, start),
            "`" + template.id() + "` is a template, and nothing links it here",
            "write the principal and the resource where `?principal` and `?resource` are");
      }
      ActionScope scope = template.action();
      for (EntityUid action : scope.actions()) {
        if (!action.type().equals("Action")) {
          found.warning(
              "W0214",
              head(template, start),
              "nothing is asked about `" + action + "`",
              "actions are `Action::\"…\"`, by the names of capabilities");
        }
      }
    }
    if (!some) {
      found.error("E0221", start, "there is no policy here", "templates alone demand nothing");
    }
  }
}
