package dev.bylaw.rego.tool;

import dev.bylaw.rego.plan.Observer;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How often the literals of each line were evaluated, and for how long. */
public final class Profile implements Observer {
  /** By what lines are put in order: most first, but for files and lines. */
  public enum Sort {
    TOTAL_TIME_NS,
    NUM_EVAL,
    NUM_REDO,
    NUM_GEN_EXPR,
    FILE,
    LINE
  }

  /** All literals of a line. */
  private static final class Line {
    private final Span first;
    private final Set<Span> literals = new HashSet<>();
    private long nanos;
    private long entered;
    private long held;

    Line(Span first) {
      this.first = first;
    }
  }

  private record Place(String file, int line) {
    static Place of(Span span) {
      return new Place(span.source().name(), span.position().line());
    }
  }

  private final LongSupplier clock;
  private final Map<Place, Line> lines = new HashMap<>();
  private final Deque<Line> running = new ArrayDeque<>();
  private long since;

  /** Of one evaluation, by the system's clock. */
  public Profile() {
    this(System::nanoTime);
  }

  Profile(LongSupplier clock) {
    this.clock = clock;
  }

  private Line line(Span literal) {
    return lines.computeIfAbsent(Place.of(literal), _ -> new Line(literal));
  }

  /** What went by since the last event is the time of whatever was entered last. */
  private void charge() {
    long now = clock.getAsLong();
    Line last = running.peek();
    if (last != null) {
      last.nanos += now - since;
    }
    since = now;
  }

  @Override
  public void enter(Span literal) {
    charge();
    Line line = line(literal);
    line.entered++;
    line.literals.add(literal);
    running.push(line);
  }

  @Override
  public void pass(Span literal) {
    charge();
    line(literal).held++;
  }

  @Override
  public void leave(Span literal) {
    charge();
    running.poll();
  }

  @Override
  public void rule(String path, Span rule) {}

  private List<Line> sorted(List<Sort> by, int most) {
    Comparator<Line> order = null;
    for (Sort sort : by.isEmpty() ? List.of(Sort.TOTAL_TIME_NS) : by) {
      Comparator<Line> next = order(sort);
      order = order == null ? next : order.thenComparing(next);
    }
    Comparator<Line> inAll =
        order(Sort.FILE).thenComparing(Comparator.comparingInt(l -> l.first.position().line()));
    order = order == null ? inAll : order.thenComparing(inAll);
    return lines.values().stream().sorted(order).limit(most > 0 ? most : lines.size()).toList();
  }

  private static Comparator<Line> order(Sort sort) {
    return switch (sort) {
      case TOTAL_TIME_NS -> Comparator.comparingLong((Line l) -> -l.nanos);
      case NUM_EVAL -> Comparator.comparingLong((Line l) -> -l.entered);
      case NUM_REDO -> Comparator.comparingLong((Line l) -> -l.held);
      case NUM_GEN_EXPR -> Comparator.comparingInt((Line l) -> -l.literals.size());
      case FILE -> Comparator.comparing((Line l) -> l.first.source().name());
      case LINE -> Comparator.comparingInt((Line l) -> -l.first.position().line());
    };
  }

  /**
   * For programs, in the shape of {@code opa eval --profile}.
   *
   * @param query the name of the query's source, which has no file
   * @param most how many lines; 0 for all
   */
  public ArrayValue json(@Nullable String query, List<Sort> by, int most) {
    List<Value> all = new ArrayList<>();
    for (Line l : sorted(by, most)) {
      all.add(json(l, "total_time_ns", NumberValue.of(l.nanos), query));
    }
    return ArrayValue.of(all);
  }

  /** The lines of several evaluations of the same, each with the times that it took. */
  private static Map<Line, Spread> spreads(List<Profile> all, List<Sort> by, int most) {
    Map<Line, Spread> spreads = new LinkedHashMap<>();
    for (Line line : all.getLast().sorted(by, most)) {
      List<Long> times = new ArrayList<>();
      for (Profile each : all) {
        Line same = each.lines.get(Place.of(line.first));
        if (same != null) {
          times.add(same.nanos);
        }
      }
      spreads.put(line, new Spread(times));
    }
    return spreads;
  }

  /** Several evaluations of the same, in the shape of {@code opa eval --profile --count}. */
  public static ArrayValue spread(
      List<Profile> profiles, @Nullable String query, List<Sort> by, int most) {
    List<Value> all = new ArrayList<>();
    spreads(profiles, by, most)
        .forEach((line, times) -> all.add(json(line, "total_time_ns_stats", times.json(), query)));
    return ArrayValue.of(all);
  }

  /** The same for people. */
  public static String prettySpread(
      List<Profile> profiles, @Nullable String query, List<Sort> by, int most) {
    List<String> header = new ArrayList<>(Spread.HEADER);
    header.addAll(List.of("Num Eval", "Num Redo", "Num Gen Expr", "Location"));
    var table = new TextTable(header);
    spreads(profiles, by, most)
        .forEach((line, times) -> {
          List<String> row = new ArrayList<>();
          for (double t :
              new double[] {
                times.min(), times.max(), times.mean(), times.quantile(0.9), times.quantile(0.99)
              }) {
            row.add(TestReport.duration(Math.round(t)));
          }
          row.addAll(counts(line, query));
          table.row(row);
        });
    return table.toString();
  }

  private static ObjectValue json(Line l, String time, Value taken, @Nullable String query) {
    String file = l.first.source().name();
    var position = l.first.position();
    return ObjectValue.builder(5)
        .put(time, taken)
        .put("num_eval", NumberValue.of(l.entered))
        .put("num_redo", NumberValue.of(l.held))
        .put("num_gen_expr", NumberValue.of(l.literals.size()))
        .put(
            "location",
            ObjectValue.builder(3)
                .put("file", file.equals(query) ? "" : file)
                .put("row", NumberValue.of(position.line()))
                .put("col", NumberValue.of(position.column()))
                .build())
        .build();
  }

  private static List<String> counts(Line l, @Nullable String query) {
    String file = l.first.source().name();
    return List.of(
        String.valueOf(l.entered),
        String.valueOf(l.held),
        String.valueOf(l.literals.size()),
        file.equals(query)
            ? l.first.text().strip().replaceAll("\\s*\\n\\s*", " ")
            : file + ":" + l.first.position().line());
  }

  /** For people: a table. */
  public String pretty(@Nullable String query, List<Sort> by, int most) {
    var table = new TextTable(List.of("Time", "Num Eval", "Num Redo", "Num Gen Expr", "Location"));
    for (Line l : sorted(by, most)) {
      List<String> row = new ArrayList<>(List.of(TestReport.duration(l.nanos)));
      row.addAll(counts(l, query));
      table.row(row);
    }
    return table.toString();
  }
}
