package dev.bylaw.cli;

import dev.bylaw.runtime.Bylaw;
import dev.bylaw.runtime.BylawException;
import dev.bylaw.runtime.run.RunStanding;
import dev.bylaw.store.journal.Run;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bylaw runs}. */
@Command(
    name = "runs",
    description = "Runs of playbooks: list them, look at one, take up those that were cut off.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunsCommand.ListAll.class,
      RunsCommand.Show.class,
      RunsCommand.Resume.class,
      RunsCommand.Cancel.class
    },
    footer = {"", "Examples:", "  bylaw runs list", "  bylaw runs show 01J9…"})
final class RunsCommand extends ScreenCommand {
  @Override
  public Integer call() {
    var list = new ListAll();
    list.screen = screen;
    list.dir = dir;
    list.output = output;
    return list.call();
  }

  private static ObjectValue value(Run run) {
    return ObjectValue.builder(10)
        .put("run", run.id())
        .put("playbook", run.playbook())
        .put("version", run.version())
        .put("agent", run.agent())
        .put("status", run.status().text())
        .put("inputs", run.inputs())
        .put("result", run.result())
        .put("started", run.started().toString())
        .put(
            "ended",
            run.ended().<Value>map(at -> StringValue.of(at.toString())).orElse(NullValue.NULL))
        .put("definition", run.definition())
        .build();
  }

  /** {@code bylaw runs list}. */
  @Command(name = "list", description = "Lists the newest runs.")
  static final class ListAll extends ScreenCommand {
    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "how many")
    private int limit = 50;

    @Override
    public Integer call() {
      try (Bylaw bylaw = look()) {
        List<Run> runs = bylaw.runs().latest(atLeastOne("--limit", limit));
        print(
            ArrayValue.of(runs.stream().map(RunsCommand::value).toList()),
            () -> {
              if (runs.isEmpty()) {
                screen.text("there are no runs yet");
                return;
              }
              List<List<String>> rows = new ArrayList<>();
              for (Run run : runs) {
                rows.add(
                    List.of(
                        run.id(),
                        run.status().text(),
                        run.playbook() + " " + run.version(),
                        run.agent(),
                        run.started().toString()));
              }
              screen.table(List.of("run", "status", "playbook", "agent", "started"), rows);
            });
      }
      return Exit.OK;
    }
  }

  /** {@code bylaw runs show}. */
  @Command(name = "show", description = "Shows what was decided and done in one run.")
  static final class Show extends ScreenCommand {
    @Parameters(paramLabel = "RUN", description = "its id")
    private String id = "";

    @Override
    public Integer call() {
      try (Bylaw bylaw = look()) {
        Run run =
            bylaw
                .runs()
                .find(id)
                .orElseThrow(() ->
                    BylawException.misuse(
                        "there is no run `" + id + "`; `bylaw runs list` shows them"));
        ArrayValue events =
            ArrayValue.of(bylaw.runs().events(id).stream().map(event -> event.value()).toList());
        print(
            value(run).with("events", events),
            () -> {
              screen.line(
                  run.playbook(),
                  " ",
                  run.version(),
                  screen.styled(Screen.Style.DIM, "  run " + run.id() + " of " + run.agent()));
              new RunText(screen, "").steps(bylaw.audit().ofRun(id));
              screen.line(
                  screen.styled(Screen.Style.BOLD, run.status().text().replace('_', ' ')),
                  "  ",
                  RunText.shorten(run.result()));
            });
      }
      return Exit.OK;
    }
  }

  /** {@code bylaw runs resume}. */
  @Command(
      name = "resume",
      description = "Takes up every run that was cut off, and waits until all of them rest.")
  static final class Resume extends ScreenCommand {
    @Override
    public Integer call() {
      try (Bylaw bylaw = open()) {
        List<RunStanding> standings = bylaw.resumed(Duration.ofMinutes(10));
        print(
            ArrayValue.of(
                standings.stream()
                    .map(run ->
                        (Value)
                            ObjectValue.of(
                                "run",
                                StringValue.of(run.id()),
                                "status",
                                StringValue.of(run.status().word())))
                    .toList()),
            () -> {
              if (standings.isEmpty()) {
                screen.text("no run was cut off");
              }
              standings.forEach(each -> RunText.standing(screen, each));
            });
      }
      return Exit.OK;
    }
  }

  /** {@code bylaw runs cancel}. */
  @Command(name = "cancel", description = "Ends a run; an action under way is waited for.")
  static final class Cancel extends ScreenCommand {
    @Parameters(paramLabel = "RUN", description = "its id")
    private String id = "";

    @Option(names = "--as", required = true, paramLabel = "NAME", description = "who cancels")
    private String person = "";

    @Option(
        names = {"-m", "--reason"},
        paramLabel = "TEXT",
        description = "why")
    private String reason = "";

    @Override
    public Integer call() {
      try (Bylaw bylaw = open()) {
        if (bylaw.runs().find(id).isEmpty()) {
          throw new BylawException("there is no run `" + id + "`; `bylaw runs list` shows them");
        }
        RunText.standing(screen, bylaw.cancel(id, person, reason));
      }
      return Exit.OK;
    }
  }
}
