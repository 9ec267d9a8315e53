package dev.bylaw.playbook.action;

import java.util.List;
import java.util.Optional;

/**
 * What an action is: one row of the table of actions.
 *
 * @param name what steps call it, in snake case
 * @param capability what it is to policies ({@code http} is an {@code api_call}); often its name
 * @param resourceType the type of the resource it touches, for instance {@code transaction}; empty
 *     where it touches none
 * @param summary what it does, one line
 * @param inputs its parameters
 * @param outputs the fields of its output
 * @param idempotent whether doing it again with the same idempotency key does nothing more: such an
 *     action is repeated after a crash, all others go to a person
 */
public record ActionSpec(
    String name,
    String capability,
    String resourceType,
    String summary,
    List<Field> inputs,
    List<Field> outputs,
    boolean idempotent) {

  /**
   * A parameter or a field of the output.
   *
   * @param name its key
   * @param kind what it holds, which also says how a template inside it is rendered
   * @param required whether a call without it is a mistake
   * @param summary what it means, one line
   */
  public record Field(String name, Kind kind, boolean required, String summary) {}

  /** What a field holds. */
  public enum Kind {
    /** Any value. */
    ANY,
    /** A text; a template inside it is put in as text. */
    TEXT,
    /** A number, or a text that is one; exact. */
    NUMBER,
    BOOLEAN,
    OBJECT,
    LIST,
    /**
     * One SQL statement. A template inside it becomes a bind parameter: the rendered text has a
     * {@code ?} in its place and the value joins the parameter {@code binds}, in order.
     */
    SQL,
    /** A URL; a template inside it, unless it is its beginning, is percent-encoded. */
    URL,
    /** A line of a mail's header; a line break in it is refused. */
    HEADER
  }

  public ActionSpec {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** The parameter of a name. */
  public Optional<Field> input(String wanted) {
    return inputs.stream().filter(field -> field.name().equals(wanted)).findFirst();
  }
}
