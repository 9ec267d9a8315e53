package dev.bylaw.cli;

import dev.bylaw.rego.Policy;
import dev.bylaw.rego.plan.Observer;
import dev.bylaw.rego.tool.Coverage;
import dev.bylaw.rego.tool.Explanation;
import dev.bylaw.rego.tool.Explanation.Detail;
import dev.bylaw.rego.tool.Observers;
import dev.bylaw.rego.tool.Profile;
import dev.bylaw.rego.tool.Spread;
import dev.bylaw.rego.tool.TextTable;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is told of an evaluation beside its answer. */
final class RegoWatching {
  /** How much of an evaluation is explained. */
  enum Explain {
    OFF,
    NOTES,
    FAILS,
    FULL,
    DEBUG
  }

  /** What OPA calls the source of a query, which has no file. */
  private static final String QUERY = "query";

  @Option(
      names = "--explain",
      paramLabel = "DETAIL",
      defaultValue = "off",
      description = "tell how the answer came about: notes, fails or full")
  private Explain explain = Explain.OFF;

  @Option(names = "--coverage", description = "tell which lines were evaluated")
  private boolean coverage;

  @Option(names = "--metrics", description = "tell how long it took")
  private boolean metrics;

  @Option(names = "--instrument", description = "as --metrics")
  private boolean instrument;

  @Option(names = "--profile", description = "tell what each line took; --metrics, too")
  private boolean profile;

  @Option(
      names = "--profile-limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "how many lines --profile tells; 0 for all (${DEFAULT-VALUE})")
  private int limit = 10;

  @Option(
      names = "--profile-sort",
      paramLabel = "NAME",
      split = ",",
      description = "by total_time_ns, num_eval, num_redo, num_gen_expr, file or line")
  private List<Profile.Sort> sorts = new ArrayList<>();

  /** Whether policies have to be compiled so that they can be watched. */
  boolean isObserved() {
    return coverage || profile || explain != Explain.OFF;
  }

  /** Watches one evaluation of a query. */
  Watch watch(Span query) {
    return new Watch(query);
  }

  private Detail detail() {
    return detail(explain);
  }

  static Detail detail(Explain explain) {
    return switch (explain) {
      case NOTES -> Detail.NOTES;
      case FAILS -> Detail.FAILS;
      case OFF, FULL, DEBUG -> Detail.FULL;
    };
  }

  /** One evaluation. */
  final class Watch {
    private final Coverage covered = new Coverage();
    private final Profile profiled = new Profile();
    private final Explanation explained;

    private Watch(Span query) {
      explained = new Explanation(query);
    }

    @Nullable Observer observer() {
      List<Observer> all = new ArrayList<>();
      if (coverage) {
        all.add(covered);
      }
      if (profile) {
        all.add(profiled);
      }
      if (explain != Explain.OFF) {
        all.add(explained);
      }
      return all.isEmpty() ? null : all.size() == 1 ? all.getFirst() : new Observers(all);
    }
  }

  /**
   * What is told of all evaluations of a query.
   *
   * @param watches at least one; where there are more, figures are spreads
   * @param runs the times of each
   */
  Told told(List<Watch> watches, List<Map<String, Long>> runs, Policy policy) {
    return new Told(watches, runs, policy);
  }

  /** What is told beside the answer. */
  final class Told {
    private final List<Watch> watches;
    private final List<Map<String, Long>> runs;
    private final Policy policy;

    private Told(List<Watch> watches, List<Map<String, Long>> runs, Policy policy) {
      this.watches = List.copyOf(watches);
      this.runs = List.copyOf(runs);
      this.policy = policy;
    }

    private boolean isTimed() {
      return metrics || instrument || profile;
    }

    private boolean isSpread() {
      return runs.size() > 1;
    }

    private Watch last() {
      return watches.getLast();
    }

    private List<Profile> profiles() {
      return watches.stream().map(w -> w.profiled).toList();
    }

    private Map<String, Spread> spreads() {
      Map<String, Spread> all = new TreeMap<>();
      runs.getLast()
          .keySet()
          .forEach(name -> all.put(name, new Spread(runs.stream().map(r -> r.get(name)).toList())));
      return all;
    }

    /** What stands beside the result in JSON. */
    ObjectValue json() {
      ObjectValue.Builder more = ObjectValue.builder();
      if (isTimed()) {
        ObjectValue.Builder all = ObjectValue.builder();
        if (isSpread()) {
          spreads().forEach((name, spread) -> all.put(name, spread.json()));
        } else {
          new TreeMap<>(runs.getLast()).forEach((name, t) -> all.put(name, NumberValue.of(t)));
        }
        more.put(isSpread() ? "aggregated_metrics" : "metrics", all.build());
      }
      if (explain != Explain.OFF) {
        more.put("explanation", last().explained.json(detail()));
      }
      if (profile && isSpread()) {
        more.put("aggregated_profile", Profile.spread(profiles(), QUERY, sorts, limit));
      } else if (profile) {
        more.put("profile", last().profiled.json(QUERY, sorts, limit));
      }
      if (coverage) {
        more.put("coverage", last().covered.report(policy.modules()));
      }
      return more.build();
    }

    /** What people read before the answer. */
    String before() {
      return explain == Explain.OFF ? "" : last().explained.pretty(detail());
    }

    /** What people read behind the answer. */
    String behind() {
      var out = new StringBuilder();
      if (isTimed()) {
        List<String> header = new ArrayList<>(List.of("Metric"));
        header.addAll(isSpread() ? Spread.HEADER : List.of("Value"));
        var table = new TextTable(header);
        spreads()
            .forEach((name, spread) -> {
              List<String> row = new ArrayList<>(List.of(name));
              row.addAll(isSpread() ? spread.row() : List.of(String.valueOf(spread.max())));
              table.row(row);
            });
        out.append(table);
      }
      if (profile) {
        out.append(
            isSpread()
                ? Profile.prettySpread(profiles(), QUERY, sorts, limit)
                : last().profiled.pretty(QUERY, sorts, limit));
      }
      if (coverage) {
        String percent =
            String.format(Locale.ROOT, "%.2f", last().covered.percent(policy.modules()))
                .replaceFirst("\\.?0+$", "");
        out.append(TextTable.ofRows(List.of(List.of("Overall Coverage", percent))));
      }
      return out.toString();
    }
  }
}
