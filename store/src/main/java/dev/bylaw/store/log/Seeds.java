package dev.bylaw.store.log;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The seeds of records: 32 bytes each that nobody can tell from random ones, nor compute from
 * others.
 *
 * <p>Asking the operating system for each record took a fifth of the time of sealing it. So a key
 * of 32 random bytes is stretched: each use hashes it twice, into the seed and into the key that
 * follows, and the old key is gone. A seed that was erased can therefore not be made again from
 * what memory holds later. After {@link #USES} uses the operating system's randomness is mixed in
 * anew. Thread-safe.
 */
final class Seeds {
  static final int SIZE = 32;
  static final int USES = 4_096;

  private static final byte SEED = 2;
  private static final byte KEY = 3;

  private final SecureRandom random = new SecureRandom();
  private final MessageDigest sha = Digests.sha256();
  private final byte[] key = new byte[SIZE];
  private int left;

  /** A seed. */
  synchronized byte[] next() {
    if (left == 0) {
      byte[] fresh = new byte[SIZE];
      random.nextBytes(fresh);
      sha.update(key);
      replace(sha.digest(fresh));
      left = USES;
    }
    left--;
    sha.update(SEED);
    byte[] seed = sha.digest(key);
    sha.update(KEY);
    replace(sha.digest(key));
    return seed;
  }

  private void replace(byte[] by) {
    System.arraycopy(by, 0, key, 0, SIZE);
    Arrays.fill(by, (byte) 0);
  }
}
