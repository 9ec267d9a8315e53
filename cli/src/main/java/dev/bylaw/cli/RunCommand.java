package dev.bylaw.cli;

import dev.bylaw.cli.Screen.Style;
import dev.bylaw.runtime.Bylaw;
import dev.bylaw.runtime.run.RunStanding;
import dev.bylaw.store.approval.KeptApproval;
import dev.bylaw.value.ObjectValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bylaw run}. */
@Command(
    name = "run",
    description = "Runs one playbook until it has ended or waits for people.",
    footer = {
      "",
      "A value that is JSON is what it says (250, true, {\"a\": 1}), anything else is a text.",
      "A run that waits is kept: `bylaw approvals approve` drives it on.",
      "",
      "Exit codes: 0 completed, 1 failed or cancelled, 2 usage, 3 blocked (or people refused, or did",
      "not answer in time), 4 waiting for approval.",
      "",
      "Examples:",
      "  bylaw run process_customer_refund --agent support-agent \\",
      "    --input order_id=A-1001 --input refund_amount=42.50"
    })
final class RunCommand extends ScreenCommand {
  @Parameters(paramLabel = "PLAYBOOK", description = "its name")
  private String playbook = "";

  @Option(
      names = {"-a", "--agent"},
      paramLabel = "AGENT",
      description = "whose run it is; the only agent, if there is one")
  private @Nullable String agent;

  @Option(
      names = {"-i", "--input"},
      paramLabel = "NAME=VALUE",
      description = "an input; may be given again")
  private Map<String, String> inputs = new LinkedHashMap<>();

  @Option(names = "--inputs", paramLabel = "FILE", description = "a JSON object with inputs")
  private @Nullable String file;

  @Override
  public Integer call() {
    ObjectValue given = Inputs.of(inputs);
    if (file != null) {
      given =
          Inputs.read(file) instanceof ObjectValue object
              ? object.with(given)
              : usage("`" + file + "` holds no JSON object");
    }
    try (Bylaw bylaw = open()) {
      RunStanding standing = bylaw.run(playbook, agent(bylaw), given);
      List<KeptApproval> asked =
          bylaw.approvals().pending().stream()
              .filter(each -> each.run().equals(standing.id()))
              .toList();
      print(json(standing, asked), () -> text(bylaw, standing, asked));
      return exit(standing);
    }
  }

  private static ObjectValue usage(String message) {
    throw new UsageException(message);
  }

  private String agent(Bylaw bylaw) {
    if (agent != null) {
      return agent;
    }
    if (bylaw.agents().size() == 1) {
      return bylaw.agents().iterator().next();
    }
    throw new UsageException(
        "whose run is it? Add --agent with one of " + String.join(", ", bylaw.agents()));
  }

  private static ObjectValue json(RunStanding standing, List<KeptApproval> asked) {
    return ObjectValue.builder(5)
        .put("run", standing.id())
        .put("status", standing.status().word())
        .put("output", standing.output())
        .put("error", standing.error())
        .put("approvals", dev.bylaw.value.Value.of(asked.stream().map(KeptApproval::id).toList()))
        .build();
  }

  private void text(Bylaw bylaw, RunStanding standing, List<KeptApproval> asked) {
    new RunText(screen, "").steps(bylaw.audit().ofRun(standing.id()));
    RunText.standing(screen, standing);
    for (KeptApproval each : asked) {
      screen.line(
          "  ",
          screen.styled(Style.ASK, "asks people: "),
          "bylaw approvals approve " + each.id() + " --as NAME");
      ApprovalsCommand.tellShortage(screen, bylaw, each);
    }
  }

  static int exit(RunStanding standing) {
    return switch (standing.status()) {
      case COMPLETED -> Exit.OK;
      case FAILED, CANCELLED -> Exit.FAILED;
      case BLOCKED, REJECTED, TIMED_OUT -> Exit.BLOCKED;
      case RUNNING, WAITING_FOR_APPROVAL -> Exit.WAITING;
    };
  }
}
