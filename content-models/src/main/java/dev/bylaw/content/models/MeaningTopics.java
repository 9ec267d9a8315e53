package dev.bylaw.content.models;

import ai.onnxruntime.OrtException;
import dev.bylaw.content.DetectorUnavailableException;
import dev.bylaw.content.Sentence;
import dev.bylaw.content.Topic;
import dev.bylaw.content.TopicDetector;
import dev.bylaw.content.TopicVerdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Topics by meaning: each sentence is held against a topic's examples and its counter-examples; the
 * margin between the nearest of both decides, helped by the topic's words and turned down by a
 * referral. The model and the examples of a topic are loaded when it is first asked for.
 */
public final class MeaningTopics implements TopicDetector {
  private static final int NEAREST = 3;
  private static final int MOST_SENTENCES = 400;

  private static final class Standard {
    static final MeaningTopics DETECTOR = new MeaningTopics(SentenceModel::load);
  }

  private record Examples(List<float[]> about, List<float[]> not, Separator line) {}

  private final Map<Topic, Examples> known = new ConcurrentHashMap<>();
  private final TopicDetector words = TopicDetector.byWords();
  private @Nullable SentenceModel model;
  private @Nullable String failure;

  /** Loads the model when it is first needed. */
  interface Loading {
    SentenceModel load() throws IOException, OrtException;
  }

  private final Loading loading;

  MeaningTopics(Loading loading) {
    this.loading = loading;
  }

  /** The detector with the model that this module ships; one for all. */
  public static MeaningTopics standard() {
    return Standard.DETECTOR;
  }

  private synchronized SentenceModel model() {
    if (failure != null) {
      throw new DetectorUnavailableException(failure);
    }
    if (model == null) {
      try {
        model = loading.load();
      } catch (IOException | OrtException | LinkageError cause) {
        failure = "the model for topics does not load: " + cause.getMessage();
        throw new DetectorUnavailableException(failure, cause);
      }
    }
    return model;
  }

  @Override
  public List<TopicVerdict> judge(String text, List<Topic> topics) {
    SentenceModel loaded = model();
    List<Sentence> sentences = Sentence.of(text);
    List<TopicVerdict> verdicts = new ArrayList<>();
    try {
      List<float[]> vectors = new ArrayList<>();
      for (int i = 0; i < Math.min(MOST_SENTENCES, sentences.size()); i++) {
        vectors.add(loaded.vector(sentences.get(i).text()));
      }
      for (Topic topic : topics) {
        verdicts.add(judge(loaded, topic, text, sentences, vectors));
      }
    } catch (OrtException cause) {
      throw new DetectorUnavailableException(
          "the model for topics failed: " + cause.getMessage(), cause);
    }
    return verdicts;
  }

  private TopicVerdict judge(
      SentenceModel loaded,
      Topic topic,
      String text,
      List<Sentence> sentences,
      List<float[]> vectors)
      throws OrtException {
    Examples examples = examples(loaded, topic);
    TopicVerdict best =
        new TopicVerdict(topic.name(), TopicVerdict.Standing.NOT_ABOUT, 0, 0, 0, "no sentence");
    for (int i = 0; i < vectors.size(); i++) {
      Sentence sentence = sentences.get(i);
      double about = nearest(vectors.get(i), examples.about);
      double not = nearest(vectors.get(i), examples.not);
      double lexicon = words.judge(sentence.text(), List.of(topic)).getFirst().score();
      boolean refers = sentence.refuses() || (topic.advice() && sentence.refers());
      double line = examples.line.side(vectors.get(i));
      double sum = line + 3 * (about - not) + lexicon - (refers ? 2 : 0);
      double score = 1 / (1 + Math.exp(-sum));
      if (score > best.score()) {
        best =
            new TopicVerdict(
                topic.name(),
                TopicVerdict.Standing.of(score),
                score,
                sentence.start(),
                sentence.end(),
                "like its examples %.2f, like its counter-examples %.2f%s%s"
                    .formatted(
                        about,
                        not,
                        lexicon > 0 ? ", with words of it" : "",
                        refers ? ", refers to others" : ""));
      }
    }
    if (vectors.size() < sentences.size()) {
      // The rest of a very long text is judged by its words alone.
      String rest = text.substring(sentences.get(vectors.size()).start());
      TopicVerdict byWords = words.judge(rest, List.of(topic)).getFirst();
      if (byWords.score() > best.score()) {
        int shift = sentences.get(vectors.size()).start();
        best =
            new TopicVerdict(
                topic.name(),
                byWords.standing(),
                byWords.score(),
                byWords.start() + shift,
                byWords.end() + shift,
                byWords.explanation());
      }
    }
    return best;
  }

  private Examples examples(SentenceModel loaded, Topic topic) throws OrtException {
    Examples examples = known.get(topic);
    if (examples == null) {
      KnownVectors shipped = loaded.known();
      List<float[]> not = vectors(loaded, topic.counterExamples());
      not.addAll(vectors(loaded, Topic.everyday()));
      List<float[]> about = vectors(loaded, topic.examples());
      float[] line = shipped.lineOf(topic);
      examples =
          new Examples(
              about, not, line == null ? Separator.between(about, not) : Separator.of(line));
      known.put(topic, examples);
    }
    return examples;
  }

  private static List<float[]> vectors(SentenceModel loaded, List<String> sentences)
      throws OrtException {
    List<float[]> vectors = new ArrayList<>();
    for (String sentence : sentences) {
      float[] known = loaded.known().of(sentence);
      vectors.add(known == null ? loaded.vector(sentence) : known);
    }
    return vectors;
  }

  /** The mean likeness to the nearest few. */
  private static double nearest(float[] vector, List<float[]> examples) {
    double[] cosines =
        examples.stream().mapToDouble(example -> SentenceModel.cosine(vector, example)).toArray();
    Arrays.sort(cosines);
    int count = Math.min(NEAREST, cosines.length);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += cosines[cosines.length - 1 - i];
    }
    return count == 0 ? 0 : sum / count;
  }
}
