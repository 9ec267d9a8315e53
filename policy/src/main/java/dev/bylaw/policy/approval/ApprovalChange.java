package dev.bylaw.policy.approval;

import java.util.List;
import java.util.Set;

/** What an event does to an approval. */
public sealed interface ApprovalChange {
  /**
   * It becomes another.
   *
   * @param approval what it is now
   * @param notices who is to be told what
   */
  record Changed(Approval approval, List<Notice> notices) implements ApprovalChange {
    public Changed {
      notices = List.copyOf(notices);
    }
  }

  /**
   * Nothing changes.
   *
   * @param reason why, for people: lower case, no full stop
   */
  record Refused(String reason) implements ApprovalChange {}

  /**
   * Something to tell people.
   *
   * @param kind what
   * @param to people and groups; empty for every approver
   */
  record Notice(Kind kind, Set<String> to) {
    /** What there is to tell. */
    public enum Kind {
      REMINDER,
      ESCALATED,
      DELEGATED,
      APPROVED,
      REJECTED,
      EXPIRED,
      CANCELLED
    }

    public Notice {
      to = Set.copyOf(to);
    }
  }
}
