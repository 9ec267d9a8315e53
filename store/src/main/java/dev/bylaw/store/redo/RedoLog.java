package dev.bylaw.store.redo;

import dev.bylaw.store.redo.Statements.Batch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The file of the redo log, to write. The package says what it looks like. One thread at a time.
 */
public final class RedoLog implements AutoCloseable {
  /** A segment's length. Two of them are what a store takes on the disk beside the database. */
  static final int SEGMENT = 1 << 20;

  static final int MAGIC = 0x42794c32;

  // Where the parts of a record's header are, behind its magic.
  static final int EPOCH = Integer.BYTES;
  static final int NUMBER = EPOCH + Long.BYTES;
  static final int FORCED = NUMBER + Long.BYTES;
  static final int LENGTH = FORCED + Long.BYTES;
  static final int CHECKSUM = LENGTH + Integer.BYTES;
  static final int HEADER = CHECKSUM + Integer.BYTES;

  /** Says up to which number the database itself is durable. */
  public interface Base {
    /** The number of the last batch that the database would hold after a loss of power. */
    long durable();

    /**
     * Makes the database durable up to a batch, waiting for its commit.
     *
     * @throws IOException if the disk fails
     */
    void makeDurable(long number) throws IOException;
  }

  private final FileChannel channel;
  private final long epoch;
  private final Base base;
  private final long[] last = new long[2];
  private int segment;
  private int position;

  private long appended;

  /** The last batch that was durable when the next is written: here, or before this was opened. */
  private long forced;

  /** How many texts of statements this segment holds. */
  private int defined;

  private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);

  private RedoLog(FileChannel channel, long epoch, Base base) {
    this.channel = channel;
    this.epoch = epoch;
    this.base = base;
    this.forced = base.durable();
  }

  /**
   * Opens the file for a new epoch, and makes it at its full length if it is not there.
   *
   * @throws IOException if it cannot be written, for want of room for instance
   */
  public static RedoLog open(Path file, long epoch, Base base) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean opened = false;
    try {
      long length = channel.size();
      if (length < 2L * SEGMENT) {
        zero(channel, length, 2L * SEGMENT);
        channel.force(true);
      }
      opened = true;
      return new RedoLog(channel, epoch, base);
    } finally {
      if (!opened) {
        channel.close();
      }
    }
  }

  /**
   * Writes a batch; {@link #force} makes it durable. One that is larger than a segment is not
   * written: the database is made durable with it instead.
   *
   * @throws IOException if the disk fails
   */
  public void append(Batch batch) throws IOException {
    if (most(batch, defined) > SEGMENT - position) {
      turn();
    }
    Batch written = batch;
    if (most(batch, defined) > SEGMENT) {
      base.makeDurable(batch.number());
      written = new Batch(batch.number(), List.of(), 0, new byte[0]);
    }
    int length = encode(written);
    long at = (long) segment * SEGMENT + position;
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
    position += length;
    defined = Math.max(defined, written.known());
    last[segment] = batch.number();
    appended = batch.number();
  }

  /** The rest of the segment is left alone, and the other one begun. */
  private void turn() throws IOException {
    int other = 1 - segment;
    if (base.durable() < last[other]) {
      base.makeDurable(last[other]);
    }
    segment = other;
    position = 0;
    defined = 0;
  }

  /** What the segment that is not written to holds needs to be durable in the database. */
  public long wanted() {
    return last[1 - segment];
  }

  /**
   * Makes durable what was appended.
   *
   * @throws IOException if the disk fails
   */
  public void force() throws IOException {
    channel.force(false);
    forced = appended;
  }

  /**
   * Overwrites all that was ever written. Only where the database is durable.
   *
   * @throws IOException if the disk fails
   */
  public void wipe() throws IOException {
    zero(channel, 0, 2L * SEGMENT);
    channel.force(false);
    segment = 0;
    position = 0;
    defined = 0;
    Arrays.fill(last, 0);
  }

  /** What a batch takes at the most; a character is at most three bytes. */
  private static long most(Batch batch, int from) {
    long most = HEADER + Integer.BYTES + (long) batch.bytes().length;
    for (int i = from; i < batch.known(); i++) {
      most += Integer.BYTES + batch.texts().get(i).length() * 3L;
    }
    return most;
  }

  private int encode(Batch batch) {
    int most = Math.toIntExact(most(batch, defined));
    if (buffer.capacity() < most) {
      buffer = ByteBuffer.allocateDirect(Math.max(most, buffer.capacity() * 2));
    }
    buffer.clear().position(HEADER);
    buffer.putInt(Math.max(0, batch.known() - defined));
    for (int i = defined; i < batch.known(); i++) {
      byte[] text = batch.texts().get(i).getBytes(StandardCharsets.UTF_8);
      buffer.putInt(text.length).put(text);
    }
    buffer.put(batch.bytes());
    int length = buffer.position();
    buffer.flip();
    buffer
        .putInt(0, MAGIC)
        .putLong(EPOCH, epoch)
        .putLong(NUMBER, batch.number())
        .putLong(FORCED, forced)
        .putInt(LENGTH, length - HEADER)
        .putInt(CHECKSUM, checksum(buffer, length));
    return length;
  }

  /** Of everything but the magic and the checksum itself. */
  static int checksum(ByteBuffer record, int length) {
    var crc = new CRC32C();
    crc.update(record.slice(EPOCH, CHECKSUM - EPOCH));
    crc.update(record.slice(HEADER, length - HEADER));
    return (int) crc.getValue();
  }

  private static void zero(FileChannel channel, long from, long to) throws IOException {
    var zeros = ByteBuffer.allocate(1 << 16);
    for (long at = from; at < to; ) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
      at += channel.write(zeros, at);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
