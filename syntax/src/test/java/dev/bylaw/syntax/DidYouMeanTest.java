package dev.bylaw.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {
  private static final List<String> WINDOWS = List.of("minute", "hour", "day", "month");

  @Test
  void oneEditFindsTheName() {
    assertThat(DidYouMean.closest("dayly", WINDOWS)).contains("day");
    assertThat(DidYouMean.closest("huor", WINDOWS)).contains("hour");
    assertThat(DidYouMean.closest("Month", WINDOWS)).contains("month");
  }

  @Test
  void aStrangerFindsNothing() {
    assertThat(DidYouMean.closest("fortnight", WINDOWS)).isEmpty();
    assertThat(DidYouMean.closest("xyz", WINDOWS)).isEmpty();
    assertThat(DidYouMean.closest("", WINDOWS)).isEmpty();
  }

  @Test
  void ofEquallyNearNamesTheFirstIsTaken() {
    assertThat(DidYouMean.closest("cat", List.of("rat", "bat"))).contains("bat");
  }

  @Test
  void aHugeWordIsNotCompared() {
    assertThat(DidYouMean.closest("d".repeat(1_000_000), WINDOWS)).isEmpty();
  }
}
