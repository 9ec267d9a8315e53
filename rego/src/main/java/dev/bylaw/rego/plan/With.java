package dev.bylaw.rego.plan;

import dev.bylaw.rego.plan.Evaluation.Replacement;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code with}: runs steps in another evaluation, and what follows them in this one. */
final class With extends Step {
  /** What is replaced. */
  enum Kind {
    INPUT,
    DATA,
    FUNCTION
  }

  /**
   * One modifier.
   *
   * @param path the keys under the document; of a function, its name alone
   * @param value what takes its place; null if that is a function
   */
  record Modifier(
      Kind kind, List<String> path, @Nullable Node value, @Nullable Callable function) {}

  private final Modifier[] modifiers;
  Step body = Step.Done.DONE;
  final End end;

  With(List<Modifier> modifiers) {
    this.modifiers = modifiers.toArray(new Modifier[0]);
    this.end = new End();
  }

  /** The last step of the inside: goes on outside. */
  final class End extends Step {
    @Override
    boolean run(Frame f) {
      Evaluation inside = f.evaluation;
      f.evaluation = inside.outer();
      boolean stop = With.this.next.run(f);
      f.evaluation = inside;
      return stop;
    }
  }

  @Override
  boolean run(Frame f) {
    Evaluation outer = f.evaluation;
    Evaluation inner = replace(outer, f);
    if (inner == null) {
      return false;
    }
    f.evaluation = inner;
    try {
      return body.run(f);
    } finally {
      f.evaluation = outer;
    }
  }

  private @Nullable Evaluation replace(Evaluation outer, Frame f) {
    Value input = outer.input;
    Value data = outer.data;
    List<List<String>> replaced = outer.replaced;
    Map<String, Replacement> functions = outer.functions;
    for (Modifier m : modifiers) {
      Value value = null;
      if (m.value != null) {
        value = m.value.eval(f);
        if (value == null) {
          return null;
        }
      }
      switch (m.kind) {
        case INPUT -> input = put(input, m.path, 0, value);
        case DATA -> {
          Value changed = put(data, m.path, 0, value);
          data = changed == null ? ObjectValue.EMPTY : changed;
          replaced = new ArrayList<>(replaced);
          replaced.add(m.path);
        }
        case FUNCTION -> {
          functions = functions == null ? new HashMap<>() : new HashMap<>(functions);
          functions.put(m.path.getFirst(), new Replacement(m.function, value));
        }
      }
    }
    return outer.inside(input, data, replaced, functions);
  }

  private static @Nullable Value put(
      @Nullable Value base, List<String> path, int i, @Nullable Value value) {
    if (i == path.size()) {
      return value;
    }
    ObjectValue object = base instanceof ObjectValue o ? o : ObjectValue.EMPTY;
    Value changed = put(object.get(path.get(i)), path, i + 1, value);
    return changed == null ? object : object.with(path.get(i), changed);
  }
}
