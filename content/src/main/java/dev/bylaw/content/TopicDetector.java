package dev.bylaw.content;

import java.util.List;

/**
 * Says what a text is about: by words alone here, by meaning too where a model joins. One that
 * cannot work throws {@link DetectorUnavailableException}. Thread-safe.
 */
public interface TopicDetector {

  /** A verdict for each of the topics, in their order. */
  List<TopicVerdict> judge(String text, List<Topic> topics);

  /** The detector that knows only words; without a second opinion it is often unsure. */
  static TopicDetector byWords() {
    return new LexiconTopics();
  }
}
