package dev.bylaw.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.Json;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
  private final Diagnostics diagnostics = new Diagnostics();

  private Optional<Node> read(String name, String text) {
    return Documents.read(Source.of(name, text), diagnostics);
  }

  private Node yaml(String text) {
    Optional<Node> node = read("a.yaml", text);
    assertThat(diagnostics.all()).isEmpty();
    return node.orElseThrow();
  }

  @Test
  void yamlIsVersionOneTwo() {
    assertThat(
            yaml("on: no\nversion: 1.10\nport: 0x1F\noct: 0o17\nnone: ~\nyes: true\nbig: 1e3")
                .value())
        .hasToString(
            "{\"on\":\"no\",\"version\":1.1,\"port\":31,\"oct\":15,\"none\":null,\"yes\":true,\"big\":1000}");
  }

  @Test
  void aPlainNumberCanBeReadAsItIsWritten() {
    Node.Mapping root = (Node.Mapping) yaml("version: 1.10");
    assertThat(((Node.Scalar) root.get("version").orElseThrow()).text()).isEqualTo("1.10");
  }

  @Test
  void eachKeyAndValueKnowsItsPlaceAlsoBehindEmoji() {
    Node.Mapping root = (Node.Mapping) yaml("a: \"😀\"\nlist:\n  - x: 'one'\n  - y: two\nend: 1\n");
    Node.Sequence list = (Node.Sequence) root.get("list").orElseThrow();
    Node.Mapping second = (Node.Mapping) list.elements().get(1);
    assertThat(second.entry("y").orElseThrow().keySpan()).hasToString("a.yaml:4:5");
    assertThat(second.get("y").orElseThrow().span().text()).isEqualTo("two");
    assertThat(list.span().text()).endsWith("two");
  }

  @Test
  void aPlaceInsideAQuotedTextIsFound() {
    Node.Mapping root = (Node.Mapping) yaml("q: \"SELECT {{id}}\"");
    Node.Scalar text = (Node.Scalar) root.get("q").orElseThrow();
    assertThat(text.within(7, 13).text()).isEqualTo("{{id}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{order_id}}", "{{ order_id }}", "{{steps.a.output.b}}"})
  void aTemplateWithoutQuotesIsRecognised(String template) {
    Node.Mapping root = (Node.Mapping) yaml("order: " + template + "\nlist: [" + template + "]");
    assertThat(root.get("order").orElseThrow().unquotedTemplate()).contains(template);
    Node.Sequence list = (Node.Sequence) root.get("list").orElseThrow();
    assertThat(list.elements().getFirst().unquotedTemplate()).contains(template);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 1\\na: 2 | E0109 | a.yaml:2:1",
        "a: [1, 2 | E0100 | a.yaml:1:4",
        "a:\\n\\tb: 1 | E0100 | a.yaml:2:1",
        "a: b: c | E0100 | a.yaml:1:5",
        "? [1]\\n: 2 | E0107 | a.yaml:1:3",
        "a: 1\\n---\\nb: 2 | E0102 | a.yaml:3:1",
        "a: !foo 1 | E0106 | a.yaml:1:4",
        "a: !!binary aGk= | E0106 | a.yaml:1:4",
        "a: 1e999999999 | E0105 | a.yaml:1:4",
        "a: .inf | E0105 | a.yaml:1:4",
        "x: &x {a: 1}\\ny:\\n  <<: *x | E0108 | a.yaml:3:3",
        "a: &a [*a] | E0103 | a.yaml:1:4"
      })
  void aMistakeHasACodeAndAPlace(String text, String code, String place) {
    read("a.yaml", text.replace("\\n", "\n").replace("\\t", "\t"));
    assertThat(diagnostics.all()).isNotEmpty();
    Diagnostic first = diagnostics.all().getFirst();
    assertThat(first.code() + " " + first.span()).isEqualTo(code + " " + place);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a:\\n\\tb: 1 | 2:1 | indent with spaces",
        "a: b: c | 1:5 | put quotes round",
        "a: b\\n  c: d | 2:4 | indent it like the keys",
        "a: 1\\nb\\nc: 2 | 2:1 | write `b: …`",
        "a: @x | 1:4 | put quotes round",
        "a: *x | 1:4 | name it with `&x`",
        "a: \"\\q\" | 1:5 | take single quotes",
        "a: \"b\\nc: 1 | 1:4 | close them",
        "a: {b: 1 | 1:4 | close it with `}`",
        "a: {b: 1\\nc: 1 | 2:2 | close the bracket with `}`",
        "a: {b: 1}} | 1:10 | was not opened",
        "a: [ | 1:4 | close it with `]`",
        "a: [[1], {b: | 1:10 | close it with `}`",
        "a: [1,,2] | 1:7 | write what should stand before",
        "a: } | 1:4 | take it away",
        "a: >x\\n b | 1:5 | begin the text on the next line",
        "a: !<x | 1:7 | put quotes round the text",
        "a: \"b\" c | 1:8 | put quotes round the whole",
        "a: {{b}}/c | 1:9 | put quotes round the whole text; a condition",
        "if: {{b}} == 1 | 1:11 | without braces",
        "a: b\\0 | 1:5 | `\\x00`"
      })
  void whatIsNoYamlIsToldWhereItHasToChangeAndHow(String text, String place, String hint) {
    read("a.yaml", text.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0"));
    Diagnostic first = diagnostics.all().getFirst();
    assertThat(first.code()).isEqualTo("E0100");
    assertThat(first.span()).hasToString("a.yaml:" + place);
    assertThat(first.hint()).contains(hint);
  }

  @Test
  void aDuplicateKeyNamesTheFirst() {
    read("a.yaml", "a: 1\nb: 2\na: 3\n");
    assertThat(diagnostics.all().getFirst().render())
        .isEqualTo(
            """
            a.yaml:3:1: E0109: the key `a` stands here again
              a: 3
              ^
              a.yaml:1:1: first here\
            """);
  }

  @Test
  void billionLaughsAreRefused() {
    var bomb = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
    }
    assertThat(read("a.yaml", bomb.toString())).isEmpty();
    assertThat(diagnostics.all()).hasSize(1);
    assertThat(diagnostics.all().getFirst().hint()).contains("repeat less");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? ", "{{", "[{"})
  void deepNestingIsRefused(String open) {
    assertThat(read("a.yaml", open.repeat(100_000))).isEmpty();
    assertThat(diagnostics.hasErrors()).isTrue();
  }

  @Test
  void deepIndentationIsRefused() {
    var text = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      text.repeat(' ', i).append("a:\n");
    }
    assertThat(read("a.yaml", text.toString())).isEmpty();
    assertThat(diagnostics.hasErrors()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"9", "0x", "0o", "0.", "1e", "-"})
  void aNumberWithoutEndIsToldAndNotWorkedOut(String begin) {
    for (String name : List.of("a.yaml", "a.json")) {
      var found = new Diagnostics();
      Documents.read(Source.of(name, "[" + begin + "7".repeat(2_000_000) + "]"), found);
      assertThat(found.hasErrors()).isTrue();
      assertThat(found.all().getFirst().message()).hasSizeLessThan(300);
    }
  }

  @Test
  void jsonThatEndsTooEarlyIsToldWithoutTheParsersInnards() {
    read("a.json", "{\"a\": [1,");
    assertThat(diagnostics.all().getFirst().render())
        .contains("close what is open")
        .doesNotContain("REDACTED")
        .doesNotContain("UNKNOWN");
  }

  /**
   * Real files with something wrong in them: everything is told, in the file, and nothing thrown.
   */
  @Test
  void mutatedDocumentsAreReadOrToldInsideTheFile() {
    String text =
        """
        playbook:
          name: "refund"   # of a customer
          version: 1.10
          steps:
            - id: a
              params: { query: 'SELECT 1', list: [1, 0x1F, ~, true] }
              if: >-
                amount > 100
                && other
              order: {{order_id}}
            - &b
              id: b
              text: |
                line 1 😀
                  line 2
            - *b
        """;
    List<String> pieces =
        List.of(
            "{{",
            "}}",
            ": ",
            "- ",
            "\t",
            "\r\n",
            "\uFEFF",
            "&x ",
            "*x",
            "<<: ",
            "? ",
            "|",
            ">",
            "\"",
            "'",
            "#",
            "---\n",
            "...\n",
            "%YAML 1.1\n",
            "!!str ",
            "[",
            "]",
            ",",
            "\u0000",
            "\u2028",
            "😀",
            "\ud83d",
            "1e99999999",
            "    ");
    for (long seed = 0; seed < 3_000; seed++) {
      var random = new Random(seed);
      var mutated = new StringBuilder(text);
      for (int i = random.nextInt(1, 5); i > 0; i--) {
        int at = random.nextInt(mutated.length());
        switch (random.nextInt(3)) {
          case 0 -> mutated.insert(at, pieces.get(random.nextInt(pieces.size())));
          case 1 -> mutated.delete(at, Math.min(mutated.length(), at + random.nextInt(1, 9)));
          default -> {
            int from = random.nextInt(mutated.length());
            mutated.insert(at, mutated.substring(from, Math.min(mutated.length(), from + 20)));
          }
        }
      }
      var source = Source.of("a.yaml", mutated.toString());
      var found = new Diagnostics();
      try {
        Optional<Node> read = Documents.read(source, found);
        assertThat(read.isPresent() || found.hasErrors() || mutated.toString().isBlank())
            .as("seed %d", seed)
            .isTrue();
        for (Diagnostic each : found.all()) {
          assertThat(each.span().start()).as("seed %d", seed).isBetween(0, each.span().end());
          assertThat(each.span().end()).as("seed %d", seed).isLessThanOrEqualTo(mutated.length());
          assertThat(each.render()).as("seed %d", seed).startsWith("a.yaml:");
        }
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + mutated, e);
      }
    }
  }

  @Test
  void nothingIsNoDocumentAndNoMistake() {
    assertThat(read("a.yaml", "# only a comment\n")).isEmpty();
    assertThat(diagnostics.all()).isEmpty();
  }

  @Test
  void jsonIsReadWithPlacesAndExactNumbers() {
    Node.Mapping root =
        (Node.Mapping)
            read("a.json", "{\n\t\"a\": [1.10, \"x\\\"y\"],\n\t\"b\": true}").orElseThrow();
    assertThat(root.entry("b").orElseThrow().keySpan()).hasToString("a.json:3:2");
    assertThat(root.entry("b").orElseThrow().node().span().text()).isEqualTo("true");
    Node.Sequence list = (Node.Sequence) root.get("a").orElseThrow();
    assertThat(list.elements().get(1).span().text()).isEqualTo("\"x\\\"y\"");
    assertThat(list.span().text()).isEqualTo("[1.10, \"x\\\"y\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\":1,\"a\":2}", "{\"a\":1} 2", "{a:1}", "[1,]", "{\"a\":", "{\"a\":1e99999}"})
  void badJsonIsTold(String text) {
    read("a.json", text);
    assertThat(diagnostics.hasErrors()).isTrue();
  }

  @Test
  void yamlReadsWhatJsonSays() throws Exception {
    Value value = Json.parse("{\"a\":[1,2.5,null,true,\"x: y\",{\"b\":{}}],\"c\":\"\\u00e9\"}");
    assertThat(yaml(Json.pretty(value)).value()).isEqualTo(value);
  }

  @Test
  void noTextMakesTheReaderThrow() {
    String alphabet = "ab:-?{}[]&*!|>'\"%@`#,\n\n  \t😀\\0123.<e~\u0000\u0085\ud800";
    for (long seed = 0; seed < 3_000; seed++) {
      var random = new Random(seed);
      var text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      for (String name : List.of("a.yaml", "a.json")) {
        var found = new Diagnostics();
        try {
          Documents.read(Source.of(name, text.toString()), found);
          found.all().forEach(Diagnostic::render);
        } catch (RuntimeException e) {
          throw new AssertionError("seed " + seed + ": " + Json.write(Value.of(text)), e);
        }
      }
    }
  }
}
