package dev.bylaw.content.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import dev.bylaw.content.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** {@code main} writes the resource anew, after sentences of a topic have changed. */
class KnownVectorsTest {

  /** Writes the file named by the one argument: {@code topics.bin} among the resources. */
  public static void main(String[] arguments) throws IOException, OrtException {
    SentenceModel model = SentenceModel.load();
    Map<String, float[]> vectors = new HashMap<>();
    for (Topic topic : Topic.standard()) {
      List<float[]> about = vectors(model, topic.examples(), vectors);
      List<float[]> not = vectors(model, topic.counterExamples(), vectors);
      not.addAll(vectors(model, Topic.everyday(), vectors));
      vectors.put(KnownVectors.lineDigest(topic), Separator.between(about, not).numbers());
    }
    Files.write(Path.of(arguments[0]), KnownVectors.write(vectors));
  }

  private static List<float[]> vectors(
      SentenceModel model, List<String> sentences, Map<String, float[]> vectors)
      throws OrtException {
    List<float[]> result = new ArrayList<>();
    for (String sentence : sentences) {
      float[] vector = model.vector(sentence);
      vectors.put(KnownVectors.digest(List.of("sentence", sentence)), vector);
      result.add(vector);
    }
    return result;
  }

  @Test
  void everySentenceOfTheReadyTopicsIsKnown() throws IOException {
    KnownVectors known = KnownVectors.shipped();
    assertThat(Topic.standard())
        .allSatisfy(topic -> {
          assertThat(known.lineOf(topic)).as("line of " + topic.name()).hasSize(385);
          assertThat(topic.examples()).allSatisfy(s -> assertThat(known.of(s)).hasSize(384));
          assertThat(topic.counterExamples()).allSatisfy(s -> assertThat(known.of(s)).hasSize(384));
        });
    assertThat(known.of("Nobody wrote this sentence before.")).isNull();
  }

  @Test
  void whatIsKnownIsWhatTheModelSays() throws IOException, OrtException {
    SentenceModel model = SentenceModel.load();
    KnownVectors known = model.known();
    for (Topic topic : Topic.standard()) {
      for (String sentence : topic.examples().subList(0, 4)) {
        assertThat(
                SentenceModel.cosine(
                    Objects.requireNonNull(known.of(sentence)), model.vector(sentence)))
            .as(sentence)
            .isGreaterThan(.97);
      }
    }
  }

  @Test
  void aFileOfSomethingElseIsRefused() {
    assertThatThrownBy(() -> KnownVectors.read(new byte[64]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("topics.bin");
    assertThatThrownBy(() -> KnownVectors.read(new byte[] {0x62, 0x79, 0x76, 0x31, 0, 0, 0, 9, 1}))
        .isInstanceOf(IOException.class);
  }
}
