package dev.bylaw.rego.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlainAddressTest {
  @Test
  void addressesAndBlocksAreRead() {
    long block = PlainAddress.of("172.16.0.255/12");
    assertThat(PlainAddress.address(block)).isEqualTo(0xAC1000FFL);
    assertThat(PlainAddress.prefix(block)).isEqualTo(12);
    assertThat(PlainAddress.prefix(PlainAddress.of("10.0.0.1"))).isEqualTo(32);
    assertThat(PlainAddress.prefix(PlainAddress.of("0.0.0.0/0"))).isZero();
  }

  @Test
  void whatIsWrittenInOtherWaysIsLeftToOthers() {
    for (String other :
        List.of(
            "",
            ".",
            "1.2.3",
            "1.2.3.",
            "1.2.3.4.",
            "01.2.3.4",
            "256.1.1.1",
            "1.2.3.4/",
            "/8",
            "1.2.3.4/33",
            "1.2.3.4/08",
            "1.2.3.4/8x",
            "1.2.3.4x",
            "::1",
            "10.0.0.0/100",
            "1..2.3")) {
      assertThat(PlainAddress.of(other)).as(other).isEqualTo(PlainAddress.NONE);
    }
  }
}
