package dev.bylaw.store;

import dev.bylaw.store.log.Masking;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * How a store is opened.
 *
 * @param dir the folder that holds it; made if it is not there
 * @param keyFile the key that signs the logs; outside the folder, made at first use
 * @param masking what is masked in the logs
 * @param clock the time
 */
public record StoreOptions(Path dir, Path keyFile, Masking masking, InstantSource clock) {
  public StoreOptions {
    dir = dir.toAbsolutePath().normalize();
    keyFile = keyFile.toAbsolutePath().normalize();
    if (keyFile.startsWith(dir)) {
      throw new IllegalArgumentException(
          "the key of the logs lies outside the store, not at " + keyFile);
    }
  }

  /** A store in a folder, with its key beside the folder, the system's time and no masking. */
  public static StoreOptions in(Path dir) {
    Path folder = dir.toAbsolutePath().normalize();
    return new StoreOptions(
        folder,
        folder.resolveSibling(folder.getFileName() + ".key"),
        Masking.NONE,
        InstantSource.system());
  }

  /** The same with the key in another file. */
  public StoreOptions withKeyFile(Path file) {
    return new StoreOptions(dir, file, masking, clock);
  }

  /** The same with other masking. */
  public StoreOptions withMasking(Masking other) {
    return new StoreOptions(dir, keyFile, other, clock);
  }

  /** The same with another time. */
  public StoreOptions withClock(InstantSource other) {
    return new StoreOptions(dir, keyFile, masking, other);
  }
}
