package dev.bylaw.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {
  @Test
  void noSeedComesTwiceFromOneSourceNorFromTwo() {
    Seeds one = new Seeds();
    Seeds other = new Seeds();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 2 * Seeds.USES + 1; i++) {
      assertThat(seen.add(HexFormat.of().formatHex(one.next()))).isTrue();
      assertThat(seen.add(HexFormat.of().formatHex(other.next()))).isTrue();
    }
  }

  @Test
  void noSeedComesTwiceToManyThreads() throws InterruptedException {
    Seeds seeds = new Seeds();
    List<Set<String>> each = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Set<String> mine = new HashSet<>();
      each.add(mine);
      threads.add(
          Thread.startVirtualThread(() -> {
            for (int n = 0; n < Seeds.USES; n++) {
              mine.add(HexFormat.of().formatHex(seeds.next()));
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Set<String> all = new HashSet<>();
    each.forEach(all::addAll);
    assertThat(all).hasSize(8 * Seeds.USES);
  }

  @Test
  void eachBitIsSetInAboutHalfOfTheSeeds() {
    Seeds seeds = new Seeds();
    int[] set = new int[Seeds.SIZE * 8];
    int many = 10_000;
    for (int i = 0; i < many; i++) {
      byte[] seed = seeds.next();
      assertThat(seed).hasSize(Seeds.SIZE);
      for (int bit = 0; bit < set.length; bit++) {
        set[bit] += (seed[bit / 8] >> bit % 8) & 1;
      }
    }
    // Ten standard deviations: no chance worth speaking of for a source without a bias.
    for (int count : set) {
      assertThat(count).isBetween(many / 2 - 500, many / 2 + 500);
    }
  }
}
