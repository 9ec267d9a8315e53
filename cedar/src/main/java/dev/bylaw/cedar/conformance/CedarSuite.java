package dev.bylaw.cedar.conformance;

import dev.bylaw.cedar.authorize.Answer;
import dev.bylaw.cedar.authorize.Authorizer;
import dev.bylaw.cedar.authorize.Decision;
import dev.bylaw.cedar.authorize.Request;
import dev.bylaw.cedar.authorize.RequestJson;
import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.entity.EntityJson;
import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonReader;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.validate.Validator;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** The tests of a folder as Cedar's own suites have them. */
public final class CedarSuite {
  /**
   * The outcome of the validation of a test, or of one of its requests.
   *
   * @param test the name of the test
   * @param part {@code validation}, or the number of the request
   * @param passed whether it is as wanted
   * @param message what is not
   */
  public record Result(String test, String part, boolean passed, String message) {}

  private final Consumer<Result> results;

  private CedarSuite(Consumer<Result> results) {
    this.results = results;
  }

  /** Runs all tests of a folder: those under {@code tests/} and those of each archive in it. */
  public static void run(Path folder, Consumer<Result> results) throws IOException {
    var suite = new CedarSuite(results);
    Path handwritten = folder.resolve("tests");
    if (Files.isDirectory(handwritten)) {
      try (Stream<Path> files = Files.walk(handwritten)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
          suite.test(file.toString(), Files.readString(file), name -> read(folder, name));
        }
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".tar.gz")).sorted().toList()) {
        suite.archive(TarGz.files(file));
      }
    }
  }

  private static String read(Path folder, String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void archive(Map<String, String> files) {
    new TreeMap<>(files)
        .forEach((name, text) -> {
          if (name.endsWith(".json") && !name.endsWith(".entities.json")) {
            test(name, text, file -> member(files, file));
          }
        });
  }

  private static String member(Map<String, String> files, String name) {
    String found = files.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no file " + name);
    }
    return found;
  }

  private void test(String name, String text, Function<String, String> files) {
    try {
      Json json = json(name, text);
      if (!(json instanceof Json.Obj test)) {
        throw new IllegalArgumentException("expected a test, found " + json.kindName());
      }
      Schema schema = schema(string(test, "schema"), files);
      String policyFile = string(test, "policies");
      PolicySet policies = PolicySet.parse(Source.of(policyFile, files.apply(policyFile)));
      validation(name, test, policies, schema);
      String entityFile = string(test, "entities");
      Source entitySource = Source.of(entityFile, files.apply(entityFile));
      Entities entities = EntityJson.read(entitySource, schema);
      requests(name, text, test, Authorizer.of(policies), entities, schema);
    } catch (DiagnosticsException | IllegalArgumentException wrong) {
      results.accept(new Result(name, "inputs", false, String.valueOf(wrong.getMessage())));
    }
  }

  private static Schema schema(String file, Function<String, String> files) {
    Source source = Source.of(file, files.apply(file));
    return file.endsWith(".json") ? Schema.parseJson(source) : Schema.parse(source);
  }

  private void validation(String name, Json.Obj test, PolicySet policies, Schema schema) {
    boolean wanted = test.member("shouldValidate") instanceof Json.Bool(var value, _) && value;
    List<Diagnostic> found = new Validator(schema).validate(policies);
    // The suites are older than the release that made a scope without actions a mere warning.
    boolean valid =
        found.stream().noneMatch(d -> d.isError() || d.code().equals(Validator.INAPPLICABLE));
    String message =
        valid == wanted ? "" : wanted ? "should be valid: " + found : "should not be valid";
    results.accept(new Result(name, "validation", valid == wanted, message));
  }

  private void requests(
      String name,
      String text,
      Json.Obj test,
      Authorizer authorizer,
      Entities entities,
      Schema schema) {
    if (!(test.member("requests") instanceof Json.Arr(var requests, _))) {
      throw new IllegalArgumentException("no requests");
    }
    Source source = Source.of(name, text);
    for (int i = 0; i < requests.size(); i++) {
      String part = Integer.toString(i);
      if (requests.get(i) instanceof Json.Obj request) {
        String message = request(source, request, authorizer, entities, schema);
        results.accept(new Result(name, part, message.isEmpty(), message));
      }
    }
  }

  private static String request(
      Source source, Json.Obj json, Authorizer authorizer, Entities entities, Schema schema) {
    boolean validate =
        !(json.member("validateRequest") instanceof Json.Bool(var value, _)) || value;
    Request request;
    try {
      request = RequestJson.request(source, json, schema, validate);
    } catch (DiagnosticsException wrong) {
      return "the request is not valid: " + wrong.getMessage();
    }
    Answer answer = authorizer.authorize(request, entities);
    Decision wanted = string(json, "decision").equals("allow") ? Decision.ALLOW : Decision.DENY;
    boolean same =
        answer.decision() == wanted
            && authorizer.decide(request, entities) == wanted
            && Set.copyOf(answer.reasons()).equals(strings(json, "reason"))
            && Set.copyOf(answer.failed()).equals(strings(json, "errors"))
            && answer.failures().size() == answer.failed().size();
    return same
        ? ""
        : "expected "
            + wanted
            + " because of "
            + strings(json, "reason")
            + ", failed "
            + strings(json, "errors")
            + "; found "
            + answer;
  }

  private static Json json(String name, String text) {
    var diagnostics = new Diagnostics();
    Json json = JsonReader.read(Source.of(name, text), diagnostics);
    diagnostics.throwIfErrors();
    if (json == null) {
      throw new IllegalArgumentException("no JSON: " + name);
    }
    return json;
  }

  private static String string(Json.Obj object, String name) {
    if (object.member(name) instanceof Json.Str(var text, _)) {
      return text;
    }
    throw new IllegalArgumentException("a test without `" + name + "`");
  }

  private static Set<String> strings(Json.Obj object, String name) {
    var all = new HashSet<String>();
    if (object.member(name) instanceof Json.Arr(var elements, _)) {
      for (Json element : new ArrayList<>(elements)) {
        if (element instanceof Json.Str(var text, _)) {
          all.add(text);
        }
      }
    }
    return all;
  }
}
