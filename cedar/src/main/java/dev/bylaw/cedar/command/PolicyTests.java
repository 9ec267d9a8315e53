package dev.bylaw.cedar.command;

import dev.bylaw.cedar.authorize.Answer;
import dev.bylaw.cedar.authorize.Authorizer;
import dev.bylaw.cedar.authorize.Request;
import dev.bylaw.cedar.authorize.RequestJson;
import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.entity.EntityJson;
import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonReader;
import dev.bylaw.cedar.json.JsonWriter;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.validate.Validator;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs tests of a policy set: a JSON array of {@code name}, {@code request}, {@code entities},
 * {@code decision}, {@code reason} and {@code num_errors}.
 *
 * <p>All reasons that a test names must be among those of the decision; with a schema, the policies
 * must be valid without a warning.
 */
public final class PolicyTests {
  private final Source source;
  private final Authorizer authorizer;
  private final @Nullable Schema schema;
  private final Function<String, Source> files;

  private PolicyTests(
      Source source,
      Authorizer authorizer,
      @Nullable Schema schema,
      Function<String, Source> files) {
    this.source = source;
    this.authorizer = authorizer;
    this.schema = schema;
    this.files = files;
  }

  /** What came of a test. */
  private sealed interface Result {
    record Passed() implements Result {}

    /** Something else is decided than the test says. */
    record Differs(String how) implements Result {}

    /** It could not be run. */
    record Broken(String why) implements Result {}
  }

  /**
   * Runs all tests; fails if one does.
   *
   * @param files the file of entities that a test names instead of giving them; an {@link
   *     IllegalArgumentException} tells why it cannot be read
   */
  public static Outcome run(Inputs inputs, Text tests, Function<String, Source> files) {
    var complaints = new Complaints();
    PolicySet policies = inputs.readPolicies(complaints);
    Source source = complaints.attempt("", tests::read);
    List<Json> elements =
        source == null
            ? null
            : complaints.attempt(
                "failed to parse tests from file " + source.name(), () -> elements(source));
    Schema schema = inputs.readSchema(complaints);
    if (source == null || elements == null || !complaints.none()) {
      return complaints.outcome();
    }
    String invalid = schema == null ? "" : invalid(schema, policies);
    return new PolicyTests(source, Authorizer.of(policies), schema, files)
        .run(elements, invalid)
        .warning(complaints.warnings());
  }

  /** The same of tests that are at hand. */
  public static Outcome run(Inputs inputs, Source tests, Function<String, Source> files) {
    return run(inputs, Text.of(tests), files);
  }

  private static List<Json> elements(Source tests) {
    var diagnostics = new Diagnostics();
    Json json = JsonReader.read(tests, diagnostics);
    diagnostics.throwIfErrors();
    if (json instanceof Json.Arr(var elements, _)) {
      return elements;
    }
    throw new IllegalArgumentException("expected an array of tests");
  }

  private static String invalid(Schema schema, PolicySet policies) {
    List<Diagnostic> found = new Validator(schema).validate(policies);
    return found.isEmpty()
        ? ""
        : found.stream()
            .map(Diagnostic::render)
            .collect(Collectors.joining("\n", "policy set validation failed\n", ""));
  }

  private Outcome run(List<Json> tests, String invalid) {
    var out = new StringBuilder("running " + tests.size() + " test(s)\n");
    int passed = 0;
    for (Json json : tests) {
      boolean named = json instanceof Json.Obj object && object.member("name") instanceof Json.Str;
      out.append("  test ").append(named ? text((Json.Obj) json, "name") : "(unnamed)");
      out.append(" ... ");
      Result result = invalid.isEmpty() ? result(json) : new Result.Broken(invalid);
      passed += result instanceof Result.Passed ? 1 : 0;
      out.append(
          switch (result) {
            case Result.Passed _ -> "ok";
            case Result.Differs(var how) -> "fail: " + how;
            case Result.Broken(var why) -> "error:\n  " + why;
          });
      out.append('\n');
    }
    int failed = tests.size() - passed;
    out.append("results: ").append(passed).append(" passed, ").append(failed).append(" failed\n");
    return new Outcome(failed == 0 ? Outcome.OK : Outcome.FAILED, out.toString());
  }

  private Result result(Json json) {
    try {
      if (!(json instanceof Json.Obj test && test.member("request") instanceof Json.Obj request)) {
        return new Result.Broken("expected an object with a `request`");
      }
      for (String part : List.of("principal", "action", "resource")) {
        String whatFails = "failed to parse " + part + " `" + text(request, part) + "`";
        Question.uid(part, text(request, part), whatFails);
      }
      Request asked = RequestJson.request(source, request, schema, true);
      Answer answer = authorizer.authorize(asked, entities(test.member("entities")));
      String difference = difference(test, answer);
      return difference.isEmpty() ? new Result.Passed() : new Result.Differs(difference);
    } catch (Failure wrong) {
      return new Result.Broken(wrong.trouble().message());
    } catch (DiagnosticsException | IllegalArgumentException wrong) {
      return new Result.Broken(String.valueOf(wrong.getMessage()));
    }
  }

  private Entities entities(@Nullable Json json) {
    if (json == null) {
      throw new IllegalArgumentException("a test without `entities`");
    }
    return EntityJson.read(
        json instanceof Json.Str(var file, _)
            ? files.apply(file)
            : Source.of("entities", JsonWriter.compact(json)),
        schema);
  }

  private static String text(Json.Obj object, String name) {
    return object.member(name) instanceof Json.Str(var text, _) ? text : "";
  }

  private static String difference(Json.Obj test, Answer answer) {
    String wanted =
        switch (text(test, "decision")) {
          case "allow" -> "Allow";
          case "deny" -> "Deny";
          default ->
              throw new IllegalArgumentException("expected `decision` to be `allow` or `deny`");
        };
    String found = answer.isAllowed() ? "Allow" : "Deny";
    if (!wanted.equals(found)) {
      return "expected " + wanted + ", got " + found;
    }
    if (!(test.member("reason") instanceof Json.Arr(var elements, _))) {
      throw new IllegalArgumentException("a test without `reason`, an array of policy ids");
    }
    if (!(test.member("num_errors") instanceof Json.Int(var errors, _))) {
      throw new IllegalArgumentException("a test without `num_errors`, a number");
    }
    var differences = new ArrayList<String>();
    String missing =
        elements.stream()
            .map(each -> each instanceof Json.Str(var id, _) ? id : "")
            .filter(id -> !answer.reasons().contains(id))
            .map(id -> "`" + id + "`")
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      differences.add("missing reason(s): " + missing);
    }
    List<Answer.Failure> failures = answer.failures();
    if (errors != failures.size()) {
      differences.add(
          failures.stream()
              .map(f -> f.policy() + ": " + f.message())
              .collect(
                  Collectors.joining(
                      ", ",
                      "expected " + errors + " error(s), but got " + failures.size() + ": ",
                      "")));
    }
    return String.join("; ", differences);
  }
}
