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
    @Nullable Text policies,
    boolean policiesAreJson,
    @Nullable Text links,
    @Nullable Text schema,
    boolean schemaIsJson,
    @Nullable Text entities) {
  private static final Set<String> OF_A_SET =
      Set.of("templates", "staticPolicies", "templateLinks");
  private static final Set<String> OF_A_POLICY =
      Set.of("effect", "principal", "action", "resource", "conditions");

  /** Nothing. */
  public static final Inputs NONE = new Inputs(null, false, null, null, false, null);

  /** The same with policies as Cedar text. */
  public Inputs withPolicies(Text text) {
    return new Inputs(text, false, links, schema, schemaIsJson, entities);
  }

  /** The same with policies as Cedar text. */
  public Inputs withPolicies(Source text) {
    return withPolicies(Text.of(text));
  }

  /** The same with policies as JSON. */
  public Inputs withJsonPolicies(Text json) {
    return new Inputs(json, true, links, schema, schemaIsJson, entities);
  }

  /** The same with policies as JSON. */
  public Inputs withJsonPolicies(Source json) {
    return withJsonPolicies(Text.of(json));
  }

  /** The same with links. */
  public Inputs withLinks(Text json) {
    return new Inputs(policies, policiesAreJson, json, schema, schemaIsJson, entities);
  }

  /** The same with links. */
  public Inputs withLinks(Source json) {
    return withLinks(Text.of(json));
  }

  /** The same with a schema as Cedar text. */
  public Inputs withSchema(Text text) {
    return new Inputs(policies, policiesAreJson, links, text, false, entities);
  }

  /** The same with a schema as Cedar text. */
  public Inputs withSchema(Source text) {
    return withSchema(Text.of(text));
  }

  /** The same with a schema as JSON. */
  public Inputs withJsonSchema(Text json) {
    return new Inputs(policies, policiesAreJson, links, json, true, entities);
  }

  /** The same with a schema as JSON. */
  public Inputs withJsonSchema(Source json) {
    return withJsonSchema(Text.of(json));
  }

  /** The same with entities. */
  public Inputs withEntities(Text json) {
    return new Inputs(policies, policiesAreJson, links, schema, schemaIsJson, json);
  }

  /** The same with entities. */
  public Inputs withEntities(Source json) {
    return withEntities(Text.of(json));
  }

  /** The policies, named by their {@code @id}, with the links. */
  PolicySet readPolicies(Complaints complaints) {
    Text wanted = policies;
    Source text = wanted == null ? null : complaints.attempt("", wanted::read);
    if (text == null) {
      return PolicySet.EMPTY;
    }
    PolicySet read =
        policiesAreJson
            ? complaints.attempt(whatFails(text), () -> PolicyJsonReader.read(text))
            : named(
                complaints,
                complaints.attempt("failed to parse policy set", () -> PolicySet.parse(text)));
    Source json = read == null || links == null ? null : complaints.attempt("", links::read);
    PolicySet linked =
        read == null || json == null || json.text().isEmpty()
            ? read
            : complaints.attempt(Links::whatFails, () -> PolicyJsonReader.link(read, json));
    return linked == null ? PolicySet.EMPTY : linked;
  }

  /** What cannot be read if this JSON cannot: a single policy, a set, or something in between. */
  static String whatFails(Source json) {
    Json read = JsonReader.read(json, new Diagnostics());
    if (read == null) {
      return "failed to parse JSON policy";
    }
    Set<String> members = read instanceof Json.Obj object ? object.members().keySet() : Set.of();
    boolean single = !Collections.disjoint(members, OF_A_POLICY);
    boolean set = !Collections.disjoint(members, OF_A_SET);
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
    Text wanted = schema;
    Source text = wanted == null ? null : complaints.attempt("", wanted::read);
    if (text == null) {
      return null;
    }
    Schema read =
        complaints.attempt(
            "failed to parse schema from file " + text.name(), () -> parsedSchema(text));
    complaints.warn(read == null ? List.of() : read.warnings());
    return read;
  }

  @Nullable Schema parsedSchema() {
    return schema == null ? null : parsedSchema(schema.read());
  }

  private Schema parsedSchema(Source text) {
    return schemaIsJson ? Schema.parseJson(text) : Schema.parse(text);
  }

  Entities parsedEntities(@Nullable Schema by) {
    return entities == null ? Entities.EMPTY : EntityJson.read(entities.read(), by);
  }

  @Nullable PartialEntities readPartialEntities(Complaints complaints, Schema by) {
    Text wanted = entities;
    if (wanted == null) {
      return PartialEntities.of(Entities.EMPTY);
    }
    Source json = complaints.attempt("", wanted::read);
    return json == null
        ? null
        : complaints.attempt(
            JsonReader.read(json, new Diagnostics()) == null
                ? "failed to parse entities as JSON value from file " + json.name()
                : "failed to parse entities from file " + json.name(),
            () -> EntityJson.readPartial(json, by));
  }

  Entities readEntities(Complaints complaints, @Nullable Schema by) {
    Text wanted = entities;
    Source json = wanted == null ? null : complaints.attempt("", wanted::read);
    Entities read =
        json == null
            ? null
            : complaints.attempt(
                "failed to parse entities from file " + json.name(),
                () -> EntityJson.read(json, by));
    return read == null ? Entities.EMPTY : read;
  }
}
