package dev.bylaw.store.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library, unpacked once for each user. The driver unpacks one for each process
 * into the temporary folder and takes it away when the process ends, which one that is killed does
 * not.
 *
 * <p>It lies in a folder that only its owner may write, and is compared with the one in the driver
 * before it is used. Where any of this cannot be had, the driver goes its own way.
 */
public final class NativeLibrary {
  private static final String FOLDER = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";

  private static boolean provided;

  private NativeLibrary() {}

  /** Sees to it that the driver finds the library; before it is asked for the first connection. */
  public static synchronized void provide() {
    if (provided) {
      return;
    }
    provided = true;
    if (System.getProperty(FOLDER) != null || System.getProperty(NAME) != null) {
      return; // somebody has said which one
    }
    try {
      @Nullable Path file =
          in(cache(System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home")));
      if (file != null) {
        System.setProperty(FOLDER, String.valueOf(file.getParent()));
        System.setProperty(NAME, String.valueOf(file.getFileName()));
      }
    } catch (IOException | UnsupportedOperationException e) {
      // No folder, no room, no rights: a library for this process will do.
    }
  }

  private static Path cache(@Nullable String asked, String home) {
    return asked == null || !Path.of(asked).isAbsolute() ? Path.of(home, ".cache") : Path.of(asked);
  }

  /**
   * The library in a folder for what can be made again, unpacked if it is not there.
   *
   * @return null where the folder is not one's own
   */
  static @Nullable Path in(Path cache) throws IOException {
    byte[] library = packed();
    Path ours = cache.resolve("bylaw");
    Path folder = ours.resolve("sqlite-" + SQLiteJDBCLoader.getVersion());
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(cache);
      for (Path each : new Path[] {ours, folder}) {
        if (!Files.isDirectory(each)) {
          Files.createDirectory(
              each,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
      }
    }
    if (!isPrivate(ours) || !isPrivate(folder)) {
      return null;
    }
    Path file = folder.resolve(LibraryLoaderUtil.getNativeLibName());
    if (!isSame(file, library)) {
      // Written beside and moved: whoever starts at the same time finds all of it or nothing.
      Path fresh = Files.createTempFile(folder, "new-", "");
      try {
        Files.write(fresh, library);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    }
    return file;
  }

  private static byte[] packed() throws IOException {
    String name =
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("the driver has no library for this system");
      }
      return in.readAllBytes();
    }
  }

  private static boolean isSame(Path file, byte[] library) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && isOurs(file)
        && Files.size(file) == library.length
        && Arrays.equals(Files.readAllBytes(file), library);
  }

  private static boolean isPrivate(Path folder) throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && isOurs(folder);
  }

  /** Whether nobody else can have put it there or change it. */
  private static boolean isOurs(Path path) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    return Files.getOwner(path).getName().equals(System.getProperty("user.name"))
        && !permissions.contains(PosixFilePermission.GROUP_WRITE)
        && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
  }
}
