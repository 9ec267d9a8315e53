package dev.bylaw.policy.pack;

import dev.bylaw.policy.rule.Pattern;
import dev.bylaw.policy.rule.RuleBody;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a rule comes to when it is read.
 *
 * @param suffix what the rule's id gets, where one written rule becomes several; empty otherwise
 * @param body what it demands
 * @param pattern which requests it is about, where the body says so itself; null otherwise
 * @param setting what it states; empty for nothing
 */
record Draft(String suffix, RuleBody body, @Nullable Pattern pattern, String setting) {

  /** A body that leaves the pattern to the rule and states no setting. */
  static Draft of(RuleBody body) {
    return new Draft("", body, null, "");
  }

  /** A body that states a setting. */
  static Draft of(RuleBody body, String setting) {
    return new Draft("", body, null, setting);
  }

  /** What a rule says of itself before its body is read. */
  record Head(Pattern pattern, Set<String> on, String resourceType) {}
}
