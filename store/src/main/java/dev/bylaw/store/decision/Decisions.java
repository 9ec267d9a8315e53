package dev.bylaw.store.decision;

import dev.bylaw.store.metrics.Counting;
import dev.bylaw.store.sql.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Indexes decisions. */
public final class Decisions extends DecisionQueries {
  private static final int KNOWN = 2_000;

  /** What was decided on before. */
  private record Attempt(String identity, String key) {}

  private final Counting counting;

  /** The last attempts: all that the tables may not hold yet. */
  private final Map<Attempt, Boolean> attempts =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Attempt, Boolean> eldest) {
          return size() > Session.MOST_LATER;
        }
      };

  /** Decisions whose outcome is open, by id: most are asked for soon. */
  private final Map<String, KeptDecision> open =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, KeptDecision> eldest) {
          return size() > KNOWN;
        }
      };

  public Decisions(Session session, Counting counting) {
    super(session);
    this.counting = counting;
  }

  @Override
  public Optional<KeptDecision> find(String identity, String id) {
    KeptDecision known = open.get(id);
    return known != null && known.identity().equals(identity)
        ? Optional.of(known)
        : super.find(identity, id);
  }

  /**
   * Indexes a decision. The first on an attempt counts for the compliance rate.
   *
   * @return whether it was the first on its attempt; one without a key always is
   */
  public boolean record(KeptDecision decision) {
    boolean first = first(new Attempt(decision.identity(), decision.key()));
    session.later(
        "INSERT INTO decision (id, identity, agent, key, action, digest, effect, run, at,"
            + " outcome, first) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO"
            + " NOTHING",
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
        first ? 1 : 0);
    if (decision.outcome().isEmpty()) {
      open.put(decision.id(), decision);
      session.onUndo(() -> open.remove(decision.id()));
    }
    if (first) {
      counting.attempt(decision.identity(), decision.effect(), decision.at());
    }
    return first;
  }

  private boolean first(Attempt attempt) {
    if (attempt.key().isEmpty()) {
      return true;
    }
    if (attempts.putIfAbsent(attempt, true) != null) {
      return false;
    }
    session.onUndo(() -> attempts.remove(attempt));
    return session
        .firstBefore(
            "SELECT 1 FROM decision WHERE identity = ? AND key = ? LIMIT 1",
            _ -> true,
            attempt.identity(),
            attempt.key())
        .isEmpty();
  }

  /**
   * Notes what came of a decision.
   *
   * @return whether it was reported for the first time
   */
  public boolean report(String identity, String id, String outcome) {
    String sql = "UPDATE decision SET outcome = ? WHERE id = ? AND identity = ? AND outcome = ''";
    KeptDecision known = open.get(id);
    if (known == null || !known.identity().equals(identity)) {
      return session.update(sql, outcome, id, identity) == 1;
    }
    open.remove(id);
    session.onUndo(() -> open.put(id, known));
    session.later(sql, outcome, id, identity);
    return true;
  }

  /** Every decision is asked of the tables again, after some were erased. */
  public void forgetMemory() {
    attempts.clear();
    open.clear();
  }
}
