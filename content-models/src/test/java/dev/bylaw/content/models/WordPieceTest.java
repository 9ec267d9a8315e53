package dev.bylaw.content.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WordPieceTest {

  private static WordPiece tokenizer() throws IOException {
    try (InputStream lines = NerModel.open("vocab.txt")) {
      return WordPiece.of(lines);
    }
  }

  /** The file was written with the reference implementation, Hugging Face tokenizers 0.23.3. */
  @Test
  void everyReferenceTextHasTheReferenceIds() throws IOException, JsonException {
    WordPiece tokenizer = tokenizer();
    int texts = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    WordPieceTest.class.getResourceAsStream("reference-tokens.jsonl")),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        ObjectValue reference = (ObjectValue) Json.parse(line);
        String text = reference.text("text");
        List<Integer> ids = new ArrayList<>();
        for (var id : (ArrayValue) Objects.requireNonNull(reference.get("ids"))) {
          ids.add((int) ((NumberValue) id).longValue());
        }
        assertThat(tokenizer.pieces(text).toList()).as(text).isEqualTo(ids);
        texts++;
      }
    }
    assertThat(texts).isGreaterThan(250);
  }

  @Test
  void piecesKnowWhereTheyCameFrom() throws IOException {
    String text = "Zoë Müller-Lüdenscheidt";
    WordPiece.Pieces pieces = tokenizer().pieces(text);
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < pieces.size; i++) {
      words.append(pieces.first[i] ? "|" : "+").append(text, pieces.starts[i], pieces.ends[i]);
    }
    assertThat(words.toString().replace("+", "")).isEqualTo("|Zoë|Müller|-|Lüdenscheidt");
  }
}
