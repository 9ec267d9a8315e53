package dev.bylaw.playbook.definition;

import dev.bylaw.playbook.schema.JsonSchema;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a run must be given. Immutable.
 *
 * <p>A playbook that declares no inputs takes those that its templates and conditions refer to and
 * that are no vars; each is required.
 */
public final class Inputs {
  /**
   * One input.
   *
   * @param name of it
   * @param summary what it means, for people; often empty
   * @param schema of its values; an empty object where it may be anything
   * @param required whether a run must be given it
   * @param otherwise its value where a run is not given it
   */
  public record Input(
      String name,
      String summary,
      ObjectValue schema,
      boolean required,
      Optional<Value> otherwise) {}

  private final Map<String, Input> inputs;
  private final Optional<JsonSchema> schema;
  private final boolean declared;

  /**
   * Inputs.
   *
   * @param inputs in order
   * @param schema of all of them together
   * @param declared whether the playbook says them, or they were found in its templates
   */
  Inputs(List<Input> inputs, Optional<JsonSchema> schema, boolean declared) {
    Map<String, Input> byName = new LinkedHashMap<>();
    inputs.forEach(input -> byName.put(input.name(), input));
    this.inputs = java.util.Collections.unmodifiableMap(byName);
    this.schema = schema;
    this.declared = declared;
  }

  /** All inputs by name, in order. */
  public Map<String, Input> all() {
    return inputs;
  }

  /** The names of all inputs. */
  public Set<String> names() {
    return inputs.keySet();
  }

  /** Whether the playbook says them itself. */
  public boolean declared() {
    return declared;
  }

  /**
   * Given inputs, completed and checked.
   *
   * @param values with defaults put in
   * @param problems what is wrong, a line each; a run starts only where there is nothing
   */
  public record Completed(ObjectValue values, List<String> problems) {
    public Completed {
      problems = List.copyOf(problems);
    }
  }

  /** Completes and checks what a run is given. */
  public Completed complete(ObjectValue given) {
    List<String> problems = new ArrayList<>();
    ObjectValue.Builder extra = ObjectValue.builder();
    for (int i = 0; i < given.size(); i++) {
      String name = given.key(i) instanceof StringValue text ? text.text() : "";
      if (inputs.containsKey(name)) {
        continue;
      }
      Optional<String> meant = DidYouMean.closest(name, inputs.keySet());
      boolean mistyped = meant.isPresent() && given.get(meant.get()) == null;
      // A playbook that says nothing of its inputs cannot say that one is not among them: schemas
      // and mail templates may use it.
      if (declared || mistyped) {
        problems.add("unknown input `" + name + "`, " + known(name));
      } else {
        extra.put(given.key(i), given.value(i));
      }
    }
    ObjectValue.Builder out = ObjectValue.builder(inputs.size());
    for (Input input : inputs.values()) {
      Value value = given.get(input.name());
      if (value != null) {
        out.put(input.name(), value);
      } else if (input.otherwise().isPresent()) {
        out.put(input.name(), input.otherwise().get());
      } else if (input.required()) {
        problems.add("input `" + input.name() + "` is missing");
      }
    }
    ObjectValue values = out.build().with(extra.build());
    if (problems.isEmpty()) {
      schema.ifPresent(
          form -> form.check(values).forEach(misfit -> problems.add("input" + misfit(misfit))));
    }
    return new Completed(values, problems);
  }

  private String known(String name) {
    String hint = DidYouMean.hint(name, inputs.keySet());
    if (!hint.isEmpty()) {
      return hint;
    }
    return inputs.isEmpty()
        ? "this playbook takes none"
        : "expected `" + String.join("`, `", inputs.keySet()) + "`";
  }

  private static String misfit(JsonSchema.Misfit misfit) {
    String path = misfit.path().startsWith("/") ? misfit.path().substring(1) : misfit.path();
    return path.isEmpty() ? "s: " + misfit.message() : " `" + path + "`: " + misfit.message();
  }
}
