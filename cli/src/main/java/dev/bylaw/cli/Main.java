package dev.bylaw.cli;

import dev.bylaw.runtime.BylawException;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.DidYouMean;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line's entry. */
@Command(
    name = "bylaw",
    versionProvider = Main.Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Governs AI agents: policies say what they may do, playbooks how it is done.",
    commandListHeading = "%nCommands:%n",
    subcommands = {
      DemoCommand.class,
      InitCommand.class,
      CheckCommand.class,
      DecideCommand.class,
      RunCommand.class,
      ApprovalsCommand.class,
      RunsCommand.class,
      EffectiveCommand.class,
      WhyCommand.class,
      CapsCommand.class,
      MetricsCommand.class,
      AuditCommand.class,
      RegoCommand.class,
      ConformanceCommand.class,
      CedarCommand.class,
      ContentCommand.class,
    },
    footer = {
      "",
      "Examples:",
      "  bylaw demo --keep acme          the specification's scenarios, in a folder to play with",
      "  bylaw init my-agents            a commented starter of one's own",
      "  bylaw check my-agents           every mistake, with line and caret",
      "  bylaw decide request.json       one decision; exit code 0, 3 (block) or 4 (approval)",
      "",
      "`bylaw COMMAND --help` explains each."
    })
public final class Main implements Runnable {
  /** The version of this build. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"bylaw " + (version == null ? "(development)" : version)};
    }
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs a command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    int code =
        arguments.length == 1 && arguments[0].equals("--aot-training")
            ? Training.run()
            : run(Screen.standard(), arguments);
    System.out.flush();
    System.exit(code);
  }

  /** Runs a command line. */
  static int run(Screen screen, String... arguments) {
    CommandLine commands = commands(screen, wantsJson(arguments));
    String misused = CedarUsage.mistake(commands, List.of(arguments));
    if (misused != null) {
      screen.error(misused);
      return Exit.USAGE;
    }
    return commands.execute(arguments);
  }

  /** Whether the arguments ask for JSON, also where they are wrong otherwise. */
  private static boolean wantsJson(String... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      String word = arguments[i].toLowerCase(Locale.ROOT);
      boolean alone = word.equals("-o") || word.equals("--output");
      if (word.equals("-ojson")
          || word.equals("-o=json")
          || word.equals("--output=json")
          || (alone && i + 1 < arguments.length && arguments[i + 1].equalsIgnoreCase("json"))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The whole tree of commands, printing on a screen.
   *
   * @param json whether what goes wrong is told as JSON
   */
  static CommandLine commands(Screen screen, boolean json) {
    var main = new CommandLine(new Main(), new Commands(screen));
    main.setCaseInsensitiveEnumValuesAllowed(true);
    versions(main);
    main.setUsageHelpWidth(100);
    main.setUsageHelpAutoWidth(false);
    main.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    main.setOut(new PrintWriter(screen.stream(), true, java.nio.charset.StandardCharsets.UTF_8));
    main.setExecutionExceptionHandler((e, _, _) -> {
      Complaint.tell(screen, e, json);
      boolean misuse =
          e instanceof DiagnosticsException
              || e instanceof UsageException
              || e instanceof BylawException told && told.isMisuse();
      return misuse ? Exit.USAGE : Exit.FAILED;
    });
    main.setParameterExceptionHandler((e, _) -> {
      CommandLine command = e.getCommandLine();
      Complaint.usage(
          screen,
          wrongUsage(e),
          "`" + command.getCommandSpec().qualifiedName() + " --help` tells what it takes",
          json);
      return Exit.USAGE;
    });
    return main;
  }

  /** Every command tells the one version there is. */
  private static void versions(CommandLine command) {
    for (CommandLine each : command.getSubcommands().values()) {
      each.getCommandSpec().versionProvider(new Version());
      versions(each);
    }
  }

  /** What is wrong with the arguments, and what was meant where a name is close. */
  private static String wrongUsage(CommandLine.ParameterException e) {
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      String first = unmatched.getUnmatched().getFirst();
      CommandSpec command = e.getCommandLine().getCommandSpec();
      if (first.startsWith("-")) {
        return "unknown option `" + first + "`" + near(first, command.optionsMap().keySet());
      }
      return command.subcommands().isEmpty()
          ? "`" + first + "` is one argument too many"
          : "unknown command `" + first + "`" + near(first, command.subcommands().keySet());
    }
    if (e instanceof CommandLine.MissingParameterException missing
        && !missing.getMissing().isEmpty()) {
      return missing.getMissing().stream()
          .map(Main::nameOf)
          .collect(
              Collectors.joining(
                  ", ", "", missing.getMissing().size() == 1 ? " is missing" : " are missing"));
    }
    return String.valueOf(e.getMessage())
        .replace("option option", "option")
        .replace(" (case-insensitive)", "")
        .replaceFirst("is not an? (?:int|long)$", "is not a whole number");
  }

  /** What a person has to write: an option with what it takes, or the name of what is expected. */
  private static String nameOf(CommandLine.Model.ArgSpec argument) {
    return argument instanceof CommandLine.Model.OptionSpec option
        ? "`" + option.longestName() + " " + option.paramLabel() + "`"
        : "`" + argument.paramLabel() + "`";
  }

  private static String near(String name, Set<String> known) {
    String hint = DidYouMean.hint(name, known);
    return hint.isEmpty() ? "" : ", " + hint;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Makes commands; each gets the screen. */
  private record Commands(Screen screen) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      K command = CommandLine.defaultFactory().create(type);
      if (command instanceof PrintingCommand printing) {
        printing.screen = screen;
      }
      return command;
    }
  }

  /** What a list of diagnostics comes to: {@code 2 errors, 1 warning}. */
  static String summary(List<Diagnostic> diagnostics) {
    long errors = diagnostics.stream().filter(Diagnostic::isError).count();
    long warnings = diagnostics.size() - errors;
    return plural(errors, "error") + (warnings > 0 ? ", " + plural(warnings, "warning") : "");
  }

  /** A number of things in words: {@code 1 error}, {@code 2 errors}. */
  static String plural(long count, String word) {
    return count + " " + word + (count == 1 ? "" : "s");
  }
}
