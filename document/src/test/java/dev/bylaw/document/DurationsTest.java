package dev.bylaw.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "30m, PT30M",
    "1h30m, PT1H30M",
    "500ms, PT0.5S",
    "2d, PT48H",
    "1w, PT168H",
    "1w1d, PT192H",
    "90s, PT1M30S",
    "1m500ms, PT1M0.5S",
    "0s, PT0S",
    "5 m, PT5M",
    "90 days, PT2160H",
    "10min, PT10M",
    "PT30M, PT30M",
    "PT-5M, PT-5M",
    "P90D, PT2160H",
    "P2W, PT336H"
  })
  void aLengthOfTimeIsReadAsPeopleAndAsISO8601WriteIt(String written, Duration length) {
    assertThat(Durations.parse(written)).contains(length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "m",
        "5",
        "-5s",
        "5m5h",
        "5m5m",
        "P1Y",
        "P1M",
        "PT999999999999999999H",
        "9999999999d",
        "1.5h",
        "half an hour"
      })
  void otherTextsAreNone(String written) {
    assertThat(Durations.parse(written)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"P90D, 90 days", "PT90M, PT1H30M", "PT24H, 1 day"})
  void aLengthOfTimeIsWrittenSoThatItIsReadAgain(String length, String written) {
    Duration duration = Durations.parse(length).orElseThrow();
    assertThat(Durations.write(duration)).isEqualTo(written);
    assertThat(Durations.parse(written)).contains(duration);
  }
}
