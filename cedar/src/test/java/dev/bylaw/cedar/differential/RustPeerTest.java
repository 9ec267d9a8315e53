package dev.bylaw.cedar.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.cedar.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * We and the crate `cedar-policy` agree on generated cases: {@code -Dbylaw.long=true} runs it,
 * {@code -Dcedar.cases=N} for more of them, {@code -Dcedar.seed=N} for others.
 */
@EnabledIfSystemProperty(named = "bylaw.long", matches = "true")
class RustPeerTest {
  @Test
  void weAgreeWithTheCrateOnEverythingItSays() throws Exception {
    long seed = Long.getLong("cedar.seed", 20260101);
    int cases = Integer.getInteger("cedar.cases", 5_000);
    boolean all = Boolean.getBoolean("cedar.all");
    System.out.println("seed " + seed + ", " + cases + " cases");
    var peer = Peer.start();
    if (peer.isEmpty()) {
      return;
    }
    var tally = new PeerCase.Tally();
    int different = 0;
    try (Peer oracle = peer.get()) {
      for (long at = seed; at < seed + cases; at++) {
        var made = PeerCase.make(at);
        Json.Obj answer = oracle.ask(made.question());
        List<String> differences = made.differences(answer, tally);
        if (!differences.isEmpty()) {
          different++;
          System.out.println("case " + at + ": " + differences + "\n" + made.text());
          assertThat(all).as("case %s: %s", at, differences).isTrue();
        }
      }
    }
    System.out.println(tally);
    assertThat(different).isZero();
    assertThat(tally.all()).allMatch(count -> count > 0);
  }
}
