package dev.bylaw.runtime.decide;

import dev.bylaw.policy.Effect;
import dev.bylaw.policy.Severity;
import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapLedger;
import dev.bylaw.policy.cap.CapUsage;
import dev.bylaw.policy.cap.CapWindow;
import dev.bylaw.policy.decision.CapStanding;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.decision.PendingDecision;
import dev.bylaw.policy.decision.Reason;
import dev.bylaw.policy.decision.Settled;
import dev.bylaw.policy.decision.Violation;
import dev.bylaw.runtime.run.RunGate;
import dev.bylaw.store.Store;
import dev.bylaw.store.Transaction;
import dev.bylaw.store.decision.KeptDecision;
import dev.bylaw.store.log.Draft;
import dev.bylaw.store.log.LogEvent;
import dev.bylaw.store.log.LogName;
import dev.bylaw.store.log.Sealed;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Settles, reserves and logs decisions: seals ahead of a transaction where it can, writes inside.
 */
final class DecisionRecorder {
  /** After so long an action that nobody reported counts as done. */
  private static final Duration UNREPORTED = Duration.ofHours(24);

  private final String identity;
  private final Store store;
  private final Predicate<String> covered;

  /**
   * A recorder.
   *
   * @param covered whether any rule is about an action
   */
  DecisionRecorder(String identity, Store store, Predicate<String> covered) {
    this.identity = identity;
    this.store = store;
    this.covered = covered;
  }

  /** A decision that was settled ahead of its transaction, with its records made. */
  record Ready(Settled settled, List<Sealed> records) {}

  /**
   * A decision with its records as far as it is known before the ledger is asked.
   *
   * @param pending what is to be decided
   * @param run the run; empty if in none
   * @param assumed the decision if nobody uses anything of its caps meanwhile
   */
  record Ahead(PendingDecision pending, String run, Ready assumed) {
    /** The decision itself, if no ledger is needed for it. */
    Optional<Ready> ready() {
      return pending.hasCaps() ? Optional.empty() : Optional.of(assumed);
    }
  }

  /**
   * Settles and seals on the caller's thread, with what memory holds of the caps. Where somebody
   * else was faster, what the ledger says is put in inside the transaction, on the thread for which
   * everybody waits.
   */
  Ahead ahead(PendingDecision pending, String run) {
    Settled settled = pending.settle(store.guess());
    return new Ahead(pending, run, new Ready(settled, records(settled.decision(), run)));
  }

  /**
   * Settles a decision over the ledger, reserves what it uses and makes its records.
   *
   * @param reserve whether the action is about to run; a supposed decision reserves nothing
   */
  Ready settle(Transaction transaction, Ahead ahead, boolean reserve) {
    PendingDecision pending = ahead.pending();
    String run = ahead.run();
    CapLedger ledger = transaction.ledger(identity);
    String key = pending.action().key();
    Optional<CapLedger.Reservation> held = key.isEmpty() ? Optional.empty() : ledger.find(key);
    if (held.isPresent() && !held.get().digest().equals(pending.action().digest())) {
      Settled refused =
          pending.refuse(Reason.KEY_TAKEN, "the key `" + key + "` was used for another action");
      return new Ready(refused, records(refused.decision(), run));
    }
    CapUsage usage = held.<CapUsage>map(it -> new WithoutOwn(ledger, it)).orElse(ledger);
    Settled settled = pending.settle(usage);
    Decision decision = settled.decision();
    if (reserve && decision.allowed() && !settled.charges().isEmpty()) {
      reserve(ledger, key, settled);
    }
    List<Sealed> records = new ArrayList<>(records(decision, ahead));
    if (reserve && decision.allowed()) {
      for (CapStanding cap : overages(decision)) {
        records.add(seal(LogEvent.CAP_OVERAGE, decision.id(), run, cap.toValue()));
      }
    }
    return new Ready(settled, records);
  }

  /** A decision that is refused whatever the rules say. */
  Ready refused(PendingDecision pending, Reason reason, String why, String run) {
    Settled settled = pending.refuse(reason, why);
    return new Ready(settled, records(settled.decision(), run));
  }

  /** A decision on a result, with its records. */
  Ready asResult(Decision decision, String run) {
    return new Ready(new Settled(decision, List.of()), records(decision, run));
  }

  /** Appends the records of a decision on a result, which is no attempt of its own. */
  void writeResult(Transaction transaction, Ready ready) {
    Decision decision = ready.settled().decision();
    var log = transaction.log(identity, LogName.POLICY);
    ready.records().forEach(log::append);
    for (Violation violation : decision.violations()) {
      transaction
          .counting()
          .violation(identity, violation.severity().word(), violation.type(), decision.at());
    }
  }

  private void reserve(CapLedger ledger, String key, Settled settled) {
    Decision decision = settled.decision();
    CapLedger.Reserving reserving =
        ledger.reserve(
            key,
            decision.digest(),
            settled.charges(),
            decision.at(),
            decision.at().plus(UNREPORTED));
    switch (reserving) {
      case CapLedger.Reserving.Reserved reserved -> {
        // The answer lets the action run: from here recovery keeps the reservation.
        if (reserved.reservation().state() == CapLedger.State.RESERVED) {
          ledger.intend(key);
        }
      }
      case CapLedger.Reserving.Exceeded exceeded ->
          throw new IllegalStateException("settled within limits and then not: " + exceeded);
      case CapLedger.Reserving.KeyTaken taken ->
          throw new IllegalStateException("the key was free a moment ago: " + taken);
    }
  }

  private static List<CapStanding> overages(Decision decision) {
    return decision.caps().stream().filter(cap -> !fits(cap)).toList();
  }

  private static boolean fits(CapStanding cap) {
    int order = cap.used().add(cap.amount()).compareTo(cap.limit());
    return cap.inclusive() ? order <= 0 : order < 0;
  }

  /** The records of a decision, made of those that were made ahead as far as they fit. */
  private List<Sealed> records(Decision decision, Ahead ahead) {
    Decision assumed = ahead.assumed().settled().decision();
    if (assumed.equals(decision)) {
      return ahead.assumed().records();
    }
    if (!assumed.isButForCaps(decision)) {
      return records(decision, ahead.run());
    }
    List<Sealed> records = new ArrayList<>(ahead.assumed().records());
    records.set(0, store.seal(records.getFirst(), decision.capsToValue()));
    return records;
  }

  /** The records of a decision: itself, and each violated rule. */
  private List<Sealed> records(Decision decision, String run) {
    List<Sealed> records = new ArrayList<>(1 + decision.violations().size());
    records.add(seal(LogEvent.POLICY_DECISION, decision.id(), run, decision.toValue()));
    for (Violation violation : decision.violations()) {
      ObjectValue payload =
          violation
              .toValue()
              .with("agent", StringValue.of(decision.action().agent()))
              .with("action", StringValue.of(decision.action().tool()))
              .with("at", StringValue.of(decision.at().toString()));
      records.add(seal(LogEvent.POLICY_VIOLATION, decision.id(), run, payload));
    }
    return records;
  }

  private Sealed seal(LogEvent event, String decision, String run, ObjectValue payload) {
    return store.seal(new Draft(event, decision, run, payload));
  }

  /** Appends the records and counts the decision. */
  void write(Transaction transaction, Ready ready, String run) {
    Decision decision = ready.settled().decision();
    var log = transaction.log(identity, LogName.POLICY);
    ready.records().forEach(log::append);
    boolean first =
        transaction
            .decisions()
            .record(
                new KeptDecision(
                    decision.id(),
                    identity,
                    decision.action().agent(),
                    decision.action().key(),
                    decision.action().tool(),
                    decision.digest(),
                    counted(decision),
                    run,
                    decision.at(),
                    ""));
    if (first) {
      transaction
          .counting()
          .action(
              identity,
              decision.action().tool(),
              covered.test(decision.action().tool()),
              decision.at());
      for (Violation violation : decision.violations()) {
        transaction
            .counting()
            .violation(identity, violation.severity().word(), violation.type(), decision.at());
      }
    }
  }

  /** An approval that the playbook itself demands is no lack of compliance. */
  private static String counted(Decision decision) {
    boolean demanded =
        decision.effect() == Effect.REQUIRE_APPROVAL && decision.reason() == Reason.STEP;
    return (demanded ? Effect.ALLOW : decision.effect()).word();
  }

  /**
   * Ends the reservation of a key, if there is one that has not ended.
   *
   * @param spent whether the action happened or may have
   */
  void end(Transaction transaction, String key, boolean spent) {
    CapLedger ledger = transaction.ledger(identity);
    ledger.find(key).ifPresent(held -> end(ledger, key, held, spent, Map.of()));
  }

  /**
   * Ends the reservation of a decision that was reported. More than was reserved is a critical
   * violation: the action was decided on another amount than it had.
   *
   * @param spent whether the action happened or may have
   * @param actual the amount that was really used, for each counter of money
   */
  void end(
      Transaction transaction, KeptDecision decision, boolean spent, Optional<BigDecimal> actual) {
    CapLedger ledger = transaction.ledger(identity);
    CapLedger.Reservation held = ledger.find(decision.key()).orElse(null);
    if (held == null || !held.digest().equals(decision.digest())) {
      return;
    }
    Map<CapCounter, BigDecimal> used = new HashMap<>();
    for (CapCounter counter : held.amounts().keySet()) {
      if (!counter.currency().isEmpty()) {
        actual.ifPresent(amount -> used.put(counter, amount));
      }
    }
    for (CapCounter counter : end(ledger, decision.key(), held, spent, used)) {
      ObjectValue.Builder out = ObjectValue.builder(10);
      out.put("rule", counter.pack() + "/" + counter.rule())
          .put("key", counter.key())
          .put("currency", counter.currency())
          .put("reserved", Objects.requireNonNull(held.amounts().get(counter)).toPlainString())
          .put("actual", Objects.requireNonNull(used.get(counter)).toPlainString())
          .put("severity", Severity.CRITICAL.word())
          .put("agent", decision.agent())
          .put("action", decision.action());
      transaction
          .log(identity, LogName.POLICY)
          .append(
              seal(LogEvent.CAP_EXCEEDED_BY_ACTUAL, decision.id(), decision.run(), out.build()));
      transaction.counting().violation(identity, Severity.CRITICAL.word(), "cap", decision.at());
    }
  }

  /** Ends a reservation; the counters that hold more now than was reserved. */
  private static List<CapCounter> end(
      CapLedger ledger,
      String key,
      CapLedger.Reservation held,
      boolean spent,
      Map<CapCounter, BigDecimal> actual) {
    // What was given back and then did happen after all counts.
    boolean late = spent && held.state() == CapLedger.State.RELEASED;
    if (isOver(held) && !late) {
      return List.of();
    }
    if (spent) {
      return ledger.commit(key, actual);
    }
    ledger.release(key);
    return List.of();
  }

  private static boolean isOver(CapLedger.Reservation reservation) {
    return switch (reservation.state()) {
      case RESERVED, INTENDED -> false;
      case COMMITTED, RELEASED -> true;
    };
  }

  /**
   * Notes what came of a decision.
   *
   * @param outcome {@code done}, {@code failed} or {@code unknown}
   */
  void report(Transaction transaction, String decision, String run, String outcome, Value detail) {
    reporting(decision, run, outcome, detail).in(transaction);
  }

  /** {@link #report}, with its record sealed here, on the caller's thread. */
  RunGate.Step reporting(String decision, String run, String outcome, Value detail) {
    Sealed record =
        seal(
            LogEvent.OUTCOME_REPORTED,
            decision,
            run,
            ObjectValue.of("outcome", StringValue.of(outcome), "detail", detail));
    return transaction -> {
      if (transaction.decisions().report(identity, decision, outcome)) {
        transaction.log(identity, LogName.POLICY).append(record);
      }
    };
  }

  /** Usage without what the very same action has reserved already. */
  private record WithoutOwn(CapLedger ledger, CapLedger.Reservation own) implements CapUsage {
    @Override
    public BigDecimal used(CapCounter counter, CapWindow window, Instant at) {
      BigDecimal used = ledger.used(counter, window, at);
      BigDecimal mine = own.amounts().get(counter);
      boolean counts =
          mine != null
              && own.state() != CapLedger.State.RELEASED
              && !own.at().isBefore(window.around(at).from())
              && own.at().isBefore(window.around(at).to());
      return counts ? used.subtract(mine) : used;
    }
  }
}
