package dev.bylaw.content.file;

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

  /** How many entries the directory at the end names. */
  static int entriesClaimed(byte[] bytes) {
    int end = end(bytes);
    return end < 0 ? 0 : int16(bytes, end + 10);
  }
}
