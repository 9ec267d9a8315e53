package dev.bylaw.rego.tool;

import dev.bylaw.rego.plan.Observer;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How an answer came about: which rules were tried, which of their literals did not hold, which
 * rules fired, and what they noted with {@code trace}. Rules that an index excludes are not tried.
 */
public final class Explanation implements Observer {
  private static final int MOST = 100_000;

  /** What happened. */
  public enum Op {
    /** The body of a rule, or the query, is tried. */
    ENTER("Enter"),
    /** A literal is tried. */
    EVAL("Eval"),
    /** A literal did not hold, or nothing is left of it to try. */
    FAIL("Fail"),
    /** A body held. */
    EXIT("Exit"),
    /** A rule said something. */
    NOTE("Note");

    private final String word;

    Op(String word) {
      this.word = word;
    }
  }

  /** How much is told. */
  public enum Detail {
    /** Everything. */
    FULL,
    /** What was noted, and where. */
    NOTES,
    /** What did not hold, and where. */
    FAILS
  }

  /**
   * One event.
   *
   * @param scope the number of the body in which it happened; the query is 0
   * @param parent the number of the body from which that was tried; -1 for the query
   * @param text the literal, the rule's path, or the note
   */
  public record Event(Op op, int scope, int parent, int depth, Span span, String text) {}

  private record Scope(int number, int parent, int depth, Span span) {}

  private static final class Tried {
    private final Span span;
    private boolean held;

    Tried(Span span) {
      this.span = span;
    }
  }

  private final Span query;
  private final List<Event> events = new ArrayList<>();
  private final Deque<Scope> scopes = new ArrayDeque<>();
  private final Deque<Tried> tried = new ArrayDeque<>();
  private int numbers;
  private boolean cut;

  /** Of one evaluation of a query. */
  public Explanation(Span query) {
    this.query = query;
    Scope all = new Scope(numbers++, -1, 0, query);
    scopes.push(all);
    add(Op.ENTER, all, query, oneLine(query.text()), 0);
  }

  private Scope here() {
    return scopes.element();
  }

  private void add(Op op, Scope scope, Span span, String text, int deeper) {
    if (events.size() < MOST) {
      events.add(new Event(op, scope.number, scope.parent, scope.depth + deeper, span, text));
    } else {
      cut = true;
    }
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\n\\s*", " ");
  }

  @Override
  public void enter(Span literal) {
    tried.push(new Tried(literal));
    add(Op.EVAL, here(), literal, oneLine(literal.text()), 1);
  }

  @Override
  public void pass(Span literal) {
    // Literals that were entered before and are not left yet hold this one.
    for (Tried t : tried) {
      if (t.span.equals(literal)) {
        t.held = true;
        return;
      }
    }
  }

  @Override
  public void leave(Span literal) {
    if (!tried.isEmpty() && !tried.pop().held) {
      add(Op.FAIL, here(), literal, oneLine(literal.text()), 1);
    }
  }

  @Override
  public void begin(String path, Span rule) {
    Scope from = here();
    Scope scope = new Scope(numbers++, from.number, from.depth + 1, rule);
    scopes.push(scope);
    add(Op.ENTER, scope, rule, path, 0);
  }

  @Override
  public void end(String path, Span rule) {
    if (scopes.size() > 1) {
      scopes.pop();
    }
  }

  @Override
  public void rule(String path, Span rule) {
    add(Op.EXIT, here(), rule, path, 1);
  }

  @Override
  public void note(String text) {
    Tried at = tried.peek();
    add(Op.NOTE, here(), at == null ? query : at.span, '"' + oneLine(text) + '"', 1);
  }

  /** What happened, in order; of very long evaluations the beginning. */
  public List<Event> events(Detail detail) {
    if (detail == Detail.FULL) {
      return List.copyOf(events);
    }
    Op wanted = detail == Detail.NOTES ? Op.NOTE : Op.FAIL;
    Set<Integer> kept = new HashSet<>();
    List<Event> told = new ArrayList<>();
    for (Event e : events.reversed()) {
      boolean leads = e.op == Op.ENTER && kept.contains(e.scope);
      if (e.op == wanted || leads) {
        told.add(e);
        kept.add(e.scope);
        kept.add(e.parent);
      }
    }
    return told.reversed();
  }

  /** For people: a line an event, the deeper the further to the right. */
  public String pretty(Detail detail) {
    List<Event> told = events(detail);
    int width = told.stream().mapToInt(e -> place(e.span).length()).max().orElse(0);
    var out = new StringBuilder();
    for (Event e : told) {
      String place = place(e.span);
      out.append(place)
          .append(" ".repeat(width - place.length() + 5))
          .append("| ".repeat(e.depth))
          .append(e.op.word)
          .append(' ')
          .append(e.text)
          .append('\n');
    }
    if (cut) {
      out.append("… and more than ").append(MOST).append(" events are not kept\n");
    }
    return out.toString();
  }

  private static String place(Span span) {
    return span.source().name() + ":" + span.position().line();
  }

  /** For programs: an object an event. */
  public ArrayValue json(Detail detail) {
    List<Value> all = new ArrayList<>();
    for (Event e : events(detail)) {
      ObjectValue.Builder one = ObjectValue.builder();
      one.put("Op", e.op.word);
      one.put("QueryID", NumberValue.of(e.scope));
      if (e.parent >= 0) {
        one.put("ParentID", NumberValue.of(e.parent));
      }
      one.put(e.op == Op.NOTE ? "Message" : "Text", StringValue.of(e.text));
      var position = e.span.position();
      one.put(
          "Location",
          ObjectValue.builder(3)
              .put("file", e.span.source().name())
              .put("row", NumberValue.of(position.line()))
              .put("col", NumberValue.of(position.column()))
              .build());
      all.add(one.build());
    }
    return ArrayValue.of(all);
  }
}
