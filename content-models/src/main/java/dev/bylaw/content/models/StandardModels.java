package dev.bylaw.content.models;

import dev.bylaw.content.ContentModels;
import dev.bylaw.content.Detector;
import dev.bylaw.content.TopicDetector;

/** The models of this module, as a service. */
public final class StandardModels implements ContentModels {
  @Override
  public Detector names() {
    return NerDetector.standard();
  }

  @Override
  public TopicDetector topics() {
    return MeaningTopics.standard();
  }
}
