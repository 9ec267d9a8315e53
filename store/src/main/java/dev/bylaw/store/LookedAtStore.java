package dev.bylaw.store;

import dev.bylaw.policy.cap.CapUsage;
import dev.bylaw.store.log.SigningKey;
import dev.bylaw.store.sql.SqlFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store that is only looked at. One that was closed in order is read where it is, as a file that
 * nobody changes. One whose process was cut off, or that an earlier version wrote, has to be
 * brought up to date first: that is done to a copy outside its folder, which ends with this. So is
 * a store made where there is none.
 */
final class LookedAtStore extends Store {
  private final @Nullable StoreLock lock;
  private final Readers readers;
  private final @Nullable Path copy;

  private LookedAtStore(
      StoreOptions options,
      SigningKey key,
      Path where,
      @Nullable StoreLock lock,
      @Nullable Path copy) {
    super(options, key);
    this.lock = lock;
    this.readers = new Readers(where, Opening::looking);
    this.copy = copy;
  }

  static Store at(StoreOptions options) {
    @Nullable StoreLock lock = null;
    @Nullable Path copy = null;
    boolean opened = false;
    try {
      Path dir = options.dir();
      requireReachable(dir);
      lock = StoreLock.share(dir);
      Path file = dir.resolve(Opening.FILE);
      boolean there = Files.exists(file);
      Path where = dir;
      SigningKey key;
      if (there && Opening.isUpToDate(dir)) {
        key = Opening.keyOf(options, dir);
      } else {
        copy = copied(dir);
        where = copy.resolve("store");
        StoreOptions ofCopy =
            new StoreOptions(
                where,
                there ? options.keyFile() : copy.resolve("key"),
                options.masking(),
                options.clock());
        Opening.open(ofCopy).close();
        key = Opening.keyOf(ofCopy, where);
      }
      var store = new LookedAtStore(options, key, where, lock, copy);
      opened = true;
      return store;
    } catch (IOException | SqlFailure e) {
      throw Trouble.of(options.dir(), e);
    } finally {
      if (!opened) {
        delete(copy);
        if (lock != null) {
          lock.close();
        }
      }
    }
  }

  /** What one may not see is not taken for what is not there. */
  private static void requireReachable(Path dir) throws IOException {
    Path there = dir;
    while (there.getParent() != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      throw new NotDirectoryException(there.toString());
    }
    if (!Files.isReadable(there) || !Files.isExecutable(there)) {
      throw new AccessDeniedException(there.toString());
    }
  }

  /** A copy of what there is, for this user alone. */
  private static Path copied(Path dir) throws IOException {
    Path copy = Files.createTempDirectory("bylaw-look-");
    Path store = Files.createDirectory(copy.resolve("store"));
    for (String name : List.of(Opening.FILE, Opening.FILE + "-wal", Opening.REDO)) {
      if (Files.exists(dir.resolve(name))) {
        Files.copy(dir.resolve(name), store.resolve(name));
      }
    }
    return copy;
  }

  private static void delete(@Nullable Path copy) {
    if (copy == null) {
      return;
    }
    try (Stream<Path> all = Files.walk(copy)) {
      for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      // It lies in the folder for what is temporary.
    }
  }

  @Override
  public <T> CompletableFuture<T> write(Work<T> work) {
    throw new IllegalStateException("the store in " + options().dir() + " is only looked at");
  }

  @Override
  public <T> T read(Query<T> query) {
    try {
      return readers.read(query);
    } catch (SqlFailure e) {
      throw Trouble.of(options().dir(), e);
    }
  }

  @Override
  public CapUsage usage() {
    return (counter, window, at) ->
        read(snapshot -> snapshot.ledger().usage(counter, window, at).used());
  }

  @Override
  public CapUsage guess() {
    return usage();
  }

  @Override
  public void settle() {}

  @Override
  <T> T alone(Work<T> work) {
    throw new IllegalStateException("the store in " + options().dir() + " is only looked at");
  }

  @Override
  void wipeRedo() {
    throw new IllegalStateException("the store in " + options().dir() + " is only looked at");
  }

  @Override
  public void close() {
    readers.close();
    delete(copy);
    if (lock != null) {
      lock.close();
    }
  }
}
