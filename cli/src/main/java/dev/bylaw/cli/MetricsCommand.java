package dev.bylaw.cli;

import dev.bylaw.cli.Screen.Style;
import dev.bylaw.runtime.Bylaw;
import dev.bylaw.runtime.measure.MetricsReport;
import dev.bylaw.runtime.measure.MetricsReport.Grade;
import dev.bylaw.runtime.measure.MetricsReport.Report;
import dev.bylaw.runtime.measure.MetricsReport.Share;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bylaw metrics}. */
@Command(
    name = "metrics",
    description = "Shows how well policies and playbooks do, with the thresholds of each metric.",
    footer = {"", "Example:", "  bylaw metrics --days 7 --dir acme"})
final class MetricsCommand extends ScreenCommand {
  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "30",
      description = "how many days back, today among them; 30 if left out")
  private int days = 30;

  @Override
  public Integer call() {
    try (Bylaw bylaw = look()) {
      Report report = bylaw.metrics().last(Math.min(atLeastOne("--days", days), 36_500));
      print(report.toValue(), () -> text(screen, report));
    }
    return Exit.OK;
  }

  /** Metrics as people read them. */
  static void text(Screen screen, Report report) {
    share(screen, "policy compliance rate", report.compliance());
    report
        .success()
        .forEach((name, share) -> share(screen, "playbook success rate: " + name, share));
    share(screen, "policy coverage", report.coverage());
    if (!report.uncovered().isEmpty()) {
      screen.line(
          "    ",
          screen.styled(Style.DIM, "no rule is about: " + String.join(", ", report.uncovered())));
    }
    screen.line("  policy violations");
    if (report.violations().isEmpty()) {
      screen.line("    ", screen.styled(Style.DIM, "none"));
    }
    for (MetricsReport.Count each : report.violations()) {
      boolean bad = each.severity().equals("critical") || each.severity().equals("high");
      screen.line(
          "    ",
          screen.styled(bad ? Style.BAD : Style.WARNING, each.severity()),
          " ",
          each.type(),
          ": " + each.count());
    }
    if (report.trend().size() > 1) {
      screen.line(
          "    ", screen.styled(Style.DIM, "by day: " + Spark.line(report.trend().values())));
    }
    report
        .latency()
        .ifPresent(it ->
            screen.line(
                "  policy evaluation latency  ",
                screen.styled(style(it.grade()), "p95 " + time(it.p95())),
                screen.styled(
                    Style.DIM,
                    "  p50 "
                        + time(it.p50())
                        + ", p99 "
                        + time(it.p99())
                        + " over "
                        + it.count()
                        + " evaluations")));
  }

  private static void share(Screen screen, String name, Share share) {
    String figure = share.percent().map(it -> it.toPlainString() + " %").orElse("nothing yet");
    screen.line(
        "  ",
        name,
        "  ",
        screen.styled(style(share.grade()), figure),
        screen.styled(
            Style.DIM,
            "  "
                + share.part()
                + " of "
                + share.whole()
                + (share.meaning().isEmpty() ? "" : "; " + share.meaning())));
  }

  private static Style style(Grade grade) {
    return switch (grade) {
      case GOOD -> Style.GOOD;
      case FAIR -> Style.WARNING;
      case POOR -> Style.BAD;
      case NONE -> Style.DIM;
    };
  }

  private static String time(Duration time) {
    double micros = time.toNanos() / 1_000.0;
    return micros < 1_000
        ? String.format(Locale.ROOT, "%.1f µs", micros)
        : String.format(Locale.ROOT, "%.2f ms", micros / 1_000);
  }
}
