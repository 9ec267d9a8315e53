package dev.bylaw.policy.rule;

import java.util.Locale;
import java.util.Set;

/**
 * The port of what judges texts: their tone, topics, language, and whether they try to instruct the
 * agent that reads them. Thread-safe; repeatable: the same text gets the same answer.
 */
public interface TextClassifier {
  /** Judges nothing: every rule that asks it fails, and so counts as violated. */
  TextClassifier NONE =
      (question, _, _) ->
          new Answer.Unavailable("no detector for " + question.words() + " is installed");

  /** What is asked of a text. */
  enum Question {
    TONE("tone"),
    TOPICS("topics"),
    LANGUAGE("language"),
    PROMPT_INJECTION("prompt_injection");

    private final String key;

    Question(String key) {
      this.key = key;
    }

    /** The key of such rules in a pack. */
    public String key() {
      return key;
    }

    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** What a text is. */
  sealed interface Answer {
    /**
     * It was judged.
     *
     * @param labels those of the asked ones that hold; of a tone or language also another that does
     * @param why for people; may be empty
     */
    record Judged(Set<String> labels, String why) implements Answer {
      public Judged {
        labels = Set.copyOf(labels);
      }
    }

    /**
     * It could not be judged.
     *
     * @param why for people: lower case, no full stop
     */
    record Unavailable(String why) implements Answer {}
  }

  /** The labels that answers to a question can have; empty where any may be asked for. */
  default Set<String> labels(Question question) {
    return Set.of();
  }

  /**
   * Judges a text.
   *
   * @param question what is asked
   * @param labels the ones that matter
   */
  Answer classify(Question question, Set<String> labels, String text);
}
