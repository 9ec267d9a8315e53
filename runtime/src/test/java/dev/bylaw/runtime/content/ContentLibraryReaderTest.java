package dev.bylaw.runtime.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.content.EntityType;
import dev.bylaw.content.Finding;
import dev.bylaw.content.Inspector;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContentLibraryReaderTest {
  private static final EntityType EMPLOYEE = EntityType.custom("employee_id");

  private static ContentLibrary read(String yaml) {
    Diagnostics diagnostics = new Diagnostics();
    ContentLibrary library =
        ContentLibraryReader.read(List.of(Source.of("content/own.yaml", yaml)), diagnostics);
    assertThat(diagnostics.all()).isEmpty();
    return library;
  }

  private static List<String> complaints(String yaml) {
    Diagnostics diagnostics = new Diagnostics();
    ContentLibrary library =
        ContentLibraryReader.read(List.of(Source.of("content/own.yaml", yaml)), diagnostics);
    assertThat(library).isEqualTo(ContentLibrary.standard());
    return diagnostics.all().stream().map(Diagnostic::render).toList();
  }

  @Test
  void ownRecognizersAndAllowedTextsCount() {
    Inspector inspector =
        read("""
        recognizers:
          - type: employee_id
            patterns: ['EMP-[0-9]{6}']
            words: [staff]
            examples: [EMP-123456]
            counter_examples: [EMP-12]
        allow: [help@bylaw.dev]
        """)
            .inspector();
    String text = "staff EMP-123456, help@bylaw.dev, jane@bylaw.dev";
    assertThat(inspector.inspect(text, Set.of(EMPLOYEE, EntityType.EMAIL)).all())
        .extracting(finding -> finding.in(text))
        .containsExactly("EMP-123456", "jane@bylaw.dev");
    assertThat(inspector.personal()).contains(EMPLOYEE);
    assertThat(inspector.inspect(text, Set.of(EMPLOYEE)).all())
        .extracting(Finding::score)
        .allSatisfy(score -> assertThat(score).isGreaterThanOrEqualTo(.85));
  }

  @Test
  void mistakesAreToldWithTheirPlaceAndAWayOut() {
    assertThat(
            complaints(
                """
                recognizers:
                  - type: employee_id
                    patterns: ['(?<=x)y']
                """))
        .singleElement()
        .satisfies(told ->
            assertThat(told).contains("content/own.yaml:3:", "E0712", "^", "no look-around"));
    assertThat(complaints("recognizers:\n  - type: Employee ID\n    patterns: [x]\n"))
        .singleElement()
        .satisfies(told -> assertThat(told).contains("content/own.yaml:2:", "E0711", "small"));
    assertThat(
            complaints(
                """
                recognizers:
                  - type: employee_id
                    patterns: ['EMP-[0-9]{6}']
                    examples: [EMP-12]
                """))
        .singleElement()
        .satisfies(told -> assertThat(told).contains("content/own.yaml:4:", "E0713"));
    assertThat(
            complaints(
                """
                recognizers:
                  - type: employee_id
                    patterns: ['EMP-[0-9]{6}']
                    score: 7
                """))
        .singleElement()
        .satisfies(told -> assertThat(told).contains("content/own.yaml:4:", "E0714"));
    assertThat(complaints("topics:\n  - name: kilns\n    examples: [hot]\n"))
        .singleElement()
        .satisfies(told -> assertThat(told).contains("3 to 200 examples", "a dozen sentences"));
    assertThat(complaints("recogniser: []\n"))
        .singleElement()
        .satisfies(told -> assertThat(told).contains("content/own.yaml:1:1", "recognizers"));
  }

  @Test
  void expressionsThatOthersBacktrackOnTakeLinearTime() {
    Inspector inspector =
        read("recognizers:\n  - type: employee_id\n    patterns: ['(a+)+b']\n").inspector();
    assertThat(inspector.inspect("a".repeat(50_000), Set.of(EMPLOYEE)).all()).isEmpty();
    assertThat(inspector.inspect("x aaab x", Set.of(EMPLOYEE)).all()).hasSize(1);
  }

  @Test
  void brokenFilesAreToldAndNeverThrown() {
    for (String yaml :
        List.of("recognizers: 7\n", "- x\n", "topics: [1]\n", "allow: {a: b}\n", "a: [\n", "\0")) {
      assertThat(complaints(yaml)).as(yaml).isNotEmpty();
    }
  }
}
