package dev.bylaw.cli;

import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.runtime.Bylaw;
import dev.bylaw.runtime.decide.DecisionDesk.Decided;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bylaw decide}. */
@Command(
    name = "decide",
    description = "Decides one action request. Changes nothing unless --record is given.",
    footer = {
      "",
      "The request is a JSON object: {\"agent\", \"action\", \"checkpoint\", \"resource\", \"params\",",
      "\"context\", \"key\"}. Fields beside these are params, so that this is a request too:",
      "  {\"action\": \"api_call\", \"endpoint\": \"https://…\", \"payload\": {\"ssn\": \"123-45-6789\"}}",
      "",
      "Exit codes: 0 allow or warn, 2 the request cannot be read, 3 block, 4 approval needed.",
      "",
      "Examples:",
      "  bylaw decide request.json --agent support-agent",
      "  echo '{\"action\":\"send_email\",\"to\":\"a@b.example\"}' | bylaw decide - --record -o json"
    })
final class DecideCommand extends ScreenCommand {
  @Parameters(paramLabel = "REQUEST", description = "a JSON file, or - for standard input")
  private String request = "";

  @Option(
      names = {"-a", "--agent"},
      paramLabel = "AGENT",
      description = "who acts, where the request does not say; the only agent, if there is one")
  private @Nullable String agent;

  @Option(
      names = "--record",
      description = "decide for good: reserve caps, write the policy log, ask people")
  private boolean record;

  @Override
  public Integer call() {
    Value value = Inputs.read(request);
    try (Bylaw bylaw = record ? change() : look()) {
      ActionRequest asked = asked(value, bylaw);
      Decided decided =
          record ? bylaw.decide(asked) : new Decided(bylaw.evaluate(asked), Optional.empty());
      print(json(decided), () -> text(bylaw, decided));
      return exit(decided.decision());
    }
  }

  private ActionRequest asked(Value value, Bylaw bylaw) {
    String who = agent;
    if (who == null) {
      who = bylaw.agents().size() == 1 ? bylaw.agents().iterator().next() : "";
    }
    try {
      ActionRequest asked = ActionRequest.fromValue(value, who);
      if (asked.agent().isEmpty()) {
        throw new UsageException(
            "the request names no agent; add --agent with one of "
                + String.join(", ", bylaw.agents()));
      }
      return asked;
    } catch (IllegalArgumentException e) {
      throw new UsageException(request + ": " + e.getMessage());
    }
  }

  private static ObjectValue json(Decided decided) {
    ObjectValue value = decided.decision().toValue();
    return decided.approval().isPresent()
        ? value.with("approval", StringValue.of(decided.approval().get()))
        : value;
  }

  private void text(Bylaw bylaw, Decided decided) {
    new DecisionText(screen, "").print(decided.decision());
    screen.gap();
    screen.text(decided.decision().forAgent());
    decided
        .approval()
        .ifPresent(id -> {
          screen.text("approval " + id + " was asked for");
          bylaw
              .approvals()
              .find(id)
              .ifPresent(each -> ApprovalsCommand.tellShortage(screen, bylaw, each));
        });
  }

  static int exit(Decision decision) {
    return switch (decision.effect()) {
      case ALLOW, WARN -> Exit.OK;
      case BLOCK -> Exit.BLOCKED;
      case REQUIRE_APPROVAL -> Exit.WAITING;
    };
  }
}
