package dev.bylaw.cli;

import dev.bylaw.cli.Screen.Style;
import dev.bylaw.runtime.run.RunStanding;
import dev.bylaw.store.log.LogRecord;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A run as people read it: what was decided and what was done, in order. */
final class RunText {
  private static final int LONGEST = 110;

  private final Screen screen;
  private final String indent;

  RunText(Screen screen, String indent) {
    this.screen = screen;
    this.indent = indent;
  }

  /**
   * The records of a run in both logs. What was written in one transaction has one time; there,
   * what ends a step comes before the next decision, and what follows from a decision behind it.
   */
  void steps(List<LogRecord> unordered) {
    List<LogRecord> records =
        unordered.stream()
            .sorted(
                Comparator.comparing(LogRecord::time)
                    .thenComparingInt(record -> rank(record.event())))
            .toList();
    for (LogRecord record : records) {
      ObjectValue payload = record.payload().map(it -> it.value()).orElse(ObjectValue.EMPTY);
      switch (record.event()) {
        case "policy_decision" -> decision(payload);
        case "policy_violation", "outcome_reported" -> {
          // Told with the decision, and with the step.
        }
        default -> event(record.event(), payload);
      }
    }
  }

  private static int rank(String event) {
    return switch (event) {
      case "run_started", "approval_granted", "approval_rejected" -> 0;
      case "step_answered" -> 1;
      case "approval_used", "step_completed", "step_failed", "step_skipped", "step_retried" -> 2;
      case "policy_decision" -> 3;
      case "policy_violation", "outcome_reported", "step_noted" -> 4;
      case "run_completed", "run_failed", "run_blocked", "run_rejected", "run_timed_out" -> 6;
      default -> 5;
    };
  }

  /** The records from the newest one on whose event begins in some way. */
  void after(List<LogRecord> records, String event) {
    int from = 0;
    for (int i = 0; i < records.size(); i++) {
      boolean answer = records.get(i).event().startsWith(event);
      if (answer
          && !records.get(i).event().endsWith("requested")
          && !records.get(i).event().endsWith("used")) {
        from = i;
      }
    }
    steps(records.subList(from, records.size()));
  }

  /** How many rules were asked, and of which packs. */
  private static String asked(ObjectValue decision) {
    Set<String> packs = new TreeSet<>();
    if (decision.get("consulted") instanceof ArrayValue rules) {
      for (Value rule : rules) {
        String name = rule instanceof StringValue text ? text.text() : "";
        packs.add(name.split("[@/]", 2)[0]);
      }
    }
    String asked = Main.plural(size(decision.get("consulted")), "rule") + " asked";
    return packs.isEmpty() ? asked : asked + " (" + String.join(", ", packs) + ")";
  }

  private void decision(ObjectValue decision) {
    String effect = decision.text("decision");
    Style style =
        switch (effect) {
          case "allow" -> Style.GOOD;
          case "warn" -> Style.WARNING;
          case "require_approval" -> Style.ASK;
          default -> Style.BAD;
        };
    screen.line(
        indent,
        "  ",
        screen.styled(style, "● " + effect.replace('_', ' ')),
        "  ",
        Screen.printable(decision.text("action")),
        screen.styled(
            Style.DIM,
            "  "
                + asked(decision)
                + (decision.text("checkpoint").isEmpty()
                    ? ""
                    : " at " + decision.text("checkpoint"))));
    if (decision.get("violations") instanceof ArrayValue violations) {
      for (Value each : violations) {
        if (each instanceof ObjectValue violation) {
          violation(violation);
        }
      }
    }
    if (decision.get("obligations") instanceof ArrayValue obligations) {
      for (Value each : obligations) {
        if (each instanceof ObjectValue obligation) {
          screen.line(
              indent,
              "      ",
              screen.styled(
                  Style.DIM, obligation.text("obligation") + ": " + obligation.text("detail")));
        }
      }
    }
    if (!decision.text("note").isEmpty()) {
      screen.line(indent, "      ", screen.styled(Style.DIM, decision.text("note")));
    }
  }

  /** The rule, and where it is a policy in another language, the part of it. */
  private static String title(ObjectValue violation) {
    String part = violation.text("part");
    return part.isEmpty() ? violation.text("rule") : violation.text("rule") + "#" + part;
  }

  private void violation(ObjectValue violation) {
    screen.line(
        indent,
        "      ",
        screen.styled(Style.BAD, "✗ " + title(violation)),
        " ",
        Screen.printable(violation.text("message")),
        screen.styled(Style.DIM, "  " + violation.text("file") + ":" + violation.get("line")));
    if (!violation.text("detail").isEmpty()) {
      screen.line(indent, "        ", screen.styled(Style.DIM, violation.text("detail")));
    }
  }

  private void event(String event, ObjectValue payload) {
    String step = payload.text("step");
    String name = event.replace('_', ' ');
    StringBuilder more = new StringBuilder();
    for (String key : List.of("output", "error", "answer", "by", "person", "message", "detail")) {
      Value value = told(event, payload.get(key));
      if (value != null && !value.equals(ObjectValue.EMPTY)) {
        more.append(more.isEmpty() ? "" : "  ").append(key).append(' ').append(shorten(value));
      }
    }
    screen.line(
        indent,
        "  ",
        screen.styled(Style.DIM, "○ "),
        name,
        step.isEmpty() ? "" : " " + screen.styled(Style.BOLD, step),
        screen.styled(Style.DIM, more.isEmpty() ? "" : "  " + more));
  }

  /** Of an error its message; of a refusal nothing, because the decision above it says why. */
  private static @Nullable Value told(String event, @Nullable Value value) {
    if (value instanceof ObjectValue error && !error.text("message").isEmpty()) {
      return event.endsWith("_blocked") ? null : StringValue.of(error.text("message"));
    }
    return value;
  }

  /** Where a run stands, in a line. */
  static void standing(Screen screen, RunStanding standing) {
    Style style =
        switch (standing.status()) {
          case COMPLETED -> Style.GOOD;
          case RUNNING, WAITING_FOR_APPROVAL -> Style.ASK;
          case FAILED, BLOCKED, REJECTED, TIMED_OUT, CANCELLED -> Style.BAD;
        };
    screen.line(
        screen.styled(style, standing.status().word().replace('_', ' ')),
        "  run ",
        standing.id(),
        standing.output().size() > 0 ? "  " + shorten(standing.output()) : "",
        standing.error().size() > 0
            ? "  " + Screen.printable(standing.error().text("message"))
            : "");
  }

  static String shorten(Value value) {
    String text =
        Screen.printable(
            value instanceof dev.bylaw.value.StringValue string
                ? string.text()
                : Json.write(value));
    String line = text.replace('\n', ' ');
    return line.codePointCount(0, line.length()) <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }

  private static int size(@Nullable Value value) {
    return value instanceof ArrayValue array ? array.size() : 0;
  }
}
