package dev.bylaw.store.decision;

import dev.bylaw.store.metrics.Counting;
import dev.bylaw.store.sql.Session;

/** Indexes decisions. */
public final class Decisions extends DecisionQueries {
  private final Counting counting;

  public Decisions(Session session, Counting counting) {
    super(session);
    this.counting = counting;
  }

  /**
   * Indexes a decision. The first on an attempt counts for the compliance rate.
   *
   * @return whether it was the first on its attempt; one without a key always is
   */
  public boolean record(KeptDecision decision) {
    boolean first =
        session
            .changing(
                "INSERT INTO decision (id, identity, agent, key, action, digest, effect, run, at,"
                    + " outcome, first) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CASE WHEN EXISTS"
                    + " (SELECT 1 FROM decision WHERE identity = ? AND key = ? AND key <> '')"
                    + " THEN 0 ELSE 1 END) RETURNING first",
                row -> row.getLong(1) == 1,
                decision.id(),
                decision.identity(),
                decision.agent(),
                decision.key(),
                decision.action(),
                decision.digest(),
                decision.effect(),
                decision.run(),
                decision.at().toEpochMilli(),
                decision.outcome(),
                decision.identity(),
                decision.key())
            .orElse(false);
    if (first) {
      counting.attempt(decision.identity(), decision.effect(), decision.at());
    }
    return first;
  }

  /**
   * Notes what came of a decision.
   *
   * @return whether it was reported for the first time
   */
  public boolean report(String identity, String id, String outcome) {
    return session.update(
            "UPDATE decision SET outcome = ? WHERE id = ? AND identity = ? AND outcome = ''",
            outcome,
            id,
            identity)
        == 1;
  }
}
