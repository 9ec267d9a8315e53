package dev.bylaw.cli;

import dev.bylaw.cedar.command.CedarCommands;
import dev.bylaw.cedar.command.ErrorFormat;
import dev.bylaw.cedar.command.Failure;
import dev.bylaw.cedar.command.Inputs;
import dev.bylaw.cedar.command.Links;
import dev.bylaw.cedar.command.Outcome;
import dev.bylaw.cedar.command.PartialQuestion;
import dev.bylaw.cedar.command.PolicyTests;
import dev.bylaw.cedar.command.Text;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * {@code bylaw cedar}: reads files and arguments, and leaves the rest to {@link CedarCommands}.
 *
 * <p>Flags, exit codes and the first line of output are those of Cedar's own tool.
 */
@Command(
    name = "cedar",
    description = "Cedar: decides, validates, formats and translates policies.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CedarBenchCommand.class,
    footer = {
      "",
      "Exit codes: 0 allow or fine, 1 failed, 2 deny or wrong usage, 3 not valid, 4 not known (tpe).",
      "",
      "Examples:",
      "  bylaw cedar authorize -p app.cedar --entities users.json \\",
      "      -l 'User::\"alice\"' -a 'Action::\"view\"' -r 'Photo::\"p\"' -v",
      "  bylaw cedar validate -p app.cedar -s app.cedarschema",
      "  bylaw cedar format -p app.cedar --check"
    })
final class CedarCommand extends PrintingCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-f", "--error-format"},
      paramLabel = "ERR_FMT",
      defaultValue = "${env:CEDAR_ERROR_FORMAT:-human}",
      scope = ScopeType.INHERIT,
      description = "how what is wrong is told: human, plain or json")
  private ErrorFormat errorFormat = ErrorFormat.HUMAN;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return Exit.USAGE;
  }

  private int print(Outcome outcome) {
    screen.raw(outcome.out(errorFormat));
    String aside = outcome.err(errorFormat);
    if (!aside.isEmpty()) {
      screen.error(aside.stripTrailing());
    }
    return outcome.exitCode();
  }

  @Command(name = "authorize", description = "Decides a request.", mixinStandardHelpOptions = true)
  int authorize(
      @Mixin CedarOptions.Request request,
      @Mixin CedarOptions.Policies policies,
      @Mixin CedarOptions.Schema schema,
      @Option(
              names = "--entities",
              required = true,
              paramLabel = "FILE",
              description = "the entities, as JSON")
          Path entities,
      @Option(
              names = {"-v", "--verbose"},
              description = "say which policies made the decision")
          boolean verbose,
      @Option(
              names = {"-t", "--timing"},
              description = "say how long the decision took")
          boolean timing) {
    Inputs inputs = schema.into(policies.into(Inputs.NONE));
    inputs = inputs.withEntities(CedarFiles.later("entities", entities));
    return print(CedarCommands.authorize(inputs, request.question(), verbose, timing));
  }

  @Command(
      name = "evaluate",
      description = "Evaluates an expression.",
      mixinStandardHelpOptions = true)
  int evaluate(
      @Mixin CedarOptions.Request request,
      @Mixin CedarOptions.Schema schema,
      @Option(names = "--entities", paramLabel = "FILE", description = "the entities, as JSON")
          @Nullable Path entities,
      @Parameters(paramLabel = "EXPRESSION", description = "what to evaluate") String expression) {
    Inputs inputs = schema.into(Inputs.NONE);
    if (entities != null) {
      inputs = inputs.withEntities(CedarFiles.later("entities", entities));
    }
    return print(CedarCommands.evaluate(inputs, request.question(), expression));
  }

  @Command(
      name = "validate",
      description = "Validates policies against a schema.",
      mixinStandardHelpOptions = true)
  int validate(
      @Mixin CedarOptions.Schema schema,
      @Mixin CedarOptions.Policies policies,
      @Option(names = "--deny-warnings", description = "warnings make policies invalid, too")
          boolean denyWarnings,
      @Option(
              names = "--validation-mode",
              paramLabel = "VALIDATION_MODE",
              completionCandidates = CedarOptions.Modes.class,
              defaultValue = "strict",
              description = "strict is the one there is")
          String mode,
      @Option(
              names = "--level",
              paramLabel = "LEVEL",
              description = "how many entities deep policies may look")
          @Nullable Integer level) {
    if (!mode.equals("strict")) {
      screen.error(
          "Error: arguments include the experimental option `--validation-mode "
              + mode
              + "`, but this executable was not built with `"
              + mode
              + "-validate` experimental feature enabled");
      return Outcome.FAILED;
    }
    if (level != null && level < 0) {
      throw new UsageException("a level is 0 or more, found " + level);
    }
    OptionalInt deep = level == null ? OptionalInt.empty() : OptionalInt.of(level);
    return print(
        CedarCommands.validate(schema.wanted(policies.into(Inputs.NONE)), denyWarnings, deep));
  }

  @Command(
      name = "check-parse",
      description = "Checks that what is given parses; policies from standard input if nothing is.",
      mixinStandardHelpOptions = true)
  int checkParse(
      @Mixin CedarOptions.Policies policies,
      @Option(names = "--expression", paramLabel = "EXPRESSION", description = "an expression")
          @Nullable String expression,
      @Mixin CedarOptions.Schema schema,
      @Option(names = "--entities", paramLabel = "FILE", description = "entities, as JSON")
          @Nullable Path entities) {
    boolean none = expression == null && schema.file == null && entities == null;
    Inputs inputs = none ? policies.into(Inputs.NONE) : policies.ifAny(Inputs.NONE);
    inputs = schema.into(inputs);
    if (entities != null) {
      inputs = inputs.withEntities(CedarFiles.later("entities", entities));
    }
    return print(CedarCommands.checkParse(inputs, expression));
  }

  @Command(name = "format", description = "Lays policies out.", mixinStandardHelpOptions = true)
  int format(
      @Option(
              names = {"-p", "--policies"},
              paramLabel = "FILE",
              description = "the policies; standard input where it is left out")
          @Nullable Path file,
      @Option(
              names = {"-l", "--line-width"},
              paramLabel = "UINT",
              defaultValue = "80",
              description = "how long lines are (default: 80)")
          int width,
      @Option(
              names = {"-i", "--indent-width"},
              paramLabel = "INT",
              defaultValue = "2",
              description = "how far they are indented (default: 2)")
          int indent,
      @Option(
              names = {"-w", "--write"},
              description = "write the file instead of printing")
          boolean write,
      @Option(
              names = {"-c", "--check"},
              description = "fail if anything would change")
          boolean check) {
    if (write && (check || file == null)) {
      throw new UsageException(
          file == null ? "--write needs --policies FILE" : "either --write or --check");
    }
    Text text = CedarFiles.orInput("policy set", file);
    Outcome outcome = CedarCommands.format(text, width, indent, check);
    if (write && outcome.exitCode() == Outcome.OK && file != null) {
      return print(CedarFiles.written("policy set", file, outcome.out(), Outcome.ok("")));
    }
    return print(outcome);
  }

  @Command(
      name = "translate-policy",
      description = "Translates policies between Cedar text and JSON.",
      mixinStandardHelpOptions = true)
  int translatePolicy(
      @Option(
              names = "--direction",
              required = true,
              paramLabel = "DIRECTION",
              completionCandidates = CedarOptions.PolicyDirections.class,
              description = "cedar-to-json or json-to-cedar")
          String direction,
      @Option(
              names = {"-p", "--policies"},
              paramLabel = "FILE",
              description = "the policies; standard input where it is left out")
          @Nullable Path file) {
    return print(
        switch (direction) {
          case "cedar-to-json" ->
              CedarCommands.policiesToJson(CedarFiles.orInput("policy set", file));
          case "json-to-cedar" ->
              CedarCommands.policiesToText(CedarFiles.orInput("JSON policy", file));
          default -> throw unknown(direction);
        });
  }

  @Command(
      name = "translate-schema",
      description = "Translates a schema between Cedar text and JSON.",
      mixinStandardHelpOptions = true)
  int translateSchema(
      @Option(
              names = "--direction",
              required = true,
              paramLabel = "DIRECTION",
              completionCandidates = CedarOptions.SchemaDirections.class,
              description =
                  "json-to-cedar, cedar-to-json, or cedar-to-json-with-resolved-types, where every"
                      + " type says whether it is an entity type or a common one")
          String direction,
      @Option(
              names = {"-s", "--schema"},
              paramLabel = "FILE",
              description = "the schema; standard input where it is left out")
          @Nullable Path file) {
    Text text = CedarFiles.orInput("schema", file);
    return print(
        switch (direction) {
          case "json-to-cedar" -> CedarCommands.schemaToText(text);
          case "cedar-to-json" -> CedarCommands.schemaToJson(text);
          case "cedar-to-json-with-resolved-types" -> CedarCommands.schemaToResolvedJson(text);
          default -> throw unknown(direction);
        });
  }

  @Command(name = "link", description = "Links a template.", mixinStandardHelpOptions = true)
  int link(
      @Mixin CedarOptions.Policies policies,
      @Option(
              names = "--template-id",
              required = true,
              paramLabel = "TEMPLATE_ID",
              description = "the template")
          String template,
      @Option(
              names = {"-n", "--new-id"},
              required = true,
              paramLabel = "NEW_ID",
              description = "the id of the new policy")
          String id,
      @Option(
              names = {"-a", "--arguments"},
              required = true,
              paramLabel = "ARGUMENTS",
              description = "what fills the slots: '{\"?principal\": \"User::\\\"alice\\\"\"}'")
          String arguments) {
    Map<String, String> values;
    try {
      values = Links.arguments(arguments);
    } catch (IllegalArgumentException | DiagnosticsException wrong) {
      throw new UsageException("--arguments: " + wrong.getMessage());
    }
    Path known = policies.links;
    Inputs inputs = policies.alone(Inputs.NONE);
    Text before = known != null && Files.exists(known) ? CedarFiles.later("links", known) : null;
    Outcome outcome =
        CedarCommands.link(
            before == null ? inputs : inputs.withLinks(before), template, id, values);
    if (known != null && outcome.exitCode() == Outcome.OK) {
      String links = Links.with(before == null ? null : before.read(), template, id, values);
      return print(CedarFiles.written("links", known, links, outcome));
    }
    return print(outcome);
  }

  @Command(
      name = "tpe",
      description = "Decides a request of which not all is known, as far as that goes.",
      mixinStandardHelpOptions = true)
  int tpe(
      @Mixin CedarOptions.PartialRequest request,
      @Mixin CedarOptions.Policies policies,
      @Mixin CedarOptions.Schema schema,
      @Option(
              names = "--entities",
              required = true,
              paramLabel = "FILE",
              description = "the entities, as JSON")
          Path entities,
      @Option(
              names = {"-t", "--timing"},
              description = "say how long it took")
          boolean timing) {
    Inputs inputs = schema.wanted(policies.into(Inputs.NONE));
    inputs = inputs.withEntities(CedarFiles.later("entities", entities));
    Text whole = CedarFiles.orNone("request json", request.whole);
    Text context = CedarFiles.orNone("context-json", request.context);
    return print(
        CedarCommands.tpe(
            inputs,
            () ->
                whole != null
                    ? PartialQuestion.of(whole.read())
                    : new PartialQuestion(
                        request.principalType,
                        request.principalId,
                        request.action,
                        request.resourceType,
                        request.resourceId,
                        context),
            timing));
  }

  @Command(
      name = "run-tests",
      description = "Runs tests of policies: a JSON array of name, request, entities, decision, …",
      mixinStandardHelpOptions = true)
  int runTests(
      @Mixin CedarOptions.Policies policies,
      @Option(
              names = "--tests",
              required = true,
              paramLabel = "FILE",
              description = "the tests, as JSON")
          Path tests,
      @Mixin CedarOptions.Schema schema) {
    Inputs inputs = schema.into(policies.into(Inputs.NONE));
    return print(
        PolicyTests.run(inputs, CedarFiles.later("test", tests), file -> beside(tests, file)));
  }

  /** A file in the folder of another, or below it. */
  private static Source beside(Path other, String name) {
    Path folder = other.toAbsolutePath().normalize().getParent();
    Path file = folder == null ? Path.of(name) : folder.resolve(name).normalize();
    if (folder == null || !file.startsWith(folder)) {
      throw new IllegalArgumentException(
          "entities file `" + name + "` is outside of the test file directory `" + folder + "`");
    }
    try {
      return CedarFiles.read("entities", file);
    } catch (Failure e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()));
    }
  }

  @Command(
      name = "visualize",
      description = "Prints entities and what they are in as a Graphviz graph.",
      mixinStandardHelpOptions = true)
  int visualize(
      @Option(
              names = "--entities",
              required = true,
              paramLabel = "FILE",
              description = "the entities, as JSON")
          Path entities) {
    return print(CedarCommands.visualize(CedarFiles.later("entities", entities)));
  }

  @Command(
      name = "language-version",
      description = "Says which version of the language this is.",
      mixinStandardHelpOptions = true)
  int languageVersion() {
    return print(CedarCommands.languageVersion());
  }

  private static UsageException unknown(String direction) {
    return new UsageException("unknown direction `" + direction + "`");
  }
}
