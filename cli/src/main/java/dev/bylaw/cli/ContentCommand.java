package dev.bylaw.cli;

import dev.bylaw.content.EntityType;
import dev.bylaw.content.Finding;
import dev.bylaw.content.Findings;
import dev.bylaw.content.Findings.Gap;
import dev.bylaw.content.Inspector;
import dev.bylaw.content.Redacted;
import dev.bylaw.content.Redaction;
import dev.bylaw.content.Redactor;
import dev.bylaw.content.file.DocumentText;
import dev.bylaw.content.file.FileReport;
import dev.bylaw.content.file.Files;
import dev.bylaw.runtime.content.ContentLibrary;
import dev.bylaw.runtime.folder.Loader;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bylaw content inspect} and {@code bylaw content redact}. */
@Command(
    name = "content",
    description = "Looks at what a text, a JSON value or a file really contains.",
    subcommands = {ContentCommand.Inspect.class, ContentCommand.Redact.class})
final class ContentCommand extends ScreenCommand {
  @Override
  public Integer call() {
    screen.error("bylaw: `content` needs `inspect` or `redact`; see `bylaw content --help`");
    return Exit.USAGE;
  }

  /** What both have. */
  abstract static class Looking extends ScreenCommand {
    @Parameters(paramLabel = "FILE", description = "a file, or - for standard input")
    String file = "";

    @Option(
        names = {"-t", "--types"},
        paramLabel = "TYPE",
        split = ",",
        description =
            "only these (ssn, credit_card, …); `all`, `personal` and `secrets` are groups")
    List<String> types = new ArrayList<>();

    @Option(
        names = "--no-models",
        description = "without the models: no names, places, organisations and addresses")
    boolean withoutModels;

    /** The inspector of the folder, where it is one; else the standard one. */
    Inspector inspector() {
      ContentLibrary library =
          java.nio.file.Files.isDirectory(dir.resolve("content"))
              ? Loader.content(dir)
              : ContentLibrary.standard();
      return withoutModels ? library.inspector().withoutCostly() : library.inspector();
    }

    /** The types asked for; personal data and secrets that can be seen where none is named. */
    Set<EntityType> wanted(Inspector inspector) {
      Set<EntityType> wanted = new TreeSet<>();
      for (String name : types.isEmpty() ? List.of("personal", "secrets") : types) {
        switch (name) {
          case "all" -> wanted.addAll(inspector.types());
          case "personal" -> wanted.addAll(inspector.personal());
          case "secrets" -> wanted.addAll(EntityType.secrets());
          default -> wanted.add(type(inspector, name));
        }
      }
      return wanted;
    }

    private static EntityType type(Inspector inspector, String name) {
      Optional<EntityType> type = inspector.type(name);
      if (type.isEmpty()) {
        Set<String> known = new TreeSet<>(Set.of("all", "personal", "secrets"));
        EntityType.all().forEach(each -> known.add(each.name()));
        inspector.types().forEach(each -> known.add(each.name()));
        String hint = DidYouMean.hint(name, known);
        throw new UsageException(
            "unknown type `" + name + "`" + (hint.isEmpty() ? "" : ", " + hint));
      }
      return type.get();
    }

    void gaps(Findings findings) {
      for (Gap gap : findings.gaps()) {
        screen.error(
            "not seen" + (gap.path().isEmpty() ? "" : " at " + gap.path()) + ": " + gap.detail());
      }
    }
  }

  /** A file as it is inspected. */
  private record Subject(Value value, FileReport report, String note) {
    static Subject of(String file) {
      byte[] bytes = Inputs.bytes(file);
      FileReport report = Files.standard().inspect(file, bytes);
      DocumentText text = DocumentText.of(bytes, report);
      if (text.isDocument()) {
        return new Subject(StringValue.of(text.text()), report, text.note());
      }
      try {
        Value value = Json.parse(text.text());
        if (value instanceof ObjectValue || value instanceof ArrayValue) {
          return new Subject(value, report, text.note());
        }
      } catch (JsonException _) {
        // Not JSON: a text.
      }
      return new Subject(StringValue.of(text.text()), report, text.note());
    }
  }

  /** {@code bylaw content inspect}. */
  @Command(
      name = "inspect",
      description = "Finds personal data and secrets, and says what the file is.",
      footer = {
        "",
        "A JSON object or list is inspected as a value: the names of fields are evidence. Text is",
        "taken out of PDF and Office files. The folder's own recognizers count too (--dir).",
        "",
        "Exit codes: 0 all was looked at, 1 something was not, 3 found something with --refuse.",
        "",
        "Examples:",
        "  bylaw content inspect letter.txt",
        "  bylaw content inspect ticket.json --types ssn,email,person -o json",
        "  git diff | bylaw content inspect - --types secrets --refuse"
      })
  static final class Inspect extends Looking {
    @Option(names = "--refuse", description = "end with exit code 3 if anything is found")
    private boolean refuse;

    @Override
    public Integer call() {
      Inspector inspector = inspector();
      Set<EntityType> wanted = wanted(inspector);
      Subject subject = Subject.of(file);
      Findings findings = inspector.inspect(subject.value, wanted);
      print(json(subject, findings), () -> new FindingsText(screen).print(subject.value, findings));
      if (!json()) {
        report(subject);
        gaps(findings);
      }
      if (refuse && !findings.isEmpty()) {
        return Exit.BLOCKED;
      }
      return findings.complete() && subject.note.isEmpty() ? Exit.OK : Exit.FAILED;
    }

    private void report(Subject subject) {
      if (!subject.report.traits().isEmpty()) {
        screen.text("the file: " + subject.report.mediaType() + ", " + traits(subject.report));
        subject.report.notes().forEach(note -> screen.text("  " + note));
      }
      if (!subject.note.isEmpty()) {
        screen.error("not seen: " + subject.note);
      }
    }

    private static String traits(FileReport report) {
      return String.join(
          ", ",
          report.traits().stream()
              .map(trait -> trait.name().toLowerCase(Locale.ROOT).replace('_', ' '))
              .toList());
    }

    private static ObjectValue json(Subject subject, Findings findings) {
      List<Value> all = new ArrayList<>();
      for (Finding finding : findings.all()) {
        all.add(FindingsText.json(subject.value, finding));
      }
      List<Value> gaps = new ArrayList<>();
      for (Gap gap : findings.gaps()) {
        gaps.add(
            ObjectValue.builder()
                .put("reason", gap.reason().name().toLowerCase(Locale.ROOT))
                .put("path", gap.path())
                .put("detail", gap.detail())
                .build());
      }
      if (!subject.note.isEmpty()) {
        gaps.add(
            ObjectValue.builder()
                .put("reason", "unread")
                .put("path", "")
                .put("detail", subject.note)
                .build());
      }
      return ObjectValue.builder()
          .put("complete", BooleanValue.of(gaps.isEmpty()))
          .put("findings", ArrayValue.of(all))
          .put("gaps", ArrayValue.of(gaps))
          .put(
              "file",
              ObjectValue.builder()
                  .put("type", subject.report.mediaType())
                  .put(
                      "traits",
                      ArrayValue.of(
                          subject.report.traits().stream()
                              .<Value>map(
                                  trait -> StringValue.of(trait.name().toLowerCase(Locale.ROOT)))
                              .toList()))
                  .put(
                      "notes",
                      ArrayValue.of(
                          subject.report.notes().stream().<Value>map(StringValue::of).toList()))
                  .build())
          .build();
    }
  }

  /** {@code bylaw content redact}. */
  @Command(
      name = "redact",
      description = "Prints the text or value without what is found in it.",
      footer = {
        "",
        "The result is inspected again. Where something could not be looked at or is left, nothing",
        "is printed and the exit code is 1.",
        "",
        "Examples:",
        "  bylaw content redact letter.txt",
        "  bylaw content redact ticket.json --with pseudonym --types person,email",
        "  bylaw content redact cards.csv --with last_four"
      })
  static final class Redact extends Looking {
    /** The ways to redact. */
    enum With {
      LABEL,
      MASK,
      LAST_FOUR,
      HASH,
      PSEUDONYM
    }

    @Option(
        names = "--with",
        paramLabel = "HOW",
        defaultValue = "label",
        description = "label, mask, last_four, hash (with --key-file) or pseudonym")
    private With with = With.LABEL;

    @Option(
        names = "--key-file",
        paramLabel = "FILE",
        description = "a file whose bytes, 16 or more, are the key of --with hash")
    private @Nullable String keyFile;

    @Override
    public Integer call() {
      Inspector inspector = inspector();
      Set<EntityType> wanted = wanted(inspector);
      if (types.isEmpty()) {
        // What nobody here can see was not asked for by name: it is told, and no reason to refuse.
        Set<EntityType> unseen = new TreeSet<>(wanted);
        unseen.removeAll(inspector.types());
        wanted.removeAll(unseen);
        if (!unseen.isEmpty()) {
          screen.error(
              "not looked for, as nothing here can see them: "
                  + String.join(", ", unseen.stream().map(EntityType::name).toList()));
        }
      }
      Subject subject = Subject.of(file);
      if (!subject.note.isEmpty()) {
        screen.error("bylaw: not redacted: " + subject.note);
        return Exit.FAILED;
      }
      Redacted<Value> redacted = Redactor.of(inspector, redaction()).redact(subject.value, wanted);
      if (!redacted.clean()) {
        gaps(redacted.remaining());
        screen.error("bylaw: not redacted: something could not be looked at or is left");
        return Exit.FAILED;
      }
      if (json()) {
        screen.json(
            ObjectValue.builder()
                .put("content", redacted.result())
                .put("redacted", NumberValue.of(redacted.found().all().size()))
                .put(
                    "types",
                    ArrayValue.of(
                        new TreeSet<>(redacted.found().types())
                            .stream().<Value>map(type -> StringValue.of(type.name())).toList()))
                .build());
      } else if (redacted.result() instanceof StringValue text) {
        screen.verbatim(text.text());
      } else {
        screen.json(redacted.result());
      }
      return Exit.OK;
    }

    private Redaction redaction() {
      return switch (with) {
        case LABEL -> new Redaction.Label();
        case MASK -> new Redaction.Mask();
        case LAST_FOUR -> new Redaction.KeepLastFour();
        case PSEUDONYM -> new Redaction.Pseudonym();
        case HASH -> {
          if (keyFile == null) {
            throw new UsageException("`--with hash` needs `--key-file FILE`");
          }
          try {
            yield Redaction.KeyedHash.of(Inputs.bytes(keyFile));
          } catch (IllegalArgumentException e) {
            throw new UsageException(keyFile + ": " + e.getMessage());
          }
        }
      };
    }
  }
}
