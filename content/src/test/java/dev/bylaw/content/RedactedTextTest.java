package dev.bylaw.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What may not go wrong at the edges of what is replaced. */
class RedactedTextTest {
  private static final Inspector INSPECTOR = Inspector.standard();
  private static final List<Redaction> WAYS =
      List.of(
          new Redaction.Label(),
          new Redaction.Mask(),
          new Redaction.KeepLastFour(),
          Redaction.KeyedHash.of("0123456789abcdef".getBytes(StandardCharsets.UTF_8)),
          new Redaction.Pseudonym());
  private static final Set<EntityType> TYPES = seenWithoutModels();

  private static Set<EntityType> seenWithoutModels() {
    Set<EntityType> types = new HashSet<>(EntityType.personal());
    types.retainAll(INSPECTOR.types());
    return Set.copyOf(types);
  }

  private static String redacted(
      Inspector inspector, Redaction way, String text, EntityType... types) {
    Redacted<String> redacted = Redactor.of(inspector, way).redact(text, Set.of(types));
    assertThat(redacted.clean()).as("%s of `%s`", way, text).isTrue();
    return redacted.result();
  }

  private static Recognizer recognizer(String type, String pattern, double score) {
    return Recognizer.of(EntityType.custom(type), List.of(pattern), score, score, List.of());
  }

  @Test
  void ofTwoThatOverlapTheSurerIsReplacedAndNothingOfItStays() {
    Inspector two =
        INSPECTOR
            .with(recognizer("left", "AB-[0-9]{4}", .7))
            .with(recognizer("right", "[0-9]{4}-CD", .9));
    assertThat(
            redacted(
                two,
                new Redaction.Label(),
                "x AB-1234-CD y",
                EntityType.custom("left"),
                EntityType.custom("right")))
        .isEqualTo("x AB-[RIGHT] y");
  }

  @Test
  void whatLiesWithinAnotherIsReplacedOnce() {
    Inspector two =
        INSPECTOR
            .with(recognizer("outer", "<[0-9]{4} [0-9]{4}>", .9))
            .with(recognizer("inner", "[0-9]{4}", .7));
    assertThat(
            redacted(
                two,
                new Redaction.Mask(),
                "a <1234 5678> 4321 b",
                EntityType.custom("outer"),
                EntityType.custom("inner")))
        .isEqualTo("a *********** **** b");
    assertThat(
            redacted(
                INSPECTOR,
                new Redaction.Label(),
                "see https://shop.example.com/?mail=jo@example.com now",
                EntityType.URL,
                EntityType.EMAIL))
        .doesNotContain("jo@")
        .startsWith("see [")
        .endsWith("] now");
  }

  @Test
  void neighboursThatTouchAreBothReplaced() {
    assertThat(
            redacted(
                INSPECTOR,
                new Redaction.Label(),
                "jo@example.com,536-22-8726;jane@example.com",
                EntityType.EMAIL,
                EntityType.SSN))
        .isEqualTo("[EMAIL],[SSN];[EMAIL]");
  }

  @Test
  void surrogatePairsRoundAPieceStayWhole() {
    assertThat(
            redacted(
                INSPECTOR,
                new Redaction.Label(),
                "\ud83d\ude00jo@example.com\ud83d\ude00 ssn \ud83d\ude00536-22-8726\ud83d\ude00",
                EntityType.EMAIL,
                EntityType.SSN))
        .isEqualTo("\ud83d\ude00[EMAIL]\ud83d\ude00 ssn \ud83d\ude00[SSN]\ud83d\ude00");
    assertThat(
            redacted(
                INSPECTOR,
                new Redaction.Label(),
                "ssn 536-22-8726\ud83d, \ude00jo@example.com",
                EntityType.EMAIL,
                EntityType.SSN))
        .isEqualTo("ssn [SSN]\ud83d, \ude00[EMAIL]");
  }

  @Test
  void surrogatePairsWithinAPieceCountAsOneSign() {
    String mathematical = "536-22-8726".replace("5", "\ud835\udfd3").replace("8", "\ud835\udfd6");
    assertThat(redacted(INSPECTOR, new Redaction.Mask(), "ssn " + mathematical, EntityType.SSN))
        .isEqualTo("ssn ***********");
    assertThat(
            redacted(
                INSPECTOR, new Redaction.KeepLastFour(), "ssn " + mathematical, EntityType.SSN))
        .isEqualTo("ssn ***-**-\ud835\udfd6726");
  }

  @Test
  void theEndOfAnAddressIsNotKeptHoweverManyDigitsItHas() {
    Redaction way = new Redaction.KeepLastFour();
    assertThat(redacted(INSPECTOR, way, "to 12345678@x.eu", EntityType.EMAIL))
        .isEqualTo("to ********@*.**");
    assertThat(redacted(INSPECTOR, way, "to johnson1234@example.com", EntityType.EMAIL))
        .isEqualTo("to ***********@*******.***");
    assertThat(redacted(INSPECTOR, way, "from 192.168.104.111", EntityType.IP_ADDRESS))
        .isEqualTo("from ***.***.***.***");
  }

  @Test
  void theEndOfANumberIsKeptFromNineSignsOn() {
    Inspector numbers = INSPECTOR.with(recognizer("code", "K[0-9]+", .9));
    EntityType code = EntityType.custom("code");
    Redaction way = new Redaction.KeepLastFour();
    assertThat(redacted(numbers, way, "K1234567", code)).isEqualTo("********");
    assertThat(redacted(numbers, way, "K12345678", code)).isEqualTo("*****5678");
  }

  @Test
  void jsonStaysJsonWhateverStandsAroundAPiece() throws JsonException {
    Value value =
        Json.parse(
            """
            {"a": "say \\"jo@example.com\\"\\n\\\\536-22-8726\\\\", "jo@example.com": ["\\u0000jo@example.com", 1.5e3],
             "ssn": 536228726, "nested": {"ssn": ["536-22-8726", null, true, "\\ud83d\\ude00"]}}
            """);
    for (Redaction way : WAYS) {
      Redacted<Value> redacted = Redactor.of(INSPECTOR, way).redact(value, TYPES);
      String written = Json.write(redacted.result());
      assertThat(redacted.clean()).as("%s", way).isTrue();
      assertThat(Json.parse(written)).as("%s", way).isEqualTo(redacted.result());
      assertThat(written).doesNotContain("jo@example").doesNotContain("536");
      ObjectValue object = (ObjectValue) redacted.result();
      assertThat(object.size()).isEqualTo(4);
      assertThat(object.text("a")).startsWith("say \"").contains("\"\n\\").endsWith("\\");
      assertThat(written).contains("1500").contains("null,true,\"\ud83d\ude00\"");
    }
  }

  @Test
  void aResultIsCleanForWhoeverInspectsItAgain() {
    String[] pieces = {
      "jo@example.com",
      "536-22-8726",
      "4111 1111 1111 1111",
      "+1 212-555-0123",
      "192.168.104.111",
      "DE89 3704 0044 0532 0130 00",
      "ssn",
      "card",
      "call",
      "\ud83d\ude00",
      "\u200b",
      "(",
      "\"",
      "12",
      "a",
      "born 1985-03-12",
      "passport C01X00T47"
    };
    String[] joints = {" ", ", ", "", "\n", "/", ": "};
    long seed = 20260711;
    Random random = new Random(seed);
    int found = 0;
    for (int run = 0; run < 400; run++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(7); i >= 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)])
            .append(joints[random.nextInt(joints.length)]);
      }
      Redaction way = WAYS.get(run % WAYS.size());
      Redacted<String> redacted = Redactor.of(INSPECTOR, way).redact(text.toString(), TYPES);
      String what = "seed %d, run %d, %s of `%s`".formatted(seed, run, way, text);
      found += redacted.found().all().size();
      assertThat(redacted.clean()).as(what).isTrue();
      // Another inspector, so that nothing is remembered.
      Inspector other = Inspector.standard();
      assertThat(other.inspect(redacted.result(), TYPES).all()).as(what).isEmpty();
      assertThat(StringValue.of(redacted.result()).text()).as(what).isEqualTo(wellFormed(redacted));
    }
    assertThat(found).isGreaterThan(400);
  }

  /** The result as UTF-8 gives it back, which a lone surrogate would not survive. */
  private static String wellFormed(Redacted<String> redacted) {
    byte[] bytes = redacted.result().getBytes(StandardCharsets.UTF_8);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
