package dev.bylaw.cli;

import dev.bylaw.runtime.Bylaw;
import dev.bylaw.runtime.measure.CapReport;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bylaw caps}. */
@Command(
    name = "caps",
    description = "Shows usage against each cap, in the window of now.",
    footer = {"", "Example:", "  bylaw caps support-agent --dir acme"})
final class CapsCommand extends ScreenCommand {
  private static final int BAR = 20;

  @Parameters(arity = "0..1", paramLabel = "AGENT", description = "one agent; all if left out")
  private @Nullable String agent;

  @Override
  public Integer call() {
    try (Bylaw bylaw = look()) {
      if (agent != null) {
        var _ = bylaw.effective(agent); // tells an agent that there is not
      }
      List<CapReport.Line> lines = bylaw.caps().lines(Optional.ofNullable(agent));
      print(CapReport.toValue(lines), () -> text(screen, lines));
    }
    return Exit.OK;
  }

  /** Caps as people read them, each with a bar. */
  static void text(Screen screen, List<CapReport.Line> lines) {
    if (lines.isEmpty()) {
      screen.text("no cap applies");
      return;
    }
    boolean bars = screen.isWide();
    List<String> head = new ArrayList<>(List.of("agent", "cap", "for", "used"));
    if (bars) {
      head.add("");
    }
    head.addAll(List.of("window", "enforcement"));
    screen.table(head, lines.stream().map(line -> row(line, bars)).toList());
  }

  private static List<String> row(CapReport.Line line, boolean bars) {
    String used =
        line.used().toPlainString()
            + (line.inclusive() ? " of " : " of less than ")
            + line.limit().toPlainString()
            + (line.currency().isEmpty() ? "" : " " + line.currency());
    String over =
        line.overage().signum() > 0 ? ", " + line.overage().toPlainString() + " over" : "";
    List<String> row = new ArrayList<>();
    row.add(line.agent());
    row.add(line.pack() + "/" + line.rule());
    row.add(line.key().isEmpty() ? String.join("+", line.per()) : line.key());
    row.add(used);
    if (bars) {
      row.add(bar(line.used(), line.limit()));
    }
    row.add(line.window());
    row.add(line.enforcement() + over);
    return row;
  }

  private static String bar(BigDecimal used, BigDecimal limit) {
    int full =
        limit.signum() == 0
            ? BAR
            : used.multiply(BigDecimal.valueOf(BAR))
                .divide(limit, 0, RoundingMode.HALF_UP)
                .min(BigDecimal.valueOf(BAR))
                .intValue();
    return "█".repeat(full) + "░".repeat(BAR - full);
  }
}
