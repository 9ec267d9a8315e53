package dev.bylaw.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.store.ledger.ReservationState.Event;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReservationStateTest {
  /** Every row: a state, an event, and what comes of it; {@code -} where it is refused. */
  private static final String TABLE =
      """
      RESERVED  RESERVE RESERVED
      RESERVED  INTEND  INTENDED
      RESERVED  COMMIT  COMMITTED
      RESERVED  RELEASE RELEASED
      RESERVED  EXPIRE  EXPIRED
      INTENDED  RESERVE INTENDED
      INTENDED  INTEND  INTENDED
      INTENDED  COMMIT  COMMITTED
      INTENDED  RELEASE RELEASED
      INTENDED  EXPIRE  EXPIRED
      COMMITTED RESERVE COMMITTED
      COMMITTED INTEND  -
      COMMITTED COMMIT  COMMITTED
      COMMITTED RELEASE -
      COMMITTED EXPIRE  -
      EXPIRED   RESERVE EXPIRED
      EXPIRED   INTEND  EXPIRED
      EXPIRED   COMMIT  COMMITTED
      EXPIRED   RELEASE RELEASED
      EXPIRED   EXPIRE  EXPIRED
      RELEASED  RESERVE RESERVED
      RELEASED  INTEND  -
      RELEASED  COMMIT  COMMITTED
      RELEASED  RELEASE RELEASED
      RELEASED  EXPIRE  -
      """;

  @Test
  void everyTransitionIsTheOneOfTheTable() {
    Set<String> visited = new HashSet<>();
    for (String line : TABLE.lines().toList()) {
      String[] cells = line.split(" +", -1);
      var next = ReservationState.valueOf(cells[0]).on(Event.valueOf(cells[1]));
      assertThat(next.map(Enum::name).orElse("-")).as(line).isEqualTo(cells[2]);
      visited.add(cells[0] + cells[1]);
    }
    assertThat(visited).hasSize(ReservationState.values().length * Event.values().length);
  }
}
