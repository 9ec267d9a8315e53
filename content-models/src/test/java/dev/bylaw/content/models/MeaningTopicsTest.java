package dev.bylaw.content.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.content.DetectorUnavailableException;
import dev.bylaw.content.Topic;
import dev.bylaw.content.TopicDetector;
import dev.bylaw.content.TopicVerdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MeaningTopicsTest {

  private record Labelled(boolean about, String text) {}

  /** {@code topic + text} about it, {@code topic - text} not; none of these are examples. */
  private static Map<Topic, List<Labelled>> labelled(String resource) throws IOException {
    Map<Topic, List<Labelled>> sets = new LinkedHashMap<>();
    try (InputStream lines =
        Objects.requireNonNull(MeaningTopicsTest.class.getResourceAsStream(resource))) {
      for (String line : new String(lines.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (line.isBlank()) {
          continue;
        }
        String[] parts = line.split(" ", 3);
        sets.computeIfAbsent(Topic.named(parts[0]).orElseThrow(), _ -> new ArrayList<>())
            .add(new Labelled(parts[1].equals("+"), parts[2]));
      }
    }
    return sets;
  }

  /** The chance that a text about the topic scores above one that is not. */
  private static double areaUnderCurve(List<Double> about, List<Double> not) {
    double wins = 0;
    for (double a : about) {
      for (double n : not) {
        wins += a > n ? 1 : a == n ? .5 : 0;
      }
    }
    return wins / about.size() / not.size();
  }

  private static Map<String, Double> areas(TopicDetector detector, String resource)
      throws IOException {
    Map<String, Double> areas = new LinkedHashMap<>();
    List<Double> allAbout = new ArrayList<>();
    List<Double> allNot = new ArrayList<>();
    labelled(resource)
        .forEach((topic, texts) -> {
          List<Double> about = new ArrayList<>();
          List<Double> not = new ArrayList<>();
          for (Labelled text : texts) {
            TopicVerdict verdict = detector.judge(text.text(), List.of(topic)).getFirst();
            (text.about() ? about : not).add(verdict.score());
          }
          areas.put(topic.name(), areaUnderCurve(about, not));
          allAbout.addAll(about);
          allNot.addAll(not);
        });
    areas.put("all", areaUnderCurve(allAbout, allNot));
    return areas;
  }

  @Test
  void heldOutTextsAreToldApartWithRefusalsAndReferralsAmongThem() throws IOException {
    Map<String, Double> areas = areas(MeaningTopics.standard(), "topics-held-out.txt");
    assertThat(areas).allSatisfy((_, area) -> assertThat(area).isGreaterThan(.85));
    assertThat(areas).hasEntrySatisfying("all", area -> assertThat(area).isGreaterThan(.95));
  }

  @Test
  void textsThatNoExampleWasWrittenAfterAreToldApart() throws IOException {
    Map<String, Double> areas = areas(MeaningTopics.standard(), "topics-unseen.txt");
    assertThat(areas).hasSize(10);
    assertThat(areas).allSatisfy((_, area) -> assertThat(area).isGreaterThan(.92));
    assertThat(areas).hasEntrySatisfying("all", area -> assertThat(area).isGreaterThan(.97));
  }

  @Test
  void textsOfWeaponsThatWereWrittenLaterAreToldApart() throws IOException {
    Map<String, Double> areas = areas(MeaningTopics.standard(), "topics-weapons.txt");
    assertThat(areas).hasEntrySatisfying("weapons", area -> assertThat(area).isGreaterThan(.95));
  }

  @Test
  void noTextOfTheMeasuredSetsIsAnExample() throws IOException {
    List<String> measured = new ArrayList<>();
    for (String resource :
        List.of("topics-held-out.txt", "topics-unseen.txt", "topics-weapons.txt")) {
      labelled(resource).values().forEach(set -> set.forEach(text -> measured.add(text.text())));
    }
    for (Topic topic : Topic.standard()) {
      assertThat(topic.examples()).doesNotContainAnyElementsOf(measured);
      assertThat(topic.counterExamples()).doesNotContainAnyElementsOf(measured);
    }
    assertThat(Topic.everyday()).doesNotContainAnyElementsOf(measured);
  }

  @Test
  void theSentenceThatSaysSoIsPointedAt() {
    String text =
        "Thank you for your order. Take 400 mg of ibuprofen every six hours. It ships tomorrow.";
    TopicVerdict verdict =
        MeaningTopics.standard()
            .judge(text, List.of(Topic.named("medical advice").orElseThrow()))
            .getFirst();
    assertThat(verdict.standing()).isEqualTo(TopicVerdict.Standing.ABOUT);
    assertThat(text.substring(verdict.start(), verdict.end()))
        .isEqualTo("Take 400 mg of ibuprofen every six hours.");
  }

  @Test
  void aTopicOfOnesOwnNeedsNoMoreThanExamples() {
    Topic competitors =
        new Topic(
            "competitor_pricing",
            "what rivals charge",
            false,
            List.of(
                "Their plan costs ten dollars less than ours.",
                "The competitor sells the same for half the price.",
                "At the other vendor you would pay forty euros.",
                "Rival products are cheaper."),
            List.of("Our plan costs ten dollars.", "The price of your order is forty euros."),
            List.of());
    List<TopicVerdict> verdicts =
        MeaningTopics.standard()
            .judge("You can get it far cheaper from our competitor.", List.of(competitors));
    assertThat(verdicts.getFirst().standing()).isEqualTo(TopicVerdict.Standing.ABOUT);
  }

  @Test
  void aModelThatDoesNotLoadIsNoVerdictAndIsNotTriedAgain() {
    AtomicInteger tries = new AtomicInteger();
    MeaningTopics broken =
        new MeaningTopics(() -> {
          tries.incrementAndGet();
          throw new IOException("the file is cut off");
        });
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> broken.judge("Take two pills a day.", Topic.standard()))
          .isInstanceOf(DetectorUnavailableException.class)
          .hasMessage("the model for topics does not load: the file is cut off");
    }
    assertThat(tries).hasValue(1);
  }
}
