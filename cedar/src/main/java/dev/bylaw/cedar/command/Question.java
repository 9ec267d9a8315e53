package dev.bylaw.cedar.command;

import dev.bylaw.cedar.authorize.Request;
import dev.bylaw.cedar.authorize.RequestJson;
import dev.bylaw.cedar.entity.Conformance;
import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonReader;
import dev.bylaw.cedar.policy.PolicyParser;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is asked on a command line: by its parts, or whole as JSON.
 *
 * @param principal Cedar text such as {@code User::"alice"}, or null
 * @param action Cedar text, or null
 * @param resource Cedar text, or null
 * @param context JSON, or null
 * @param whole JSON of the whole request instead of its parts, or null
 * @param validate whether it must be as the schema wants it
 */
public record Question(
    @Nullable String principal,
    @Nullable String action,
    @Nullable String resource,
    @Nullable Source context,
    @Nullable Source whole,
    boolean validate) {

  private static final List<String> PARTS = List.of("principal", "action", "resource");
  private static final String THREE_ARE_WANTED =
      "All three (`principal`, `action`, `resource`) variables must be specified";

  /** A request by its parts. */
  public static Question of(String principal, String action, String resource) {
    return new Question(principal, action, resource, null, null, true);
  }

  /** A request as JSON. */
  public static Question of(Source whole) {
    return new Question(null, null, null, null, whole, true);
  }

  /** What cannot be read if this cannot. */
  String whatFails() {
    if (whole != null) {
      return whatFails(whole);
    }
    if (principal == null || action == null || resource == null) {
      return THREE_ARE_WANTED;
    }
    if (!isEntity(principal)) {
      return "failed to parse principal " + principal + " as entity Uid";
    }
    if (!isEntity(action)) {
      return "failed to parse action " + action + " as entity Uid";
    }
    if (!isEntity(resource)) {
      return "failed to parse resource " + resource + " as entity Uid";
    }
    return context == null || object(context) != null
        ? "failed to parse request"
        : "failed to create a context from " + context.name();
  }

  private static String whatFails(Source whole) {
    Json.Obj request = object(whole);
    if (request == null || mistake(request) != null) {
      return "failed to parse request-json file " + whole.name();
    }
    for (String part : PARTS) {
      if (request.member(part) == null) {
        return THREE_ARE_WANTED;
      }
    }
    for (String part : PARTS) {
      if (request.member(part) instanceof Json.Str(var text, _) && !isEntity(text)) {
        return "failed to parse " + part + " in " + whole.name() + " as entity Uid";
      }
    }
    return request.member("context") instanceof Json.Obj
        ? "failed to parse request"
        : "failed to create a context from " + whole.name();
  }

  private static boolean isEntity(String text) {
    return PolicyParser.parseEntity(Source.of("entity", text), new Diagnostics()) != null;
  }

  private static Json.@Nullable Obj object(Source json) {
    return JsonReader.read(json, new Diagnostics()) instanceof Json.Obj object ? object : null;
  }

  /** What makes a request none in the form of the command line, or null: entities are texts. */
  private static @Nullable String mistake(Json.Obj request) {
    for (String part : PARTS) {
      Json member = request.member(part);
      if (member != null && !(member instanceof Json.Str)) {
        return "expected `"
            + part
            + "` as text such as `User::\"alice\"`, found "
            + member.kindName();
      }
    }
    if (request.member("context") != null) {
      return null;
    }
    String hint =
        request.members().keySet().stream()
            .filter(name -> !PARTS.contains(name))
            .map(name -> DidYouMean.hint(name, List.of("context")))
            .collect(Collectors.joining());
    return "a request without `context`" + (hint.isEmpty() ? "" : ", " + hint);
  }

  Request read(@Nullable Schema schema) {
    if (whole != null) {
      Json.Obj object = object(whole);
      String mistake = object == null ? null : mistake(object);
      if (mistake != null) {
        throw new IllegalArgumentException(mistake);
      }
      return RequestJson.read(whole, schema, validate);
    }
    var diagnostics = new Diagnostics();
    EntityUid who = uid("principal", principal, diagnostics);
    EntityUid what = uid("action", action, diagnostics);
    EntityUid which = uid("resource", resource, diagnostics);
    diagnostics.throwIfErrors();
    if (who == null || what == null || which == null) {
      throw new IllegalStateException("an error is thrown before");
    }
    if (schema != null && validate) {
      RequestJson.refuseUnknown(schema, who, span("principal", principal), diagnostics);
      RequestJson.refuseUnknown(schema, what, span("action", action), diagnostics);
      RequestJson.refuseUnknown(schema, which, span("resource", resource), diagnostics);
      diagnostics.throwIfErrors();
    }
    RecordValue values =
        context == null ? RecordValue.EMPTY : RequestJson.context(context, schema, what, validate);
    if (schema != null && validate) {
      for (var mismatch : Conformance.ofRequest(schema, who, what, which, values)) {
        var span = Source.of("request", what.toString()).span();
        diagnostics.error("C0431", span, mismatch.message(), mismatch.hint());
      }
      diagnostics.throwIfErrors();
    }
    return new Request(who, what, which, values);
  }

  private static Span span(String name, @Nullable String text) {
    return Source.of(name, text == null ? "" : text).span();
  }

  private static @Nullable EntityUid uid(
      String name, @Nullable String text, Diagnostics diagnostics) {
    if (text == null) {
      diagnostics.error("C0432", Source.of(name, "").span(), "a request without `" + name + "`");
      return null;
    }
    return PolicyParser.parseEntity(Source.of(name, text), diagnostics);
  }
}
