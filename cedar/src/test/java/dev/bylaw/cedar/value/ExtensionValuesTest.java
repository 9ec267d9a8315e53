package dev.bylaw.cedar.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionValuesTest {
  @ParameterizedTest
  @CsvSource({
    "1.5, 15000",
    "-0.5, -5000",
    "0.0001, 1",
    "922337203685477.5807, 9223372036854775807",
    "-922337203685477.5808, -9223372036854775808",
    "00.10, 1000"
  })
  void decimalsHaveFourDigits(String text, long unscaled) {
    assertThat(DecimalValue.parse(text)).contains(new DecimalValue(unscaled));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "1.", ".5", "1.23456", "+1.0", "1.0 ", "922337203685477.5808", "1e2", ""})
  void otherTextsAreNoDecimals(String text) {
    assertThat(DecimalValue.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "-5000, -0.5",
    "15000, 1.5",
    "10, 0.001",
    "-9223372036854775808, -922337203685477.5808"
  })
  void decimalsAreWrittenAsTheyAreRead(long unscaled, String text) {
    assertThat(new DecimalValue(unscaled).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1d, 86400000",
    "-1h30m, -5400000",
    "1d2h3m4s5ms, 93784005",
    "0ms, 0",
    "-9223372036854775808ms, -9223372036854775808"
  })
  void durationsAreSumsOfUnits(String text, long millis) {
    assertThat(DurationValue.parse(text)).contains(new DurationValue(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "1", "1m1h", "1.5h", "+1h", "9223372036854775808ms", "1h1h"})
  void otherTextsAreNoDurations(String text) {
    assertThat(DurationValue.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-02, 86400000",
    "1970-01-01T00:00:01Z, 1000",
    "1970-01-01T00:00:00.001Z, 1",
    "1970-01-01T01:00:00+0100, 0",
    "1969-12-31T23:00:00-0100, 0",
    "0000-01-01, -62167219200000"
  })
  void instantsAreReadWithTheirOffset(String text, long millis) {
    assertThat(DatetimeValue.parse(text)).contains(new DatetimeValue(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-02-30", "1970-1-1", "1970-01-01T24:00:00Z", "1970-01-01T00:00:60Z",
        "1970-01-01T00:00:00", "1970-01-01T00:00:00.1Z", "1970-01-01T00:00:00+2400", "19700101"
      })
  void otherTextsAreNoInstants(String text) {
    assertThat(DatetimeValue.parse(text)).isEmpty();
  }

  @Test
  void theDayOfAnInstantBeforeTheEpochBeginsBeforeIt() {
    assertThat(new DatetimeValue(-1).toDate()).isEqualTo(new DatetimeValue(-86_400_000));
    assertThat(new DatetimeValue(-1).toTime()).isEqualTo(new DurationValue(86_399_999));
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.0.0.0/8, true", "11.1.2.3, 10.0.0.0/8, false", "10.0.0.0/7, 10.0.0.0/8, false",
    "1.2.3.4, 0.0.0.0/0, true", "1.2.3.4, ::/0, false", "2001:db8::1, 2001:db8::/32, true",
    "2001:db9::1, 2001:db8::/32, false", "::1:0:0:1, ::1:0:0:0/96, true"
  })
  void rangesHoldTheAddressesThatShareTheirPrefix(String ip, String range, boolean in) {
    assertThat(IpValue.parse(ip).orElseThrow().isInRange(IpValue.parse(range).orElseThrow()))
        .isEqualTo(in);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4/33", "1.2.3.4/08", "1.2.3.4/", "::ffff:1.2.3.4",
        "1:2:3:4:5:6:7:8::", "1::2::3", ":::", "12345::", "1.2.3.4 ", "g::", "::1/129"
      })
  void otherTextsAreNoAddresses(String text) {
    assertThat(IpValue.parse(text)).isEqualTo(Optional.empty());
  }

  @Test
  void addressesThatAreWrittenDifferentlyAreTheSame() {
    assertThat(IpValue.parse("0:0:0:0:0:0:0:1")).isEqualTo(IpValue.parse("::1/128"));
    assertThat(IpValue.parse("10.0.0.1/8")).isNotEqualTo(IpValue.parse("10.0.0.0/8"));
  }
}
