package dev.bylaw.runtime.content;

import dev.bylaw.content.ContentJudge;
import dev.bylaw.content.ContentModels;
import dev.bylaw.content.Inspector;
import dev.bylaw.content.Topic;
import dev.bylaw.content.TopicDetector;
import dev.bylaw.policy.rule.TextClassifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What looks at contents for one identity. Thread-safe.
 *
 * @param inspector finds personal data and secrets, a user's own types among them
 * @param classifier judges texts
 */
public record ContentLibrary(Inspector inspector, TextClassifier classifier) {
  private static final ContentLibrary STANDARD =
      of(Inspector.standard().withInstalledModels(), List.of(), ContentJudge.NONE);

  /** What every identity has: the standard detectors and topics, and the models that are there. */
  public static ContentLibrary standard() {
    return STANDARD;
  }

  /**
   * A library with topics of a user's own.
   *
   * @param own beside the standard ones; one with the name of a standard topic takes its place
   * @param judge asked where topics and tone are unsure
   */
  static ContentLibrary of(Inspector inspector, List<Topic> own, ContentJudge judge) {
    Map<String, Topic> topics = new LinkedHashMap<>();
    Topic.standard().forEach(topic -> topics.put(topic.name(), topic));
    own.forEach(topic -> topics.put(topic.name(), topic));
    Optional<TopicDetector> meaning = ContentModels.installed().map(ContentModels::topics);
    return new ContentLibrary(inspector, new ContentClassifier(inspector, topics, meaning, judge));
  }
}
