package dev.bylaw.cli;

import picocli.CommandLine.Command;

/** {@code bylaw rego}. */
@Command(
    name = "rego",
    description = "Policies in Rego: evaluate, test, check, format, bundle; as `opa` does.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RegoEvalCommand.class,
      RegoTestCommand.class,
      RegoCheckCommand.class,
      RegoFormatCommand.class,
      RegoParseCommand.class,
      RegoBenchCommand.class,
      RegoDepsCommand.class,
      RegoBuildCommand.class,
    },
    footer = {
      "",
      "Examples:",
      "  bylaw rego eval -d policies -i request.json 'data.authz.allow'",
      "  bylaw rego test -v policies",
      "  bylaw rego check --strict policies",
      "  bylaw rego fmt --write policies"
    })
final class RegoCommand extends PrintingCommand {
  @Override
  public Integer call() {
    picocli.CommandLine.usage(this, screen.stream());
    return Exit.USAGE;
  }
}
