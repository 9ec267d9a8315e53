package dev.bylaw.cli;

import dev.bylaw.policy.decision.Trace;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.runtime.Bylaw;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bylaw why}. */
@Command(
    name = "why",
    description =
        "Tells of every rule why it did or did not bite: attached, overridden, matched, violated.",
    footer = {"", "Example:", "  bylaw why support-agent request.json --dir acme"})
final class WhyCommand extends ScreenCommand {
  @Parameters(index = "0", paramLabel = "AGENT", description = "its name")
  private String agent = "";

  @Parameters(
      index = "1",
      paramLabel = "REQUEST",
      description = "a JSON file, or - for standard input")
  private String request = "";

  @Override
  public Integer call() {
    Value value = Inputs.read(request);
    try (Bylaw bylaw = look()) {
      Trace trace;
      try {
        trace = bylaw.why(ActionRequest.fromValue(value, agent));
      } catch (IllegalArgumentException e) {
        throw new UsageException(request + ": " + e.getMessage());
      }
      print(
          json(trace),
          () -> {
            new DecisionText(screen, "").print(trace.decision());
            screen.gap();
            List<List<String>> rows = new ArrayList<>();
            trace.rules().forEach(line -> rows.addAll(rows(line)));
            screen.table(List.of("", "rule", "why"), rows);
          });
    }
    return Exit.OK;
  }

  /** A row, and one for each further line of what there is to say. */
  private static List<List<String>> rows(Trace.Line line) {
    List<List<String>> rows = new ArrayList<>();
    for (String text : line.text().split("\n", -1)) {
      rows.add(
          rows.isEmpty()
              ? List.of(state(line), line.rule().rule().id().toString(), text)
              : List.of("", "", text));
    }
    return rows;
  }

  private static String state(Trace.Line line) {
    return line.step().word().replace('_', ' ');
  }

  private static Value json(Trace trace) {
    return ObjectValue.of(
        "decision",
        trace.decision().toValue(),
        "rules",
        ArrayValue.of(
            trace.rules().stream()
                .<Value>map(line ->
                    ObjectValue.builder(3)
                        .put("rule", line.rule().rule().id().toString())
                        .put("state", state(line))
                        .put("detail", line.text())
                        .build())
                .toList()));
  }
}
