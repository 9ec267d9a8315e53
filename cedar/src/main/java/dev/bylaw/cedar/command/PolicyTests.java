package dev.bylaw.cedar.command;

import dev.bylaw.cedar.authorize.Answer;
import dev.bylaw.cedar.authorize.Authorizer;
import dev.bylaw.cedar.authorize.RequestJson;
import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.entity.EntityJson;
import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonReader;
import dev.bylaw.cedar.json.JsonWriter;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs tests of a policy set: a JSON array of {@code name}, {@code request}, {@code entities},
 * {@code decision}, {@code reason} and {@code num_errors}.
 */
public final class PolicyTests {
  private PolicyTests() {}

  /** Runs all tests; fails if one does. */
  public static Outcome run(Inputs inputs, Source tests) {
    return CedarCommands.attempt(
        "failed to run tests",
        () -> {
          var diagnostics = new Diagnostics();
          Json json = JsonReader.read(tests, diagnostics);
          diagnostics.throwIfErrors();
          if (!(json instanceof Json.Arr(var elements, _))) {
            throw new IllegalArgumentException("expected an array of tests");
          }
          Schema schema = inputs.readSchema();
          return run(tests, elements, Authorizer.of(inputs.readPolicies()), schema);
        });
  }

  private static Outcome run(
      Source source, List<Json> tests, Authorizer authorizer, @Nullable Schema schema) {
    var out = new StringBuilder("running " + tests.size() + " test(s)\n");
    int passed = 0;
    for (Json json : tests) {
      Json.Obj test = json instanceof Json.Obj object ? object : null;
      String name =
          test != null && test.member("name") instanceof Json.Str(var text, _) ? text : "(unnamed)";
      String failure = test == null ? "not an object" : failure(source, test, authorizer, schema);
      out.append("  test ").append(name).append(" ... ");
      out.append(failure.isEmpty() ? "ok" : "fail: " + failure).append('\n');
      passed += failure.isEmpty() ? 1 : 0;
    }
    int failed = tests.size() - passed;
    out.append("results: ").append(passed).append(" passed, ").append(failed).append(" failed\n");
    return new Outcome(failed == 0 ? Outcome.OK : Outcome.FAILED, out.toString(), "");
  }

  private static String failure(
      Source source, Json.Obj test, Authorizer authorizer, @Nullable Schema schema) {
    try {
      if (!(test.member("request") instanceof Json.Obj request)) {
        return "no request";
      }
      Answer answer =
          authorizer.authorize(
              RequestJson.request(source, request, schema, true),
              entities(test.member("entities"), schema));
      return difference(test, answer);
    } catch (DiagnosticsException wrong) {
      return String.valueOf(wrong.getMessage());
    }
  }

  private static Entities entities(@Nullable Json json, @Nullable Schema schema) {
    return json == null
        ? Entities.EMPTY
        : EntityJson.read(Source.of("entities", JsonWriter.compact(json)), schema);
  }

  private static String difference(Json.Obj test, Answer answer) {
    String wanted = test.member("decision") instanceof Json.Str(var word, _) ? word : "";
    String found = answer.isAllowed() ? "Allow" : "Deny";
    if (!wanted.equalsIgnoreCase(found)) {
      return "expected " + capitalized(wanted) + ", got " + found;
    }
    if (test.member("reason") instanceof Json.Arr(var elements, _)) {
      Set<String> reasons = new LinkedHashSet<>();
      for (Json element : elements) {
        reasons.add(element instanceof Json.Str(var id, _) ? id : "");
      }
      if (!Set.copyOf(answer.reasons()).equals(reasons)) {
        return "expected the reasons " + reasons + ", got " + answer.reasons();
      }
    }
    if (test.member("num_errors") instanceof Json.Int(var errors, _)
        && errors != answer.failed().size()) {
      return "expected " + errors + " errors, got " + answer.failed().size();
    }
    return "";
  }

  private static String capitalized(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.isEmpty()
        ? lower
        : lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1);
  }
}
