package dev.bylaw.cedar.command;

import dev.bylaw.cedar.authorize.Request;
import dev.bylaw.cedar.authorize.RequestJson;
import dev.bylaw.cedar.entity.Conformance;
import dev.bylaw.cedar.policy.PolicyParser;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
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
    return whole == null && (principal == null || action == null || resource == null)
        ? "All three (`principal`, `action`, `resource`) variables must be specified"
        : "failed to parse request";
  }

  Request read(@Nullable Schema schema) {
    if (whole != null) {
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

  private static @Nullable EntityUid uid(
      String name, @Nullable String text, Diagnostics diagnostics) {
    if (text == null) {
      diagnostics.error("C0432", Source.of(name, "").span(), "a request without `" + name + "`");
      return null;
    }
    return PolicyParser.parseEntity(Source.of(name, text), diagnostics);
  }
}
