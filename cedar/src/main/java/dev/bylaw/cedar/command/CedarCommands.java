package dev.bylaw.cedar.command;

import dev.bylaw.cedar.authorize.Answer;
import dev.bylaw.cedar.authorize.Authorizer;
import dev.bylaw.cedar.authorize.Decision;
import dev.bylaw.cedar.authorize.EvaluationException;
import dev.bylaw.cedar.authorize.Interpreter;
import dev.bylaw.cedar.authorize.Request;
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
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.schema.SchemaDeclarations;
import dev.bylaw.cedar.schema.SchemaJsonReader;
import dev.bylaw.cedar.schema.SchemaJsonWriter;
import dev.bylaw.cedar.schema.SchemaParser;
import dev.bylaw.cedar.schema.SchemaPrinter;
import dev.bylaw.cedar.validate.Validator;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The commands, a method each. */
public final class CedarCommands {
  private CedarCommands() {}

  /** Runs a command whose inputs may have mistakes; they are printed, and it has failed. */
  static Outcome attempt(String whatFailed, Supplier<Outcome> command) {
    try {
      return command.get();
    } catch (DiagnosticsException mistakes) {
      return Outcome.failed(whatFailed + "\n" + mistakes.getMessage() + "\n");
    } catch (IllegalArgumentException wrong) {
      return Outcome.failed(whatFailed + ": " + wrong.getMessage() + "\n");
    }
  }

  /** Decides a request. The output begins with an empty line and {@code ALLOW} or {@code DENY}. */
  public static Outcome authorize(Inputs inputs, Question question, boolean verbose) {
    return attempt(
        "failed to authorize",
        () -> {
          Schema schema = inputs.readSchema();
          Request request = question.read(schema);
          PolicySet policies = inputs.readPolicies();
          Answer answer = Authorizer.of(policies).authorize(request, inputs.readEntities(schema));
          var out = new StringBuilder(answer.isAllowed() ? "\nALLOW\n" : "\nDENY\n");
          for (Answer.Failure failure : answer.failures()) {
            out.append("\nerror while evaluating policy `").append(failure.policy());
            out.append("`: ").append(failure.message()).append('\n');
          }
          if (verbose) {
            out.append('\n').append(because(answer.reasons()));
          }
          return new Outcome(answer.isAllowed() ? Outcome.OK : Outcome.DENIED, out.toString(), "");
        });
  }

  private static String because(List<String> reasons) {
    return reasons.isEmpty()
        ? "note: no policies applied to this request\n"
        : reasons.stream()
            .map(id -> "  " + id + "\n")
            .collect(
                Collectors.joining(
                    "", "note: this decision was due to the following policies:\n", ""));
  }

  /**
   * Validates policies.
   *
   * @param denyWarnings whether warnings make them invalid, too
   * @param level how many entities deep policies may look, if that is bounded
   */
  public static Outcome validate(Inputs inputs, boolean denyWarnings, OptionalInt level) {
    return attempt(
        "failed to validate",
        () -> {
          Schema schema = inputs.readSchema();
          if (schema == null) {
            throw new IllegalArgumentException("no schema");
          }
          var validator = new Validator(schema);
          PolicySet policies = inputs.readPolicies();
          List<Diagnostic> found =
              level.isPresent()
                  ? validator.validate(policies, level.getAsInt())
                  : validator.validate(policies);
          String rendered =
              found.stream().map(d -> d.render() + "\n").collect(Collectors.joining());
          boolean invalid = Validator.hasErrors(found) || (denyWarnings && !found.isEmpty());
          if (invalid) {
            return new Outcome(
                Outcome.INVALID, "  × policy set validation failed\n" + rendered, "");
          }
          return Outcome.ok(
              found.isEmpty()
                  ? "  ☞ policy set validation passed\n  ╰─▶ no errors or warnings\n"
                  : "  ⚠ policy set validation passed\n" + rendered);
        });
  }

  /** Parses what is given and an expression, if one is. */
  public static Outcome checkParse(Inputs inputs, @Nullable String expression) {
    var err = new StringBuilder();
    check(err, "failed to parse policy set", inputs::readPolicies);
    if (expression != null) {
      check(err, "failed to parse expression", () -> expression(expression));
    }
    check(err, "failed to parse schema", inputs::readSchema);
    Schema schema = err.isEmpty() ? inputs.readSchema() : null;
    check(err, "failed to parse entities", () -> inputs.readEntities(schema));
    return err.isEmpty() ? Outcome.ok("") : Outcome.failed(err.toString());
  }

  private static void check(StringBuilder err, String what, Supplier<@Nullable Object> parse) {
    Outcome outcome =
        attempt(what, () -> parse.get() == null ? Outcome.ok("") : Outcome.ok("parsed"));
    err.append(outcome.err());
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
    return attempt(
        "failed to evaluate",
        () -> {
          Expr expr = expression(expression);
          Schema schema = inputs.readSchema();
          var interpreter = new Interpreter(question.read(schema), inputs.readEntities(schema));
          try {
            return Outcome.ok("\n" + interpreter.value(expr) + "\n");
          } catch (EvaluationException fails) {
            return Outcome.failed("error while evaluating: " + fails.getMessage() + "\n");
          }
        });
  }

  /**
   * Links a template and prints the policy that results.
   *
   * @param values Cedar text of an entity by slot, for instance {@code ?principal}
   */
  public static Outcome link(
      Inputs inputs, String template, String id, Map<String, String> values) {
    return attempt(
        "unable to link template",
        () -> {
          var diagnostics = new Diagnostics();
          var slots = new EnumMap<Expr.SlotId, EntityUid>(Expr.SlotId.class);
          for (Expr.SlotId slot : Expr.SlotId.values()) {
            String text = values.get(slot.word());
            EntityUid uid =
                text == null
                    ? null
                    : PolicyParser.parseEntity(Source.of(slot.word(), text), diagnostics);
            if (uid != null) {
              slots.put(slot, uid);
            }
          }
          diagnostics.throwIfErrors();
          PolicySet linked = inputs.readPolicies().withLink(template, id, slots);
          Policy policy = linked.policy(id).orElseThrow();
          String text = PolicyPrinter.text(policy.asStatic()).replaceAll("\\s*\\n\\s*", " ");
          return Outcome.ok("Template-linked policy added: " + text.strip() + "\n");
        });
  }

  /**
   * Lays policies out.
   *
   * @param check whether it fails where that changes anything
   */
  public static Outcome format(Source policies, int width, int indent, boolean check) {
    return attempt(
        "cannot parse input policies",
        () -> {
          String formatted = Formatter.format(policies, width, indent);
          boolean same = formatted.equals(policies.text());
          return new Outcome(check && !same ? Outcome.FAILED : Outcome.OK, formatted, "");
        });
  }

  /** Translates policies from Cedar text to JSON. */
  public static Outcome policiesToJson(Source text) {
    return attempt(
        "failed to parse policy set",
        () ->
            Outcome.ok(
                JsonWriter.pretty(PolicyJsonWriter.set(PolicySet.parse(text).namedByAnnotation()))
                    + "\n"));
  }

  /** Translates policies from JSON to Cedar text. */
  public static Outcome policiesToText(Source json) {
    return attempt(
        "failed to parse policy set",
        () -> {
          String text = PolicyPrinter.text(PolicyJsonReader.read(json));
          return Outcome.ok(Formatter.format(Source.of(json.name(), text)));
        });
  }

  /** Translates a schema from Cedar text to JSON. */
  public static Outcome schemaToJson(Source text) {
    return attempt(
        "failed to parse schema",
        () -> {
          var diagnostics = new Diagnostics();
          SchemaDeclarations schema = SchemaParser.parse(text, diagnostics);
          diagnostics.throwIfErrors();
          return Outcome.ok(JsonWriter.pretty(SchemaJsonWriter.json(schema)) + "\n");
        });
  }

  /** Translates a schema from JSON to Cedar text. */
  public static Outcome schemaToText(Source json) {
    return attempt(
        "failed to parse schema",
        () -> {
          var diagnostics = new Diagnostics();
          SchemaDeclarations schema = SchemaJsonReader.read(json, diagnostics);
          diagnostics.throwIfErrors();
          return Outcome.ok(SchemaPrinter.text(schema));
        });
  }

  /**
   * Decides a request with gaps as far as it is known: {@code ALLOW}, {@code DENY} or {@code
   * UNKNOWN}, and what is left of the policies that stay open.
   */
  public static Outcome tpe(Inputs inputs, PartialRequest request) {
    return attempt(
        "failed to evaluate",
        () -> {
          Schema schema = inputs.readSchema();
          PartialAnswer answer =
              PartialAuthorizer.authorize(
                  inputs.readPolicies(), request, inputs.readEntities(schema));
          String decision = answer.decision().map(Decision::name).orElse("UNKNOWN");
          var out = new StringBuilder("\n" + decision + "\n");
          for (PartialAnswer.Outcome.Open open : answer.open()) {
            out.append('\n').append(open.policy()).append(": ").append(open.effect().word());
            out.append(" when { ").append(PolicyPrinter.text(open.condition())).append(" }\n");
          }
          boolean denied = decision.equals(Decision.DENY.name());
          return new Outcome(denied ? Outcome.DENIED : Outcome.OK, out.toString(), "");
        });
  }

  /** The version of the language. */
  public static Outcome languageVersion() {
    return Outcome.ok("Cedar language version: 4.6\n");
  }
}
