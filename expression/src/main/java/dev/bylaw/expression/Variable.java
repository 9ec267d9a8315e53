package dev.bylaw.expression;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A variable that expressions may name.
 *
 * @param name letters, digits and underscores, no digit first
 * @param type what it holds
 */
public record Variable(String name, Type type) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public Variable {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a name of a variable: " + name);
    }
    Objects.requireNonNull(type);
  }

  /** A variable whose kind of value is known only when it is evaluated. */
  public static Variable dynamic(String name) {
    return new Variable(name, Type.DYNAMIC);
  }

  /** A variable that holds a text. */
  public static Variable text(String name) {
    return new Variable(name, Type.TEXT);
  }
}
