package dev.bylaw.runtime.content;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.content.ContentJudge;
import dev.bylaw.content.Inspector;
import dev.bylaw.content.Tone;
import dev.bylaw.content.Topic;
import dev.bylaw.content.TopicDetector;
import dev.bylaw.content.TopicVerdict;
import dev.bylaw.content.TopicVerdict.Standing;
import dev.bylaw.policy.rule.TextClassifier.Answer.Judged;
import dev.bylaw.policy.rule.TextClassifier.Answer.Unavailable;
import dev.bylaw.policy.rule.TextClassifier.Question;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final Topic KILNS =
      new Topic("kilns", "hot ovens", false, List.of(), List.of(), List.of());
  private static final Topic GLAZE = new Topic("glaze", "", false, List.of(), List.of(), List.of());

  /** A judge that says the same of everything, and what it was asked. */
  private static final class Saying implements ContentJudge {
    private final Standing standing;
    private final List<String> asked = new ArrayList<>();

    Saying(Standing standing) {
      this.standing = standing;
    }

    @Override
    public List<Standing> judge(List<String> statements, String text) {
      asked.addAll(statements);
      return Collections.nCopies(statements.size(), standing);
    }
  }

  private static TopicDetector detector(Map<Topic, Standing> standings) {
    return (text, topics) ->
        topics.stream()
            .map(topic ->
                new TopicVerdict(
                    topic.name(), requireNonNull(standings.get(topic)), .5, 0, 1, "by meaning"))
            .toList();
  }

  private static ContentClassifier classifier(Optional<TopicDetector> meaning, ContentJudge judge) {
    return new ContentClassifier(
        Inspector.standard(), Map.of("kilns", KILNS, "glaze", GLAZE), meaning, judge);
  }

  private static Set<String> topics(Standing kilns, Standing glaze, ContentJudge judge) {
    var answer =
        classifier(Optional.of(detector(Map.of(KILNS, kilns, GLAZE, glaze))), judge)
            .classify(Question.TOPICS, Set.of("kilns", "glaze"), "a text");
    return ((Judged) answer).labels();
  }

  @Test
  void onlyWhatIsUnsureIsAsked() {
    var yes = new Saying(Standing.ABOUT);
    assertThat(topics(Standing.UNSURE, Standing.NOT_ABOUT, yes)).containsExactly("kilns");
    assertThat(yes.asked).containsExactly("the text is about kilns (hot ovens)");
    var no = new Saying(Standing.NOT_ABOUT);
    assertThat(topics(Standing.ABOUT, Standing.UNSURE, no)).containsExactly("kilns");
    assertThat(no.asked).containsExactly("the text is about glaze");
    var never = new Saying(Standing.ABOUT);
    assertThat(topics(Standing.ABOUT, Standing.NOT_ABOUT, never)).containsExactly("kilns");
    assertThat(never.asked).isEmpty();
  }

  @Test
  void withoutAnOpinionAnUnsureTopicIsNotTouched() {
    assertThat(topics(Standing.UNSURE, Standing.UNSURE, ContentJudge.NONE)).isEmpty();
    assertThat(topics(Standing.UNSURE, Standing.UNSURE, new Saying(Standing.NOT_ABOUT))).isEmpty();
  }

  @Test
  void aVerdictOfTheModelSaysThatItIsOne() {
    var answer =
        classifier(
                Optional.of(detector(Map.of(KILNS, Standing.UNSURE, GLAZE, Standing.ABOUT))),
                new Saying(Standing.ABOUT))
            .classify(Question.TOPICS, Set.of(), "a text");
    assertThat(((Judged) answer).why())
        .contains("glaze 0.50 at characters 0 to 1: by meaning")
        .contains("kilns: so says the language model");
  }

  @Test
  void aJudgeDoesNotTakeThePlaceOfTheModelThatIsMissing() {
    var no = new Saying(Standing.NOT_ABOUT);
    assertThat(classifier(Optional.empty(), no).classify(Question.TOPICS, Set.of(), "a text"))
        .isInstanceOf(Unavailable.class);
    assertThat(no.asked).isEmpty();
  }

  @Test
  void aToneThatIsUnsureIsKeptUnlessTheJudgeDeniesIt() {
    String text = "The parcel arrives on Tuesday morning.";
    assertThat(Tone.of(text).is(Tone.Band.FRIENDLY)).isEqualTo(Standing.UNSURE);
    for (Standing kept : List.of(Standing.ABOUT, Standing.UNSURE)) {
      assertThat(tone(new Saying(kept), "friendly", text)).containsExactly("friendly");
    }
    var no = new Saying(Standing.NOT_ABOUT);
    assertThat(tone(no, "friendly", text)).isNotEmpty().doesNotContain("friendly");
    assertThat(no.asked).containsExactly("the tone of the text is friendly");
  }

  @Test
  void aToneThatIsSureIsNotAsked() {
    var no = new Saying(Standing.NOT_ABOUT);
    String text = "Thank you so much, we are happy to help! Have a great day, take care.";
    assertThat(Tone.of(text).is(Tone.Band.FRIENDLY)).isEqualTo(Standing.ABOUT);
    assertThat(tone(no, "friendly", text)).containsExactly("friendly");
    assertThat(no.asked).isEmpty();
  }

  private static Set<String> tone(ContentJudge judge, String band, String text) {
    var answer = classifier(Optional.empty(), judge).classify(Question.TONE, Set.of(band), text);
    return ((Judged) answer).labels();
  }

  private static List<String> problems(String yaml) {
    var diagnostics = new Diagnostics();
    ContentLibraryReader.read(List.of(Source.of("content/own.yaml", yaml)), diagnostics);
    return diagnostics.all().stream()
        .map(problem -> problem.code() + ' ' + problem.message())
        .toList();
  }

  @Test
  void aJudgeIsReadFromTheFolder() {
    assertThat(
            problems(
                """
                judge:
                  url: https://api.example.com/v1/chat/completions
                  model: small
                  key_env: JUDGE_KEY
                  timeout_seconds: 9
                """))
        .isEmpty();
    assertThat(problems("judge: {url: 'http://localhost:9/v1/chat/completions', model: small}"))
        .isEmpty();
  }

  @Test
  void whatIsWrongWithAJudgeIsToldAtItsPlace() {
    assertThat(problems("judge: {url: 'http://api.example.com/v1', model: small}"))
        .singleElement()
        .asString()
        .startsWith("E0715")
        .contains("without encryption");
    assertThat(problems("judge: {url: 'https://a:b@example.com/v1', model: small}"))
        .singleElement()
        .asString()
        .startsWith("E0715");
    assertThat(problems("judge: {url: 'https://example.com/v1', model: m, key_env: 'sk-1 2'}"))
        .singleElement()
        .asString()
        .startsWith("E0715")
        .doesNotContain("sk-1");
    assertThat(problems("judge: {url: 'https://example.com/v1'}")).isNotEmpty();
    assertThat(problems("judge: {url: 'https://example.com/v1', model: m, timeout_seconds: 99}"))
        .isNotEmpty();
    assertThat(problems("judge: {url: 'https://example.com/v1', model: m, key: secret}"))
        .isNotEmpty();
  }
}
