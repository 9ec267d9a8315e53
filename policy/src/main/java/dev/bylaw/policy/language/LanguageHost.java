package dev.bylaw.policy.language;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.time.ZoneId;

/**
 * What a policy may use of the program around it. Belongs to one evaluation, within which the same
 * question has the same answer.
 *
 * <p>What cannot be told throws {@link IllegalArgumentException} with a message for people; the
 * rule that asked has failed then.
 */
public interface LanguageHost {
  /** The named data of the identity, by name. */
  ObjectValue data();

  /** Whose midnight ends a day. */
  ZoneId zone();

  /** Whether a value holds personal data, in texts or by the names of its fields. */
  boolean containsPii(Value value);

  /** The personal data in a value: objects with {@code type}, {@code path} and {@code score}. */
  ArrayValue personal(Value value);

  /** The secrets in a value, in the same form. */
  ArrayValue secrets(Value value);

  /** The host of a URL, in lower case. */
  String host(Value url);

  /**
   * Whether a URL's host is on a list.
   *
   * @param list the name of data, or the list itself
   * @param anyPort whether its port does not matter, which is meant where the list denies
   */
  boolean isListed(Value url, Value list, boolean anyPort);

  /**
   * Where a cap stands for this request: {@code used}, {@code amount}, {@code limit}, {@code left},
   * {@code currency}.
   *
   * @param rule of the cap, {@code pack/rule}
   */
  ObjectValue cap(String rule);
}
