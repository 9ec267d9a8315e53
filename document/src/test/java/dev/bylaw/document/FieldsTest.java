package dev.bylaw.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FieldsTest {
  enum Window {
    HOUR,
    DAY
  }

  private final Diagnostics diagnostics = new Diagnostics();

  private Fields fields(String text) {
    Node node = Documents.read(Source.of("p.yaml", text), diagnostics).orElseThrow();
    return Fields.of(node, "a rule", diagnostics);
  }

  private String told() {
    return diagnostics.all().stream().map(Diagnostic::render).collect(Collectors.joining("\n"));
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    Fields fields = fields("limit: high\nwindow: dayly\nmesage: hi\nover: {a: 1}\n");
    fields.requiredText("id");
    fields.number("limit");
    assertThat(fields.choice("window", Window.class)).isEmpty();
    fields.text("message");
    fields.texts("over");
    fields.refuseUnknown();
    assertThat(told())
        .isEqualTo(
            """
            p.yaml:1:1: E0110: a rule needs `id`
              limit: high
              ^^^^^
            p.yaml:1:8: E0111: expected a number for `limit`, found `high`
              limit: high
                     ^^^^
            p.yaml:2:9: E0113: unknown window `dayly`, expected one of `hour`, `day`
              window: dayly
                      ^^^^^ did you mean `day`?
            p.yaml:4:7: E0111: expected a text for `over`, found a mapping
              over: {a: 1}
                    ^^^^^^
            p.yaml:3:1: E0112: unknown key `mesage` in a rule
              mesage: hi
              ^^^^^^ did you mean `message`?\
            """);
  }

  @Test
  void aListIsNotAMapping() {
    Node list = Documents.read(Source.of("p.yaml", "- 1"), diagnostics).orElseThrow();
    assertThat(Fields.of(list, "a pack", diagnostics).has("x")).isFalse();
    assertThat(told()).contains("expected a pack as a mapping, found a list");
  }

  @Test
  void oneTextStandsForAListOfOne() {
    assertThat(fields("on: a\nover: [b, c]").texts("on")).containsExactly("a");
    assertThat(diagnostics.all()).isEmpty();
  }

  @Test
  void anEmptyValueIsNotAText() {
    Fields fields = fields("id:\nname: ''\n");
    assertThat(fields.requiredText("id")).isEmpty();
    assertThat(fields.requiredText("name")).isEmpty();
    assertThat(told())
        .contains("expected a text for `id`, found nothing")
        .contains("`name` is empty");
  }

  @Test
  void aNumberAsTextIsAsItIsWritten() {
    assertThat(fields("version: 1.10").requiredText("version")).isEqualTo("1.10");
  }

  @Test
  void wholeNumbersHaveARange() {
    assertThat(fields("n: 5").integer("n", 1, 10, 3)).isEqualTo(5);
    assertThat(fields("n: 11").integer("n", 1, 10, 3)).isEqualTo(3);
    assertThat(fields("n: 1.5").integer("n", 1, 10, 3)).isEqualTo(3);
    assertThat(diagnostics.errors()).isEqualTo(2);
  }
}
