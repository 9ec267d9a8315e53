package dev.bylaw.store.redo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.store.redo.RedoReader.Logged;
import dev.bylaw.store.redo.RedoReader.Statement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedoLogTest {
  private static final long EPOCH = 77;

  @TempDir Path folder;

  /** A database that is durable as far as it was asked to be, or by itself. */
  private static final class Base implements RedoLog.Base {
    long durable;
    int asked;

    @Override
    public long durable() {
      return durable;
    }

    @Override
    public void makeDurable(long number) {
      asked++;
      durable = number;
    }
  }

  private Path file() {
    return folder.resolve("redo");
  }

  private static Statements.Batch batch(Statements statements, long number, Random random) {
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      statements.changed(
          "UPDATE t SET a = ? WHERE b = " + random.nextInt(30),
          new Object[] {
            "ä😀".repeat(random.nextInt(2_000)), random.nextLong(), random.nextInt(), null
          });
    }
    return statements.take(number);
  }

  private static void same(Logged found, Statements.Batch wanted) {
    // What is read is written again: the same bytes are the same statements.
    var again = new Statements();
    wanted.texts().forEach(text -> again.changed(text, new Object[0]));
    again.clear();
    for (Statement statement : found.statements()) {
      again.changed(statement.sql(), statement.arguments().toArray());
    }
    assertThat(found.number()).isEqualTo(wanted.number());
    assertThat(Arrays.equals(again.take(0).bytes(), wanted.bytes())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverIsMissingInTheDatabaseIsInTheLog(long seed) throws IOException {
    var random = new Random(seed);
    var base = new Base();
    var statements = new Statements();
    List<Statements.Batch> all = new ArrayList<>();
    try (RedoLog log = RedoLog.open(file(), EPOCH, base)) {
      for (int number = 1; number <= 1_500; number++) {
        all.add(batch(statements, number, random));
        log.append(all.getLast());
        log.force();
        if (random.nextInt(40) == 0) {
          base.durable += random.nextLong(number - base.durable + 1);
        }
        if (random.nextInt(100) == 0) {
          check(all, base.durable, number);
          check(all, base.durable + random.nextLong(number - base.durable + 1), number);
        }
      }
      check(all, base.durable, 1_500);
    }
    assertThat(base.asked).as("both segments were written over again and again").isPositive();
    assertThat(Files.size(file())).isEqualTo(2L * RedoLog.SEGMENT);
  }

  private void check(List<Statements.Batch> all, long applied, int last) throws IOException {
    List<Logged> missing = RedoReader.missing(file(), EPOCH, applied);
    assertThat(missing).hasSize((int) (last - applied));
    for (int i = 0; i < missing.size(); i++) {
      same(missing.get(i), all.get((int) applied + i));
    }
  }

  @Test
  void aBatchThatIsLargerThanASegmentMakesTheDatabaseDurable() throws IOException {
    var base = new Base();
    var statements = new Statements();
    try (RedoLog log = RedoLog.open(file(), EPOCH, base)) {
      log.append(batch(statements, 1, new Random(1)));
      statements.changed("UPDATE t SET a = ?", new Object[] {"x".repeat(3 * RedoLog.SEGMENT)});
      log.append(statements.take(2));
      log.append(batch(statements, 3, new Random(3)));
    }
    assertThat(base.durable).isEqualTo(2);
    assertThat(RedoReader.missing(file(), EPOCH, 2)).extracting(Logged::number).containsExactly(3L);
  }

  @Test
  void aRecordThatWasCutOffAndWhatFollowsItWasNeverPromised() throws IOException {
    var statements = new Statements();
    var random = new Random(5);
    try (RedoLog log = RedoLog.open(file(), EPOCH, new Base())) {
      for (int number = 1; number <= 10; number++) {
        log.append(batch(statements, number, random));
      }
    }
    byte[] whole = Files.readAllBytes(file());
    int end = whole.length;
    while (whole[end - 1] == 0) {
      end--;
    }
    for (int at : new int[] {end - 1, end - 300, end / 2, RedoLog.HEADER + 2, 3}) {
      byte[] torn = whole.clone();
      torn[at] ^= 1;
      Files.write(file(), torn);
      List<Logged> found = RedoReader.missing(file(), EPOCH, 0);
      assertThat(found).hasSizeLessThan(10);
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i).number()).isEqualTo(i + 1);
      }
    }
  }

  /** Ten batches, each durable before the next; where each begins in the file. */
  private List<Integer> tenThatWereAnswered() throws IOException {
    var statements = new Statements();
    var random = new Random(5);
    try (RedoLog log = RedoLog.open(file(), EPOCH, new Base())) {
      for (int number = 1; number <= 10; number++) {
        log.append(batch(statements, number, random));
        log.force();
      }
    }
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file()));
    List<Integer> starts = new ArrayList<>();
    for (int at = 0; starts.size() < 10; at += RedoLog.HEADER + all.getInt(at + RedoLog.LENGTH)) {
      starts.add(at);
    }
    return starts;
  }

  @Test
  void aDamagedRecordBehindWhichOthersWereAnsweredIsToldWithItsPlaceAndNothingIsLost()
      throws IOException {
    List<Integer> starts = tenThatWereAnswered();
    byte[] whole = Files.readAllBytes(file());
    for (int damaged = 1; damaged <= 9; damaged++) {
      int start = starts.get(damaged - 1);
      int[] places = {
        start + 1, // the magic
        start + RedoLog.EPOCH + 3,
        start + RedoLog.NUMBER + 7,
        start + RedoLog.FORCED + 7,
        start + RedoLog.LENGTH,
        start + RedoLog.LENGTH + 3,
        start + RedoLog.CHECKSUM + 1,
        start + RedoLog.HEADER,
        start + RedoLog.HEADER + 40,
        starts.get(damaged) - 1
      };
      for (int at : places) {
        byte[] torn = whole.clone();
        torn[at] ^= 0x40;
        Files.write(file(), torn);
        assertThatThrownBy(() -> RedoReader.missing(file(), EPOCH, 0))
            .as("batch %d, byte %d", damaged, at)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("batch " + damaged + ", which was answered")
            .hasMessageContaining(file() + ", which is damaged from byte " + start + " on");
      }
    }
    byte[] torn = whole.clone();
    torn[starts.get(9) + RedoLog.HEADER] ^= 1;
    Files.write(file(), torn);
    assertThat(RedoReader.missing(file(), EPOCH, 0))
        .as("the last one may as well have been cut off")
        .hasSize(9);
    Files.write(file(), whole);
    assertThat(RedoReader.missing(file(), EPOCH, 0)).hasSize(10);
  }

  @Test
  void damageInWhatTheDatabaseHoldsForGoodDoesNoHarmWhereNothingElseIsMissing() throws IOException {
    List<Integer> starts = tenThatWereAnswered();
    byte[] torn = Files.readAllBytes(file());
    torn[starts.get(4) + 1] ^= 1;
    Files.write(file(), torn);
    assertThat(RedoReader.missing(file(), EPOCH, 10)).isEmpty();
    assertThatThrownBy(() -> RedoReader.missing(file(), EPOCH, 7))
        .hasMessageContaining("batch 8, which was answered");
  }

  @Test
  void recordsOfAnEarlierLifeAreNone() throws IOException {
    var statements = new Statements();
    try (RedoLog log = RedoLog.open(file(), EPOCH, new Base())) {
      log.append(batch(statements, 1, new Random(1)));
      log.append(batch(statements, 2, new Random(2)));
    }
    assertThat(RedoReader.missing(file(), EPOCH + 1, 0)).isEmpty();
    assertThat(RedoReader.missing(folder.resolve("none"), EPOCH, 0)).isEmpty();
  }

  @Test
  void aGapBetweenDatabaseAndLogIsNotPassedOver() throws IOException {
    var statements = new Statements();
    var base = new Base();
    base.durable = 4;
    try (RedoLog log = RedoLog.open(file(), EPOCH, base)) {
      log.append(batch(statements, 5, new Random(1)));
    }
    assertThatThrownBy(() -> RedoReader.missing(file(), EPOCH, 3))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("batch 4, which was answered, is in neither");
  }

  @Test
  void nothingIsLeftOfWhatWasWiped() throws IOException {
    var statements = new Statements();
    try (RedoLog log = RedoLog.open(file(), EPOCH, new Base())) {
      statements.changed("UPDATE t SET a = ?", new Object[] {"Ada Lovelace"});
      log.append(statements.take(1));
      log.force();
      log.wipe();
      assertThat(Files.readString(file(), java.nio.charset.StandardCharsets.ISO_8859_1))
          .doesNotContain("Lovelace");
      log.append(batch(statements, 2, new Random(2)));
      log.force();
      assertThat(RedoReader.missing(file(), EPOCH, 1)).hasSize(1);
    }
  }
}
