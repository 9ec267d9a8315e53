package dev.bylaw.rego.conformance;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.Request;
import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.builtin.JsonText;
import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.rego.plan.Query;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One case: a query over modules, and what must come out. */
record Case(ObjectValue fields, Dialect dialect) {

  String note() {
    return fields.text("note");
  }

  /** Null if the case passes, else why it does not. */
  @Nullable String run() {
    try {
      List<Query.Solution> solutions = solutions();
      if (fields.has("want_error_code") || fields.has("want_error")) {
        return "expected an error, found " + text(solutions);
      }
      return compare(solutions);
    } catch (EvaluationException e) {
      return compareError(e.code(), String.valueOf(e.getMessage()));
    } catch (DiagnosticsException e) {
      String code = e.diagnostics().getFirst().code();
      return compareError(
          code, e.diagnostics().stream().map(d -> d.toString()).collect(Collectors.joining("\n")));
    } catch (IllegalStateException
        | IllegalArgumentException
        | ClassCastException
        | IndexOutOfBoundsException
        | NullPointerException
        | ArithmeticException e) {
      StackTraceElement[] trace = e.getStackTrace();
      return "a bug: " + e + " at " + (trace.length == 0 ? "?" : trace[0]);
    }
  }

  private List<Query.Solution> solutions() {
    List<Source> sources = new ArrayList<>();
    if (fields.get("modules") instanceof ArrayValue modules) {
      for (int i = 0; i < modules.size(); i++) {
        sources.add(Source.of("test-" + i + ".rego", ((StringValue) modules.get(i)).text()));
      }
    }
    Policy policy = Policy.compile(sources, Options.standard().withDialect(dialect));
    if (fields.get("data") instanceof ObjectValue data) {
      policy = policy.withData(data);
    }
    Request request =
        Request.of(input())
            .withStrictErrors(fields.get("strict_error") == BooleanValue.TRUE)
            .connectingTo(host -> true);
    return policy.prepare(fields.text("query")).solutions(request);
  }

  private @Nullable Value input() {
    if (fields.has("input_term")) {
      Policy terms = Policy.compile(List.of(), Options.standard());
      return terms.prepare(fields.text("input_term")).value(Request.of(null)).orElseThrow();
    }
    return fields.get("input");
  }

  private @Nullable String compareError(String code, String message) {
    boolean wanted = fields.has("want_error_code") || fields.has("want_error");
    boolean same =
        wanted
            && (!fields.has("want_error_code") || fields.text("want_error_code").equals(code))
            && message.contains(fields.text("want_error"));
    if (same) {
      return null;
    }
    return wanted
        ? "expected error "
            + fields.text("want_error_code")
            + " `"
            + fields.text("want_error")
            + "`, found "
            + message
        : "unexpected error " + message;
  }

  private @Nullable String compare(List<Query.Solution> solutions) {
    List<Value> wanted = new ArrayList<>();
    if (fields.get("want_result") instanceof ArrayValue rows) {
      for (Value row : rows) {
        wanted.add(normal(sorted(row)));
      }
    }
    List<Value> found = new ArrayList<>();
    for (Query.Solution s : solutions) {
      ObjectValue.Builder row = ObjectValue.builder();
      for (Map.Entry<String, Value> binding : s.bindings().entrySet()) {
        row.put(binding.getKey(), plain(binding.getValue()));
      }
      found.add(normal(sorted(row.build())));
    }
    List<Value> rest = new ArrayList<>(wanted);
    boolean same = true;
    for (Value row : found) {
      same &= rest.remove(row);
    }
    if (same && rest.isEmpty()) {
      return null;
    }
    return "expected " + ArrayValue.of(wanted) + ", found " + ArrayValue.of(found);
  }

  /** With {@code sort_bindings}, bound arrays in order. */
  private Value sorted(Value row) {
    if (fields.get("sort_bindings") != BooleanValue.TRUE || !(row instanceof ObjectValue o)) {
      return row;
    }
    ObjectValue.Builder builder = ObjectValue.builder();
    o.forEach((k, v) -> {
      if (v instanceof ArrayValue a) {
        List<Value> all = new ArrayList<>(a.elements());
        all.sort(null);
        builder.put(k, ArrayValue.of(all));
      } else {
        builder.put(k, v);
      }
    });
    return builder.build();
  }

  private static Value normal(Value v) {
    return v;
  }

  /** The value as JSON has it: sets as arrays, keys as strings. */
  private static Value plain(Value v) {
    try {
      return Json.parse(JsonText.compact(v));
    } catch (JsonException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(List<Query.Solution> solutions) {
    return solutions.stream().map(s -> s.bindings().toString()).collect(Collectors.joining("; "));
  }
}
