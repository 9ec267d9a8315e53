package dev.bylaw.playbook.template;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What references are looked up in.
 *
 * @param inputs of the run
 * @param vars of {@code bylaw.yaml}; an input never shadows one
 * @param steps by id, each with {@code status}, {@code output} and {@code error}
 * @param output of the action of this step; empty where there is none yet
 */
public record Scope(
    ObjectValue inputs, ObjectValue vars, ObjectValue steps, Optional<ObjectValue> output) {

  /** A scope before the action of a step. */
  public Scope(ObjectValue inputs, ObjectValue vars, ObjectValue steps) {
    this(inputs, vars, steps, Optional.empty());
  }

  /** The same with the output of the action. */
  public Scope withOutput(ObjectValue value) {
    return new Scope(inputs, vars, steps, Optional.of(value));
  }

  /** The value of an input or var. */
  public @Nullable Value named(String name) {
    Value value = vars.get(name);
    return value != null ? value : inputs.get(name);
  }

  /**
   * The value a reference leads to; a secret's is its reference.
   *
   * @throws TemplateException if there is none
   */
  Value lookup(Reference reference) throws TemplateException {
    Value here =
        switch (reference.root()) {
          case NAME -> named(reference.name());
          case STEP -> steps.get(reference.name());
          case OUTPUT -> output.orElse(null);
          case SECRET -> Secrets.reference(reference.name());
        };
    for (String key : reference.path()) {
      here =
          switch (here) {
            case ObjectValue object -> object.get(key);
            case ArrayValue array -> array.get(key);
            case NullValue _, BooleanValue _, NumberValue _, StringValue _, SetValue _ -> null;
            case null -> null;
          };
    }
    if (here == null) {
      throw new TemplateException("`{{" + reference + "}}` has no value");
    }
    return here;
  }

  boolean isVar(Reference reference) {
    return reference.root() == Reference.Root.NAME && vars.has(reference.name());
  }
}
