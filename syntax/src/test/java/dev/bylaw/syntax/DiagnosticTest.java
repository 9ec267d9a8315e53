package dev.bylaw.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticTest {
  private static final Source PACK =
      Source.of("packs/ops-caps.yaml", "pack: ops\nrules:\n    window: dayly\n");

  private static Span wordDayly() {
    int start = PACK.text().indexOf("dayly");
    return PACK.span(start, start + 5);
  }

  @Test
  void aDiagnosticShowsPlaceLineCaretAndWayOut() {
    Diagnostic diagnostic =
        Diagnostic.error("E0203", wordDayly(), "unknown window `dayly`")
            .withHint("did you mean `day`?");
    assertThat(diagnostic.render())
        .isEqualTo(
            """
            packs/ops-caps.yaml:3:13: E0203: unknown window `dayly`
              window: dayly
                      ^^^^^ did you mean `day`?\
            """);
  }

  @Test
  void whatIsWrongIsToldFileByFileFromTopToEndAndOnce() {
    Source first = Source.of("bylaw.yaml", "a\nb\nc\n");
    var found = new Diagnostics();
    found.error("E3", first.span(4, 5), "c");
    found.error("E9", PACK.span(6, 8), "late");
    found.error("E1", first.span(0, 1), "a");
    found.error("E3", first.span(4, 5), "c");
    found.warning("W1", PACK.span(0, 4), "early", "");
    found.error("E2", Source.of("bylaw.yaml", "a\nb\nc\n").span(2, 3), "b");
    assertThat(found.inOrder())
        .extracting(Diagnostic::code)
        .containsExactly("E1", "E2", "E3", "W1", "E9");
    assertThat(found.all()).as("as it was added").hasSize(6);
  }

  @Test
  void ofAnEmptyFileNoLineIsShown() {
    Span nothing = Source.of("packs/empty.yaml", "").span(0, 0);
    assertThat(Diagnostic.error("E0200", nothing, "expected a pack").render())
        .isEqualTo("packs/empty.yaml:1:1: E0200: expected a pack");
    assertThat(Diagnostic.error("E0200", nothing, "no pack").withHint("write one").render())
        .isEqualTo("packs/empty.yaml:1:1: E0200: no pack\n  write one");
  }

  @Test
  void aWarningSaysSoAndNotesFollow() {
    Diagnostic diagnostic =
        Diagnostic.warning("W1", PACK.span(0, 4), "odd").withNote("first here", PACK.span(10, 15));
    assertThat(diagnostic.render())
        .isEqualTo(
            """
            packs/ops-caps.yaml:1:1: W1: warning: odd
              pack: ops
              ^^^^
              packs/ops-caps.yaml:2:1: first here\
            """);
  }

  @Test
  void aSpanOfSeveralLinesIsUnderlinedToTheEndOfItsFirst() {
    assertThat(Diagnostic.error("E1", PACK.span(6, 20), "x").render()).endsWith("\n        ^^^");
  }

  @Test
  void aMillionCharactersInOneLineAreShownAsAWindow() {
    Source source = Source.of("long", "a".repeat(1_000_000) + "!" + "b".repeat(1_000_000));
    String text = Diagnostic.error("E1", source.span(1_000_000, 1_000_001), "x").render();
    assertThat(text).hasSizeLessThan(400).contains("a!b");
    String[] lines = text.split("\n", -1);
    assertThat(lines[1].indexOf('!')).isEqualTo(lines[2].indexOf('^'));
  }

  @Test
  void controlCharactersOfAFileDoNotReachTheTerminal() {
    Source source = Source.of("evil", "a\u001b[31mred\u202e");
    assertThat(Diagnostic.error("E1", source.span(0, 1), "\u001b[2J").render())
        .doesNotContain("\u001b")
        .doesNotContain("\u202e");
  }

  @Test
  void aPhaseEndsWithAllOfItsErrorsAtOnce() {
    var diagnostics = new Diagnostics();
    diagnostics.error("E1", wordDayly(), "one");
    diagnostics.warning("W1", wordDayly(), "two", "");
    diagnostics.error("E2", wordDayly(), "three");
    assertThatThrownBy(diagnostics::throwIfErrors)
        .isInstanceOfSatisfying(
            DiagnosticsException.class,
            e ->
                assertThat(e.diagnostics())
                    .extracting(Diagnostic::code)
                    .isEqualTo(List.of("E1", "W1", "E2")));
  }

  @Test
  void warningsAloneEndNothing() {
    var diagnostics = new Diagnostics();
    diagnostics.warning("W1", wordDayly(), "two", "");
    diagnostics.throwIfErrors();
    assertThat(diagnostics.all()).hasSize(1);
  }

  @Test
  void aHostileFileEarnsNoUnboundedList() {
    var diagnostics = new Diagnostics();
    for (int i = 0; i < 10_000; i++) {
      diagnostics.error("E1", wordDayly(), "again");
    }
    assertThat(diagnostics.all()).hasSize(Diagnostics.MOST);
    assertThat(diagnostics.errors()).isEqualTo(10_000);
  }
}
