package dev.bylaw.playbook.machine;

import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cursor while one turn changes it. The fields are those of {@link Cursor}. */
final class Draft {
  final String step;
  final String iteration;
  Stage stage;
  int round;
  int attempt;
  int level;
  boolean reserved;
  boolean possible;
  ObjectValue params;
  @Nullable ObjectValue sent;
  String decision;
  String approval;
  ArrayValue violations;
  @Nullable Instant until;
  @Nullable ActionOutcome outcome;

  Draft(Cursor cursor) {
    step = cursor.step();
    iteration = cursor.iteration();
    stage = cursor.stage();
    round = cursor.round();
    attempt = cursor.attempt();
    level = cursor.level();
    reserved = cursor.reserved();
    possible = cursor.possible();
    params = cursor.params();
    sent = cursor.sent().orElse(null);
    decision = cursor.decision();
    approval = cursor.approval();
    violations = cursor.violations();
    until = cursor.until().orElse(null);
    outcome = cursor.outcome().orElse(null);
  }

  Cursor cursor() {
    return new Cursor(
        step,
        iteration,
        stage,
        round,
        attempt,
        level,
        reserved,
        possible,
        params,
        Optional.ofNullable(sent),
        decision,
        approval,
        violations,
        Optional.ofNullable(until),
        Optional.ofNullable(outcome));
  }
}
