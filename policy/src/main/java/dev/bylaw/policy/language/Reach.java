package dev.bylaw.policy.language;

import java.util.Set;

/**
 * Which requests a policy can say anything about.
 *
 * <p>What it is asked about and what it names are two things: a policy one rule of which looks at
 * every request is asked about all, and still names the actions that its other rules compare with.
 *
 * @param asked the actions and capabilities it has to be asked about; for every other it is neither
 *     violated nor failed. Empty for all requests
 * @param named the actions and capabilities that it is about in so many words; these are covered
 * @param namesAll whether it says something about every action in so many words, as {@code on: "*"}
 *     does
 */
public record Reach(Set<String> asked, Set<String> named, boolean namesAll) {
  public Reach {
    asked = Set.copyOf(asked);
    named = Set.copyOf(named);
  }

  /** Asked about everything, naming nothing. */
  public static final Reach OPEN = new Reach(Set.of(), Set.of(), false);

  /** About some actions and no others. */
  public static Reach of(Set<String> actions) {
    return new Reach(actions, actions, false);
  }
}
