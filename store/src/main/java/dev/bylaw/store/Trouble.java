package dev.bylaw.store;

import dev.bylaw.store.StoreUnavailable.Reason;
import dev.bylaw.store.sql.SqlFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a file or a store cannot be used, in words of people: what it is, where, and what to do. What
 * the database or the system said stays in the cause.
 */
public final class Trouble {
  /** A disk with less is full for a store, whatever the failure is called. */
  private static final long ROOM = 4L << 20;

  private static final int NO_PERMISSION = 3;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READ_ONLY = 8;
  private static final int FAILED = 10;
  private static final int DAMAGED = 11;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;
  private static final int NO_DATABASE = 26;

  private Trouble() {}

  /** Why a file cannot be used, without its name: {@code no permission}. */
  public static String reason(IOException e) {
    if (isFull(e)) {
      return "the disk is full; free some space and do it again";
    }
    return switch (e) {
      case NoSuchFileException _ -> "it is not there";
      case AccessDeniedException _ -> "no permission";
      case FileAlreadyExistsException taken -> "`" + taken.getFile() + "` is a file already";
      case FileSystemException told when told.getReason() != null ->
          told.getReason().toLowerCase(Locale.ROOT);
      default -> String.valueOf(e.getMessage());
    };
  }

  static boolean isFull(IOException e) {
    String said = String.valueOf(e.getMessage());
    return said.contains("No space left")
        || said.contains("quota exceeded")
        || said.contains("not enough space");
  }

  /** Why a store cannot be opened, or not be written any more. */
  static StoreUnavailable of(Path dir, Throwable cause) {
    return switch (cause) {
      case StoreUnavailable told -> told;
      case SqlFailure failure -> sql(dir, failure.code(), failure);
      case SQLException failure -> sql(dir, failure.getErrorCode() & 0xff, failure);
      case IOException failure -> file(dir, failure);
      default ->
          new StoreUnavailable(
              Reason.DISK_FAILED,
              "the store in "
                  + dir
                  + " could not be written ("
                  + cause.getMessage()
                  + "); start again once the disk is in order, nothing that was answered is lost",
              cause);
    };
  }

  private static StoreUnavailable sql(Path dir, int code, Exception cause) {
    return switch (code) {
      case FULL -> full(dir, cause);
      // A disk without room for the shared memory beside the database fails like a broken one.
      case FAILED -> free(dir) < ROOM ? full(dir, cause) : failing(dir, cause);
      case DAMAGED, NO_DATABASE ->
          new StoreUnavailable(
              Reason.CORRUPT,
              dir.resolve(Opening.FILE)
                  + " is damaged or is not a store of Bylaw; put back a copy of it",
              cause);
      case BUSY, LOCKED ->
          new StoreUnavailable(
              Reason.IN_USE,
              "another program has "
                  + dir.resolve(Opening.FILE)
                  + " open and keeps it locked; end that program and do it again",
              cause);
      case NO_PERMISSION, READ_ONLY, CANNOT_OPEN -> forbidden(dir, cause);
      default -> unopened(dir, String.valueOf(cause.getMessage()), cause);
    };
  }

  private static StoreUnavailable file(Path dir, IOException cause) {
    if (isFull(cause)) {
      return full(dir, cause);
    }
    return switch (cause) {
      case AccessDeniedException _ -> forbidden(dir, cause);
      case FileAlreadyExistsException taken ->
          unopened(
              dir, "`" + taken.getFile() + "` is no folder; move it away and do it again", cause);
      case NotDirectoryException taken ->
          unopened(
              dir, "`" + taken.getFile() + "` is no folder; move it away and do it again", cause);
      case FileSystemException told
          when told.getReason() != null && told.getReason().contains("Read-only") ->
          forbidden(dir, cause);
      case FileSystemException told -> unopened(dir, told.getFile() + ": " + reason(told), cause);
      default -> free(dir) < ROOM ? full(dir, cause) : failing(dir, cause);
    };
  }

  private static StoreUnavailable full(Path dir, Exception cause) {
    long free = free(dir);
    return new StoreUnavailable(
        Reason.DISK_FULL,
        free < ROOM
            ? "the disk of the store in "
                + dir
                + " is full ("
                + size(free)
                + " free): free "
                + size(2 * ROOM)
                + " there and do it again; nothing that was answered is lost"
            : "the disk of the store in "
                + dir
                + " takes no more, though "
                + size(free)
                + " are free: raise the quota or the limit on the size of files that is reached,"
                + " and do it again; nothing that was answered is lost",
        cause);
  }

  private static StoreUnavailable failing(Path dir, Exception cause) {
    return new StoreUnavailable(
        Reason.DISK_FAILED,
        "the disk of the store in "
            + dir
            + " fails ("
            + size(free(dir))
            + " free): look for a limit on the size of files (`ulimit -f`) and for errors in the"
            + " log of the system, and do it again once it is in order; nothing that was answered"
            + " is lost",
        cause);
  }

  private static StoreUnavailable forbidden(Path dir, Exception cause) {
    Optional<Path> where =
        List.of("", "lock", Opening.FILE, Opening.FILE + "-wal", Opening.FILE + "-shm", "owner")
            .stream()
            .map(dir::resolve)
            .filter(Trouble::isOutOfReach)
            .findFirst();
    @Nullable Path above = dir;
    while (above != null && !Files.exists(above)) {
      above = above.getParent();
    }
    @Nullable Path place = where.orElse(above);
    return new StoreUnavailable(
        Reason.NOT_ACCESSIBLE,
        "the store in "
            + dir
            + " cannot be opened: `"
            + System.getProperty("user.name")
            + "` may not read and write "
            + place
            + "; run it as "
            + owner(place)
            + ", or let this user read and write there",
        cause);
  }

  private static boolean isOutOfReach(Path path) {
    return Files.exists(path)
        && !(Files.isReadable(path)
            && Files.isWritable(path)
            && (!Files.isDirectory(path) || Files.isExecutable(path)));
  }

  private static String owner(@Nullable Path path) {
    try {
      return path == null ? "its owner" : "`" + Files.getOwner(path).getName() + "`";
    } catch (IOException | UnsupportedOperationException e) {
      return "its owner";
    }
  }

  private static StoreUnavailable unopened(Path dir, String why, Exception cause) {
    return new StoreUnavailable(
        Reason.NOT_ACCESSIBLE, "the store in " + dir + " cannot be opened: " + why, cause);
  }

  /** What the disk of a folder has left, whether the folder is there or not. */
  private static long free(Path dir) {
    Path there = dir.toAbsolutePath();
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    try {
      return Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  private static String size(long bytes) {
    if (bytes == Long.MAX_VALUE) {
      return "how much is not known";
    }
    return bytes < 1 << 20
        ? (bytes >> 10) + " KB"
        : bytes < 1L << 30 ? (bytes >> 20) + " MB" : (bytes >> 30) + " GB";
  }
}
