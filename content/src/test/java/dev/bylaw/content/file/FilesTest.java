package dev.bylaw.content.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.content.file.FileReport.Trait;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class FilesTest {
  private static final Files FILES = Files.standard();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] zip(Map<String, byte[]> entries) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(out)) {
        for (var entry : new TreeMap<>(entries).entrySet()) {
          zip.putNextEntry(new ZipEntry(entry.getKey()));
          zip.write(entry.getValue());
          zip.closeEntry();
        }
      }
      return out.toByteArray();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Set<Trait> traits(String name, byte[] content) {
    return FILES.inspect(name, content).traits();
  }

  private static byte[] program() {
    byte[] program = new byte[256];
    program[0] = 'M';
    program[1] = 'Z';
    program[60] = (byte) 0x80;
    program[0x80] = 'P';
    program[0x81] = 'E';
    return program;
  }

  @Test
  void aProgramIsOneWhateverItsName() {
    assertThat(traits("photo.jpg", program())).contains(Trait.EXECUTABLE, Trait.MISNAMED);
    assertThat(traits("a", bytes("\u007fELF\u0002\u0001\u0001" + "\0".repeat(60))))
        .contains(Trait.EXECUTABLE);
  }

  @Test
  void scriptsAndShortcutsThatMagicMissesAreSeen() {
    assertThat(traits("notes.txt", bytes("#!/bin/sh\nrm -rf /\n"))).contains(Trait.SCRIPT);
    assertThat(traits("notes.txt", bytes("$a = 1\nInvoke-WebRequest http://x/y -OutFile z\n")))
        .contains(Trait.SCRIPT);
    assertThat(traits("notes.txt", bytes("@echo off\r\ndel *.*\r\n"))).contains(Trait.SCRIPT);
    assertThat(
            traits(
                "a.bin",
                bytes("L\0\0\0\u0001\u0014\u0002\0\0\0\0\0\u00c0\0\0\0\0\0\0F" + "\0".repeat(60))))
        .contains(Trait.LAUNCHER);
    assertThat(traits("a.txt", bytes("[InternetShortcut]\nURL=file://evil\n")))
        .contains(Trait.LAUNCHER);
    assertThat(traits("page.html", bytes("<html><script>x()</script></html>")))
        .contains(Trait.ACTIVE);
  }

  @Test
  void honestFilesHaveNoTraits() {
    assertThat(traits("a.txt", bytes("Dear Jane,\nyour order has shipped.\n"))).isEmpty();
    assertThat(traits("a.csv", bytes("name,amount\nJane,12\n"))).isEmpty();
    assertThat(traits("a.pdf", bytes("%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF")))
        .isEmpty();
    assertThat(traits("empty", new byte[0])).isEmpty();
  }

  @Test
  void whatAnArchiveHoldsCountsForTheArchive() {
    byte[] inner = zip(Map.of("deep/setup.dat", program()));
    FileReport report =
        FILES.inspect("a.zip", zip(Map.of("inner.zip", inner, "a.txt", bytes("x"))));
    assertThat(report.traits()).contains(Trait.ARCHIVE, Trait.EXECUTABLE);
    assertThat(report.entries())
        .extracting(FileReport.Entry::path)
        .contains("a.zip/a.txt", "a.zip/inner.zip", "a.zip/inner.zip/deep/setup.dat");
  }

  @Test
  void macrosInOfficeFilesAreSeen() {
    byte[] document =
        zip(
            Map.of(
                "[Content_Types].xml", bytes("<Types/>"),
                "word/document.xml", bytes("<w/>"),
                "word/vbaProject.bin", bytes("x")));
    assertThat(traits("letter.docx", document)).contains(Trait.MACRO);
    assertThat(traits("letter.docm", zip(Map.of("a", bytes("b"))))).contains(Trait.MACRO);
  }

  @Test
  void anEncryptedArchiveIsATraitOfItsOwn() {
    byte[] archive = zip(Map.of("secret.txt", bytes("hello hello")));
    archive[6] |= 1;
    assertThat(traits("a.zip", archive)).contains(Trait.ENCRYPTED_ARCHIVE);
  }

  @Test
  void bombsEndAtTheLimits() throws IOException {
    byte[] zeros = new byte[40_000_000];
    assertThat(traits("bomb.zip", zip(Map.of("zeros", zeros)))).contains(Trait.BEYOND_LIMITS);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(zeros);
    }
    assertThat(traits("bomb.gz", out.toByteArray())).contains(Trait.BEYOND_LIMITS);
    byte[] nested = bytes("x");
    for (int i = 0; i < 8; i++) {
      nested = zip(Map.of("n.zip", nested));
    }
    assertThat(traits("nested.zip", nested)).contains(Trait.BEYOND_LIMITS);
    Map<String, byte[]> many = new TreeMap<>();
    for (int i = 0; i < 2100; i++) {
      many.put("f" + i, bytes("x"));
    }
    assertThat(traits("many.zip", zip(many))).contains(Trait.BEYOND_LIMITS);
  }

  @Test
  void aFileOfTwoFormatsIsAPolyglot() throws IOException {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(bytes("%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n"));
    both.write(zip(Map.of("a.class", bytes("x"))));
    assertThat(traits("a.pdf", both.toByteArray())).contains(Trait.POLYGLOT);
  }

  @Test
  void scriptsPagesAndArchivesWithinPicturesArePolyglots() {
    String jpeg = "\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0";
    assertThat(traits("a.gif", bytes("GIF89a/*" + "\0".repeat(40) + "*/=1;alert(1)")))
        .contains(Trait.POLYGLOT);
    assertThat(traits("a.jpg", bytes(jpeg + "<HTML><body>x</body>"))).contains(Trait.POLYGLOT);
    assertThat(traits("a.jpg", bytes(jpeg + "Rar!\u001a\u0007\u0001\0" + "\0".repeat(40))))
        .contains(Trait.POLYGLOT);
    assertThat(traits("a.jpg", bytes(jpeg + "a < b > c"))).doesNotContain(Trait.POLYGLOT);
  }

  @Test
  void anArchiveThatIsNotWalkedIsNotTakenForHarmless() {
    assertThat(traits("a.7z", bytes("7z\u00bc\u00af'\u001c\0\u0004" + "\0".repeat(64))))
        .contains(Trait.ARCHIVE, Trait.UNREADABLE);
    assertThat(traits("a.rar", bytes("Rar!\u001a\u0007\u0001\0" + "\0".repeat(64))))
        .contains(Trait.ARCHIVE, Trait.UNREADABLE);
  }

  private static byte[] tar(String name, char kind, String target, String content) {
    byte[] tar = new byte[512 + 512 + 1024];
    byte[] at = bytes(name);
    System.arraycopy(at, 0, tar, 0, at.length);
    byte[] size = bytes("%011o".formatted(content.length()));
    System.arraycopy(size, 0, tar, 124, size.length);
    tar[156] = (byte) kind;
    System.arraycopy(bytes(target), 0, tar, 157, target.length());
    System.arraycopy(bytes("ustar\00000"), 0, tar, 257, 8);
    System.arraycopy(bytes(content), 0, tar, 512, content.length());
    return tar;
  }

  @Test
  void entriesThatLeadOutOfTheFolderAreSeen() {
    assertThat(traits("a.zip", zip(Map.of("../../etc/cron.d/x", bytes("x")))))
        .contains(Trait.UNSAFE_PATH);
    assertThat(traits("a.zip", zip(Map.of("C:\\Windows\\x", bytes("x")))))
        .contains(Trait.UNSAFE_PATH);
    assertThat(traits("a.tar", tar("../x", '0', "", "hello"))).contains(Trait.UNSAFE_PATH);
    assertThat(traits("a.tar", tar("x", '2', "/etc/passwd", ""))).contains(Trait.UNSAFE_PATH);
    assertThat(traits("a.tar", tar("././@LongLink", 'L', "", "../../x")))
        .contains(Trait.UNSAFE_PATH);
    assertThat(traits("a.tar", tar("PaxHeader", 'x', "", "14 path=../../x\n")))
        .contains(Trait.UNSAFE_PATH);
    assertThat(traits("a.tar", tar("dir/..x/y", '0', "", "hello"))).containsExactly(Trait.ARCHIVE);
  }

  @Test
  void filesOfUnknownKindAndBehindTheEndOfATarAreNotPassedOver() {
    assertThat(traits("a.tar", tar("x", '7', "", "#!/bin/sh\nrm\n"))).contains(Trait.SCRIPT);
    byte[] more = tar("x", '0', "", "hello");
    more[more.length - 1] = 1;
    assertThat(traits("a.tar", more)).contains(Trait.UNREADABLE);
  }

  @Test
  void aDirectoryThatContradictsTheEntriesIsSeen() {
    byte[] archive = zip(Map.of("a.txt", bytes("hello"), "b.txt", bytes("world")));
    assertThat(traits("a.zip", archive)).containsExactly(Trait.ARCHIVE);
    int directory = new String(archive, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
    byte[] renamed = archive.clone();
    renamed[directory + 46] = 'c';
    assertThat(traits("a.zip", renamed)).contains(Trait.UNREADABLE);
    byte[] overlapping = archive.clone();
    overlapping[directory + 20] = 120;
    assertThat(traits("a.zip", overlapping)).contains(Trait.UNREADABLE);
  }

  @Test
  void aTemplateFromElsewhereMakesADocumentActive() {
    byte[] document =
        zip(
            Map.of(
                "[Content_Types].xml",
                bytes("<Types/>"),
                "word/_rels/settings.xml.rels",
                bytes(
                    "<Relationship Type=\"http://x/relationships/attachedTemplate\""
                        + " Target=\"http://evil/t.dotm\" TargetMode=\"External\"/>")));
    assertThat(traits("a.docx", document)).contains(Trait.ACTIVE);
  }

  @Test
  void brokenFilesAreLookedAtWithoutFailing() {
    long seed = 3;
    Random random = new Random(seed);
    byte[] good = zip(Map.of("a.txt", bytes("hello"), "b.zip", zip(Map.of("c", program()))));
    for (int run = 0; run < 150; run++) {
      byte[] broken = good.clone();
      for (int i = 0; i < 4; i++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      assertThat(FILES.inspect("a.zip", broken)).as("seed %d, run %d", seed, run).isNotNull();
    }
    assertThat(traits("a.tar.gz", bytes("\u001f\u008b\u0008broken"))).contains(Trait.UNREADABLE);
  }
}
