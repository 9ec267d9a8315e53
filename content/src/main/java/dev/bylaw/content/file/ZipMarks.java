package dev.bylaw.content.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the headers of a ZIP archive say, read without unpacking it (APPNOTE.TXT 4.3). */
final class ZipMarks {
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;

  private ZipMarks() {}

  private static int int32(byte[] bytes, int at) {
    return (bytes[at] & 255)
        | (bytes[at + 1] & 255) << 8
        | (bytes[at + 2] & 255) << 16
        | (bytes[at + 3] & 255) << 24;
  }

  static int int16(byte[] bytes, int at) {
    return (bytes[at] & 255) | (bytes[at + 1] & 255) << 8;
  }

  /** Whether any header has the flag of encryption. */
  static boolean isEncrypted(byte[] bytes) {
    for (int i = 0; i + 30 < bytes.length; i++) {
      if (bytes[i] != 'P' || bytes[i + 1] != 'K') {
        continue;
      }
      int signature = int32(bytes, i);
      if ((signature == LOCAL && (int16(bytes, i + 6) & 1) == 1)
          || (signature == CENTRAL && (int16(bytes, i + 8) & 1) == 1)) {
        return true;
      }
    }
    return false;
  }

  /** The offset of the record at the end of the archive, or -1. */
  static int end(byte[] bytes) {
    for (int i = bytes.length - 22; i >= Math.max(0, bytes.length - 66_000); i--) {
      if (int32(bytes, i) == END) {
        return i;
      }
    }
    return -1;
  }

  /**
   * What the directory at the end says that the entries themselves do not; null where both agree.
   * One program reads the directory and another the entries, so that each would see another
   * archive.
   */
  static @Nullable String contradiction(byte[] bytes) {
    int end = end(bytes);
    if (end < 0) {
      return "it has no directory";
    }
    long size = int32(bytes, end + 12) & 0xffff_ffffL;
    long offset = int32(bytes, end + 16) & 0xffff_ffffL;
    if (offset == 0xffff_ffffL || size == 0xffff_ffffL) {
      return null;
    }
    // Offsets count from the start of the archive, before which there may be something else.
    long base = end - size - offset;
    long at = end - size;
    if (base < 0) {
      return "its directory lies outside of it";
    }
    List<long[]> spans = new ArrayList<>();
    while (at + 46 <= end && int32(bytes, (int) at) == CENTRAL) {
      int header = (int) at;
      int nameLength = int16(bytes, header + 28);
      long packed = int32(bytes, header + 20) & 0xffff_ffffL;
      long local = base + (int32(bytes, header + 42) & 0xffff_ffffL);
      at += 46L + nameLength + int16(bytes, header + 30) + int16(bytes, header + 32);
      if (packed == 0xffff_ffffL || local - base == 0xffff_ffffL) {
        continue;
      }
      if (at > end
          || local + 30 + nameLength > bytes.length
          || int32(bytes, (int) local) != LOCAL) {
        return "its directory names an entry that is not there";
      }
      int start = (int) local;
      if (int16(bytes, start + 26) != nameLength
          || !Arrays.equals(
              bytes,
              start + 30,
              start + 30 + nameLength,
              bytes,
              header + 46,
              header + 46 + nameLength)) {
        return "its directory gives an entry another name";
      }
      spans.add(new long[] {local, local + 30 + nameLength + int16(bytes, start + 28) + packed});
    }
    spans.sort(Comparator.comparingLong(span -> span[0]));
    for (int i = 1; i < spans.size(); i++) {
      if (spans.get(i)[0] < spans.get(i - 1)[1]) {
        return "its entries overlap";
      }
    }
    return null;
  }

  /** How many entries the directory at the end names. */
  static int entriesClaimed(byte[] bytes) {
    int end = end(bytes);
    return end < 0 ? 0 : int16(bytes, end + 10);
  }
}
