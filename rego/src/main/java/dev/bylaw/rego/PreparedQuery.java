package dev.bylaw.rego;

import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.rego.plan.Query;
import dev.bylaw.rego.plan.Session;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A question to a policy. Immutable and thread-safe. */
public final class PreparedQuery {
  private final Policy policy;
  private final Query query;
  private final Map<String, String> written;

  PreparedQuery(Policy policy, Query query, Map<String, String> written) {
    this.policy = policy;
    this.query = query;
    this.written = written;
  }

  /** The literals whose values a solution gives, in the same order. */
  public List<Span> expressions() {
    return query.expressions();
  }

  /**
   * All ways in which the query holds.
   *
   * @throws dev.bylaw.rego.plan.EvaluationException if rules conflict, a limit is met, or, if asked
   *     for, a builtin fails
   */
  public List<Query.Solution> solutions(Request request) {
    return answer(request).solutions();
  }

  /**
   * All ways in which a query holds, and what went wrong on the way.
   *
   * @param errors of builtins, each of which made something undefined; at most 100
   */
  public record Answer(List<Query.Solution> solutions, List<EvaluationException> errors) {}

  /**
   * As {@link #solutions}, with the errors of builtins that did not end the evaluation.
   *
   * @throws EvaluationException as {@link #solutions} does
   */
  public Answer answer(Request request) {
    Session session = new Session(request.settings());
    List<Query.Solution> found = query.solutions(session, request.input(), policy.data());
    return new Answer(written.isEmpty() ? found : named(found), session.errors());
  }

  private List<Query.Solution> named(List<Query.Solution> found) {
    List<Query.Solution> named = new ArrayList<>(found.size());
    for (Query.Solution s : found) {
      Map<String, Value> bindings = new LinkedHashMap<>();
      s.bindings().forEach((k, v) -> bindings.put(written.getOrDefault(k, k), v));
      named.add(new Query.Solution(bindings, s.values()));
    }
    return named;
  }

  /** The value of the query's last expression in its first solution; empty if there is none. */
  public Optional<Value> value(Request request) {
    return Optional.ofNullable(
        query.value(new Session(request.settings()), request.input(), policy.data()));
  }

  /**
   * The value within a session, over some data: questions that share a session share its budget,
   * its clock and what its builtins remember.
   *
   * @return the value; null if there is no solution
   * @throws dev.bylaw.rego.plan.EvaluationException as {@link #solutions} does
   */
  public @Nullable Value value(Session session, @Nullable Value input, Value data) {
    return query.value(session, input, data);
  }
}
