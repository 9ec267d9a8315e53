package dev.bylaw.rego.differential;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.Request;
import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.builtin.JsonText;
import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.rego.plan.Query;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers questions by the engine that is tested. */
final class Engine {
  private static final Policy TERMS = Policy.compile(List.of(), Options.standard());

  private Engine() {}

  static Answer ask(Question q) {
    try {
      return new Answer(rows(q), List.of());
    } catch (DiagnosticsException e) {
      return new Answer(
          List.of(),
          e.diagnostics().stream()
              .filter(Diagnostic::isError)
              .map(d -> failure(d.code(), d.message(), d.span()))
              .toList());
    } catch (EvaluationException e) {
      return new Answer(List.of(), List.of(failure(e.code(), e.text(), e.span())));
    } catch (RuntimeException | StackOverflowError e) {
      String where = e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
      return new Answer(List.of(), List.of(failure("bug", e + where, null)));
    }
  }

  private static List<Value> rows(Question q) {
    List<Source> sources = new ArrayList<>();
    q.modules().forEach((name, text) -> sources.add(Source.of(name, text)));
    Dialect dialect = q.older() ? Dialect.V0 : Dialect.V1;
    Policy policy =
        Policy.compile(sources, Options.standard().withDialect(dialect)).withData(q.data());
    Request request =
        Request.of(input(q))
            .withStrictErrors(q.strict())
            .withBudget(Long.MAX_VALUE, Duration.ofSeconds(10));
    List<Value> rows = new ArrayList<>();
    for (Query.Solution s : policy.prepare(q.query()).solutions(request)) {
      ObjectValue.Builder row = ObjectValue.builder();
      s.bindings().forEach((k, v) -> row.put(k, plain(v)));
      row.put("", plain(ArrayValue.of(s.values())));
      rows.add(row.build());
    }
    return rows;
  }

  private static @Nullable Value input(Question q) {
    String term = q.input();
    return term == null ? null : TERMS.prepare(term).value(Request.of(null)).orElseThrow();
  }

  /** The value as JSON has it: sets as arrays, keys as strings. */
  static Value plain(Value v) {
    try {
      return Json.parse(JsonText.compact(v));
    } catch (JsonException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Answer.Failure failure(String code, String message, @Nullable Span span) {
    return span == null
        ? new Answer.Failure(code, message, "", 0, 0)
        : new Answer.Failure(
            code, message, span.source().name(), span.position().line(), span.position().column());
  }
}
