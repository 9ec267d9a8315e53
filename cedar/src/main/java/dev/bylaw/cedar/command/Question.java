package dev.bylaw.cedar.command;

import dev.bylaw.cedar.authorize.Request;
import dev.bylaw.cedar.authorize.RequestJson;
import dev.bylaw.cedar.entity.Conformance;
import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonReader;
import dev.bylaw.cedar.policy.PolicyParser;
import dev.bylaw.cedar.schema.ActionType;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
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
    @Nullable Text context,
    @Nullable Text whole,
    boolean validate) {

  private static final List<String> PARTS = List.of("principal", "action", "resource");
  private static final EntityUid NO_ACTION = EntityUid.of("Action", "");
  private static final String THREE_ARE_WANTED =
      "All three (`principal`, `action`, `resource`) variables must be specified";

  /** A request by its parts. */
  public static Question of(String principal, String action, String resource) {
    return new Question(principal, action, resource, null, null, true);
  }

  /** A request as JSON. */
  public static Question of(Source whole) {
    return new Question(null, null, null, null, Text.of(whole), true);
  }

  /**
   * The request.
   *
   * @throws Failure with what of it is wrong
   */
  Request read(@Nullable Schema schema) {
    return whole == null ? ofParts(schema) : ofWhole(whole, schema);
  }

  private Request ofParts(@Nullable Schema schema) {
    EntityUid who =
        principal == null ? null : uid("principal", principal, noEntity("principal", principal));
    EntityUid what = action == null ? null : uid("action", action, noEntity("action", action));
    EntityUid which =
        resource == null ? null : uid("resource", resource, noEntity("resource", resource));
    RecordValue values = RecordValue.EMPTY;
    if (context != null) {
      Source json = context.read();
      values =
          part(
              "failed to create a context from " + json.name(),
              () ->
                  RequestJson.context(
                      json,
                      what == null ? null : schema,
                      what == null ? NO_ACTION : what,
                      validate));
    }
    if (who == null || what == null || which == null) {
      throw new Failure(Trouble.of(THREE_ARE_WANTED, ""));
    }
    return checked(schema, new Request(who, what, which, values));
  }

  private Request ofWhole(Text text, @Nullable Schema schema) {
    Source json = text.read();
    Json.Obj request = part("failed to parse request-json file " + json.name(), () -> object(json));
    for (String part : PARTS) {
      if (!(request.member(part) instanceof Json.Str)) {
        throw new Failure(
            Trouble.of(
                THREE_ARE_WANTED,
                List.of(
                    Diagnostic.error(
                        "C0432",
                        request.place().spanOr(json.span()),
                        "a request without `" + part + "`"))));
      }
    }
    String where = "in " + json.name();
    EntityUid who = uid("principal", text(request, "principal"), noEntity("principal", where));
    EntityUid what = uid("action", text(request, "action"), noEntity("action", where));
    EntityUid which = uid("resource", text(request, "resource"), noEntity("resource", where));
    RecordValue values =
        part(
            "failed to create a context from " + json.name(),
            () -> RequestJson.context(json, request.member("context"), schema, what, validate));
    return checked(schema, new Request(who, what, which, values));
  }

  private static String text(Json.Obj request, String name) {
    return request.member(name) instanceof Json.Str(var text, _) ? text : "";
  }

  /** A request in the form of the command line: entities are texts. */
  private static Json.Obj object(Source source) {
    var diagnostics = new Diagnostics();
    Json json = JsonReader.read(source, diagnostics);
    diagnostics.throwIfErrors();
    if (!(json instanceof Json.Obj request)) {
      diagnostics.error("C0430", source.span(), "expected a request as an object");
      diagnostics.throwIfErrors();
      throw new IllegalStateException("an error is thrown before");
    }
    for (String part : PARTS) {
      Json member = request.member(part);
      if (member != null && !(member instanceof Json.Str) && !(member instanceof Json.Null)) {
        diagnostics.error(
            "C0433",
            member.place().spanOr(source.span()),
            "expected `" + part + "` as text, found " + member.kindName(),
            "write `\"User::\\\"alice\\\"\"`");
      }
    }
    if (request.member("context") == null) {
      String hint =
          request.members().keySet().stream()
              .filter(name -> !PARTS.contains(name))
              .map(name -> DidYouMean.hint(name, List.of("context")))
              .collect(Collectors.joining());
      diagnostics.error(
          "C0432",
          request.place().spanOr(source.span()),
          "a request without `context`",
          hint.isEmpty() ? "an empty one is `\"context\": {}`" : hint);
    }
    diagnostics.throwIfErrors();
    return request;
  }

  private Request checked(@Nullable Schema schema, Request request) {
    if (schema == null || !validate) {
      return request;
    }
    List<Conformance.Mismatch> mismatches =
        Conformance.ofRequest(
            schema, request.principal(), request.action(), request.resource(), request.context());
    if (mismatches.isEmpty()) {
      return request;
    }
    var diagnostics = new Diagnostics();
    RequestJson.refuseUnknown(
        schema, request.principal(), span("principal", request.principal()), diagnostics);
    RequestJson.refuseUnknown(
        schema, request.action(), span("action", request.action()), diagnostics);
    RequestJson.refuseUnknown(
        schema, request.resource(), span("resource", request.resource()), diagnostics);
    if (!diagnostics.hasErrors()) {
      for (Conformance.Mismatch each : mismatches) {
        diagnostics.error("C0431", span("request", request.action()), each.message(), each.hint());
      }
    }
    throw new Failure(Trouble.of(invalid(schema, request), diagnostics.all()));
  }

  /** The first thing that is not as the schema wants it, as Cedar's own tool says it. */
  private static String invalid(Schema schema, Request request) {
    ActionType action = schema.action(request.action());
    String who = request.principal().type();
    String which = request.resource().type();
    String what = "`" + request.action() + "`";
    if (!schema.isKnownType(who)) {
      return "principal type `" + who + "` is not declared in the schema";
    }
    if (!schema.isKnownType(which)) {
      return "resource type `" + which + "` is not declared in the schema";
    }
    if (action == null) {
      return "request's action " + what + " is not declared in the schema";
    }
    if (action.external()) {
      return "request's action " + what + " is declared `external` in the schema";
    }
    if (!action.principals().contains(who)) {
      return "principal type `" + who + "` is not valid for " + what;
    }
    if (!action.resources().contains(which)) {
      return "resource type `" + which + "` is not valid for " + what;
    }
    return "context `" + Shown.text(request.context()) + "` is not valid for " + what;
  }

  /** A part of a request; what it fails by has a first line. */
  static <T> T part(String whatFails, Supplier<T> part) {
    return part(_ -> whatFails, part);
  }

  /** The same with a first line that what is wrong decides. */
  static <T> T part(Function<List<Diagnostic>, String> whatFails, Supplier<T> part) {
    try {
      return part.get();
    } catch (DiagnosticsException mistakes) {
      throw new Failure(
          Trouble.of(whatFails.apply(mistakes.diagnostics()), mistakes.diagnostics()));
    }
  }

  /** The entity that a text is. */
  static EntityUid uid(String name, String text, String whatFails) {
    var diagnostics = new Diagnostics();
    EntityUid uid = PolicyParser.parseNormalEntity(Source.of(name, text), diagnostics);
    if (uid == null) {
      throw new Failure(Trouble.of(whatFails, diagnostics.all()));
    }
    return uid;
  }

  private static String noEntity(String name, String text) {
    return "failed to parse " + name + " " + text + " as entity Uid";
  }

  private static Span span(String name, EntityUid uid) {
    return Source.of(name, uid.toString()).span();
  }
}
