package dev.bylaw.actions.http;

import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;

/** What came of a call. */
sealed interface Answer {
  /** Whether the request, in whole or in part, may have reached the other side. */
  boolean sent();

  /** The same after an attempt before it that may have had its effect. */
  Answer afterPossible();

  /**
   * A response.
   *
   * @param status of HTTP
   * @param headers by lower-case name, without cookies
   * @param body JSON as a value, else text, else base64; null for none
   * @param possibleBefore whether an attempt before this one may have had its effect
   */
  record Received(int status, ObjectValue headers, Value body, boolean possibleBefore)
      implements Answer {
    boolean successful() {
      return status >= 200 && status < 300;
    }

    /** Whether the other side says that it did not do it for now. */
    boolean refused() {
      return status == 429;
    }

    /** Whether the other side, or what stands before it, is out of order for now. */
    boolean outOfOrder() {
      return status == 502 || status == 503 || status == 504;
    }

    @Override
    public boolean sent() {
      return true;
    }

    @Override
    public Received afterPossible() {
      return new Received(status, headers, body, true);
    }
  }

  /**
   * No response.
   *
   * @param code for {@link dev.bylaw.playbook.action.ActionOutcome.Failed}
   * @param message one line, without path, query, headers or body
   * @param retryable whether it may go better later
   */
  record Broken(String code, String message, boolean retryable, boolean sent) implements Answer {
    @Override
    public Broken afterPossible() {
      return new Broken(code, message, retryable, true);
    }
  }
}
