package dev.bylaw.cedar.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bylaw.cedar.est.PolicyJsonReader;
import dev.bylaw.cedar.est.PolicyJsonWriter;
import dev.bylaw.cedar.format.Formatter;
import dev.bylaw.cedar.json.JsonWriter;
import dev.bylaw.cedar.policy.PolicyPrinter;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.schema.SchemaDeclarations;
import dev.bylaw.cedar.schema.SchemaJsonReader;
import dev.bylaw.cedar.schema.SchemaJsonWriter;
import dev.bylaw.cedar.schema.SchemaParser;
import dev.bylaw.cedar.schema.SchemaPrinter;
import dev.bylaw.cedar.text.Lexer;
import dev.bylaw.cedar.text.Token;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is written and read again is the same, on every policy and schema of the suites. */
class RoundTripTest {
  private static Map<String, String> files = Map.of();

  @BeforeAll
  static void read() throws IOException {
    var folder = ConformanceFolder.cedar();
    if (folder.isPresent()) {
      files = TarGz.files(folder.get().resolve("corpus-tests.tar.gz"));
    }
  }

  private static List<String> texts(String ending) {
    assumeThat(files).isNotEmpty();
    return files.keySet().stream()
        .filter(f -> f.endsWith(ending))
        .sorted()
        .map(files::get)
        .toList();
  }

  @Test
  void policiesAreTheSameThroughTextAndThroughJson() {
    for (String text : texts(".cedar")) {
      PolicySet policies = PolicySet.parse(text);
      String json = JsonWriter.compact(PolicyJsonWriter.set(policies));
      PolicySet again = PolicyJsonReader.read(Source.of("p.json", json));

      assertThat(PolicySet.parse(PolicyPrinter.text(policies)).written())
          .isEqualTo(policies.written());
      assertThat(JsonWriter.compact(PolicyJsonWriter.set(again))).isEqualTo(json);
      for (int i = 0; i < again.written().size(); i++) {
        assertThat(again.written().get(i).conditions())
            .isEqualTo(policies.written().get(i).conditions());
      }
    }
  }

  @Test
  void schemasAreTheSameThroughTextAndThroughJson() {
    for (String text : texts(".cedarschema")) {
      var diagnostics = new Diagnostics();
      SchemaDeclarations schema = SchemaParser.parse(Source.of("s", text), diagnostics);
      String json = JsonWriter.compact(SchemaJsonWriter.json(schema));
      Schema resolved = Schema.parse(text);
      Schema fromText = Schema.parse(SchemaPrinter.text(schema));
      Schema fromJson = Schema.parseJson(Source.of("s.json", json));
      SchemaDeclarations again = SchemaJsonReader.read(Source.of("s.json", json), diagnostics);

      assertThat(diagnostics.all()).isEmpty();
      assertThat(JsonWriter.compact(SchemaJsonWriter.json(again))).isEqualTo(json);
      assertThat(fromText.entityTypes()).isEqualTo(resolved.entityTypes());
      assertThat(fromText.actions()).isEqualTo(resolved.actions());
      assertThat(fromJson.entityTypes()).isEqualTo(resolved.entityTypes());
      assertThat(fromJson.actions()).isEqualTo(resolved.actions());
    }
  }

  @Test
  void formattingIsIdempotentAndKeepsEveryComment() {
    long seed = 20260101;
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (String text : texts(".cedar")) {
      String commented = withComments(text, random);
      String once = Formatter.format(Source.of("p", commented));

      assertThat(Formatter.format(Source.of("p", once))).isEqualTo(once);
      assertThat(comments(once)).isEqualTo(comments(commented));
    }
  }

  private static String withComments(String text, Random random) {
    var out = new StringBuilder();
    int from = 0;
    int count = 0;
    for (Token token : Lexer.tokens(Source.of("p", text), new Diagnostics())) {
      out.append(text, from, token.start());
      if (random.nextInt(4) == 0) {
        out.append(random.nextBoolean() ? "\n" : " ").append("// c").append(count++).append('\n');
      }
      out.append(text, token.start(), token.end());
      from = token.end();
    }
    return out.toString();
  }

  private static List<String> comments(String text) {
    var all = new ArrayList<String>();
    int from = 0;
    for (Token token : Lexer.tokens(Source.of("p", text), new Diagnostics())) {
      text.substring(from, token.start())
          .lines()
          .map(String::strip)
          .filter(l -> !l.isEmpty())
          .forEach(all::add);
      from = token.end();
    }
    return all;
  }
}
