package dev.bylaw.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.stream.Collectors;

/** A request to try conditions on. */
final class Trial {
  static final List<Variable> VARIABLES =
      List.of(
          Variable.text("action"),
          Variable.dynamic("params"),
          new Variable("now", Type.TIMESTAMP),
          new Variable("count", Type.NUMBER),
          Variable.dynamic("absent"));

  static final Expressions EXPRESSIONS =
      Expressions.of(
          VARIABLES,
          List.of(
              HostFunction.pure("bylaw.contains_pii", 1, Trial::containsPii)
                  .returning(Type.BOOLEAN),
              HostFunction.impure(
                  "host.fail",
                  0,
                  arguments -> {
                    throw new IllegalArgumentException("no answer");
                  }),
              HostFunction.impure("host.echo", 2, arguments -> arguments.get(1))),
          Limits.DEFAULT);

  private static final String PARAMS =
      """
      {"amount": 999.99, "limit": 1000.00, "whole": 1000, "text_amount": "50", "kind": "refund",
       "items": [{"price": 1.10}, {"price": 2.20}, {"price": 3.30}], "tags": ["a", "b", "c"],
       "nothing": null, "flag": true, "nested": {"deep": {"x": 7}}, "a-b": 5, "name": "Ada 😀",
       "from": "2026-01-31T08:00:00Z"}
      """;

  private Trial() {}

  private static Value containsPii(List<Value> arguments) {
    return BooleanValue.of(arguments.getFirst().toString().contains("@"));
  }

  static Value json(String text) {
    try {
      return Json.parse(text);
    } catch (JsonException malformed) {
      throw new IllegalArgumentException(text, malformed);
    }
  }

  static Bindings request() {
    return Bindings.of(
        StringValue.of("issue_refund"),
        json(PARAMS),
        StringValue.of("2026-11-22T10:30:00Z"),
        json("3"));
  }

  static Expression compile(String text) {
    Diagnostics found = new Diagnostics();
    var expression = EXPRESSIONS.compile(text, found);
    assertThat(found.hasErrors()).as(() -> rendered(found)).isFalse();
    return expression.orElseThrow();
  }

  static Result evaluate(String text) {
    return compile(text).evaluate(request());
  }

  /** What it comes to as JSON, or {@code REASON: message}. */
  static String outcome(String text) {
    return switch (evaluate(text)) {
      case Result.Produced(var value) -> Json.write(value);
      case Result.Failed(var reason, var message, _) -> reason + ": " + message;
    };
  }

  /** The diagnostics of a text as people see them. */
  static String complaints(String text) {
    Diagnostics found = new Diagnostics();
    EXPRESSIONS.condition(text, Source.of("rule", text).span(), found);
    return rendered(found);
  }

  static String rendered(Diagnostics found) {
    return found.all().stream().map(Diagnostic::render).collect(Collectors.joining("\n"));
  }
}
