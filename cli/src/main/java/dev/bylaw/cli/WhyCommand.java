package dev.bylaw.cli;

import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.decision.Violation;
import dev.bylaw.policy.effective.EffectivePolicy;
import dev.bylaw.policy.effective.EffectiveRule;
import dev.bylaw.policy.pack.Pack;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.policy.rule.Rule;
import dev.bylaw.runtime.Bylaw;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  private record Line(Rule rule, String state, String detail) {
    Value toValue() {
      return ObjectValue.builder(3)
          .put("rule", rule.id().toString())
          .put("state", state)
          .put("detail", detail)
          .build();
    }
  }

  @Override
  public Integer call() {
    Value value = Inputs.read(request);
    try (Bylaw bylaw = look()) {
      EffectivePolicy policy = bylaw.effective(agent);
      Decision decision;
      try {
        decision = bylaw.evaluate(ActionRequest.fromValue(value, agent));
      } catch (IllegalArgumentException e) {
        throw new UsageException(request + ": " + e.getMessage());
      }
      List<Line> lines = lines(bylaw, policy, decision);
      print(
          ObjectValue.of(
              "decision",
              decision.toValue(),
              "rules",
              ArrayValue.of(lines.stream().map(Line::toValue).toList())),
          () -> {
            new DecisionText(screen, "").print(decision);
            screen.gap();
            List<List<String>> rows = new ArrayList<>();
            lines.forEach(line ->
                rows.add(List.of(line.state(), line.rule().id().toString(), line.detail())));
            screen.table(List.of("", "rule", "why"), rows);
          });
    }
    return Exit.OK;
  }

  private static List<Line> lines(Bylaw bylaw, EffectivePolicy policy, Decision decision) {
    List<Line> lines = new ArrayList<>();
    for (EffectiveRule rule : policy.rules()) {
      lines.add(line(rule, decision));
    }
    for (Pack pack : bylaw.policySet().packs().values()) {
      for (Rule rule : pack.rules()) {
        boolean known = policy.rules().stream().anyMatch(it -> it.rule().id().equals(rule.id()));
        if (!known) {
          lines.add(
              new Line(
                  rule,
                  "not attached",
                  "the pack `" + pack.id() + "` is not attached to the agent"));
        }
      }
    }
    return lines;
  }

  private static Line line(EffectiveRule rule, Decision decision) {
    if (!rule.applies()) {
      return new Line(
          rule.rule(), "overridden", "by " + rule.overriddenBy().orElseThrow() + ": " + rule.why());
    }
    Optional<Violation> violation =
        decision.violations().stream().filter(it -> it.rule().equals(rule.rule().id())).findFirst();
    if (violation.isPresent()) {
      return new Line(
          rule.rule(),
          violation.get().failed() ? "failed" : "violated",
          violation.get().detail().isEmpty()
              ? violation.get().message()
              : violation.get().detail());
    }
    boolean asked = decision.consulted().contains(rule.rule().id());
    return asked
        ? new Line(rule.rule(), "satisfied", "")
        : new Line(rule.rule(), "not matched", "it is about something else");
  }
}
