package dev.bylaw.store;

import dev.bylaw.store.StoreUnavailable.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process off a store. The lock is the operating system's and ends with the process;
 * who holds it stands in a file beside it, because closing any second handle on a locked file would
 * give the lock away.
 */
final class StoreLock implements AutoCloseable {
  private static final Set<Path> HERE = new HashSet<>();

  private final Path dir;
  private final FileChannel channel;

  private StoreLock(Path dir, FileChannel channel) {
    this.dir = dir;
    this.channel = channel;
  }

  static StoreLock take(Path dir) throws IOException {
    Path real = dir.toRealPath();
    Path owner = real.resolve("owner");
    synchronized (HERE) {
      if (!HERE.add(real)) {
        throw inUse(dir, Long.toString(ProcessHandle.current().pid()));
      }
      boolean taken = false;
      @Nullable FileChannel channel = null;
      try {
        channel =
            FileChannel.open(
                real.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = channel.tryLock();
        if (lock == null) {
          throw inUse(dir, Files.exists(owner) ? Files.readString(owner).strip() : "?");
        }
        Files.writeString(owner, ProcessHandle.current().pid() + "\n");
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

  private static StoreUnavailable inUse(Path dir, String pid) {
    return new StoreUnavailable(
        Reason.IN_USE,
        "the store in "
            + dir
            + " is in use by process "
            + pid
            + "; end it, or send it the command");
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
