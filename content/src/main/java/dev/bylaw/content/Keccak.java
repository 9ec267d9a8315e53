package dev.bylaw.content;

/** Keccak-256 with the padding of its first submission, as Ethereum uses it, for short inputs. */
final class Keccak {
  private static final int RATE = 136;
  private static final long[] ROUND = roundConstants();

  private Keccak() {}

  static byte[] digest256(byte[] input) {
    long[] state = new long[25];
    byte[] padded = new byte[(input.length / RATE + 1) * RATE];
    System.arraycopy(input, 0, padded, 0, input.length);
    padded[input.length] |= 1;
    padded[padded.length - 1] |= (byte) 0x80;
    for (int block = 0; block < padded.length; block += RATE) {
      for (int i = 0; i < RATE; i++) {
        state[i / 8] ^= (padded[block + i] & 0xffL) << (8 * (i % 8));
      }
      permute(state);
    }
    byte[] digest = new byte[32];
    for (int i = 0; i < 32; i++) {
      digest[i] = (byte) (state[i / 8] >>> (8 * (i % 8)));
    }
    return digest;
  }

  private static void permute(long[] a) {
    long[] columns = new long[5];
    for (long constant : ROUND) {
      for (int x = 0; x < 5; x++) {
        columns[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
      }
      for (int x = 0; x < 5; x++) {
        long mix = columns[(x + 4) % 5] ^ Long.rotateLeft(columns[(x + 1) % 5], 1);
        for (int y = 0; y < 25; y += 5) {
          a[x + y] ^= mix;
        }
      }
      int x = 1;
      int y = 0;
      long moved = a[1];
      for (int step = 1; step <= 24; step++) {
        int nextY = (2 * x + 3 * y) % 5;
        x = y;
        y = nextY;
        long held = a[x + 5 * y];
        a[x + 5 * y] = Long.rotateLeft(moved, step * (step + 1) / 2 % 64);
        moved = held;
      }
      for (int row = 0; row < 25; row += 5) {
        System.arraycopy(a, row, columns, 0, 5);
        for (int i = 0; i < 5; i++) {
          a[row + i] = columns[i] ^ (~columns[(i + 1) % 5] & columns[(i + 2) % 5]);
        }
      }
      a[0] ^= constant;
    }
  }

  /** The bits come from a linear feedback shift register over x^8 + x^6 + x^5 + x^4 + 1. */
  private static long[] roundConstants() {
    long[] constants = new long[24];
    int register = 1;
    for (int round = 0; round < 24; round++) {
      for (int j = 0; j <= 6; j++) {
        if ((register & 1) == 1) {
          constants[round] |= 1L << ((1 << j) - 1);
        }
        register = register << 1 ^ ((register >> 7) * 0x171);
      }
    }
    return constants;
  }
}
