package dev.bylaw.cli;

import dev.bylaw.rego.Policy;
import dev.bylaw.rego.plan.Observer;
import dev.bylaw.rego.tool.Coverage;
import dev.bylaw.rego.tool.Explanation;
import dev.bylaw.rego.tool.Explanation.Detail;
import dev.bylaw.rego.tool.Observers;
import dev.bylaw.rego.tool.Profile;
import dev.bylaw.rego.tool.TextTable;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
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

    /** What stands beside the result in JSON. */
    ObjectValue json(Policy policy, Map<String, Long> timers) {
      ObjectValue.Builder more = ObjectValue.builder();
      if (metrics || instrument || profile) {
        ObjectValue.Builder all = ObjectValue.builder();
        timers.forEach((name, nanos) -> all.put(name, NumberValue.of(nanos)));
        more.put("metrics", all.build());
      }
      if (explain != Explain.OFF) {
        more.put("explanation", explained.json(detail()));
      }
      if (profile) {
        more.put("profile", profiled.json(QUERY, sorts, limit));
      }
      if (coverage) {
        more.put("coverage", covered.report(policy.modules()));
      }
      return more.build();
    }

    /** What people read before the answer. */
    String before() {
      return explain == Explain.OFF ? "" : explained.pretty(detail());
    }

    /** What people read behind the answer. */
    String behind(Policy policy, Map<String, Long> timers) {
      var out = new StringBuilder();
      if (metrics || instrument || profile) {
        var table = new TextTable(List.of("Metric", "Value"));
        new TreeMap<>(timers)
            .forEach((name, nanos) -> table.row(List.of(name, String.valueOf(nanos))));
        out.append(table);
      }
      if (profile) {
        out.append(profiled.pretty(QUERY, sorts, limit));
      }
      if (coverage) {
        String percent = String.valueOf(covered.report(policy.modules()).get("coverage"));
        out.append(TextTable.ofRow(List.of("Overall Coverage", percent)));
      }
      return out.toString();
    }
  }
}
