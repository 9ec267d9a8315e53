package dev.bylaw.cedar.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys that somebody has chosen so that their hashes are equal. */
class AlikeHashesTest {
  /** All texts of so many pairs, each "Aa" or "BB", which have the same hash. */
  private static List<Value> texts(int pairs) {
    List<Value> all = new ArrayList<>();
    for (int bits = 0; bits < 1 << pairs; bits++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < pairs; i++) {
        text.append((bits >> i & 1) == 0 ? "Aa" : "BB");
      }
      all.add(new Value.Text(text.toString()));
    }
    return all;
  }

  @Test
  void aSetOfThemFindsEachAndNoOther() {
    List<Value> texts = texts(16);
    SetValue set = SetValue.of(texts);
    assertThat(set.size()).isEqualTo(1 << 16);
    assertThat(texts).allMatch(set::contains);
    assertThat(set.contains(new Value.Text("AaBB"))).isFalse();
  }

  @Test
  void numbersOfOneHashAreToldApart() {
    List<Value> numbers = new ArrayList<>();
    for (long i = 0; i < 20_000; i++) {
      numbers.add(new Value.Int(i << 32 | i));
    }
    SetValue set = SetValue.of(numbers);
    assertThat(numbers).allMatch(set::contains);
    assertThat(set.contains(new Value.Int(1))).isFalse();
  }
}
