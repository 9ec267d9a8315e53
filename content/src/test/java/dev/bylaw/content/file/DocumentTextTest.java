package dev.bylaw.content.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class DocumentTextTest {
  private static final byte[] ZEROS = new byte[20_000_000];

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static DocumentText text(String name, byte[] content) {
    return DocumentText.of(content, Files.standard().inspect(name, content));
  }

  private static byte[] office(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static Map<String, byte[]> letter() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("[Content_Types].xml", bytes("<Types/>"));
    entries.put(
        "word/document.xml",
        bytes("<w:p><w:t>Write to jo@</w:t><w:t>example.com &amp; co</w:t></w:p><w:p>x</w:p>"));
    return entries;
  }

  private static DocumentText pdf(String shown, String more) {
    return text(
        "a.pdf",
        bytes(
            "%PDF-1.4\n"
                + more
                + "1 0 obj\n<< /Length 1 >>\nstream\nBT /F1 12 Tf "
                + shown
                + " Tj ET\nendstream\nendobj\n%%EOF"));
  }

  @Test
  void theWordsOfALetterAreReadAcrossItsRuns() throws IOException {
    DocumentText text = text("a.docx", office(letter()));
    assertThat(text.isDocument()).isTrue();
    assertThat(text.note()).isEmpty();
    assertThat(text.text()).startsWith("Write to jo@example.com & co\nx\n");
  }

  @Test
  void aPartThatUnpacksToFarMoreThanItsFileIsReadNoFurther() throws IOException {
    Map<String, byte[]> entries = letter();
    entries.put("word/header1.xml", ZEROS);
    byte[] bomb = office(entries);
    DocumentText text = text("a.docx", bomb);
    assertThat(text.note()).isEqualTo("the document unpacks to more than the limits allow");
    assertThat(text.text()).startsWith("Write to jo@example.com");
    assertThat(text.text().length()).isLessThan(bomb.length * 121 + 70_000);
  }

  @Test
  void anEntryThatIsNotReadCountsTooBecauseItIsUnpacked() throws IOException {
    Map<String, byte[]> entries = letter();
    entries.put("word/media/image1.png", ZEROS);
    entries.put("word/footer1.xml", bytes("<w:p>behind</w:p>"));
    DocumentText text = text("a.docx", office(entries));
    assertThat(text.note()).isEqualTo("the document unpacks to more than the limits allow");
    assertThat(text.text()).contains("jo@example.com").doesNotContain("behind");
  }

  @Test
  void whatPacksWellWithinTheLimitsIsReadWhole() throws IOException {
    Map<String, byte[]> entries = letter();
    entries.put("word/header1.xml", bytes("<w:p>the same line</w:p>".repeat(2000)));
    DocumentText text = text("a.docx", office(entries));
    assertThat(text.note()).isEmpty();
    assertThat(text.text().split("the same line", -1)).hasSize(2001);
  }

  @Test
  void aHexadecimalStringIsReadAsItsLetters() {
    DocumentText text = pdf("<6A6F406578616D706C652E636F6D>", "");
    assertThat(text.text().strip()).isEqualTo("jo@example.com");
    assertThat(text.note()).isEmpty();
    assertThat(pdf("<6A 6f\n40>", "").text().strip()).isEqualTo("jo@");
  }

  @Test
  void aDigitThatIsMissingAtTheEndIsAZero() {
    assertThat(pdf("<6A6F5>", "").text().strip()).isEqualTo("joP");
  }

  @Test
  void numbersOfGlyphsAreNotTakenForLetters() {
    for (String numbers : new String[] {"<00240035>", "<01020304>", "<1A2B1C3D>", "(\\001\\002)"}) {
      DocumentText text = pdf(numbers, "");
      assertThat(text.text()).as(numbers).isBlank();
      assertThat(text.note()).as(numbers).contains("not read");
    }
  }

  @Test
  void aFontOfNumberedGlyphsIsToldEvenWhereTheNumbersLookLikeLetters() {
    DocumentText text =
        pdf("<41424344>", "3 0 obj\n<< /Type /Font /Encoding /Identity-H >>\nendobj\n");
    assertThat(text.note()).contains("not read");
    assertThat(pdf("<41424344>", "").note()).isEmpty();
  }

  private static String font(String map) {
    return "2 0 obj\n<< /Resources << /Font << /F1 3 0 R >> >> >>\nendobj\n"
        + "3 0 obj\n<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 4 0 R >>\n"
        + "endobj\n4 0 obj\n<< /Length 1 >>\nstream\n1 begincodespacerange <0000> <FFFF>\n"
        + "endcodespacerange\n"
        + map
        + "\nendstream\nendobj\n";
  }

  @Test
  void numberedGlyphsAreReadWhereTheFontSaysWhatTheyAre() {
    String map =
        "2 beginbfchar <0003> <0040> <0007> <00660069> endbfchar\n"
            + "2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<006A> <00E9>] endbfrange";
    DocumentText text = pdf("<002000210003001000110012 0007>", font(map));
    assertThat(text.text().strip()).isEqualTo("j\u00e9@abcfi");
    assertThat(text.note()).isEmpty();
  }

  @Test
  void aGlyphThatTheFontDoesNotNameIsTold() {
    DocumentText text = pdf("<00030099>", font("1 beginbfchar <0003> <0040> endbfchar"));
    assertThat(text.text().strip()).isEqualTo("@");
    assertThat(text.note()).contains("not read");
  }

  @Test
  void aNameThatStandsForTwoFontsIsNotGuessed() {
    String other = "5 0 obj\n<< /Resources << /Font << /F1 6 0 R >> >> >>\nendobj\n";
    DocumentText text = pdf("<0003>", other + font("1 beginbfchar <0003> <0040> endbfchar"));
    assertThat(text.text()).isBlank();
    assertThat(text.note()).contains("not read");
  }

  @Test
  void brokenMapsOfGlyphsAreReadToNoEndAndNoFailure() {
    for (String map :
        new String[] {
          "beginbfrange <0000> <FFFF> <0041>",
          "beginbfchar <",
          "beginbfrange <0001> <0009> [<0041>",
          "beginbfrange <FFFF> <0000> <0041> endbfrange",
          "beginbfchar <0001> <> endbfchar"
        }) {
      assertThat(pdf("<00010002>", font(map)).isDocument()).as(map).isTrue();
    }
  }
}
