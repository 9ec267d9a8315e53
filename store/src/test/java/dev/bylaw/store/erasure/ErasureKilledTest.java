package dev.bylaw.store.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.store.Store;
import dev.bylaw.store.log.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it takes data away leaves a store that holds, and can go on. */
class ErasureKilledTest {
  private static final int MOST = 40;

  @TempDir Path folder;

  private Path store() {
    return folder.resolve("store");
  }

  /** The store as it was filled, for one more process to be killed. */
  private void fresh() throws IOException {
    if (Files.exists(store())) {
      delete(store());
    }
    Path filled = folder.resolve("filled");
    if (!Files.exists(filled)) {
      ErasureChild.fill(store());
      copy(store(), filled);
      return;
    }
    copy(filled, store());
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(dir);
  }

  /** Runs a process that ends itself at the n-th question; whether it got that far. */
  private boolean killed(String what, int n) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ErasureChild.class.getName(),
                store().toString(),
                what,
                Integer.toString(n))
            .redirectErrorStream(true)
            .start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = child.waitFor();
    assertThat(code).as(said).isIn(0, ErasureChild.HALTED);
    return code == ErasureChild.HALTED;
  }

  private Store open() {
    return Store.open(ErasureChild.options(store(), () -> ErasureChild.NEW));
  }

  private static Verification whole(Store store, int n) {
    Verification verification = store.audit().verify(Optional.empty());
    assertThat(verification.findings()).as("killed at question %d", n).isEmpty();
    return verification;
  }

  private boolean mentions() throws IOException {
    try (Stream<Path> files = Files.list(store())) {
      for (Path file : files.toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
            .contains(ErasureChild.ANN)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void anErasureThatWasKilledIsAskedForAgainAndEnds() throws Exception {
    int ofAnn = 2 * ErasureChild.RECORDS / 2;
    List<Integer> inBetween = new ArrayList<>();
    int n = 1;
    fresh();
    while (killed("erase", n)) {
      assertThat(n).isLessThan(MOST);
      try (Store store = open()) {
        Verification before = whole(store, n);
        inBetween.add((int) before.erased());
        Erased rest = ErasureChild.erase(store);
        assertThat(rest.records()).isEqualTo(ofAnn - (int) before.erased());
        assertThat(rest.walCleared()).isTrue();
        Verification after = whole(store, n);
        assertThat(after.erased()).as("erased, and told apart from missing").isEqualTo(ofAnn);
        assertThat(ErasureChild.erase(store).records()).as("nothing is left to erase").isZero();
      }
      assertThat(mentions()).as("killed at question %d", n).isFalse();
      n++;
      fresh();
    }
    assertThat(inBetween).as("some were killed with a part erased").contains(0, 100, 200, 300);
  }

  @Test
  void aRetentionThatWasKilledIsAskedForAgainAndEnds() throws Exception {
    int old = 2 * ErasureChild.RECORDS;
    List<Integer> inBetween = new ArrayList<>();
    int n = 1;
    fresh();
    while (killed("retain", n)) {
      assertThat(n).isLessThan(MOST);
      try (Store store = open()) {
        int left = old(store);
        var _ = whole(store, n);
        inBetween.add(old - left);
        Retained rest = ErasureChild.retain(store);
        assertThat(rest.records()).isEqualTo(left);
        assertThat(rest.walCleared()).isTrue();
        assertThat(old(store)).isZero();
        var _ = whole(store, n);
      }
      assertThat(mentions()).as("killed at question %d", n).isFalse();
      n++;
      fresh();
    }
    assertThat(inBetween).as("some were killed with a part dropped").contains(0, 200, 400, 450);
  }

  /** How many old records there are. */
  private static int old(Store store) {
    return store.read(snapshot ->
        (int)
            Stream.of(dev.bylaw.store.log.LogName.values())
                .flatMap(log -> snapshot.logs().latest("acme", log, 10_000).stream())
                .filter(record -> record.time().isBefore(ErasureChild.BEFORE))
                .count());
  }
}
