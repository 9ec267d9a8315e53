package dev.bylaw.rego.plan;

import dev.bylaw.syntax.Span;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A planned query. Immutable; shared by threads. */
public final class Query {
  private final Program program;
  private final Step first;
  private final int slots;
  private final int collectors;
  private final List<String> variables;
  private final List<Span> expressions;

  Query(
      Program program,
      Step first,
      int slots,
      int collectors,
      List<String> variables,
      List<Span> expressions) {
    this.program = program;
    this.first = first;
    this.slots = slots;
    this.collectors = collectors;
    this.variables = variables;
    this.expressions = List.copyOf(expressions);
  }

  /** The literals whose values a solution gives, in the same order. */
  public List<Span> expressions() {
    return expressions;
  }

  /**
   * One way in which a query holds.
   *
   * @param bindings the values of its variables
   * @param values the values of its expressions, in order
   */
  public record Solution(Map<String, Value> bindings, List<Value> values) {}

  /** All solutions. */
  public List<Solution> solutions(Session session, @Nullable Value input, Value data) {
    var found = new Rows();
    Evaluation e = new Evaluation(session, input, data, program.rules());
    Frame f = new Frame(slots, collectors, e);
    f.solutions = found;
    run(f);
    List<Solution> solutions = new ArrayList<>();
    for (Value[] row : found.rows) {
      Map<String, Value> bindings = LinkedHashMap.newLinkedHashMap(variables.size());
      for (int i = 0; i < variables.size(); i++) {
        bindings.put(variables.get(i), row[i]);
      }
      solutions.add(new Solution(bindings, List.of(row).subList(variables.size(), row.length)));
    }
    return solutions;
  }

  /** The value of the last expression of the query in its first solution, or null. */
  public @Nullable Value value(Session session, @Nullable Value input, Value data) {
    Frame f = new Frame(slots, collectors, new Evaluation(session, input, data, program.rules()));
    run(f);
    return f.result;
  }

  private void run(Frame f) {
    try {
      first.run(f);
    } catch (StackOverflowError deep) {
      throw new EvaluationException(EvaluationException.CANCEL, EvaluationException.DEEP, null);
    } catch (OutOfMemoryError full) {
      // What the evaluation held is garbage from here on.
      throw new EvaluationException(EvaluationException.CANCEL, EvaluationException.FULL, null);
    }
  }

  /** An object with no entries, where data is not given. */
  public static final Value NO_DATA = ObjectValue.EMPTY;

  /** Takes the solutions, where all are asked for. */
  static final class Rows extends Collector {
    private final List<Value[]> rows = new ArrayList<>();
  }

  /** The last step: keeps the solution. */
  static final class Collect extends Step {
    private final int[] slots;

    Collect(List<Integer> variables, List<Integer> values) {
      List<Integer> all = new ArrayList<>(variables);
      all.addAll(values);
      this.slots = all.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    boolean run(Frame f) {
      if (!(f.solutions instanceof Rows found)) {
        f.result = f.bound(slots[slots.length - 1]);
        return true;
      }
      Value[] row = new Value[slots.length];
      for (int i = 0; i < row.length; i++) {
        row[i] = f.bound(slots[i]);
      }
      found.rows.add(row);
      return false;
    }
  }
}
