package dev.bylaw.store.redo;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what the redo log holds, when a store is opened. */
public final class RedoReader {
  /**
   * A statement and its arguments, each null, a long or a text.
   *
   * @param sql its text
   * @param arguments in order
   */
  public record Statement(String sql, List<@Nullable Object> arguments) {}

  /**
   * A batch.
   *
   * @param number which
   * @param statements what it changed, in order
   */
  public record Logged(long number, List<Statement> statements) {}

  private RedoReader() {}

  /**
   * The batches that are missing in a database.
   *
   * @param file the redo log; nothing is missing where it is not there
   * @param epoch the one that the database names
   * @param applied the number of the last batch that the database holds
   * @return in order, without a gap, from the next on
   * @throws IOException if the file cannot be read, or batches between those in the database and
   *     those in the file are gone
   */
  public static List<Logged> missing(Path file, long epoch, long applied) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
    List<List<Logged>> segments = new ArrayList<>();
    for (int at = 0; at < all.capacity(); at += RedoLog.SEGMENT) {
      List<Logged> segment =
          segment(all.slice(at, Math.min(RedoLog.SEGMENT, all.capacity() - at)), epoch);
      if (!segment.isEmpty()) {
        segments.add(segment);
      }
    }
    segments.sort(Comparator.comparingLong(segment -> segment.getFirst().number()));
    List<Logged> missing = new ArrayList<>();
    for (List<Logged> segment : segments) {
      for (Logged batch : segment) {
        long next = applied + missing.size() + 1;
        if (batch.number() > next) {
          throw new IOException(
              "batch "
                  + next
                  + " is in neither the database nor "
                  + file
                  + ", which goes on with "
                  + batch.number());
        }
        if (batch.number() == next) {
          missing.add(batch);
        }
      }
    }
    return List.copyOf(missing);
  }

  /** The records from the beginning of a segment, as long as each follows the one before. */
  private static List<Logged> segment(ByteBuffer bytes, long epoch) throws IOException {
    List<Logged> found = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    int at = 0;
    while (bytes.capacity() - at >= RedoLog.HEADER) {
      ByteBuffer record = bytes.slice(at, bytes.capacity() - at);
      int length = record.getInt(20);
      long number = record.getLong(12);
      boolean follows = found.isEmpty() || number == found.getLast().number() + 1;
      if (record.getInt(0) != RedoLog.MAGIC
          || record.getLong(4) != epoch
          || !follows
          || length < 0
          || length > record.capacity() - RedoLog.HEADER
          || record.getInt(24) != RedoLog.checksum(record, RedoLog.HEADER + length)) {
        return found;
      }
      found.add(read(number, record.slice(RedoLog.HEADER, length), texts));
      at += RedoLog.HEADER + length;
    }
    return found;
  }

  private static Logged read(long number, ByteBuffer bytes, List<String> texts) throws IOException {
    try {
      for (int left = bytes.getInt(); left > 0; left--) {
        texts.add(text(bytes, bytes.getInt()));
      }
      List<Statement> statements = new ArrayList<>();
      while (bytes.hasRemaining()) {
        String sql = texts.get(number(bytes));
        List<@Nullable Object> arguments = new ArrayList<>();
        for (int left = number(bytes); left > 0; left--) {
          arguments.add(argument(bytes));
        }
        statements.add(new Statement(sql, arguments));
      }
      return new Logged(number, statements);
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IOException("batch " + number + " of the redo log cannot be read", e);
    }
  }

  private static @Nullable Object argument(ByteBuffer bytes) throws IOException {
    byte kind = bytes.get();
    return switch (kind) {
      case Statements.NULL -> null;
      case Statements.NUMBER -> bytes.getLong();
      case Statements.TEXT -> text(bytes, number(bytes));
      default -> throw new IOException("no argument is of kind " + kind);
    };
  }

  private static String text(ByteBuffer bytes, int length) {
    byte[] utf8 = new byte[length];
    bytes.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static int number(ByteBuffer bytes) {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes.get();
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
