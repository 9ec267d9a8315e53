package dev.bylaw.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimeTreeTest {
  @Test
  void everySumIsThatOfAPlainMap() {
    long seed = 20260301;
    var random = new Random(seed);
    var tree = new TimeTree();
    var plain = new TreeMap<Long, BigDecimal>();
    for (int step = 0; step < 5_000; step++) {
      long at = random.nextInt(2_000);
      var amount = new BigDecimal(random.nextInt(10_000) - 2_000).movePointLeft(2);
      tree.add(at, amount);
      plain.merge(at, amount, BigDecimal::add);
      if (step % 500 == 499) {
        long from = random.nextInt(500);
        tree.dropBefore(from);
        plain.headMap(from).clear();
        assertThat(tree.size()).as("seed " + seed).isEqualTo(plain.size());
      }
      long from = random.nextInt(2_000);
      long to = from + random.nextInt(500);
      assertThat(tree.sum(from, to))
          .as("seed %d, step %d", seed, step)
          .isEqualByComparingTo(
              plain.subMap(from, to).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }
  }
}
