package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
  private static final List<String> HEAD = List.of("rule", "enforcement", "what");
  private static final List<List<String>> ROWS =
      List.of(
          List.of("single-transaction", "block", "a single transaction must be below 1,000 USD"),
          List.of("daily-emails", "require_approval", "more than 100 mails a day"));

  private static List<String> table(List<String> head, List<List<String>> rows, int width) {
    Table.Lines lines = Table.of(head, rows).lines(width);
    return Stream.concat(lines.head().stream(), lines.body().stream()).toList();
  }

  @Test
  void aShortLastColumnStaysBesideTheOthers() {
    assertThat(
            table(
                List.of("cap", "used", "enforcement"),
                List.of(List.of("financial-limits/daily-total", "4999.99 of 5000 USD", "block")),
                50))
        .containsExactly(
            "  cap               used               enforcement",
            "  financial-limits  4999.99 of 5000    block",
            "  /daily-total      USD");
  }

  @Test
  void withRoomEachRowIsOneLine() {
    assertThat(table(HEAD, ROWS, 0))
        .containsExactly(
            "  rule                enforcement       what",
            "  single-transaction  block             a single transaction must be below 1,000 USD",
            "  daily-emails        require_approval  more than 100 mails a day");
  }

  @Test
  void theLastColumnIsFoldedWhereItCanStillBeRead() {
    assertThat(table(HEAD, ROWS, 70))
        .containsExactly(
            "  rule                enforcement       what",
            "  single-transaction  block             a single transaction must be",
            "                                        below 1,000 USD",
            "  daily-emails        require_approval  more than 100 mails a day");
  }

  @Test
  void whereItCannotItIsToldBelowItsRow() {
    assertThat(table(HEAD, ROWS, 50))
        .containsExactly(
            "  rule                enforcement",
            "      what",
            "  single-transaction  block",
            "      a single transaction must be below 1,000 USD",
            "  daily-emails        require_approval",
            "      more than 100 mails a day");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 100, 120})
  void noLineIsWiderThanTheScreenAndNothingIsLost(int width) {
    var random = new Random(7);
    for (int round = 0; round < 200; round++) {
      List<List<String>> rows =
          random
              .ints(4, 1, 60)
              .mapToObj(length -> List.of("a/b".repeat(length), "words ".repeat(length).strip()))
              .toList();
      List<String> lines = table(List.of("id", "text"), rows, width);
      assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
      String whole = String.join("", lines).replaceAll("\\s+", "");
      long letters =
          "idtext".length()
              + rows.stream()
                  .mapToLong(row -> String.join("", row).replace(" ", "").length())
                  .sum();
      assertThat(whole).hasSize((int) letters);
    }
  }

  @Test
  void aLineIsFoldedBetweenItsWordsAndIndentedBehindItsFirst() {
    assertThat(Fold.line("  ✗ a rule that has much to say", 20))
        .isEqualTo("  ✗ a rule that has\n      much to say");
    assertThat(Fold.line("  short", 20)).isEqualTo("  short");
    assertThat(Fold.line("  any width " + "x".repeat(300), 0)).hasSize(312);
  }

  @Test
  void coloursTakeNoRoom() {
    String red = "\u001b[31mred\u001b[0m";
    assertThat(Fold.width(red)).isEqualTo(3);
    assertThat(Fold.line(red + " and blue", 12)).isEqualTo(red + " and blue");
  }

  @Test
  void aWordLongerThanALineIsCutBehindWhatJoinsItsParts() {
    assertThat(Fold.words("financial-limits/daily-total", 20))
        .containsExactly("financial-limits/", "daily-total");
    assertThat(Fold.words("x".repeat(25), 10))
        .containsExactly("x".repeat(10), "x".repeat(10), "xxxxx");
  }
}
