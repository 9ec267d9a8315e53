package dev.bylaw.store.log;

/**
 * Something that verification found to be wrong.
 *
 * @param kind what
 * @param chain whose, {@code identity/log/writer}; empty for a checkpoint or a file as a whole
 * @param seq the place in the chain, or the line in a file, or the number of the checkpoint
 * @param message one sentence
 */
public record Finding(Kind kind, String chain, long seq, String message) {
  /** What is wrong. */
  public enum Kind {
    /** A record does not say what it said when it was written. */
    CHANGED,
    /** Records in the middle are gone. */
    DROPPED,
    /** Records stand in another order than they were written in. */
    REORDERED,
    /** Records at the end, or a whole chain, are gone. */
    CUT,
    /** The chain holds in itself, but it is not the one that was signed. */
    REWRITTEN,
    /** A payload is gone and no tombstone says so. */
    MISSING,
    /** A checkpoint, root or tombstone is not signed with the key. */
    SIGNATURE,
    /** A line of an exported file cannot be read. */
    UNREADABLE
  }
}
