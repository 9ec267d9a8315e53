package dev.bylaw.content.models;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The native library of ONNX Runtime, unpacked once for a user instead of at each start, which
 * takes longer than to load a model.
 *
 * <p>The copy lies in {@code $XDG_CACHE_HOME/bylaw} or {@code ~/.cache/bylaw}, in a folder that
 * only its owner may read or write and whose name has the digest of the library. Its SHA-256 is
 * compared when it is unpacked, its length and CRC-32C at each start; a copy that differs is
 * replaced. Where anything is in the way (no home, a folder of somebody else, another version,
 * Windows) ONNX Runtime unpacks itself as it always does.
 */
final class NativeLibrary {
  /** Where ONNX Runtime looks for its libraries before it unpacks them. */
  static final String PATH = "onnxruntime.native.path";

  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> READABLE =
      PosixFilePermissions.fromString("r--------");

  private static final String SILENCE = "ORT_DISABLE_TELEMETRY";

  private static boolean quiet;

  private NativeLibrary() {}

  /** The environment of ONNX Runtime, with its native library loaded, and telling nobody. */
  static synchronized OrtEnvironment environment() throws IOException, OrtException {
    if (!quiet) {
      quiet = true;
      disableTelemetry();
    }
    OrtEnvironment environment = loaded();
    environment.setTelemetry(false);
    return environment;
  }

  /**
   * ONNX Runtime sends telemetry to its maker unless the environment says otherwise when its
   * library is loaded, and Java cannot set that: the C library can.
   */
  @SuppressWarnings("restricted") // As above; without it, only the launcher could say so.
  private static void disableTelemetry() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      Linker linker = Linker.nativeLinker();
      MethodHandle setenv =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("setenv"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_INT));
      int done = (int) setenv.invokeExact(arena.allocateFrom(SILENCE), arena.allocateFrom("1"), 1);
      if (done != 0) {
        throw new IOException("the telemetry of ONNX Runtime cannot be disabled");
      }
    } catch (NoSuchElementException windows) {
      // There it is told by `setTelemetry` alone.
    } catch (IOException failed) {
      throw failed;
    } catch (Throwable cause) {
      throw new IOException("the telemetry of ONNX Runtime cannot be disabled", cause);
    }
  }

  private static OrtEnvironment loaded() {
    if (System.getProperty(PATH) != null || !isOfOurLoader()) {
      return OrtEnvironment.getEnvironment();
    }
    Path folder = unpacked(cache(), platform());
    if (folder == null) {
      return OrtEnvironment.getEnvironment();
    }
    System.setProperty(PATH, folder.toString());
    try {
      return OrtEnvironment.getEnvironment();
    } finally {
      System.clearProperty(PATH);
    }
  }

  /** A library belongs to the class loader that loaded it. */
  private static boolean isOfOurLoader() {
    return Objects.equals(
        OrtEnvironment.class.getClassLoader(), NativeLibrary.class.getClassLoader());
  }

  private static String platform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String system = os.contains("linux") ? "linux" : os.contains("mac") ? "osx" : "";
    boolean arm = processor.equals("aarch64") || processor.equals("arm64");
    boolean intel = processor.equals("amd64") || processor.equals("x86_64");
    return system.isEmpty() || !(arm || intel) ? "" : system + (arm ? "-aarch64" : "-x64");
  }

  /** The folder of the user's caches that is ours. */
  private static @Nullable Path cache() {
    String named = System.getenv("XDG_CACHE_HOME");
    if (named != null && Path.of(named).isAbsolute()) {
      return Path.of(named, "bylaw");
    }
    String home = System.getProperty("user.home", "");
    return home.isEmpty() || !Path.of(home).isAbsolute() ? null : Path.of(home, ".cache", "bylaw");
  }

  /** The folder with checked copies of the libraries; null where there can be none. */
  @SuppressWarnings("restricted") // It is what this class is for, and ONNX Runtime does it too.
  static @Nullable Path unpacked(@Nullable Path cache, String platform) {
    if (cache == null || platform.isEmpty()) {
      return null;
    }
    String main = System.mapLibraryName("onnxruntime");
    String digest = Digests.expected(platform + "/" + main);
    if (digest.isEmpty()) {
      return null;
    }
    try {
      Path folder = cache.resolve("onnxruntime-" + digest.substring(0, 16));
      Files.createDirectories(cache);
      makePrivate(cache);
      if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        createPrivate(folder);
      }
      makePrivate(folder);
      for (String name : new String[] {main, System.mapLibraryName("onnxruntime4j_jni")}) {
        if (!isCopied(folder.resolve(name), platform + "/" + name)) {
          copy(folder.resolve(name), platform + "/" + name);
        }
        // What cannot be run from there is found out here, while there is another way.
        System.load(folder.resolve(name).toString());
      }
      return folder;
    } catch (IOException | RuntimeException | UnsatisfiedLinkError inTheWay) {
      return null;
    }
  }

  private static void createPrivate(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
    } catch (FileAlreadyExistsException another) {
      // Another start made it in the same moment; whose it is is looked at next.
    }
  }

  /** Refuses a folder that somebody else owns or that is a link, and closes it to all others. */
  private static void makePrivate(Path folder) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Path home = Path.of(System.getProperty("user.home", ""));
    boolean ours = attributes.owner().equals(Files.getOwner(home));
    if (!attributes.isDirectory() || !ours) {
      throw new IOException(folder + " belongs to somebody else");
    }
    if (!attributes.permissions().equals(PRIVATE)) {
      Files.setPosixFilePermissions(folder, PRIVATE);
    }
  }

  private static boolean isCopied(Path file, String name) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (FileChannel copy = FileChannel.open(file);
        Arena arena = Arena.ofConfined()) {
      return Digests.isWhole(
          name, copy.map(FileChannel.MapMode.READ_ONLY, 0, copy.size(), arena).asByteBuffer());
    }
  }

  private static void copy(Path file, String name) throws IOException {
    byte[] content;
    try (InputStream library =
        OrtEnvironment.class.getResourceAsStream("/ai/onnxruntime/native/" + name)) {
      if (library == null) {
        throw new IOException("no library " + name);
      }
      content = Digests.checked(name, library.readAllBytes());
    }
    Path part =
        Files.createTempFile(
            file.getParent(), ".part", "", PosixFilePermissions.asFileAttribute(PRIVATE));
    try {
      Files.write(part, content);
      Files.setPosixFilePermissions(part, READABLE);
      move(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void move(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException other) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
