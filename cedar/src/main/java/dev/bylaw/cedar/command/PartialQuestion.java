package dev.bylaw.cedar.command;

import dev.bylaw.cedar.authorize.RequestJson;
import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonReader;
import dev.bylaw.cedar.json.JsonWriter;
import dev.bylaw.cedar.partial.PartialRequest;
import dev.bylaw.cedar.partial.PartialRequest.PartialEntity;
import dev.bylaw.cedar.policy.PolicyParser;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request of which only types may be known, as it is asked on a command line.
 *
 * @param principalType an entity type
 * @param principalId the id, or null if any principal of the type is meant
 * @param action Cedar text
 * @param resourceType an entity type
 * @param resourceId the id, or null if any resource of the type is meant
 * @param context JSON, or null if nothing of it is known
 */
public record PartialQuestion(
    @Nullable String principalType,
    @Nullable String principalId,
    @Nullable String action,
    @Nullable String resourceType,
    @Nullable String resourceId,
    @Nullable Source context) {

  /**
   * The same out of a JSON object with the members {@code principal_type}, {@code principal_eid},
   * {@code action}, {@code resource_type}, {@code resource_eid} and {@code context}.
   *
   * @throws dev.bylaw.syntax.DiagnosticsException if it is no JSON
   */
  public static PartialQuestion of(Source json) {
    var diagnostics = new Diagnostics();
    Json read = JsonReader.read(json, diagnostics);
    diagnostics.throwIfErrors();
    if (!(read instanceof Json.Obj object)) {
      throw new IllegalArgumentException("expected a request as an object");
    }
    Json context = object.member("context");
    return new PartialQuestion(
        text(object, "principal_type"),
        text(object, "principal_eid"),
        text(object, "action"),
        text(object, "resource_type"),
        text(object, "resource_eid"),
        context == null || context instanceof Json.Null
            ? null
            : Source.of(json.name(), JsonWriter.compact(context)));
  }

  private static @Nullable String text(Json.Obj object, String name) {
    return object.member(name) instanceof Json.Str(var text, _) ? text : null;
  }

  PartialRequest read(@Nullable Schema schema) {
    if (principalType == null || action == null || resourceType == null) {
      throw new IllegalArgumentException(
          (principalType == null ? "principal type" : action == null ? "action" : "resource type")
              + " must be specified");
    }
    var diagnostics = new Diagnostics();
    EntityUid what = PolicyParser.parseEntity(Source.of("action", action), diagnostics);
    diagnostics.throwIfErrors();
    if (what == null) {
      throw new IllegalStateException("an error is thrown before");
    }
    var request =
        new PartialRequest(
            entity(principalType, principalId),
            what,
            entity(resourceType, resourceId),
            context == null ? null : RequestJson.context(context, schema, what),
            Set.of());
    if (schema != null) {
      for (var mismatch : request.mismatches(schema)) {
        diagnostics.error(
            "C0431", Source.of("request", action).span(), mismatch.message(), mismatch.hint());
      }
      diagnostics.throwIfErrors();
    }
    return request;
  }

  private static PartialEntity entity(String type, @Nullable String id) {
    return id == null
        ? new PartialEntity.Some(type)
        : new PartialEntity.Known(EntityUid.of(type, id));
  }
}
