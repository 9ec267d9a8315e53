package dev.bylaw.store;

import org.jspecify.annotations.Nullable;

/** The store cannot be used. The message is one sentence for people, and says what to do. */
public final class StoreUnavailable extends RuntimeException {
  /** Why. */
  public enum Reason {
    /** Another process, or this one, has it open. */
    IN_USE,
    /** The folder or a file in it cannot be read or written. */
    NOT_ACCESSIBLE,
    /** The file is damaged, or is not a store. */
    CORRUPT,
    /** It was written by a newer version. */
    NEWER_VERSION,
    /** The key that signed its logs is missing, or it is another one. */
    KEY,
    /** The disk is full; nothing of what was waiting is promised. */
    DISK_FULL,
    /** The disk failed; nothing of what was waiting is promised. */
    DISK_FAILED,
    /** It was closed. */
    CLOSED
  }

  private final Reason reason;

  StoreUnavailable(Reason reason, String message) {
    this(reason, message, null);
  }

  StoreUnavailable(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
