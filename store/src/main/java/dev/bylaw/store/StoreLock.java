package dev.bylaw.store;

import dev.bylaw.store.StoreUnavailable.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process off a store. The lock is the operating system's and ends with the process;
 * who holds it stands in a file beside it, because closing any second handle on a locked file would
 * give the lock away.
 */
final class StoreLock implements AutoCloseable {
  private static final String FILE = "lock";
  private static final String OWNER = "owner";
  private static final int ATTEMPTS = 150;
  private static final long PAUSE_NANOS = 20_000_000;
  private static final Set<Path> HERE = new HashSet<>();

  private final Path dir;
  private final FileChannel channel;

  private StoreLock(Path dir, FileChannel channel) {
    this.dir = dir;
    this.channel = channel;
  }

  /** Takes the folder for this process alone. */
  static StoreLock take(Path dir) throws IOException {
    Path real = dir.toRealPath();
    return locked(
        dir,
        real,
        () ->
            FileChannel.open(
                real.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        false);
  }

  /** Keeps off whoever would change the folder; changes nothing. Null if nobody ever had it. */
  static @Nullable StoreLock share(Path dir) throws IOException {
    if (!Files.exists(dir.resolve(FILE))) {
      return null;
    }
    Path real = dir.toRealPath();
    return locked(
        dir, real, () -> FileChannel.open(real.resolve(FILE), StandardOpenOption.READ), true);
  }

  /** Opens the file of the lock. */
  @FunctionalInterface
  private interface Opener {
    FileChannel open() throws IOException;
  }

  private static StoreLock locked(Path dir, Path real, Opener opener, boolean shared)
      throws IOException {
    synchronized (HERE) {
      if (!HERE.add(real)) {
        throw new StoreUnavailable(
            Reason.IN_USE,
            "the store in "
                + dir
                + " is in use by process "
                + ProcessHandle.current().pid()
                + ", which is this one; close what has it open first");
      }
      boolean taken = false;
      @Nullable FileChannel channel = null;
      try {
        channel = opener.open();
        @Nullable FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
        // Whoever only looks is gone in a moment, and does not say who it is.
        for (int i = 0; lock == null && owner(real).isEmpty() && i < ATTEMPTS; i++) {
          LockSupport.parkNanos(PAUSE_NANOS);
          lock = channel.tryLock(0, Long.MAX_VALUE, shared);
        }
        if (lock == null) {
          throw inUse(dir, owner(real));
        }
        if (!shared) {
          Files.writeString(real.resolve(OWNER), ProcessHandle.current().pid() + "\n");
        }
        taken = true;
        return new StoreLock(real, channel);
      } finally {
        if (!taken) {
          if (channel != null) {
            channel.close();
          }
          HERE.remove(real);
        }
      }
    }
  }

  /** The process that has a folder to change it; empty if none says so, or it is not of here. */
  private static Optional<ProcessHandle> owner(Path real) throws IOException {
    Path file = real.resolve(OWNER);
    String pid = Files.exists(file) ? Files.readString(file).strip() : "";
    return pid.matches("\\d{1,18}")
        ? ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive)
        : Optional.empty();
  }

  private static StoreUnavailable inUse(Path dir, Optional<ProcessHandle> process) {
    return new StoreUnavailable(
        Reason.IN_USE,
        process
            .map(it ->
                "the store in "
                    + dir
                    + " is in use by process "
                    + it.pid()
                    + it.info().startInstant().map(at -> ", started " + since(at)).orElse("")
                    + "; wait until it has ended, or stop it (`kill "
                    + it.pid()
                    + "`), and do it again")
            .orElse(
                "the store in "
                    + dir
                    + " is in use by a command that reads it, or by a process of another machine or"
                    + " container; wait until it has ended, or stop it there, and do it again"));
  }

  private static String since(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  @Override
  public void close() {
    synchronized (HERE) {
      try {
        channel.close();
      } catch (IOException e) {
        // The process holds the lock until it ends, which is safe.
      }
      HERE.remove(dir);
    }
  }
}
