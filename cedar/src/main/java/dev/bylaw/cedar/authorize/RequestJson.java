package dev.bylaw.cedar.authorize;

import dev.bylaw.cedar.entity.Conformance;
import dev.bylaw.cedar.entity.ValueJson;
import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonReader;
import dev.bylaw.cedar.policy.PolicyParser;
import dev.bylaw.cedar.schema.ActionType;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads requests and contexts from JSON, by the schema where there is one. */
public final class RequestJson {
  private final Source source;
  private final @Nullable Schema schema;
  private final Diagnostics diagnostics = new Diagnostics();

  private RequestJson(Source source, @Nullable Schema schema) {
    this.source = source;
    this.schema = schema;
  }

  /**
   * A request: its principal, action and resource, each {@code {"type": …, "id": …}} or Cedar text,
   * and perhaps its context. With a schema it is checked, too.
   *
   * @throws dev.bylaw.syntax.DiagnosticsException with every mistake, if there is one
   */
  public static Request read(Source source, @Nullable Schema schema) {
    return read(source, schema, true);
  }

  /**
   * The same.
   *
   * @param check whether the request must be as the schema wants it; else the schema says only how
   *     the context is read
   */
  public static Request read(Source source, @Nullable Schema schema, boolean check) {
    var reader = new RequestJson(source, schema);
    Json json = JsonReader.read(source, reader.diagnostics);
    reader.diagnostics.throwIfErrors();
    if (!(json instanceof Json.Obj object)) {
      reader.diagnostics.error("C0430", source.span(), "expected a request as an object");
      reader.diagnostics.throwIfErrors();
      throw new IllegalStateException("an error is thrown before");
    }
    return reader.request(object, check);
  }

  /**
   * The same of JSON that is read already.
   *
   * @param check whether the request must be as the schema wants it
   */
  public static Request request(
      Source source, Json.Obj json, @Nullable Schema schema, boolean check) {
    return new RequestJson(source, schema).request(json, check);
  }

  /**
   * The context of an action; with a schema, its values are of the types that it wants.
   *
   * @throws dev.bylaw.syntax.DiagnosticsException with every mistake, if there is one
   */
  public static RecordValue context(Source source, @Nullable Schema schema, EntityUid action) {
    return context(source, schema, action, true);
  }

  /**
   * The context of an action.
   *
   * @param check whether its values must be of the types that the schema wants; else the schema
   *     says only how the JSON is read
   * @throws dev.bylaw.syntax.DiagnosticsException with every mistake, if there is one
   */
  public static RecordValue context(
      Source source, @Nullable Schema schema, EntityUid action, boolean check) {
    var reader = new RequestJson(source, schema);
    Json json = JsonReader.read(source, reader.diagnostics);
    reader.diagnostics.throwIfErrors();
    RecordValue context = reader.context(json, action, check);
    reader.diagnostics.throwIfErrors();
    return context;
  }

  /**
   * The context of an action, of JSON that is read already.
   *
   * @param source where it is read from
   * @throws dev.bylaw.syntax.DiagnosticsException with every mistake, if there is one
   */
  public static RecordValue context(
      Source source,
      @Nullable Json json,
      @Nullable Schema schema,
      EntityUid action,
      boolean check) {
    var reader = new RequestJson(source, schema);
    RecordValue context = reader.context(json, action, check);
    reader.diagnostics.throwIfErrors();
    return context;
  }

  private Request request(Json.Obj json, boolean check) {
    EntityUid principal = uid(json, "principal");
    EntityUid action = uid(json, "action");
    EntityUid resource = uid(json, "resource");
    diagnostics.throwIfErrors();
    if (principal == null || action == null || resource == null) {
      throw new IllegalStateException("an error is thrown before");
    }
    if (schema != null && check) {
      refuseUnknown(schema, principal, span(json, "principal"), diagnostics);
      refuseUnknown(schema, action, span(json, "action"), diagnostics);
      refuseUnknown(schema, resource, span(json, "resource"), diagnostics);
    }
    if (schema == null || !check || schema.action(action) != null) {
      RecordValue context = context(json.member("context"), action, check);
      diagnostics.throwIfErrors();
      return checked(json, check, new Request(principal, action, resource, context));
    }
    diagnostics.throwIfErrors();
    throw new IllegalStateException("an error is thrown before");
  }

  private Span span(Json.Obj json, String name) {
    Json member = json.member(name);
    return (member == null ? json : member).place().spanOr(source.span());
  }

  /** Tells an action or an entity type that the schema does not have. */
  public static void refuseUnknown(
      Schema schema, EntityUid uid, Span span, Diagnostics diagnostics) {
    if (!schema.isKnownType(uid.type())) {
      diagnostics.error(
          "C0437",
          span,
          "unknown entity type `" + uid.type() + "`",
          DidYouMean.hint(uid.type(), schema.typeNames()));
    } else if (uid.isAction() && schema.action(uid) == null) {
      diagnostics.error(
          "C0435",
          span,
          "unknown action `" + uid + "`",
          DidYouMean.hint(uid.toString(), actions(schema)));
    }
  }

  private static List<String> actions(Schema schema) {
    return schema.actions().keySet().stream().map(EntityUid::toString).toList();
  }

  private Request checked(Json.Obj json, boolean check, Request request) {
    if (schema != null && check) {
      var mismatches =
          Conformance.ofRequest(
              schema, request.principal(), request.action(), request.resource(), request.context());
      for (Conformance.Mismatch mismatch : mismatches) {
        diagnostics.error(
            "C0431", json.place().spanOr(source.span()), mismatch.message(), mismatch.hint());
      }
      diagnostics.throwIfErrors();
    }
    return request;
  }

  private @Nullable EntityUid uid(Json.Obj json, String name) {
    Json member = json.member(name);
    if (member == null) {
      diagnostics.error(
          "C0432", json.place().spanOr(source.span()), "a request without `" + name + "`");
      return null;
    }
    if (member instanceof Json.Str(var text, var place)) {
      EntityUid plain = plain(text);
      if (plain != null) {
        return plain;
      }
      EntityUid uid = PolicyParser.parseEntity(Source.of(name, text), new Diagnostics());
      if (uid != null) {
        return uid;
      }
      diagnostics.error(
          "C0433",
          place.spanOr(source.span()),
          "expected an entity, found `" + text + "`",
          "write `User::\"alice\"`");
      return null;
    }
    return new ValueJson(source, diagnostics).uid(member);
  }

  /** The entity of a text without blanks and escapes; null for any other, which takes a parser. */
  private static @Nullable EntityUid plain(String text) {
    int quote = text.indexOf("::\"");
    int end = text.length() - 1;
    if (quote < 0 || end < quote + 3 || text.charAt(end) != '"') {
      return null;
    }
    for (int i = quote + 3; i < end; i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\' || c < ' ') {
        return null;
      }
    }
    return EntityUid.ofText(text.substring(0, quote), text.substring(quote + 3, end));
  }

  private RecordValue context(@Nullable Json json, EntityUid action, boolean check) {
    if (json == null) {
      return RecordValue.EMPTY;
    }
    ActionType type = schema == null ? null : schema.action(action);
    if (schema != null && type == null) {
      diagnostics.error(
          "C0435",
          json.place().spanOr(source.span()),
          "unknown action `" + action + "`",
          DidYouMean.hint(action.toString(), actions(schema)));
      return RecordValue.EMPTY;
    }
    if (type != null && type.external()) {
      diagnostics.error(
          "C0436",
          json.place().spanOr(source.span()),
          "action `" + action + "` is declared `external`: its context is not known");
      return RecordValue.EMPTY;
    }
    var value =
        new ValueJson(source, diagnostics, check).value(json, type == null ? null : type.context());
    if (value instanceof RecordValue record) {
      return record;
    }
    if (!diagnostics.hasErrors()) {
      diagnostics.error(
          "C0434", json.place().spanOr(source.span()), "expected a context as an object");
    }
    return RecordValue.EMPTY;
  }
}
