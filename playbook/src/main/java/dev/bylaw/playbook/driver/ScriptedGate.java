package dev.bylaw.playbook.driver;

import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.gate.Gate;
import dev.bylaw.playbook.gate.GateReport;
import dev.bylaw.playbook.gate.GateRequest;
import dev.bylaw.playbook.gate.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A gate that allows everything but what a test says, by checkpoint (or action). It keeps what it
 * was asked, and which keys hold a reservation. Not thread-safe.
 */
public final class ScriptedGate implements Gate {
  /** What became of a reservation. */
  public enum Reservation {
    RESERVED,
    COMMITTED,
    RELEASED
  }

  private final Map<String, BiFunction<GateRequest, String, Verdict>> before = new HashMap<>();
  private final Map<String, BiFunction<GateReport, String, Verdict>> after = new HashMap<>();
  private final List<GateRequest> requests = new ArrayList<>();
  private final List<GateReport> reports = new ArrayList<>();
  private final Map<String, Reservation> reservations = new LinkedHashMap<>();
  private int decisions;

  /** Blocks what is decided at a checkpoint. */
  public ScriptedGate block(String checkpoint, String reason) {
    return decide(checkpoint, (_, id) -> Verdict.block(id, reason));
  }

  /** Has people asked at a checkpoint, until an approval is there. */
  public ScriptedGate requireApproval(String checkpoint, String reason) {
    return decide(
        checkpoint,
        (request, id) ->
            request.approval().isEmpty() ? Verdict.requireApproval(id, reason) : Verdict.allow(id));
  }

  /**
   * Decides at a checkpoint.
   *
   * @param rule of the request and the id for the decision
   */
  public ScriptedGate decide(String checkpoint, BiFunction<GateRequest, String, Verdict> rule) {
    before.put(checkpoint, rule);
    return this;
  }

  /** Allows a checkpoint again. */
  public ScriptedGate allow(String checkpoint) {
    before.remove(checkpoint);
    return this;
  }

  /** Decides on results at a checkpoint. */
  public ScriptedGate review(String checkpoint, Function<GateReport, Verdict> rule) {
    after.put(checkpoint, (report, _) -> rule.apply(report));
    return this;
  }

  @Override
  public Verdict decide(GateRequest request) {
    requests.add(request);
    String id = "d" + ++decisions;
    var rule = before.get(request.checkpoint());
    if (rule == null) {
      rule = before.get(request.action());
    }
    Verdict verdict = rule == null ? Verdict.allow(id) : rule.apply(request, id);
    boolean allowed =
        switch (verdict.kind()) {
          case ALLOW, WARN -> true;
          case REQUIRE_APPROVAL, BLOCK -> false;
        };
    if (allowed && !request.supposed()) {
      reservations.putIfAbsent(request.idempotencyKey(), Reservation.RESERVED);
    }
    return verdict;
  }

  @Override
  public Verdict report(GateReport report) {
    reports.add(report);
    end(report.idempotencyKey(), report.effect());
    var rule = after.get(report.checkpoint());
    String id = "d" + ++decisions;
    return rule == null ? Verdict.allow(id) : rule.apply(report, id);
  }

  @Override
  public void settle(String idempotencyKey, Effect effect) {
    end(idempotencyKey, effect);
  }

  private void end(String key, Effect effect) {
    reservations.put(key, effect == Effect.NONE ? Reservation.RELEASED : Reservation.COMMITTED);
  }

  /** All it was asked before actions, in order. */
  public List<GateRequest> requests() {
    return List.copyOf(requests);
  }

  /** All that was reported to it, in order. */
  public List<GateReport> reports() {
    return List.copyOf(reports);
  }

  /** What became of each reservation, by idempotency key. */
  public Map<String, Reservation> reservations() {
    return Map.copyOf(reservations);
  }
}
