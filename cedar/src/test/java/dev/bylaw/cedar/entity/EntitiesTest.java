package dev.bylaw.cedar.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntitiesTest {
  private static EntityUid uid(int number) {
    return EntityUid.of("Group", String.valueOf(number));
  }

  private static List<Entity> entities(int count, IntFunction<IntStream> parents) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            Entity.of(
                uid(i),
                RecordValue.EMPTY,
                parents.apply(i).mapToObj(EntitiesTest::uid).collect(Collectors.toSet())))
        .toList();
  }

  /** Slowly, and without a thought of anything else. */
  private static Set<EntityUid> above(List<Entity> all, EntityUid uid) {
    Set<EntityUid> found = new HashSet<>();
    List<EntityUid> open = new ArrayList<>(List.of(uid));
    while (!open.isEmpty()) {
      EntityUid next = open.removeLast();
      all.stream()
          .filter(entity -> entity.uid().equals(next))
          .flatMap(entity -> entity.parents().stream())
          .filter(found::add)
          .forEach(open::add);
    }
    return found;
  }

  @Test
  void everyoneIsInWhatIsAboveHoweverTheHierarchyLooks() {
    var random = new Random(20261126);
    for (int round = 0; round < 60; round++) {
      int count = 2 + random.nextInt(40);
      int most = 1 + random.nextInt(5);
      // Some parents are not among the entities.
      List<Entity> all =
          new ArrayList<>(
              entities(
                  count, i -> random.ints(random.nextInt(most + 1), i + 1, count + 4).distinct()));
      Collections.shuffle(all, random);
      Entities entities = Entities.of(all);
      for (Entity each : all) {
        Set<EntityUid> wanted = above(all, each.uid());
        assertThat(entities.ancestors(each.uid())).containsExactlyInAnyOrderElementsOf(wanted);
        for (int i = 0; i < count + 4; i++) {
          boolean isIn = each.uid().equals(uid(i)) || wanted.contains(uid(i));
          assertThat(entities.isIn(each.uid(), uid(i))).isEqualTo(isIn);
        }
      }
    }
  }

  @Test
  void aLongChainTakesNoMoreMemoryThanItHasLinks() {
    int count = 100_000;
    Entities chain = Entities.of(entities(count, i -> IntStream.of(i + 1)));
    assertThat(chain.isIn(uid(0), uid(count))).isTrue();
    assertThat(chain.isIn(uid(count - 1), uid(0))).isFalse();
    assertThat(chain.ancestors(uid(0))).hasSize(count);
    assertThat(chain.ancestors(uid(count - 3))).hasSize(3);
  }

  @Test
  void aDenseHierarchyTakesNoLongerThanItsSetsAreLarge() {
    Entities dense = Entities.of(entities(1_000, i -> IntStream.range(i + 1, 1_000)));
    assertThat(dense.ancestors(uid(0))).hasSize(999);
    assertThat(dense.isIn(uid(0), uid(999))).isTrue();
    assertThat(dense.isIn(uid(999), uid(0))).isFalse();
  }

  @Test
  void anEntityInItselfIsNamedAndNotOneBelowIt() {
    List<Entity> all = entities(6, i -> IntStream.of(i < 5 ? i + 1 : 3));
    assertThatThrownBy(() -> Entities.of(all))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the entity Group::\"3\" is in itself");
  }
}
