package dev.bylaw.cedar.command;

import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonReader;
import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.policy.Policy;
import dev.bylaw.cedar.policy.PolicyParser;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.policy.Template;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark works on, read ahead.
 *
 * @param policies called {@code policyN} by their place in the file, templates counted, with links
 * @param schema the schema, or null
 * @param entities the entities
 */
public record Loaded(PolicySet policies, @Nullable Schema schema, Entities entities) {
  /**
   * Reads it.
   *
   * @param links {@code [{template, id, principal?, resource?}]}, or null
   * @throws dev.bylaw.syntax.DiagnosticsException with every mistake of a file, if there is one
   * @throws IllegalArgumentException if a link does not fit its template
   */
  public static Loaded forBench(Inputs inputs, @Nullable Source links) {
    Text text = inputs.policies();
    PolicySet policies = text == null ? PolicySet.EMPTY : PolicySet.parse(text.read());
    Schema schema = inputs.parsedSchema();
    return new Loaded(
        links == null ? policies : linked(policies, links), schema, inputs.parsedEntities(schema));
  }

  private static PolicySet linked(PolicySet policies, Source source) {
    var diagnostics = new Diagnostics();
    Json json = JsonReader.read(source, diagnostics);
    diagnostics.throwIfErrors();
    List<Policy> links = new ArrayList<>();
    if (!(json instanceof Json.Arr(var elements, _))) {
      throw new IllegalArgumentException(source.name() + ": expected an array of links");
    }
    for (Json element : elements) {
      if (!(element instanceof Json.Obj link
          && link.member("template") instanceof Json.Str(var templateId, _)
          && link.member("id") instanceof Json.Str(var id, _))) {
        throw new IllegalArgumentException(
            source.name() + ": expected a link as an object with `template` and `id`");
      }
      Template template = policies.templates().get(templateId);
      if (template == null) {
        throw new IllegalArgumentException(source.name() + ": no template `" + templateId + "`");
      }
      var slots = new EnumMap<Expr.SlotId, EntityUid>(Expr.SlotId.class);
      for (Expr.SlotId slot : template.slots()) {
        if (link.member(slot.word().substring(1)) instanceof Json.Str(var uid, _)) {
          slots.put(slot, PolicyParser.parseEntity(Source.of(slot.word(), uid), diagnostics));
        }
      }
      diagnostics.throwIfErrors();
      links.add(new Policy(id, template, slots));
    }
    return PolicySet.of(policies.written(), links);
  }
}
