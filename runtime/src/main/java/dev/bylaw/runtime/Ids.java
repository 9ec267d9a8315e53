package dev.bylaw.runtime;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Makes ids that sort by time: 48 bits of milliseconds and 80 random bits in Crockford's base 32
 * (the ULID form, 26 characters). Thread-safe.
 */
final class Ids implements Supplier<String> {
  private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
  private static final int TIME_DIGITS = 10;
  private static final int RANDOM_DIGITS = 16;

  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock;

  Ids(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String get() {
    char[] id = new char[TIME_DIGITS + RANDOM_DIGITS];
    long time = clock.millis();
    for (int i = TIME_DIGITS - 1; i >= 0; i--) {
      id[i] = DIGITS[(int) (time & 31)];
      time >>>= 5;
    }
    byte[] bytes = new byte[RANDOM_DIGITS];
    random.nextBytes(bytes);
    for (int i = 0; i < RANDOM_DIGITS; i++) {
      id[TIME_DIGITS + i] = DIGITS[bytes[i] & 31];
    }
    return new String(id);
  }
}
