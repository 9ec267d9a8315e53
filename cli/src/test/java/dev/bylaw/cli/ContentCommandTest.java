package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentCommandTest extends CommandTest {
  @TempDir Path folder = Path.of("");

  private int content(String... arguments) {
    var all = new String[arguments.length + 1];
    all[0] = "content";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return run(all);
  }

  private String file(String name, String text) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text).toString();
  }

  @Test
  void whatIsFoundIsToldWithItsPlaceAndWhy() throws IOException {
    String letter = file("letter.txt", "Hello,\nthe card is 4111 1111 1111 1111.\n");
    assertThat(content("inspect", letter, "--no-models", "--types", "credit_card")).isZero();
    assertThat(printed()).contains("2:13").contains("credit_card").contains("luhn ok");
  }

  @Test
  void namesOfPeopleAreSeenByTheModelAndCoveredWithTheRest() throws IOException {
    String letter = file("letter.txt", "Dear Angela Merkel, write to jo@example.com soon.\n");
    assertThat(content("redact", letter, "--types", "person,email")).isZero();
    assertThat(printed()).isEqualTo("Dear [PERSON], write to [EMAIL] soon.\n");
  }

  @Test
  void jsonStaysJsonAndItsFieldsAreEvidence() throws IOException {
    String json = file("user.json", "{\"ssn\": \"123-45-6789\", \"id\": 7}");
    assertThat(content("inspect", json, "--no-models", "--types", "ssn", "--output", "json"))
        .isZero();
    assertThat(printed()).contains("\"path\": \"/ssn\"").contains("\"complete\": true");
    assertThat(content("redact", json, "--no-models", "--types", "ssn")).isZero();
    assertThat(printed()).contains("[SSN]").contains("7").doesNotContain("6789");
  }

  @Test
  void whatNobodyCanSeeWithoutAModelIsNamed() throws IOException {
    String letter = file("letter.txt", "Dear Angela Merkel, write to jo@example.com soon.\n");
    assertThat(content("redact", letter, "--no-models")).isZero();
    assertThat(printed()).contains("[EMAIL]").contains("Angela");
    assertThat(told()).contains("not looked for").contains("person");
  }

  @Test
  void anUnknownTypeIsToldWithTheNearestOne() throws IOException {
    String letter = file("letter.txt", "nothing");
    assertThat(content("inspect", letter, "--types", "emial")).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("unknown type `emial`").contains("`email`");
  }

  @Test
  void aFileThatIsMissingOrAFolderIsOneSentence() {
    assertThat(content("inspect", folder.resolve("none.txt").toString())).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("there is no file").doesNotContain("Exception");
    assertThat(content("inspect", folder.toString())).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("is a folder");
  }

  @Test
  void recognizersOfTheFolderCountToo() throws IOException {
    file(
        "content/own.yaml",
        """
        recognizers:
          - type: employee_id
            patterns: ['EMP-[0-9]{6}']
            score: 0.6
            words: [employee]
            score_with_words: 0.95
            examples: [EMP-123456]
            counter_examples: [EMP-12]
        """);
    String letter = file("letter.txt", "ask employee EMP-204417 about it");
    assertThat(
            content("inspect", letter, "--no-models", "--types", "employee_id", "-d", "" + folder))
        .isZero();
    assertThat(printed()).contains("employee_id").contains("1:14");
  }

  @Test
  void textIsTakenOutOfACompressedPdf() throws IOException {
    String shown = "BT /F1 12 Tf 72 700 Td (Mail jo@example.com today) Tj ET";
    var deflater = new Deflater();
    deflater.setInput(shown.getBytes(StandardCharsets.ISO_8859_1));
    deflater.finish();
    byte[] room = new byte[500];
    int length = deflater.deflate(room);
    deflater.end();
    var pdf = new ByteArrayOutputStream();
    pdf.writeBytes(
        ("%PDF-1.4\n1 0 obj\n<< /Length " + length + " /Filter /FlateDecode >>\nstream\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    pdf.write(room, 0, length);
    pdf.writeBytes("\nendstream\nendobj\n%%EOF\n".getBytes(StandardCharsets.ISO_8859_1));
    Path path = Files.write(folder.resolve("letter.pdf"), pdf.toByteArray());
    content("inspect", path.toString(), "--no-models", "--types", "email");
    assertThat(printed()).contains("email");
  }
}
