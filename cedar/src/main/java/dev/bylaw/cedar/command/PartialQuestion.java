package dev.bylaw.cedar.command;

import dev.bylaw.cedar.authorize.RequestJson;
import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonReader;
import dev.bylaw.cedar.partial.PartialRequest;
import dev.bylaw.cedar.partial.PartialRequest.PartialEntity;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.value.CedarText;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
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
    @Nullable Text context) {
  private static final Map<String, Boolean> TEXTS =
      new TreeMap<>(
          Map.of(
              "principal_type", true,
              "principal_eid", false,
              "action", true,
              "resource_type", true,
              "resource_eid", false));

  /**
   * The same out of a JSON object with the members {@code principal_type}, {@code principal_eid},
   * {@code action}, {@code resource_type}, {@code resource_eid} and {@code context}.
   *
   * @throws Failure if it is none
   */
  public static PartialQuestion of(Source json) {
    return Question.part(
        "failed to parse context-json file " + json.name(),
        () -> {
          var diagnostics = new Diagnostics();
          Json read = JsonReader.read(json, diagnostics);
          diagnostics.throwIfErrors();
          if (!(read instanceof Json.Obj object)) {
            diagnostics.error("C0430", json.span(), "expected a request as an object");
            diagnostics.throwIfErrors();
            throw new IllegalStateException("an error is thrown before");
          }
          TEXTS.forEach((name, needed) -> check(json, object, name, needed, diagnostics));
          diagnostics.throwIfErrors();
          Json context = object.member("context");
          return new PartialQuestion(
              text(object, "principal_type"),
              text(object, "principal_eid"),
              text(object, "action"),
              text(object, "resource_type"),
              text(object, "resource_eid"),
              context == null || context instanceof Json.Null ? null : alone(context, json));
        });
  }

  private static void check(
      Source json, Json.Obj object, String name, boolean needed, Diagnostics diagnostics) {
    Json member = object.member(name);
    if (needed && member == null) {
      diagnostics.error(
          "C0432", object.place().spanOr(json.span()), "a request without `" + name + "`");
    } else if (member != null
        && !(member instanceof Json.Str)
        && (needed || !(member instanceof Json.Null))) {
      diagnostics.error(
          "C0433",
          member.place().spanOr(json.span()),
          "expected `" + name + "` as text, found " + member.kindName());
    }
  }

  /** A part of a text, at its place. */
  private static Text alone(Json part, Source whole) {
    Span span = part.place().spanOr(whole.span());
    String text = whole.text();
    String before = text.substring(0, span.start()).replaceAll("[^\\r\\n]", " ");
    return Text.of(Source.of(whole.name(), before + text.substring(span.start(), span.end())));
  }

  private static @Nullable String text(Json.Obj object, String name) {
    return object.member(name) instanceof Json.Str(var text, _) ? text : null;
  }

  /**
   * The request.
   *
   * @throws Failure with what of it is wrong
   */
  PartialRequest read(Schema schema) {
    Source json = context == null ? null : context.read();
    return read(schema, json, json == null ? null : value(json));
  }

  private static Json value(Source json) {
    return Question.part(
        "failed to parse context-json file " + json.name(),
        () -> {
          var diagnostics = new Diagnostics();
          Json read = JsonReader.read(json, diagnostics);
          diagnostics.throwIfErrors();
          return Objects.requireNonNull(read);
        });
  }

  private PartialRequest read(Schema schema, @Nullable Source source, @Nullable Json json) {
    if (principalType == null || action == null || resourceType == null) {
      throw new Failure(
          Trouble.of(
              (principalType == null
                      ? "principal type"
                      : action == null ? "action" : "resource type")
                  + " must be specified",
              ""));
    }
    EntityUid what = Question.uid("action", action, "failed to parse `action` as an entity UID");
    PartialEntity who = entity("principal_type", principalType, principalId);
    PartialEntity which = entity("resource_type", resourceType, resourceId);
    RecordValue values =
        source == null || json == null
            ? null
            : Question.part(
                "failed to parse request context",
                () -> RequestJson.context(source, json, schema, what, true));
    var request = new PartialRequest(who, what, which, values, Set.of());
    var mismatches = request.mismatches(schema);
    if (!mismatches.isEmpty()) {
      var diagnostics = new Diagnostics();
      mismatches.forEach(each ->
          diagnostics.error(
              "C0431", Source.of("request", action).span(), each.message(), each.hint()));
      throw new Failure(Trouble.of("the request is not as the schema wants it", diagnostics.all()));
    }
    return request;
  }

  private static PartialEntity entity(String what, String type, @Nullable String id) {
    if (!CedarText.isName(type)) {
      throw new Failure(
          Trouble.of(
              "failed to parse `" + what + "` as an entity type name",
              "expected a name such as `User` or `App::User`, found `" + type + "`"));
    }
    return id == null
        ? new PartialEntity.Some(type)
        : new PartialEntity.Known(EntityUid.of(type, id));
  }
}
