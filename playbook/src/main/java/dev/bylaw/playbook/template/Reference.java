package dev.bylaw.playbook.template;

import java.util.List;

/**
 * What stands between the braces of a template.
 *
 * @param root where it looks
 * @param name the input or var, the step, or the secret; empty for {@link Root#OUTPUT}
 * @param path keys and indices below it, outermost first
 */
public record Reference(Root root, String name, List<String> path) {
  /** Where a reference looks. */
  public enum Root {
    /** An input or a var: {@code order_id}, {@code customer.email}. */
    NAME,
    /** A step before: {@code steps.pay.output.id}. */
    STEP,
    /** The output of the action of this very step: {@code output.id}. */
    OUTPUT,
    /** A secret: {@code secrets.api_key}. */
    SECRET
  }

  public Reference {
    path = List.copyOf(path);
  }

  /** As it is written between the braces. */
  @Override
  public String toString() {
    String start =
        switch (root) {
          case NAME -> name;
          case STEP -> "steps." + name;
          case OUTPUT -> "output";
          case SECRET -> "secrets." + name;
        };
    return path.isEmpty() ? start : start + "." + String.join(".", path);
  }
}
