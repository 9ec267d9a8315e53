package dev.bylaw.store.redo;

import dev.bylaw.store.sql.Session;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the statements of a batch in the form in which the redo log keeps them. Used by the
 * writer's thread; {@link #texts} is read by others.
 */
public final class Statements implements Session.Recorder {
  static final byte NULL = 0;
  static final byte NUMBER = 1;
  static final byte TEXT = 2;

  private static final int KEPT = 1 << 20;

  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> texts = new CopyOnWriteArrayList<>();
  private byte[] bytes = new byte[1 << 14];
  private int length;

  /** What a batch changed. Immutable. */
  public static final class Batch {
    private final long number;
    private final List<String> texts;
    private final int known;
    private final byte[] bytes;

    /**
     * A batch.
     *
     * @param number counts up by one from batch to batch
     * @param texts of all statements so far, by their numbers; only ever grows
     * @param known how many of them there were when the batch was made
     * @param bytes the statements
     */
    Batch(long number, List<String> texts, int known, byte[] bytes) {
      this.number = number;
      this.texts = texts;
      this.known = known;
      this.bytes = bytes;
    }

    long number() {
      return number;
    }

    List<String> texts() {
      return texts;
    }

    int known() {
      return known;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  @Override
  public void changed(String sql, @Nullable Object[] arguments) {
    Integer id = ids.get(sql);
    if (id == null) {
      id = texts.size();
      texts.add(sql);
      ids.put(sql, id);
    }
    number(id);
    number(arguments.length);
    for (Object argument : arguments) {
      switch (argument) {
        case null -> put(NULL);
        case Long number -> put(number);
        case Integer number -> put((long) number);
        case String text -> put(text);
        default -> throw new IllegalArgumentException("no column for " + argument);
      }
    }
  }

  /** Where the next statement will be. */
  public int mark() {
    return length;
  }

  /** Forgets what came after a mark. */
  public void undo(int mark) {
    length = mark;
  }

  /** Whether nothing was changed. */
  public boolean isEmpty() {
    return length == 0;
  }

  /** Gives the batch away and starts the next. */
  public Batch take(long number) {
    var batch = new Batch(number, texts, texts.size(), Arrays.copyOf(bytes, length));
    length = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[1 << 14];
    }
    return batch;
  }

  /** Forgets the batch. */
  public void clear() {
    length = 0;
  }

  private void put(long number) {
    room(1 + Long.BYTES);
    bytes[length++] = NUMBER;
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      bytes[length++] = (byte) (number >>> shift);
    }
  }

  private void put(String text) {
    put(TEXT);
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  private void put(byte one) {
    room(1);
    bytes[length++] = one;
  }

  /** Seven bits to a byte, the lowest first. */
  private void number(int value) {
    room(5);
    int rest = value;
    while (rest > 0x7f) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
    }
  }
}
