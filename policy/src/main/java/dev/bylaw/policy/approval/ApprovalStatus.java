package dev.bylaw.policy.approval;

import java.util.Locale;
import java.util.Set;

/** Where an approval is in its life, and what may happen to it there. */
public enum ApprovalStatus {
  /** People are being asked. */
  PENDING(
      Happening.APPROVE, Happening.REJECT, Happening.DELEGATE, Happening.TICK, Happening.CANCEL),
  /** Enough people have agreed; the action may be done once. */
  APPROVED(Happening.USE, Happening.TICK, Happening.CANCEL),
  /** Somebody has refused. */
  REJECTED(),
  /** Time was up. */
  EXPIRED(),
  /** Nobody needs it any more. */
  CANCELLED(),
  /** The action was done with it. */
  USED();

  /** What can happen to an approval. */
  public enum Happening {
    APPROVE,
    REJECT,
    DELEGATE,
    TICK,
    USE,
    CANCEL
  }

  @SuppressWarnings("ImmutableEnumChecker") // copied, never changed
  private final Set<Happening> admits;

  ApprovalStatus(Happening... admits) {
    this.admits = Set.of(admits);
  }

  /** Whether it may happen to an approval in this status. */
  public boolean admits(Happening happening) {
    return admits.contains(happening);
  }

  /** Whether nothing more can happen. */
  public boolean isFinal() {
    return admits.isEmpty();
  }

  /** The name in JSON and in messages. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
