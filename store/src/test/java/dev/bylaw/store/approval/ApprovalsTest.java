package dev.bylaw.store.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.store.Store;
import dev.bylaw.store.StoreOptions;
import dev.bylaw.store.approval.ApprovalQueries.Waiter;
import dev.bylaw.value.Value;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;

  private static KeptApproval pending(String id) {
    return new KeptApproval(
        id,
        "acme",
        "run-1",
        "digest",
        "pending",
        NOON,
        Optional.of(NOON.plusSeconds(300)),
        0,
        Value.of("what is asked"));
  }

  private static KeptApproval granted(KeptApproval was) {
    return new KeptApproval(
        was.id(),
        was.identity(),
        was.run(),
        was.digest(),
        "granted",
        was.requested(),
        Optional.empty(),
        was.version(),
        was.value());
  }

  @Test
  void whoWaitsForADecidedApprovalIsUntoldUntilForgotten() {
    try (Store store = Store.open(StoreOptions.in(folder.resolve("store")))) {
      store.transact(tx -> {
        for (String id : List.of("asked", "decided", "nobody-waits")) {
          KeptApproval put = tx.approvals().put(pending(id));
          if (!id.equals("asked")) {
            tx.approvals().put(granted(put));
          }
          if (!id.equals("nobody-waits")) {
            tx.approvals().await(id, new Waiter("run-1", "pay/action"));
          }
        }
        return true;
      });
      assertThat(store.<List<String>>read(snapshot -> snapshot.approvals().untold("acme")))
          .containsExactly("decided");
      assertThat(store.<List<String>>read(snapshot -> snapshot.approvals().untold("other")))
          .isEmpty();
      store.transact(tx -> {
        tx.approvals().forgetWaiters("decided");
        return true;
      });
      assertThat(store.<List<String>>read(snapshot -> snapshot.approvals().untold("acme")))
          .isEmpty();
    }
  }

  @Test
  void anApprovalOutlivesTheProcessWithItsHistoryAndWaiters() {
    try (Store store = Store.open(StoreOptions.in(folder.resolve("store")))) {
      store.transact(tx -> {
        tx.approvals().put(pending("a"));
        tx.approvals().append("a", NOON, Value.of("requested"));
        tx.approvals().append("a", NOON.plusSeconds(1), Value.of("reminded"));
        tx.approvals().await("a", new Waiter("run-1", "pay/action"));
        tx.approvals().await("a", new Waiter("run-2", "pay/action"));
        tx.approvals().await("a", new Waiter("run-1", "pay/action"));
        return true;
      });
    }
    try (Store store = Store.open(StoreOptions.in(folder.resolve("store")))) {
      store.read(snapshot -> {
        ApprovalQueries approvals = snapshot.approvals();
        assertThat(approvals.find("a").orElseThrow().version()).isEqualTo(1);
        assertThat(approvals.history("a"))
            .extracting(ApprovalQueries.Event::value)
            .containsExactly(Value.of("requested"), Value.of("reminded"));
        assertThat(approvals.waiters("a"))
            .containsExactly(new Waiter("run-1", "pay/action"), new Waiter("run-2", "pay/action"));
        assertThat(approvals.forAction("acme", "digest")).hasSize(1);
        assertThat(approvals.forAction("other", "digest")).isEmpty();
        assertThat(approvals.ofRun("run-1")).hasSize(1);
        assertThat(approvals.withStatus("acme", "pending")).hasSize(1);
        assertThat(approvals.nextDue()).contains(NOON.plusSeconds(300));
        assertThat(approvals.due(NOON.plusSeconds(299), 10)).isEmpty();
        assertThat(approvals.due(NOON.plusSeconds(300), 10)).hasSize(1);
        return true;
      });
    }
  }

  @Test
  void twoAnswersAtOnceAreNotBothTaken() {
    try (Store store = Store.open(StoreOptions.in(folder.resolve("store")))) {
      KeptApproval read = store.transact(tx -> tx.approvals().put(pending("a")));
      store.transact(tx -> tx.approvals().put(granted(read)));
      assertThatThrownBy(() -> store.transact(tx -> tx.approvals().put(granted(read))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("approval a was changed by another");
      assertThatThrownBy(() -> store.transact(tx -> tx.approvals().put(pending("a"))))
          .isInstanceOf(IllegalStateException.class);
      List<KeptApproval> due =
          store.read(snapshot -> snapshot.approvals().due(NOON.plusSeconds(9_999), 10));
      assertThat(due).isEmpty();
    }
  }
}
