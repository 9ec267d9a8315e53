package dev.bylaw.cli;

import dev.bylaw.cli.Screen.Style;
import dev.bylaw.policy.effective.EffectivePolicy;
import dev.bylaw.policy.effective.EffectiveRule;
import dev.bylaw.runtime.Bylaw;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bylaw effective}. */
@Command(
    name = "effective",
    description =
        "Shows the rules that really apply to an agent, and which were overridden by what.",
    footer = {"", "Example:", "  bylaw effective support-agent --dir acme"})
final class EffectiveCommand extends ScreenCommand {
  @Parameters(paramLabel = "AGENT", description = "its name")
  private String agent = "";

  @Override
  public Integer call() {
    try (Bylaw bylaw = look()) {
      EffectivePolicy policy = bylaw.effective(agent);
      print(policy.toValue(), () -> text(screen, policy));
    }
    return Exit.OK;
  }

  private static String pack(EffectiveRule rule) {
    String id = rule.rule().id().toString();
    return id.substring(0, id.indexOf('/'));
  }

  /** The effective policy as people read it. */
  static void text(Screen screen, EffectivePolicy policy) {
    screen.line(
        screen.styled(Style.BOLD, policy.agent()),
        screen.styled(
            Style.DIM,
            "  " + policy.precedence().word() + ", " + policy.packs().size() + " packs"));
    Map<String, List<List<String>>> packs = new LinkedHashMap<>();
    for (EffectiveRule rule : policy.applying()) {
      String id = rule.rule().id().toString();
      String from = rule.from().replace("pack " + pack(rule) + ", ", "");
      packs
          .computeIfAbsent(pack(rule) + "\n" + from, _ -> new ArrayList<>())
          .add(
              List.of(
                  "  " + id.substring(id.indexOf('/') + 1),
                  rule.enforcement().word(),
                  rule.rule().severity().word(),
                  rule.rule().body().type(),
                  rule.rule().message()));
    }
    List<List<String>> rows = new ArrayList<>();
    packs.forEach((name, rules) -> {
      String[] parts = name.split("\n", 2);
      rows.add(List.of(parts[0], "", "", "", parts[1]));
      rows.addAll(rules);
    });
    screen.table(List.of("rule", "enforcement", "severity", "type", "what"), rows);
    for (EffectiveRule rule : policy.overridden()) {
      screen.line(
          "  ",
          screen.styled(
              Style.DIM,
              rule.rule().id()
                  + " does not apply: "
                  + rule.overriddenBy().orElseThrow()
                  + " won ("
                  + rule.why()
                  + ")"
                  + (rule.resolution().isEmpty() ? "" : "; " + rule.resolution())));
    }
  }
}
