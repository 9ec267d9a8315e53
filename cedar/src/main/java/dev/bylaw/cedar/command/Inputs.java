package dev.bylaw.cedar.command;

import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.entity.EntityJson;
import dev.bylaw.cedar.est.PolicyJsonReader;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.syntax.Source;
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
  PolicySet readPolicies() {
    if (policies == null) {
      return PolicySet.EMPTY;
    }
    PolicySet read =
        policiesAreJson
            ? PolicyJsonReader.read(policies)
            : PolicySet.parse(policies).namedByAnnotation();
    return links == null ? read : PolicyJsonReader.link(read, links);
  }

  @Nullable Schema readSchema() {
    if (schema == null) {
      return null;
    }
    return schemaIsJson ? Schema.parseJson(schema) : Schema.parse(schema);
  }

  Entities readEntities(@Nullable Schema by) {
    return entities == null ? Entities.EMPTY : EntityJson.read(entities, by);
  }
}
