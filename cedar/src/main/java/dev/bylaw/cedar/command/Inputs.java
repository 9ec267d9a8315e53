package dev.bylaw.cedar.command;

import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.entity.EntityJson;
import dev.bylaw.cedar.entity.PartialEntities;
import dev.bylaw.cedar.est.PolicyJsonReader;
import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonReader;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The texts that most commands work on.
 *
 * @param policies policies and templates, or null
 * @param policiesAreJson whether they are in the JSON format
 * @param links links of templates as JSON, or null
 * @param schema the schema, or null
 * @param schemaIsJson whether it is in the JSON format
 * @param entities entities as JSON, or null
 */
public record Inputs(
    @Nullable Source policies,
    boolean policiesAreJson,
    @Nullable Source links,
    @Nullable Source schema,
    boolean schemaIsJson,
    @Nullable Source entities) {
  private static final Set<String> OF_A_SET =
      Set.of("templates", "staticPolicies", "templateLinks");
  private static final Set<String> OF_A_POLICY =
      Set.of("effect", "principal", "action", "resource", "conditions");

  /** Nothing. */
  public static final Inputs NONE = new Inputs(null, false, null, null, false, null);

  /** The same with policies as Cedar text. */
  public Inputs withPolicies(Source text) {
    return new Inputs(text, false, links, schema, schemaIsJson, entities);
  }

  /** The same with policies as JSON. */
  public Inputs withJsonPolicies(Source json) {
    return new Inputs(json, true, links, schema, schemaIsJson, entities);
  }

  /** The same with links. */
  public Inputs withLinks(Source json) {
    return new Inputs(policies, policiesAreJson, json, schema, schemaIsJson, entities);
  }

  /** The same with a schema as Cedar text. */
  public Inputs withSchema(Source text) {
    return new Inputs(policies, policiesAreJson, links, text, false, entities);
  }

  /** The same with a schema as JSON. */
  public Inputs withJsonSchema(Source json) {
    return new Inputs(policies, policiesAreJson, links, json, true, entities);
  }

  /** The same with entities. */
  public Inputs withEntities(Source json) {
    return new Inputs(policies, policiesAreJson, links, schema, schemaIsJson, json);
  }

  /** The policies, named by their {@code @id}, with the links. */
  PolicySet readPolicies(Complaints complaints) {
    Source text = policies;
    if (text == null) {
      return PolicySet.EMPTY;
    }
    PolicySet read =
        policiesAreJson
            ? complaints.attempt(whatFails(text), () -> PolicyJsonReader.read(text))
            : named(
                complaints,
                complaints.attempt("failed to parse policy set", () -> PolicySet.parse(text)));
    Source json = links;
    PolicySet linked =
        read == null || json == null || json.text().isBlank()
            ? read
            : complaints.attempt(
                found ->
                    found.getFirst().code().equals(PolicyJsonReader.MISFIT)
                        ? "unable to link template"
                        : "Deserialization error",
                () -> PolicyJsonReader.link(read, json));
    return linked == null ? PolicySet.EMPTY : linked;
  }

  /** What cannot be read if this JSON cannot: a single policy, a set, or something in between. */
  static String whatFails(Source json) {
    if (!(JsonReader.read(json, new Diagnostics()) instanceof Json.Obj(var members, _))) {
      return "failed to parse JSON policy";
    }
    boolean single = !Collections.disjoint(members.keySet(), OF_A_POLICY);
    boolean set = !Collections.disjoint(members.keySet(), OF_A_SET);
    if (single == set) {
      return "cannot determine if json policy is a single policy or a policy set. Found "
          + (set
              ? "matching properties from both formats"
              : "no matching properties from either format");
    }
    return set ? "failed to create policy set from JSON policy" : "failed to parse JSON policy";
  }

  private static @Nullable PolicySet named(Complaints complaints, @Nullable PolicySet read) {
    return read == null
        ? null
        : complaints.attempt("failed to add template to policy set", read::namedByAnnotation);
  }

  @Nullable Schema readSchema(Complaints complaints) {
    Source text = schema;
    if (text == null) {
      return null;
    }
    Schema read =
        complaints.attempt("failed to parse schema from file " + text.name(), this::parsedSchema);
    complaints.warn(read == null ? List.of() : read.warnings());
    return read;
  }

  @Nullable Schema parsedSchema() {
    if (schema == null) {
      return null;
    }
    return schemaIsJson ? Schema.parseJson(schema) : Schema.parse(schema);
  }

  Entities parsedEntities(@Nullable Schema by) {
    return entities == null ? Entities.EMPTY : EntityJson.read(entities, by);
  }

  @Nullable PartialEntities readPartialEntities(Complaints complaints, Schema by) {
    Source json = entities;
    return json == null
        ? PartialEntities.of(Entities.EMPTY)
        : complaints.attempt(
            "failed to parse entities from file " + json.name(),
            () -> EntityJson.readPartial(json, by));
  }

  Entities readEntities(Complaints complaints, @Nullable Schema by) {
    Source json = entities;
    Entities read =
        json == null
            ? null
            : complaints.attempt(
                "failed to parse entities from file " + json.name(), () -> parsedEntities(by));
    return read == null ? Entities.EMPTY : read;
  }
}
