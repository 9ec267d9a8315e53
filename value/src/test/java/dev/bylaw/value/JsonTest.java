package dev.bylaw.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FilterReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void whatIsWrittenIsReadBackTheSame() throws JsonException {
    for (long seed = 0; seed < 500; seed++) {
      Value value = random(new Random(seed), 4);
      assertThat(Json.parse(Json.write(value))).as("seed %d", seed).isEqualTo(value);
      assertThat(Json.parse(Json.pretty(value))).as("seed %d", seed).isEqualTo(value);
      assertThat(Json.parse(Json.bytes(value))).as("seed %d", seed).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "01",
        "NaN",
        "Infinity",
        "nul",
        "'a'",
        "{a:1}",
        "[1] 2",
        "\"\t\"",
        "1e999999999",
        "{\"a\":1,\"a\":2}",
        "// c\n1",
        "\"\\x\""
      })
  void aTextThatIsNotOneJsonValueIsRefused(String text) {
    assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonException.class);
  }

  @Test
  void aMistakeHasItsPlace() {
    assertThatThrownBy(() -> Json.parse("{\n  \"a\": tru\n}"))
        .isInstanceOfSatisfying(JsonException.class, e -> assertThat(e.line()).isEqualTo(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.50", "1.0", "1e3", "1E+3", "-0", "-0.0", "10e2", "0.5", "1e-30", "7"})
  void aNumberIsWrittenAgainAsItWasAndIsTheSameNumber(String text) throws JsonException {
    Value written = Json.parseAsWritten(text.getBytes(StandardCharsets.UTF_8));
    Value plain = Json.parse(text);
    assertThat(written).hasToString(text).isEqualTo(plain).hasSameHashCodeAs(plain);
    assertThat(written.compareTo(plain)).isZero();
    assertThat(CanonicalJson.write(written)).isEqualTo(CanonicalJson.write(plain));
    assertThat(((NumberValue) written).plain()).hasToString(plain.toString());
  }

  @Test
  void equalNumbersThatAreWrittenOtherwiseAreKeptApartOnlyInText() throws JsonException {
    Value read = Json.parseAsWritten("[1.0,1,1.00,1e0]".getBytes(StandardCharsets.UTF_8));
    assertThat(read).hasToString("[1.0,1,1.00,1e0]").isEqualTo(Json.parse("[1,1,1,1]"));
  }

  @Test
  void aLargeWholeNumberHasAllItsDigits() throws JsonException {
    assertThat(Json.parse("123456789012345678901234567890"))
        .hasToString("123456789012345678901234567890");
  }

  @Test
  void aDuplicateKeyIsRefusedUnlessTheReaderIsLenient() throws JsonException {
    assertThat(Json.parseLastKeyWins("{\"a\":1,\"a\":2}")).hasToString("{\"a\":2}");
    for (int between : new int[] {0, 1, 30, 1_000}) {
      var text = new StringBuilder("{\"b\": {\n  \"a\": 1,");
      for (int i = 0; i < between; i++) {
        text.append("\"k").append(i).append("\": ").append(i).append(',');
      }
      text.append("\n \"\\u0061\": 2}}");
      assertThatThrownBy(() -> Json.parse(text.toString()))
          .isInstanceOfSatisfying(
              JsonException.class,
              e -> {
                assertThat(e).hasMessageContaining("the key \"a\" is there twice");
                assertThat(e.line()).isEqualTo(3);
                assertThat(e.column()).isEqualTo(2);
              });
    }
  }

  @Test
  void nestingIsBounded() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThatThrownBy(() -> Json.parse(deep)).isInstanceOf(JsonException.class);
  }

  @Test
  void numbersStayExact() throws JsonException {
    assertThat(Json.parse("[0.1,1.10,123456789012345678901234567890.5,1E3]"))
        .hasToString("[0.1,1.1,123456789012345678901234567890.5,1000]");
  }

  /** Examples of RFC 8785, section 3.2.2.3 and appendix B. */
  @ParameterizedTest
  @CsvSource({
    "333333333.33333329, '\"333333333.33333329\"'",
    "333333333.3333333, 333333333.3333333",
    "1E30, 1e+30",
    "4.50, 4.5",
    "2e-3, 0.002",
    "0.000000000000000000000000001, 1e-27",
    "-0, 0",
    "9007199254740992, 9007199254740992",
    "9007199254740993, '\"9007199254740993\"'",
    "295147905179352830000, 295147905179352830000",
    "1e21, 1e+21",
    "0.000001, 0.000001",
    "0.0000001, 1e-7",
    "-123.456, -123.456"
  })
  void canonicalNumbersAreAsEcmaScriptWritesThemOrStrings(String number, String canonical)
      throws JsonException {
    assertThat(CanonicalJson.write(Json.parse(number))).isEqualTo(canonical);
  }

  /** The example of RFC 8785, section 3.2.3. */
  @Test
  void canonicalKeysAreInOrderOfUtf16Units() throws JsonException {
    Value value =
        Json.parse(
            "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter"
                + " Dalet With Dagesh\",\"1\":\"One\",\"\\ud83d\\ude00\":\"Emoji: Grinning"
                + " Face\",\"\\u0080\":\"Control\",\"\\u00f6\":\"Latin Small Letter O With"
                + " Diaeresis\"}");
    assertThat(CanonicalJson.write(value))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small"
                + " Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning"
                + " Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  @Test
  void theSameValueHasTheSameCanonicalBytes() throws JsonException {
    assertThat(CanonicalJson.bytes(Json.parse("{ \"b\": 1.0, \"a\": [] }")))
        .isEqualTo("{\"a\":[],\"b\":1}".getBytes(StandardCharsets.UTF_8));
  }

  private static Value random(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> NullValue.NULL;
      case 1 -> BooleanValue.of(random.nextBoolean());
      case 2 -> NumberValue.of(random.nextLong() >> random.nextInt(64));
      case 3 -> NumberValue.of(Math.scalb(random.nextDouble() - 0.5, random.nextInt(200) - 100));
      case 4 -> StringValue.of(randomText(random));
      case 5 -> {
        List<Value> elements = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          elements.add(random(random, depth - 1));
        }
        yield ArrayValue.of(elements);
      }
      default -> {
        ObjectValue.Builder builder = ObjectValue.builder();
        for (int i = random.nextInt(20); i > 0; i--) {
          builder.put(randomText(random), random(random, depth - 1));
        }
        yield builder.build();
      }
    };
  }

  private static String randomText(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      int c = random.nextInt(4) == 0 ? random.nextInt(0x10FFFF) : random.nextInt(128);
      text.appendCodePoint(c >= 0xD800 && c < 0xE000 ? 'x' : c);
    }
    return text.toString();
  }

  @Test
  void whatIsNestedTooDeepIsToldWhereItBecomesSo() {
    String deep = "{\n  \"a\": " + "[".repeat(Json.MOST_DEEP + 10);
    assertThatThrownBy(() -> Json.parse(deep))
        .isInstanceOfSatisfying(
            JsonException.class,
            e -> {
              assertThat(e.line()).isEqualTo(2);
              assertThat(e.column()).isBetween(Json.MOST_DEEP, Json.MOST_DEEP + 10);
              assertThat(e.getMessage()).contains("nested deeper than 512");
            });
  }

  @Test
  void whatIsTooLongOrCutOffIsToldInOurWords() {
    assertThatThrownBy(() -> Json.parse("[" + "1".repeat(5_000) + "]"))
        .hasMessageContaining("a number of more than 4000 characters");
    assertThatThrownBy(() -> Json.parse("{\"" + "n".repeat(70_000) + "\": 1}"))
        .hasMessageContaining("a name of more than 65536 characters");
    assertThatThrownBy(() -> Json.parse("{\"a\": ["))
        .hasMessageContaining("the text ends in the middle of a value")
        .hasMessageNotContaining("REDACTED");
  }

  @Test
  void threadsOfBothKindsReadAtOnceAndOneReaderWithinAnother() throws Exception {
    String text = "[\"" + "ab".repeat(20_000) + "\", {\"k\": [1, 2.5]}]";
    Value expected = Json.parse(text);
    Callable<Boolean> reading =
        () -> {
          boolean same = true;
          for (int i = 0; i < 50; i++) {
            var interrupting =
                new FilterReader(new StringReader(text)) {
                  @Override
                  public int read(char[] into, int from, int length) throws IOException {
                    try {
                      Json.parse("{\"inner\": \"" + "x".repeat(9_000) + "\"}");
                    } catch (JsonException e) {
                      throw new IOException(e);
                    }
                    return super.read(into, from, Math.min(length, 1_000));
                  }
                };
            same &= expected.equals(Json.parse(interrupting)) && expected.equals(Json.parse(text));
          }
          return same;
        };
    try (var platform = Executors.newFixedThreadPool(4);
        var virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var running : List.of(platform, virtual)) {
        for (Future<Boolean> each : running.invokeAll(Collections.nCopies(8, reading))) {
          assertThat(each.get()).isTrue();
        }
      }
    }
  }
}
