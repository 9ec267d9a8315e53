package dev.bylaw.cedar.command;

import dev.bylaw.cedar.authorize.Answer;
import dev.bylaw.cedar.authorize.Authorizer;
import dev.bylaw.cedar.authorize.Decision;
import dev.bylaw.cedar.authorize.EvaluationException;
import dev.bylaw.cedar.authorize.Interpreter;
import dev.bylaw.cedar.authorize.Request;
import dev.bylaw.cedar.command.Trouble.Severity;
import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.entity.EntityJson;
import dev.bylaw.cedar.entity.PartialEntities;
import dev.bylaw.cedar.est.PolicyJsonReader;
import dev.bylaw.cedar.est.PolicyJsonWriter;
import dev.bylaw.cedar.format.Formatter;
import dev.bylaw.cedar.json.JsonWriter;
import dev.bylaw.cedar.partial.PartialAnswer;
import dev.bylaw.cedar.partial.PartialAuthorizer;
import dev.bylaw.cedar.partial.PartialRequest;
import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.policy.Policy;
import dev.bylaw.cedar.policy.PolicyParser;
import dev.bylaw.cedar.policy.PolicyPrinter;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.policy.Template;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.schema.SchemaDeclarations;
import dev.bylaw.cedar.schema.SchemaJsonReader;
import dev.bylaw.cedar.schema.SchemaJsonWriter;
import dev.bylaw.cedar.schema.SchemaNames;
import dev.bylaw.cedar.schema.SchemaParser;
import dev.bylaw.cedar.schema.SchemaPrinter;
import dev.bylaw.cedar.validate.Validator;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.Value;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The commands, a method each. */
public final class CedarCommands {
  private CedarCommands() {}

  /** Decides a request. The output begins with an empty line and {@code ALLOW} or {@code DENY}. */
  public static Outcome authorize(
      Inputs inputs, Question question, boolean verbose, boolean timing) {
    var complaints = new Complaints();
    PolicySet policies = inputs.readPolicies(complaints);
    Schema schema = inputs.readSchema(complaints);
    Entities entities = inputs.readEntities(complaints, schema);
    Request request =
        complaints.attempt(
            "", () -> Failure.within("failed to parse request", () -> question.read(schema)));
    if (request == null || !complaints.none()) {
      return complaints.outcome().afterEmptyLine();
    }
    Authorizer authorizer = Authorizer.of(policies);
    long start = System.nanoTime();
    Answer answer = authorizer.authorize(request, entities);
    var out = new StringBuilder("\n").append(timing ? time(start) : "");
    out.append(answer.isAllowed() ? "ALLOW\n" : "DENY\n");
    out.append(answer.failed().isEmpty() ? "" : "\n");
    for (Answer.Failure failure : answer.failures()) {
      out.append("error while evaluating policy `").append(failure.policy());
      out.append("`: ").append(failure.message()).append('\n');
    }
    if (verbose) {
      out.append('\n').append(because(answer.reasons()));
    }
    int exitCode = answer.isAllowed() ? Outcome.OK : Outcome.DENIED;
    return new Outcome(exitCode, out.toString()).warning(complaints.warnings());
  }

  private static String time(long start) {
    return "Authorization Time (micro seconds) : " + (System.nanoTime() - start) / 1000 + "\n";
  }

  private static String because(List<String> reasons) {
    return reasons.isEmpty()
        ? "note: no policies applied to this request\n"
        : reasons.stream()
            .map(id -> "  " + id + "\n")
            .collect(
                Collectors.joining(
                    "", "note: this decision was due to the following policies:\n", "\n"));
  }

  /**
   * Validates policies.
   *
   * @param denyWarnings whether warnings make them invalid, too
   * @param level how many entities deep policies may look, if that is bounded
   */
  public static Outcome validate(Inputs inputs, boolean denyWarnings, OptionalInt level) {
    var complaints = new Complaints();
    PolicySet policies = inputs.readPolicies(complaints);
    Schema schema = inputs.readSchema(complaints);
    if (schema == null || !complaints.none()) {
      return complaints.none()
          ? Outcome.failed(Trouble.of("no schema to validate by", ""))
          : complaints.outcome();
    }
    var validator = new Validator(schema);
    List<Diagnostic> found =
        level.isPresent()
            ? validator.validate(policies, level.getAsInt())
            : validator.validate(policies);
    boolean errors = Validator.hasErrors(found);
    boolean invalid = errors || (denyWarnings && !found.isEmpty());
    var trouble =
        new Trouble(
            errors ? Severity.ERROR : found.isEmpty() ? Severity.ADVICE : Severity.WARNING,
            "policy set validation " + (invalid ? "failed" : "passed"),
            found.isEmpty() ? "no errors or warnings" : "",
            found);
    return new Outcome(invalid ? Outcome.INVALID : Outcome.OK, "", List.of(trouble), false)
        .warning(complaints.warnings());
  }

  /** Parses what is given and an expression, if one is. */
  public static Outcome checkParse(Inputs inputs, @Nullable String expression) {
    var complaints = new Complaints();
    inputs.readPolicies(complaints);
    if (expression != null) {
      complaints.attempt(Headline::ofExpression, () -> expression(expression));
    }
    Schema schema = inputs.readSchema(complaints);
    inputs.readEntities(complaints, schema);
    return complaints.none() ? Outcome.ok("").warning(complaints.warnings()) : complaints.outcome();
  }

  private static Expr expression(String text) {
    var diagnostics = new Diagnostics();
    Expr expr = PolicyParser.parseExpression(Source.of("expression", text), diagnostics);
    diagnostics.throwIfErrors();
    if (expr == null) {
      throw new IllegalStateException("an error is thrown before");
    }
    return expr;
  }

  /** Evaluates an expression. */
  public static Outcome evaluate(Inputs inputs, Question question, String expression) {
    var complaints = new Complaints();
    Schema schema = inputs.readSchema(complaints);
    Request request = complaints.attempt("", () -> question.read(schema));
    Expr expr = complaints.attempt("failed to parse the expression", () -> expression(expression));
    Entities entities = inputs.readEntities(complaints, schema);
    if (request == null || expr == null || !complaints.none()) {
      return complaints.outcome().afterEmptyLine();
    }
    try {
      Value value = new Interpreter(request, entities).value(expr);
      return Outcome.ok("\n" + Shown.text(value) + "\n").warning(complaints.warnings());
    } catch (EvaluationException fails) {
      return Outcome.failed(Trouble.of("failed to evaluate the expression", fails.getMessage()))
          .afterEmptyLine()
          .warning(complaints.warnings());
    }
  }

  /**
   * Links a template and prints the policy that results.
   *
   * @param values Cedar text of an entity by slot, for instance {@code ?principal}
   */
  public static Outcome link(
      Inputs inputs, String template, String id, Map<String, String> values) {
    var complaints = new Complaints();
    PolicySet policies = inputs.readPolicies(complaints);
    Map<Expr.SlotId, EntityUid> filled =
        complaints.attempt(Headline::ofEntity, () -> slots(values));
    if (filled == null || !complaints.none()) {
      return complaints.outcome();
    }
    return Complaints.outcome(
        policies.policy(template).isPresent()
            ? "expected a template, but a static policy was provided"
            : "unable to link template",
        () -> {
          PolicySet linked = policies.withLink(template, id, filled);
          Policy policy = linked.policy(id).orElseThrow();
          return Outcome.ok(
              "Template-linked policy added: " + PolicyPrinter.text(policy.asStatic()));
        });
  }

  private static Map<Expr.SlotId, EntityUid> slots(Map<String, String> values) {
    var diagnostics = new Diagnostics();
    var slots = new EnumMap<Expr.SlotId, EntityUid>(Expr.SlotId.class);
    for (Map.Entry<String, String> value : values.entrySet()) {
      Expr.SlotId slot =
          Stream.of(Expr.SlotId.values())
              .filter(each -> each.word().equals(value.getKey()))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "no slot `" + value.getKey() + "`, expected `?principal` or `?resource`"));
      EntityUid uid =
          PolicyParser.parseNormalEntity(Source.of(value.getKey(), value.getValue()), diagnostics);
      if (uid != null) {
        slots.put(slot, uid);
      }
    }
    diagnostics.throwIfErrors();
    return slots;
  }

  /**
   * Lays policies out.
   *
   * @param check whether it fails where that changes anything
   */
  public static Outcome format(Text policies, int width, int indent, boolean check) {
    return Complaints.outcome(
        "cannot parse input policies",
        () -> {
          Source text = policies.read();
          String formatted = Formatter.format(text, width, indent);
          boolean same = formatted.equals(text.text());
          return new Outcome(check && !same ? Outcome.FAILED : Outcome.OK, formatted);
        });
  }

  /** Translates policies from Cedar text to JSON. */
  public static Outcome policiesToJson(Text policies) {
    return Complaints.outcome(
            "failed to parse policy set",
            () -> {
              PolicySet set = PolicySet.parse(policies.read()).namedByAnnotation();
              var diagnostics = new Diagnostics();
              PolicyJsonWriter.refuseDeep(set, diagnostics);
              diagnostics.throwIfErrors();
              return Outcome.ok(JsonWriter.compact(PolicyJsonWriter.set(set)) + "\n");
            })
        .tellingFailureAside();
  }

  /** Translates policies from JSON to Cedar text. */
  public static Outcome policiesToText(Text policies) {
    return Complaints.outcome(
            "",
            () -> {
              Source json = policies.read();
              List<Template> written =
                  Question.part(Inputs.whatFails(json), () -> PolicyJsonReader.read(json))
                      .written();
              return Outcome.ok(
                  written.stream().map(PolicyPrinter::lines).collect(Collectors.joining("\n")));
            })
        .tellingFailureAside();
  }

  /** Translates a schema from Cedar text to JSON. */
  public static Outcome schemaToJson(Text text) {
    return Complaints.outcome(
            "",
            () -> {
              var schema = declarations(text.read(), SchemaNames::refuseTwice);
              return Outcome.ok(JsonWriter.compact(SchemaJsonWriter.json(schema)) + "\n")
                  .warning(SchemaNames.shadowing(schema));
            })
        .tellingFailureAside();
  }

  private static SchemaDeclarations declarations(
      Source text, BiConsumer<SchemaDeclarations, Diagnostics> check) {
    return Question.part(
        Headline::ofSchema,
        () -> {
          var diagnostics = new Diagnostics();
          SchemaDeclarations schema = SchemaParser.parse(text, diagnostics);
          diagnostics.throwIfErrors();
          check.accept(schema, diagnostics);
          diagnostics.throwIfErrors();
          return schema;
        });
  }

  /** The same with every name in full, each type either an entity type or a common one. */
  public static Outcome schemaToResolvedJson(Text text) {
    return Complaints.outcome(
            "",
            () -> {
              Source source = text.read();
              var schema = declarations(source, (_, _) -> {});
              SchemaDeclarations resolved =
                  Question.part(
                      Headline::ofSchema,
                      () -> {
                        var diagnostics = new Diagnostics();
                        var found = SchemaNames.resolved(schema, diagnostics);
                        diagnostics.throwIfErrors();
                        return found;
                      });
              return Outcome.ok(JsonWriter.pretty(SchemaJsonWriter.json(resolved)) + "\n")
                  .warning(SchemaNames.shadowing(schema));
            })
        .tellingFailureAside();
  }

  /** Translates a schema from JSON to Cedar text. */
  public static Outcome schemaToText(Text json) {
    return Complaints.outcome(
            "",
            () -> {
              Source source = json.read();
              return Question.part(
                  found -> Headline.ofJsonSchema(source, found),
                  () -> {
                    var diagnostics = new Diagnostics();
                    SchemaDeclarations schema = SchemaJsonReader.read(source, diagnostics);
                    SchemaNames.refuseUnwritable(schema, diagnostics);
                    diagnostics.throwIfErrors();
                    return Outcome.ok(SchemaPrinter.text(schema));
                  });
            })
        .tellingFailureAside();
  }

  /**
   * Decides a request with gaps, by entities that need not be all, as far as it is known: {@code
   * ALLOW}, {@code DENY} or {@code UNKNOWN}, and what is left of the policies that stay open.
   */
  public static Outcome tpe(Inputs inputs, Supplier<PartialQuestion> question, boolean timing) {
    var complaints = new Complaints();
    PolicySet policies = inputs.readPolicies(complaints);
    Schema schema = inputs.readSchema(complaints);
    PartialEntities entities =
        schema == null ? null : inputs.readPartialEntities(complaints, schema);
    PartialRequest request =
        schema == null
            ? null
            : complaints.attempt(
                "",
                () -> Failure.within("failed to parse request", () -> question.get().read(schema)));
    if (request == null || schema == null || entities == null || !complaints.none()) {
      return complaints.outcome().afterEmptyLine();
    }
    long start = System.nanoTime();
    PartialAnswer answer =
        complaints.attempt(
            "policy failed to validate against the schema",
            () -> PartialAuthorizer.authorizeBySome(policies, request, entities, schema));
    if (answer == null) {
      return complaints.outcome().afterEmptyLine();
    }
    Decision decision = answer.decision().orElse(null);
    String head = "\n" + (timing ? time(start) : "");
    if (decision != null) {
      int exitCode = decision == Decision.DENY ? Outcome.DENIED : Outcome.OK;
      return new Outcome(exitCode, head + decision.name() + "\n").warning(complaints.warnings());
    }
    var out = new StringBuilder(head + "UNKNOWN\nAll policy residuals:\n");
    answer.allResiduals(policies).forEach(each -> out.append(PolicyPrinter.text(each)));
    return new Outcome(Outcome.UNKNOWN, out.toString()).warning(complaints.warnings());
  }

  /** The entities and what each is directly in, as a Graphviz graph; a cluster for each type. */
  public static Outcome visualize(Text entities) {
    return Complaints.outcome(
            "",
            () -> {
              Source json = entities.read();
              return Outcome.ok(
                  EntityGraph.dot(
                      Question.part(
                          "failed to parse entities from file " + json.name(),
                          () -> EntityJson.read(json))));
            })
        .tellingFailureAside();
  }

  /** The version of the language. */
  public static Outcome languageVersion() {
    return Outcome.ok("Cedar language version: 4.6\n");
  }
}
