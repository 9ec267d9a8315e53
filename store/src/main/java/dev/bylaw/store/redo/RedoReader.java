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
import java.util.Optional;
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
   * A segment as far as it can be read.
   *
   * @param records from its beginning, as long as each follows the one before
   * @param end where they end in the file
   * @param marks all valid records of the segment, those behind that end and of any age included
   */
  private record Segment(List<Logged> records, long end, List<Mark> marks) {}

  /**
   * What a valid record says, whether it can be reached or not.
   *
   * @param number its own
   * @param forced the last that was durable when it was written
   */
  private record Mark(long number, long forced) {}

  /**
   * The batches that are missing in a database.
   *
   * @param file the redo log; nothing is missing where it is not there
   * @param epoch the one that the database names
   * @param applied the number of the last batch that the database holds
   * @return in order, without a gap, from the next on
   * @throws IOException if the file cannot be read, or a batch that was answered is neither in the
   *     database nor, whole, in the file
   */
  public static List<Logged> missing(Path file, long epoch, long applied) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
    List<Segment> segments = new ArrayList<>();
    for (int at = 0; at < all.capacity(); at += RedoLog.SEGMENT) {
      segments.add(
          segment(all.slice(at, Math.min(RedoLog.SEGMENT, all.capacity() - at)), at, epoch));
    }
    segments.sort(
        Comparator.comparingLong(segment ->
            segment.records().isEmpty() ? Long.MAX_VALUE : segment.records().getFirst().number()));
    List<Logged> missing = new ArrayList<>();
    for (Segment segment : segments) {
      for (Logged batch : segment.records()) {
        if (batch.number() == applied + missing.size() + 1) {
          missing.add(batch);
        }
      }
    }
    requireAllAnswered(file, applied + missing.size(), segments);
    return List.copyOf(missing);
  }

  /** Nothing that is left over may say that more was answered. */
  private static void requireAllAnswered(Path file, long last, List<Segment> segments)
      throws IOException {
    for (Segment segment : segments) {
      for (Mark mark : segment.marks()) {
        if (mark.number() > last && mark.forced() > last) {
          throw new IOException(
              "batch "
                  + (last + 1)
                  + ", which was answered, is in neither the database nor "
                  + file
                  + ", which is damaged from byte "
                  + endBefore(mark, segments).orElse(segment.end())
                  + " on and goes on with batch "
                  + mark.number());
        }
      }
    }
  }

  /** Where the records end that are before another. */
  private static Optional<Long> endBefore(Mark mark, List<Segment> segments) {
    return segments.stream()
        .filter(it -> !it.records().isEmpty() && it.records().getLast().number() < mark.number())
        .map(Segment::end)
        .reduce((_, later) -> later);
  }

  private static Segment segment(ByteBuffer bytes, long from, long epoch) throws IOException {
    List<Logged> found = new ArrayList<>();
    List<Mark> marks = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    int at = 0;
    while (isRecord(bytes, at, epoch)
        && (found.isEmpty() || number(bytes, at) == found.getLast().number() + 1)) {
      int length = bytes.getInt(at + RedoLog.LENGTH);
      found.add(read(number(bytes, at), bytes.slice(at + RedoLog.HEADER, length), texts));
      marks.add(mark(bytes, at));
      at += RedoLog.HEADER + length;
    }
    for (int behind = at; behind <= bytes.capacity() - RedoLog.HEADER; behind++) {
      if (isRecord(bytes, behind, epoch)) {
        marks.add(mark(bytes, behind));
      }
    }
    return new Segment(found, from + at, marks);
  }

  private static boolean isRecord(ByteBuffer bytes, int at, long epoch) {
    if (bytes.capacity() - at < RedoLog.HEADER
        || bytes.getInt(at) != RedoLog.MAGIC
        || bytes.getLong(at + RedoLog.EPOCH) != epoch) {
      return false;
    }
    int length = bytes.getInt(at + RedoLog.LENGTH);
    return length >= 0
        && length <= bytes.capacity() - at - RedoLog.HEADER
        && bytes.getInt(at + RedoLog.CHECKSUM)
            == RedoLog.checksum(bytes.slice(at, RedoLog.HEADER + length), RedoLog.HEADER + length);
  }

  private static long number(ByteBuffer bytes, int at) {
    return bytes.getLong(at + RedoLog.NUMBER);
  }

  private static Mark mark(ByteBuffer bytes, int at) {
    return new Mark(number(bytes, at), bytes.getLong(at + RedoLog.FORCED));
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
