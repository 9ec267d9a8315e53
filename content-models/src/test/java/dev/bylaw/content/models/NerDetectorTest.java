package dev.bylaw.content.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.content.Budget;
import dev.bylaw.content.EntityType;
import dev.bylaw.content.Findings;
import dev.bylaw.content.Inspector;
import dev.bylaw.content.Redaction;
import dev.bylaw.content.Redactor;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NerDetectorTest {
  private static final Inspector INSPECTOR = Inspector.standard().with(NerDetector.standard());

  private static List<String> found(String text, EntityType type) {
    return INSPECTOR.inspect(text, Set.of(type)).all().stream()
        .map(finding -> finding.in(text))
        .toList();
  }

  @Test
  void namesAndPlacesAreFoundInText() {
    String text = "Our customer Maria Kowalska from Chicago asked Dr. Ahmed Hassan about it.";
    assertThat(found(text, EntityType.PERSON)).contains("Maria Kowalska", "Ahmed Hassan");
    assertThat(found(text, EntityType.LOCATION)).containsExactly("Chicago");
  }

  @Test
  void aPersonAskedForWithTheModelIsNoGap() {
    assertThat(INSPECTOR.inspect("Hello", Set.of(EntityType.PERSON)).complete()).isTrue();
    assertThat(Inspector.standard().inspect("Hello", Set.of(EntityType.PERSON)).complete())
        .isFalse();
  }

  private static Findings withModel(NerDetector.Loading loading) {
    Inspector inspector = Inspector.standard().with(new NerDetector(loading));
    return inspector.inspect("Jane Miller", Set.of(EntityType.PERSON));
  }

  @Test
  void aModelThatDoesNotLoadIsAGapAndNeverClean() {
    byte[] broken = "no model at all".getBytes(StandardCharsets.UTF_8);
    List<NerDetector.Loading> failing =
        List.of(
            () -> NerModel.load(() -> broken),
            () -> NerModel.load(() -> new byte[0]),
            () -> {
              throw new IOException("the resource is missing");
            },
            () -> {
              throw new UnsatisfiedLinkError("no native library");
            });
    for (NerDetector.Loading loading : failing) {
      Findings findings = withModel(loading);
      assertThat(findings.clean()).isFalse();
      assertThat(findings.gaps())
          .anySatisfy(gap -> {
            assertThat(gap.reason()).isEqualTo(Findings.Gap.Reason.DETECTOR_FAILED);
            assertThat(gap.detail()).contains("the model for names and places does not load");
          });
    }
  }

  @Test
  void namesBeyondTheFirstWindowAreFoundWhereTheyAre() {
    String filler = "the product ships in two to four days and needs no further attention. ";
    String text = filler.repeat(40) + "Please call Maria Kowalska today. " + filler.repeat(40);
    Findings findings = INSPECTOR.inspect(text, Set.of(EntityType.PERSON));
    assertThat(findings.all())
        .extracting(finding -> finding.in(text))
        .containsExactly("Maria Kowalska");
  }

  @Test
  void disguisedNamesAreReadAndLieWhereTheyWere() {
    assertThat(found("Please call Mаriа Kow\u200balska today.", EntityType.PERSON))
        .containsExactly("Mаriа Kow\u200balska");
  }

  @Test
  void redactedNamesAreGone() {
    var redacted =
        Redactor.of(INSPECTOR, new Redaction.Pseudonym())
            .redact("Maria Kowalska met John Smith in Chicago.", Set.of(EntityType.PERSON));
    assertThat(redacted.result()).doesNotContain("Maria", "Smith").contains("Chicago");
    assertThat(redacted.clean()).isTrue();
  }

  @Test
  void whatARedactionPutThereIsNobodyAndANameInBracketsIs() {
    for (String text : List.of("[PERSON]", "[PERSON_2]", "[PERSON:kbnacdeflmopghij]")) {
      assertThat(found("Please call " + text + " today.", EntityType.PERSON)).as(text).isEmpty();
    }
    for (String text : List.of("[MARIA KOWALSKA]", "[PERSON:Kowalska]")) {
      assertThat(found("Please call " + text + " today.", EntityType.PERSON)).as(text).hasSize(1);
    }
  }

  @Test
  void aHashedNameInAFieldOfNamesIsHashedOnce() {
    Redaction hash =
        Redaction.KeyedHash.of("a key of sixteen bytes".getBytes(StandardCharsets.UTF_8));
    Value guest = ObjectValue.of("customer name", StringValue.of("Ngozi Adichie"));
    String redacted =
        Redactor.of(INSPECTOR, hash).redact(guest, Set.of(EntityType.PERSON)).result().toString();
    assertThat(redacted).containsPattern("\\[PERSON:[a-p]{16}\\]").doesNotContain("Ngozi");
  }

  @Test
  void aLongTextEndsWithTheTimeOfItsBudget() {
    AtomicLong clock = new AtomicLong();
    Inspector hurried =
        INSPECTOR
            .with(new Budget(1_000_000, 8, 100, Duration.ofSeconds(1)))
            .withNanoTime(() -> clock.getAndAdd(100_000_000));
    Findings findings =
        hurried.inspect("Maria lives in Chicago. ".repeat(2000), Set.of(EntityType.PERSON));
    assertThat(findings.gaps())
        .extracting(Findings.Gap::reason)
        .containsExactly(Findings.Gap.Reason.TOO_SLOW);
  }

  @Test
  void anInsideNeverFollowsAnOutside() {
    float[] scores = new float[3 * NerModel.LABELS];
    java.util.Arrays.fill(scores, -9);
    scores[0] = -.1f;
    scores[NerModel.LABELS + 2] = -.1f;
    scores[NerModel.LABELS + 1] = -3f;
    scores[2 * NerModel.LABELS + 2] = -.1f;
    assertThat(Labels.best(scores, 0)).containsExactly(0, 1, 2);
  }
}
