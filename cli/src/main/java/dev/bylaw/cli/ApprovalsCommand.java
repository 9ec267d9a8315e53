package dev.bylaw.cli;

import dev.bylaw.cli.Screen.Style;
import dev.bylaw.playbook.machine.Event;
import dev.bylaw.runtime.Bylaw;
import dev.bylaw.runtime.BylawException;
import dev.bylaw.runtime.approve.Approvals;
import dev.bylaw.runtime.approve.ApproverKeys;
import dev.bylaw.runtime.run.RunStanding;
import dev.bylaw.store.Trouble;
import dev.bylaw.store.approval.KeptApproval;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bylaw approvals}. */
@Command(
    name = "approvals",
    description = "Questions to people: list them, answer them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ApprovalsCommand.ListAll.class,
      ApprovalsCommand.Show.class,
      ApprovalsCommand.Approve.class,
      ApprovalsCommand.Reject.class,
      ApprovalsCommand.DelegateTo.class,
      ApprovalsCommand.Key.class
    },
    footer = {
      "",
      "Whoever answers proves it with a key: in BYLAW_KEY, with --key FILE, or in",
      "~/.bylaw/keys/NAME. `bylaw approvals key NAME` makes one.",
      "",
      "Examples:",
      "  bylaw approvals list",
      "  bylaw approvals approve 01J9… --as dana --comment 'checked with the customer'"
    })
final class ApprovalsCommand extends ScreenCommand {
  @Override
  public Integer call() {
    return new ListAll().over(this);
  }

  /** {@code bylaw approvals list}. */
  @Command(name = "list", description = "Lists pending questions; --all also those decided.")
  static final class ListAll extends ScreenCommand {
    @Option(names = "--all", description = "the newest hundred, decided ones too")
    private boolean all;

    Integer over(ScreenCommand parent) {
      screen = parent.screen;
      dir = parent.dir;
      output = parent.output;
      return call();
    }

    @Override
    public Integer call() {
      try (Bylaw bylaw = look()) {
        List<KeptApproval> found =
            all ? bylaw.approvals().latest(100) : bylaw.approvals().pending();
        print(
            ArrayValue.of(found.stream().map(each -> shown(bylaw, each)).toList()),
            () -> {
              text(found);
              found.forEach(each -> tellShortage(screen, bylaw, each));
            });
      }
      return Exit.OK;
    }

    private void text(List<KeptApproval> found) {
      if (found.isEmpty()) {
        screen.text(all ? "nobody was ever asked" : "nobody is asked");
        return;
      }
      List<List<String>> rows = new ArrayList<>();
      for (KeptApproval each : found) {
        ObjectValue value = (ObjectValue) each.value();
        ObjectValue action =
            value.get("action") instanceof ObjectValue object ? object : ObjectValue.EMPTY;
        rows.add(
            List.of(
                each.id(),
                each.status(),
                value.text("agent"),
                action.text("action"),
                RunText.shorten(action.get("params") == null ? ObjectValue.EMPTY : value(action)),
                each.requested().toString()));
      }
      screen.table(List.of("id", "status", "agent", "action", "with", "asked"), rows);
    }

    private static Value value(ObjectValue action) {
      Value params = action.get("params");
      return params == null ? ObjectValue.EMPTY : params;
    }
  }

  /** {@code bylaw approvals show}. */
  @Command(name = "show", description = "Shows one question with its whole history.")
  static final class Show extends ScreenCommand {
    @Parameters(paramLabel = "ID")
    private String id = "";

    @Override
    public Integer call() {
      try (Bylaw bylaw = look()) {
        KeptApproval found =
            bylaw
                .approvals()
                .find(id)
                .orElseThrow(() ->
                    BylawException.misuse(
                        "there is no approval `" + id + "`; `bylaw approvals list` shows them"));
        screen.json(shown(bylaw, found));
      }
      return Exit.OK;
    }
  }

  /** A question for scripts; {@code shortage} says why nobody can answer it. */
  private static Value shown(Bylaw bylaw, KeptApproval approval) {
    ObjectValue value = (ObjectValue) approval.value();
    return bylaw
        .approvals()
        .shortage(approval)
        .map(why -> (Value) value.with("shortage", StringValue.of(why)))
        .orElse(value);
  }

  /** Says why nobody can answer a question, where that is so. */
  static void tellShortage(Screen screen, Bylaw bylaw, KeptApproval approval) {
    bylaw
        .approvals()
        .shortage(approval)
        .ifPresent(why ->
            screen.text(
                approval.id()
                    + " can be answered by nobody: "
                    + why
                    + "; add people to `approvers` in `bylaw.yaml`"));
  }

  /** Who answers. */
  abstract static class Answering extends ScreenCommand {
    @Parameters(paramLabel = "ID", description = "the approval's id")
    String id = "";

    @Option(names = "--as", required = true, paramLabel = "NAME", description = "who answers")
    String person = "";

    @Option(
        names = "--key",
        paramLabel = "FILE",
        description =
            "the file with that person's key; BYLAW_KEY or ~/.bylaw/keys/NAME if left out")
    @Nullable Path keyFile;

    @Option(
        names = {"-m", "--comment"},
        paramLabel = "TEXT",
        description = "why")
    String comment = "";

    Approvals.Person who() {
      return new Approvals.Person(person, key());
    }

    private Optional<String> key() {
      if (keyFile != null) {
        return Optional.of(read(keyFile));
      }
      String variable = System.getenv("BYLAW_KEY");
      if (variable != null && !variable.isBlank()) {
        return Optional.of(variable);
      }
      Path own = keys().resolve(person);
      return person.matches("[A-Za-z0-9._-]+") && Files.isRegularFile(own)
          ? Optional.of(read(own))
          : Optional.empty();
    }

    private static String read(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        // Not by its name: who takes the option for the key itself would have it on the screen.
        throw new BylawException(
            "the file of the key cannot be read: "
                + Trouble.reason(e)
                + "; --key takes the name of a file, BYLAW_KEY the key itself");
      }
    }

    Integer tell(Approvals.Answered answered) {
      ObjectValue value =
          ObjectValue.builder(3)
              .put("approval", answered.approval().id())
              .put("status", answered.approval().status())
              .put(
                  "runs",
                  ArrayValue.of(
                      answered.runs().stream()
                          .map(run ->
                              (Value)
                                  ObjectValue.builder(4)
                                      .put("run", run.id())
                                      .put("status", run.status().word())
                                      .put("output", run.output())
                                      .put("error", run.error())
                                      .build())
                          .toList()))
              .build();
      print(
          value,
          () -> {
            screen.line(
                "approval ",
                answered.approval().id(),
                " is ",
                screen.styled(Style.BOLD, answered.approval().status()));
            for (RunStanding run : answered.runs()) {
              RunText.standing(screen, run);
            }
          });
      return answered.runs().isEmpty()
          ? Exit.OK
          : answered.runs().stream().mapToInt(RunCommand::exit).max().orElse(Exit.OK);
    }
  }

  /** Who says yes or no to an action that they have seen. */
  abstract static class Judging extends Answering {
    @Option(
        names = "--at-version",
        paramLabel = "N",
        defaultValue = "1",
        description =
            "the version of the action that `show` showed; 1 (as it was asked) if left out, so that"
                + " nobody agrees to a colleague's edit unseen")
    private int version = 1;

    int seen() {
      return atLeastOne("--at-version", version);
    }
  }

  private static Path keys() {
    return Path.of(System.getProperty("user.home", "."), ".bylaw", "keys");
  }

  /** {@code bylaw approvals approve}. */
  @Command(
      name = "approve",
      description = "Agrees, and drives on the run that waits.",
      footer = {
        "",
        "Exit codes: 0 agreed (the run that waited is completed), 1 refused or the run failed,",
        "3 the run was blocked, 4 the run waits again."
      })
  static final class Approve extends Judging {
    @Option(
        names = "--edit",
        paramLabel = "FILE",
        description =
            "a JSON object: the parameters as they are to be; the action is decided again")
    private @Nullable String edit;

    @Option(
        names = "--outcome",
        paramLabel = "WHAT",
        description = "of an action that was cut off: done, not_done or retry")
    private @Nullable String outcome;

    @Override
    public Integer call() {
      Optional<ObjectValue> edited = Optional.empty();
      if (edit != null) {
        edited =
            Optional.of(Inputs.read(edit) instanceof ObjectValue object ? object : refuse(edit));
      }
      try (Bylaw bylaw = open()) {
        return tell(bylaw.approvals().approve(id, seen(), who(), comment, edited, outcome()));
      }
    }

    private static ObjectValue refuse(String file) {
      throw new BylawException("`" + file + "` holds no JSON object");
    }

    private Optional<Event.Answer> outcome() {
      if (outcome == null) {
        return Optional.empty();
      }
      return Optional.of(
          switch (outcome.toLowerCase(Locale.ROOT)) {
            case "done" -> Event.Answer.DONE;
            case "not_done", "not-done" -> Event.Answer.NOT_DONE;
            case "retry" -> Event.Answer.RETRY;
            default ->
                throw new BylawException(
                    "unknown outcome `" + outcome + "`, expected done, not_done or retry");
          });
    }
  }

  /** {@code bylaw approvals reject}. */
  @Command(name = "reject", description = "Refuses, and drives on the run that waits.")
  static final class Reject extends Judging {
    @Override
    public Integer call() {
      try (Bylaw bylaw = open()) {
        var _ = tell(bylaw.approvals().reject(id, seen(), who(), comment));
        return Exit.OK;
      }
    }
  }

  /** {@code bylaw approvals delegate}. */
  @Command(name = "delegate", description = "Lets another person answer instead.")
  static final class DelegateTo extends Answering {
    @Option(names = "--to", required = true, paramLabel = "NAME", description = "who is to answer")
    private String to = "";

    @Override
    public Integer call() {
      try (Bylaw bylaw = open()) {
        KeptApproval approval = bylaw.approvals().delegate(id, who(), to);
        print(approval.value(), () -> screen.text(to + " may answer " + id + " instead"));
      }
      return Exit.OK;
    }
  }

  /** {@code bylaw approvals key}. */
  @Command(
      name = "key",
      description = "Makes a key for an approver and prints the line that bylaw.yaml needs.")
  static final class Key extends ScreenCommand {
    @Parameters(paramLabel = "NAME", description = "the approver")
    private String person = "";

    @Option(
        names = "--key",
        paramLabel = "FILE",
        description = "where the key goes; ~/.bylaw/keys/NAME if left out")
    private @Nullable Path file;

    @Override
    public Integer call() {
      if (!person.matches("[A-Za-z0-9._-]{1,64}")) {
        throw new BylawException("a name has letters, digits, dots, underscores and dashes");
      }
      Path target = file == null ? keys().resolve(person) : file;
      String hash = ApproverKeys.make(target);
      print(
          ObjectValue.builder(2).put("key", hash).put("file", target.toString()).build(),
          () -> {
            screen.text("the key is in " + target + "; keep it to yourself");
            screen.text("bylaw.yaml, under approvers:");
            screen.text("  " + person + ": { key: \"" + hash + "\" }");
          });
      return Exit.OK;
    }
  }
}
