package dev.bylaw.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
  @TempDir Path cache;

  /** The two folders that it lies in. */
  private static List<Path> folders(Path file) {
    return List.of(file.resolveSibling(""), file.resolveSibling("..").normalize());
  }

  private Path library() throws IOException {
    return Objects.requireNonNull(NativeLibrary.in(cache));
  }

  @Test
  void theLibraryIsUnpackedOnceIntoAFolderOfItsOwnersAlone() throws IOException {
    Path file = library();
    assertThat(Files.size(file)).isGreaterThan(500_000);
    for (Path folder : folders(file)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
          .isEqualTo("rwx------");
    }
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    assertThat(library()).isEqualTo(file);
    assertThat(Files.getLastModifiedTime(file).toInstant())
        .as("it was not written again")
        .isEqualTo(Instant.EPOCH);
    try (Stream<Path> beside = Files.list(file.resolveSibling(""))) {
      assertThat(beside).containsExactly(file);
    }
  }

  @Test
  void aLibraryThatSomebodyChangedIsWrittenAnew() throws IOException {
    Path file = library();
    byte[] whole = Files.readAllBytes(file);
    byte[] changed = whole.clone();
    changed[changed.length / 2] ^= 1;
    Files.write(file, changed);
    assertThat(Files.readAllBytes(library())).isEqualTo(whole);
    Files.write(file, new byte[10]);
    assertThat(Files.readAllBytes(library())).isEqualTo(whole);
    Path elsewhere = Files.write(cache.resolve("elsewhere"), whole);
    Files.delete(file);
    Files.createSymbolicLink(file, elsewhere);
    assertThat(Files.isSymbolicLink(library())).isFalse();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(library())))
        .isEqualTo("rw-------");
  }

  @Test
  void aFolderThatOthersMayWriteIsNotTrusted() throws IOException {
    Path file = library();
    for (Path folder : folders(file)) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
      assertThat(NativeLibrary.in(cache)).isNull();
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
    assertThat(library()).isEqualTo(file);
  }
}
