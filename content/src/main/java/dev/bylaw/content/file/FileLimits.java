package dev.bylaw.content.file;

/**
 * How far an archive is walked.
 *
 * @param depth archives within archives
 * @param entries over all depths
 * @param bytes unpacked, over all entries
 * @param ratio unpacked bytes for each packed one
 */
public record FileLimits(int depth, int entries, long bytes, int ratio) {
  public static final FileLimits STANDARD = new FileLimits(4, 2000, 128L * 1024 * 1024, 120);
}
