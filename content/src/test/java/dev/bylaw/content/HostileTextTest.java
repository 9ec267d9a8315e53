package dev.bylaw.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Texts made so that nothing should be seen in them, or so that looking should never end. */
class HostileTextTest {
  private static final Inspector INSPECTOR = Inspector.standard();
  private static final String SSN = "536-22-8726";
  private static final Set<EntityType> ASKED = Set.of(EntityType.SSN, EntityType.EMAIL);

  /** What was found, as it stands in the original text. */
  private static List<String> found(String text, EntityType... types) {
    return INSPECTOR.inspect(text, Set.of(types)).all().stream()
        .map(finding -> finding.in(text))
        .toList();
  }

  @Test
  void tenMegabytesInOneLineAreSearchedToTheEnd() {
    String text = "x".repeat(5_000_000) + " ssn " + SSN + " " + "ab1 ".repeat(1_250_000);
    Budget large = new Budget(12_000_000, 64, 10_000, Duration.ofMinutes(2));
    Findings findings = INSPECTOR.with(large).inspect(text, ASKED);
    assertThat(findings.complete()).isTrue();
    assertThat(findings.all()).hasSize(1);
    assertThat(findings.all().getFirst().in(text)).isEqualTo(SSN);
  }

  @Test
  void moreThanTheBudgetAllowsIsAGapAndNeverClean() {
    Budget small = new Budget(1000, 64, 100, Duration.ofSeconds(5));
    Findings findings = INSPECTOR.with(small).inspect("x".repeat(1001), ASKED);
    assertThat(findings.clean()).isFalse();
  }

  @Test
  void binaryBytesReadAsTextAreLookedThrough() {
    Random random = new Random(11);
    byte[] bytes = new byte[100_000];
    random.nextBytes(bytes);
    String noise = new String(bytes, StandardCharsets.ISO_8859_1);
    String text = noise + "\0ssn:\0" + SSN + "\0" + new String(bytes, StandardCharsets.UTF_16LE);
    assertThat(found(text, EntityType.SSN)).contains(SSN);
  }

  @Test
  void zeroWidthCharactersHideNothing() {
    String hidden = String.join("\u200b", SSN.split("")) + "\u2060";
    assertThat(found("ssn " + hidden + " end", EntityType.SSN).getFirst())
        .startsWith("5")
        .contains("6");
    assertThat(found("ssn 536\u00ad-22-\ufeff8726", EntityType.SSN))
        .containsExactly("536\u00ad-22-\ufeff8726");
    assertThat(found("j\u200dane@exam\u200bple.com", EntityType.EMAIL))
        .containsExactly("j\u200dane@exam\u200bple.com");
  }

  @Test
  void letterLikeSignsOfOtherScriptsHideNothing() {
    // Cyrillic а, е and о, Greek omicron.
    assertThat(found("j\u0430n\u0435@ex\u0430mple.c\u043em", EntityType.EMAIL))
        .containsExactly("j\u0430n\u0435@ex\u0430mple.c\u043em");
    assertThat(found("p\u0430ssw\u03bfrd: Tr0ub4dor&3", EntityType.PASSWORD))
        .containsExactly("Tr0ub4dor&3");
  }

  @Test
  void anHonestWordOfAnotherScriptStaysWhatItIs() {
    String russian = "Завтра встреча с отделом продаж в 12:30, приходите вовремя.";
    assertThat(INSPECTOR.inspect(russian, EntityType.personal()).all()).isEmpty();
  }

  @Test
  void digitsOfEveryScriptAreDigits() {
    assertThat(found("ssn ５３６－２２－８７２６.", EntityType.SSN)).containsExactly("５３６－２２－８７２６");
    assertThat(found("ssn ٥٣٦-٢٢-٨٧٢٦.", EntityType.SSN)).containsExactly("٥٣٦-٢٢-٨٧٢٦");
    assertThat(found("ssn 𝟓𝟑𝟔-𝟐𝟐-𝟖𝟕𝟐𝟔.", EntityType.SSN))
        .containsExactly("𝟓𝟑𝟔-𝟐𝟐-𝟖𝟕𝟐𝟔");
    assertThat(found("ssn ⑤③⑥-②②-⑧⑦②⑥.", EntityType.SSN)).containsExactly("⑤③⑥-②②-⑧⑦②⑥");
  }

  @Test
  void combiningMarksGoWithTheirLetters() {
    String marked = "5\u03013\u03326\u0301-22-872\u03016\u0332";
    assertThat(found("ssn " + marked + " end", EntityType.SSN)).containsExactly(marked);
  }

  @Test
  void digitsSetApartInUnusualWaysAreOneNumber() {
    for (String card :
        List.of(
            "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
            "4111_1111_1111_1111",
            "4111.1111.1111.1111",
            "4111 - 1111 - 1111 - 1111",
            "41-11-11-11-11-11-11-11",
            "4111\u00a01111\u20071111\u202f1111")) {
      assertThat(found("card " + card + " ok", EntityType.CREDIT_CARD))
          .as(card)
          .containsExactly(card);
    }
  }

  @Test
  void termsWrittenWithDigitsForLettersStillNameWhatFollows() {
    assertThat(found("my s0cial security is 536228726", EntityType.SSN)).hasSize(1);
    assertThat(found("p4ssw0rd: Tr0ub4dor&3", EntityType.PASSWORD)).containsExactly("Tr0ub4dor&3");
  }

  @Test
  void encodedTextIsReadOneLevelDeepAndLiesWhereItsCodeIs() {
    byte[] secret = ("my ssn is " + SSN).getBytes(StandardCharsets.UTF_8);
    for (String code :
        List.of(
            Base64.getEncoder().encodeToString(secret),
            Base64.getUrlEncoder().withoutPadding().encodeToString(secret),
            HexFormat.of().formatHex(secret))) {
      assertThat(found("a " + code + " b", EntityType.SSN)).as(code).containsExactly(code);
    }
    assertThat(found("q=ssn%20%35%33%36-22-8726&r=1", EntityType.SSN))
        .containsExactly("%35%33%36-22-8726");
    assertThat(found("ssn &#53;36-22-8726.", EntityType.SSN)).containsExactly("&#53;36-22-8726");
    assertThat(found("ssn \\u00353\\x36-22-8726.", EntityType.SSN))
        .containsExactly("\\u00353\\x36-22-8726");
  }

  @Test
  void everyDisguiseIsRedactedWhole() {
    Redactor redactor = Redactor.of(INSPECTOR, new Redaction.Label());
    String code =
        Base64.getEncoder().encodeToString(("ssn " + SSN).getBytes(StandardCharsets.UTF_8));
    for (String text :
        List.of(
            "ssn ５３６-２２-８７２６",
            "ssn 5\u200b36-22-8726",
            "x " + code,
            "ssn 5%336-22-872%36",
            "jane (at) example (dot) com")) {
      Redacted<String> redacted = redactor.redact(text, ASKED);
      assertThat(redacted.clean()).as(text).isTrue();
      assertThat(redacted.result()).as(text).contains("[").doesNotContain(code);
    }
  }

  @Test
  void theWorkGrowsWithTheTextAndNoFaster() {
    // Counted in characters of all matches that detectors report, before overlaps are resolved.
    for (String piece : List.of("1 ", "4111 ", "call 1 2 3 4 5 6 7 8 9 0 ", "a@", "%41", "(at)")) {
      long small = steps(piece.repeat(10_000 / piece.length()));
      long large = steps(piece.repeat(100_000 / piece.length()));
      assertThat(large).as(piece).isLessThan(small * 12 + 1000);
    }
  }

  /** The matches that all detectors report, which no text may make more than its length. */
  private static long steps(String text) {
    AtomicLong steps = new AtomicLong();
    Passage passage = Passage.of(text);
    for (Detector detector : StandardDetectors.LIST) {
      detector.detect(
          passage,
          EntityType.all(),
          (type, start, end, score, explanation) -> steps.addAndGet(end - start));
    }
    return steps.get();
  }
}
