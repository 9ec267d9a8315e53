package dev.bylaw.cli;

import dev.bylaw.cli.Screen.Style;
import dev.bylaw.runtime.Bylaw;
import dev.bylaw.runtime.BylawException;
import dev.bylaw.store.Trouble;
import dev.bylaw.store.erasure.Erased;
import dev.bylaw.store.erasure.Erasure;
import dev.bylaw.store.log.Checkpoint;
import dev.bylaw.store.log.Finding;
import dev.bylaw.store.log.LogFile;
import dev.bylaw.store.log.LogName;
import dev.bylaw.store.log.LogRecord;
import dev.bylaw.store.log.SigningKey;
import dev.bylaw.store.log.Verification;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bylaw audit}. */
@Command(
    name = "audit",
    description = "The policy log and the playbook log: read, verify, export, erase.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AuditCommand.Log.class,
      AuditCommand.Verify.class,
      AuditCommand.Export.class,
      AuditCommand.CheckpointNow.class,
      AuditCommand.Erase.class
    },
    footer = {
      "",
      "Examples:",
      "  bylaw audit log policy --limit 20",
      "  bylaw audit checkpoint > /elsewhere/checkpoint.json",
      "  bylaw audit verify --checkpoint /elsewhere/checkpoint.json",
      "  bylaw audit export logs.jsonl && bylaw audit verify --file logs.jsonl",
      "  bylaw audit erase --subject jane@example.com --as dpo --reason 'request 4711'"
    })
final class AuditCommand extends ScreenCommand {
  @Override
  public Integer call() {
    picocli.CommandLine.usage(this, screen.stream());
    return Exit.USAGE;
  }

  /** {@code bylaw audit log}. */
  @Command(name = "log", description = "Shows the newest records of a log.")
  static final class Log extends ScreenCommand {
    @Parameters(arity = "0..1", paramLabel = "LOG", description = "policy or playbook")
    private LogName log = LogName.POLICY;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "how many")
    private int limit = 50;

    @Override
    public Integer call() {
      try (Bylaw bylaw = look()) {
        List<LogRecord> records = bylaw.audit().latest(log, atLeastOne("--limit", limit));
        if (json()) {
          records.forEach(record -> screen.jsonLine(value(record)));
        } else {
          text(screen, records);
        }
      }
      return Exit.OK;
    }

    private static Value value(LogRecord record) {
      ObjectValue.Builder out =
          ObjectValue.builder(9)
              .put("log", record.chain().log().text())
              .put("seq", NumberValue.of(record.seq()))
              .put("time", record.time().toString())
              .put("event", record.event())
              .put("decision", record.decision())
              .put("run", record.run())
              .put("hash", record.hash());
      record.payload().ifPresent(payload -> out.put("payload", payload.value()));
      return out.put("erased", Value.of(record.payload().isEmpty())).build();
    }

    /** Records as people read them, a line each. */
    static void text(Screen screen, List<LogRecord> records) {
      for (LogRecord record : records) {
        screen.line(
            screen.styled(Style.DIM, "  " + record.seq() + "  " + record.time() + "  "),
            record.event(),
            "  ",
            record
                .payload()
                .map(payload -> gist(record.event(), payload.value()))
                .orElse(screen.styled(Style.DIM, "erased")));
      }
    }

    private static String gist(String event, ObjectValue payload) {
      StringBuilder out = new StringBuilder();
      List<String> keys =
          switch (event) {
            case "policy_decision" -> List.of("agent", "action", "decision", "reason");
            case "policy_violation" -> List.of("rule", "severity", "message");
            case "outcome_reported" -> List.of("outcome", "detail");
            default ->
                List.of(
                    "playbook",
                    "step",
                    "action",
                    "approval",
                    "person",
                    "answer",
                    "by",
                    "message",
                    "error");
          };
      for (String key : keys) {
        Value value = payload.get(key);
        if (value != null
            && value.kind() != Value.Kind.NULL
            && !value.equals(ObjectValue.EMPTY)
            && !value.equals(Value.of(""))) {
          out.append(out.isEmpty() ? "" : "  ").append(RunText.shorten(value));
        }
      }
      return out.toString();
    }
  }

  /** {@code bylaw audit verify}. */
  @Command(
      name = "verify",
      description = "Finds changed, dropped, reordered, cut and rewritten records.",
      footer = {"", "Exit codes: 0 nothing is wrong, 1 something is."})
  static final class Verify extends ScreenCommand {
    @Option(
        names = "--checkpoint",
        paramLabel = "FILE",
        description = "a checkpoint that was kept elsewhere: finds a log that was cut or rewritten")
    private @Nullable Path checkpoint;

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "verify an exported file instead of the store")
    private @Nullable Path file;

    @Option(
        names = "--key",
        paramLabel = "BASE64",
        description = "the public key to trust for an exported file")
    private @Nullable String key;

    @Override
    public Integer call() throws IOException {
      Optional<Checkpoint> kept =
          checkpoint == null ? Optional.empty() : Optional.of(read(checkpoint));
      Verification verification;
      if (file != null) {
        try {
          verification =
              LogFile.verify(file, kept, Optional.ofNullable(key).map(SigningKey::publicKey));
        } catch (IOException e) {
          throw BylawException.misuse("`" + file + "` cannot be read: " + Trouble.reason(e));
        }
      } else {
        try (Bylaw bylaw = look()) {
          verification = bylaw.audit().verify(kept);
        }
      }
      Verification found = verification;
      print(
          value(found),
          () -> {
            text(screen, found);
            if (found.holds() && kept.isEmpty()) {
              screen.line(
                  "  a log that was cut or rewritten together with its checkpoints is found only"
                      + " with --checkpoint FILE, one that was kept elsewhere");
            }
          });
      return found.holds() ? Exit.OK : Exit.FAILED;
    }

    private static Checkpoint read(Path path) {
      try {
        return Checkpoint.parse(Files.readString(path));
      } catch (IOException e) {
        throw BylawException.misuse(
            "the checkpoint in `" + path + "` cannot be read: " + Trouble.reason(e));
      } catch (IllegalArgumentException e) {
        throw BylawException.misuse(path + " holds no checkpoint: " + e.getMessage());
      }
    }

    private static Value value(Verification it) {
      return ObjectValue.builder(6)
          .put("ok", Value.of(it.holds()))
          .put("records", NumberValue.of(it.records()))
          .put("erased", NumberValue.of(it.erased()))
          .put("chains", NumberValue.of(it.chains()))
          .put("checkpoints", NumberValue.of(it.checkpoints()))
          .put(
              "findings",
              ArrayValue.of(
                  it.findings().stream()
                      .map(each ->
                          (Value)
                              ObjectValue.builder(4)
                                  .put(
                                      "kind", each.kind().name().toLowerCase(java.util.Locale.ROOT))
                                  .put("chain", each.chain())
                                  .put("seq", NumberValue.of(each.seq()))
                                  .put("message", each.message())
                                  .build())
                      .toList()))
          .build();
    }

    /** A verification as people read it. */
    static void text(Screen screen, Verification it) {
      screen.line(
          it.holds() ? screen.styled(Style.GOOD, "✓ ") : screen.styled(Style.BAD, "✗ "),
          Main.plural(it.records(), "record")
              + " in "
              + Main.plural(it.chains(), "chain")
              + ", "
              + it.erased()
              + " erased, "
              + Main.plural(it.checkpoints(), "checkpoint")
              + ": ",
          it.holds() ? "nothing is wrong" : Main.plural(it.findings().size(), "finding"));
      for (Finding each : it.findings()) {
        screen.line(
            "  ",
            screen.styled(Style.BAD, each.kind().name().toLowerCase(java.util.Locale.ROOT)),
            "  ",
            each.chain(),
            " at " + each.seq() + ": ",
            Screen.printable(each.message()));
      }
    }
  }

  /** {@code bylaw audit export}. */
  @Command(name = "export", description = "Writes both logs to a file that verifies by itself.")
  static final class Export extends ScreenCommand {
    @Parameters(paramLabel = "FILE", description = "JSON Lines; must not be there yet")
    private Path file = Path.of("");

    @Override
    public Integer call() {
      if (Files.exists(file)) {
        throw new BylawException("`" + file + "` is there already");
      }
      try (Bylaw bylaw = look()) {
        bylaw.audit().export(file);
        print(
            ObjectValue.builder(2)
                .put("file", file.toString())
                .put("public_key", bylaw.audit().publicKey())
                .build(),
            () -> {
              screen.text("the logs are in " + file);
              screen.text(
                  "verify them anywhere: bylaw audit verify --file "
                      + file
                      + " --key "
                      + bylaw.audit().publicKey());
            });
      }
      return Exit.OK;
    }
  }

  /** {@code bylaw audit checkpoint}. */
  @Command(
      name = "checkpoint",
      description = "Signs how far the logs have come and prints it; keep it elsewhere.")
  static final class CheckpointNow extends ScreenCommand {
    @Override
    public Integer call() {
      try (Bylaw bylaw = change()) {
        screen.jsonLine(bylaw.audit().checkpoint().statement());
      }
      return Exit.OK;
    }
  }

  /** {@code bylaw audit erase}. */
  @Command(
      name = "erase",
      description = "Erases what is known of a person or of a run; leaves tombstones.")
  static final class Erase extends ScreenCommand {
    @Option(names = "--subject", paramLabel = "TEXT", description = "an id, an address, a name")
    private @Nullable String subject;

    @Option(names = "--run", paramLabel = "RUN", description = "all of one run, which has ended")
    private @Nullable String run;

    @Option(names = "--fields", paramLabel = "NAME", split = ",", description = "only these fields")
    private List<String> fields = List.of();

    @Option(names = "--as", required = true, paramLabel = "NAME", description = "who asks for it")
    private String person = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "why; must not name the person")
    private String reason = "";

    @Override
    public Integer call() {
      if ((subject == null) == (run == null)) {
        throw new UsageException("say what to erase: either --subject or --run");
      }
      try (Bylaw bylaw = change()) {
        Set<String> only = new LinkedHashSet<>(fields);
        Erasure what =
            subject != null
                ? new Erasure.Subject(bylaw.identity(), subject, only)
                : new Erasure.Run(bylaw.identity(), java.util.Objects.requireNonNull(run), only);
        Erased erased = bylaw.audit().erase(what, person, reason);
        ObjectValue value = (ObjectValue) Value.of(erased);
        print(
            value,
            () -> {
              screen.text(
                  "erased: "
                      + Main.plural(erased.records(), "record")
                      + ", "
                      + Main.plural(erased.runs(), "run")
                      + ", "
                      + Main.plural(erased.approvals(), "approval")
                      + ", "
                      + Main.plural(erased.counters(), "counter"));
              erased
                  .left()
                  .forEach(left ->
                      screen.text(
                          "left: " + left + ", which is under way; erase again once it has ended"));
              if (!erased.walCleared()) {
                screen.text(
                    "it stands in the write-ahead log still, as another program reads the store: end"
                        + " that program, and give this command once more");
              }
            });
      } catch (IllegalArgumentException | IllegalStateException e) {
        throw new BylawException(String.valueOf(e.getMessage()));
      }
      return Exit.OK;
    }
  }
}
