package dev.bylaw.content.file;

import dev.bylaw.content.file.FileReport.Trait;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What the bytes of one file show beyond their media type. */
final class Signs {
  private static final int TEXT = 65_536;
  private static final Set<String> EXECUTABLE =
      Set.of(
          "application/x-msdownload",
          "application/x-dosexec",
          "application/x-executable",
          "application/x-elf",
          "application/x-sharedlib",
          "application/x-object",
          "application/x-mach-o",
          "application/x-mach-o-executable",
          "application/java-vm",
          "application/x-ms-installer",
          "application/x-msi",
          "application/vnd.android.package-archive",
          "application/x-debian-package",
          "application/x-rpm",
          "application/wasm",
          "application/x-pie-executable",
          "application/x-coredump",
          "application/x-mach-o-dylib",
          "application/x-java-jnlp-file",
          "application/vnd.microsoft.portable-executable",
          "application/x-xz-executable",
          "application/x-mach-o-bundle");
  private static final Set<String> SCRIPTS =
      Set.of(
          "application/x-sh",
          "application/x-bat",
          "text/x-python",
          "text/x-perl",
          "text/x-php",
          "text/x-ruby",
          "text/javascript",
          "application/javascript",
          "text/x-vbscript",
          "text/x-powershell",
          "application/hta",
          "text/vbscript",
          "text/x-vbasic");
  private static final Set<String> ARCHIVES =
      Set.of(
          "application/zip",
          "application/gzip",
          "application/x-tar",
          "application/x-gtar",
          "application/x-7z-compressed",
          "application/x-rar-compressed",
          "application/vnd.rar",
          "application/x-bzip2",
          "application/x-xz",
          "application/vnd.ms-cab-compressed",
          "application/zstd",
          "application/x-arj",
          "application/x-lzip",
          "application/java-archive",
          "application/x-lz4");

  /** Extensions that start something when a person opens them, with the trait they claim. */
  private static final Map<String, Trait> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("exe", Trait.EXECUTABLE),
          Map.entry("dll", Trait.EXECUTABLE),
          Map.entry("scr", Trait.EXECUTABLE),
          Map.entry("com", Trait.EXECUTABLE),
          Map.entry("msi", Trait.EXECUTABLE),
          Map.entry("jar", Trait.EXECUTABLE),
          Map.entry("apk", Trait.EXECUTABLE),
          Map.entry("cpl", Trait.EXECUTABLE),
          Map.entry("pif", Trait.EXECUTABLE),
          Map.entry("bat", Trait.SCRIPT),
          Map.entry("cmd", Trait.SCRIPT),
          Map.entry("ps1", Trait.SCRIPT),
          Map.entry("psm1", Trait.SCRIPT),
          Map.entry("vbs", Trait.SCRIPT),
          Map.entry("vbe", Trait.SCRIPT),
          Map.entry("js", Trait.SCRIPT),
          Map.entry("jse", Trait.SCRIPT),
          Map.entry("wsf", Trait.SCRIPT),
          Map.entry("hta", Trait.SCRIPT),
          Map.entry("sh", Trait.SCRIPT),
          Map.entry("py", Trait.SCRIPT),
          Map.entry("reg", Trait.SCRIPT),
          Map.entry("lnk", Trait.LAUNCHER),
          Map.entry("url", Trait.LAUNCHER),
          Map.entry("iso", Trait.LAUNCHER),
          Map.entry("img", Trait.LAUNCHER),
          Map.entry("chm", Trait.LAUNCHER),
          Map.entry("desktop", Trait.LAUNCHER),
          Map.entry("docm", Trait.MACRO),
          Map.entry("xlsm", Trait.MACRO),
          Map.entry("pptm", Trait.MACRO),
          Map.entry("dotm", Trait.MACRO),
          Map.entry("xlam", Trait.MACRO));

  private static final Map<String, String> EXPECTED =
      Map.ofEntries(
          Map.entry("pdf", "application/pdf"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("gif", "image/gif"),
          Map.entry("docx", "application/zip"),
          Map.entry("xlsx", "application/zip"),
          Map.entry("pptx", "application/zip"),
          Map.entry("zip", "application/zip"),
          Map.entry("gz", "application/gzip"),
          Map.entry("txt", "text/"),
          Map.entry("csv", "text/"),
          Map.entry("mp4", "video/"),
          Map.entry("mp3", "audio/"));
  private static final Pattern SHELL =
      Pattern.compile(
          "(?im)^\\s*(@echo (off|on)\\b|powershell(\\.exe)?\\s+-|(set-executionpolicy|invoke-expression"
              + "|invoke-webrequest|new-object|start-process|iex|import-module|get-childitem)\\b"
              + "|param\\s*\\(\\s*\\[|createobject\\s*\\(|dim \\w+\\s*$|wscript\\.|on error resume next"
              + "|windows registry editor)");
  private static final Pattern SCRIPTING =
      Pattern.compile(
          "(?i)(new activexobject|wscript\\.(shell|createobject)|createobject\\(\"|\\[system\\.|"
              + "\\$env:|downloadstring\\(|frombase64string\\(|-encodedcommand|document\\.write\\(|eval\\(atob)");

  private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
  private final List<String> notes = new ArrayList<>();
  private final byte[] content;
  private final String type;
  private final boolean zip;

  Signs(String name, byte[] content, String type) {
    this.content = content;
    this.type = type;
    this.zip = startsWith(0, "PK\u0003\u0004") || startsWith(0, "PK\u0005\u0006");
    byType();
    byMagic();
    if (type.startsWith("text/") || type.startsWith("application/x-sh") || looksLikeText()) {
      byText();
    }
    if (zip) {
      office();
    }
    polyglots();
    byName(name);
  }

  Set<Trait> traits() {
    return traits;
  }

  List<String> notes() {
    return notes;
  }

  boolean isZip() {
    return zip;
  }

  private void found(Trait trait, String note) {
    traits.add(trait);
    notes.add(note);
  }

  private void byType() {
    String base = type.split(";", 2)[0].strip();
    if (EXECUTABLE.contains(base)) {
      found(Trait.EXECUTABLE, "is " + type);
    }
    if (SCRIPTS.contains(base)) {
      found(Trait.SCRIPT, "is " + type);
    }
    if (ARCHIVES.contains(base)
        || zip
        || startsWith(0, "Rar!")
        || startsWith(0, "7z\u00bc\u00af")) {
      traits.add(Trait.ARCHIVE);
    }
  }

  private void byMagic() {
    if (startsWith(0, "MZ") && content.length > 64) {
      found(Trait.EXECUTABLE, "starts as a DOS or Windows program");
    }
    if (startsWith(0, "\u007fELF")) {
      found(Trait.EXECUTABLE, "starts as an ELF program");
    }
    if (startsWith(0, "\u00ca\u00fe\u00ba\u00be")
        || startsWith(0, "\u00cf\u00fa\u00ed\u00fe")
        || startsWith(0, "\u00fe\u00ed\u00fa\u00ce")
        || startsWith(0, "\u00fe\u00ed\u00fa\u00cf")) {
      found(Trait.EXECUTABLE, "starts as Mach-O or Java code");
    }
    if (startsWith(0, "\u0000asm")) {
      found(Trait.EXECUTABLE, "starts as WebAssembly");
    }
    if (startsWith(0, "L\u0000\u0000\u0000\u0001\u0014\u0002\u0000")) {
      found(Trait.LAUNCHER, "is a Windows shortcut");
    }
    if (startsWith(0, "ITSF")) {
      found(Trait.LAUNCHER, "is compiled HTML help");
    }
    if (startsWith(0x8001, "CD001") || startsWith(0x8801, "CD001")) {
      found(Trait.LAUNCHER, "is a disk image");
    }
    if (startsWith(0, "#!")) {
      found(Trait.SCRIPT, "starts with an interpreter line");
    }
    if (startsWith(0, "7z\u00bc\u00af'\u001c") && contains("\u0006\u00f1\u0007\u0001")) {
      found(Trait.ENCRYPTED_ARCHIVE, "is encrypted with AES");
    }
    rar();
    if (startsWith(0, "\u00d0\u00cf\u0011\u00e0")) {
      oldOffice();
    }
    if (startsWith(0, "%PDF-")) {
      pdf();
    }
  }

  /** RAR 4 has the flag of encrypted headers or files, RAR 5 a header of type 4. */
  private void rar() {
    if (startsWith(0, "Rar!\u001a\u0007\u0000") && content.length > 30) {
      boolean headers = (ZipMarks.int16(content, 10) & 0x80) != 0;
      boolean file = content[22] == 0x74 && (ZipMarks.int16(content, 23) & 4) != 0;
      if (headers || file) {
        found(Trait.ENCRYPTED_ARCHIVE, "is encrypted");
      }
    }
    if (startsWith(0, "Rar!\u001a\u0007\u0001\u0000") && content.length > 14 && content[13] == 4) {
      found(Trait.ENCRYPTED_ARCHIVE, "has encrypted headers");
    }
  }

  private void oldOffice() {
    if (containsWide("_VBA_PROJECT") || containsWide("Macros") || contains("Attribut\u0000e ")) {
      found(Trait.MACRO, "has a project of macros");
    }
    if (containsWide("EncryptedPackage")) {
      found(Trait.ENCRYPTED_DOCUMENT, "is an encrypted Office file");
    }
  }

  private void pdf() {
    if (contains("/Encrypt")) {
      found(Trait.ENCRYPTED_DOCUMENT, "is an encrypted PDF");
    }
    for (String action :
        List.of("/JavaScript", "/JS ", "/JS(", "/Launch", "/EmbeddedFile", "/OpenAction")) {
      if (contains(action)) {
        found(Trait.ACTIVE, "has " + action.strip().replace("(", ""));
        return;
      }
    }
  }

  private void office() {
    if (contains("vbaProject.bin") || contains("xl/macrosheets/")) {
      found(Trait.MACRO, "has a project of macros");
    }
    if (contains("word/embeddings/oleObject") || contains("activeX/activeX")) {
      found(Trait.ACTIVE, "has embedded objects");
    }
    if (contains("META-INF/MANIFEST.MF") && contains(".class")) {
      found(Trait.EXECUTABLE, "is a Java archive");
    }
    if (contains("AndroidManifest.xml") && contains("classes.dex")) {
      found(Trait.EXECUTABLE, "is an Android package");
    }
  }

  private boolean looksLikeText() {
    int length = Math.min(content.length, 512);
    for (int i = 0; i < length; i++) {
      if (content[i] >= 0 && content[i] < 9) {
        return false;
      }
    }
    return length > 0 && !zip && !startsWith(0, "%PDF-");
  }

  private void byText() {
    String text = new String(content, 0, Math.min(TEXT, content.length), StandardCharsets.UTF_8);
    if (content.length > 2 && (content[0] == -1 && content[1] == -2)) {
      text = new String(content, 2, Math.min(TEXT, content.length - 2), StandardCharsets.UTF_16LE);
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (SHELL.matcher(text).find() || SCRIPTING.matcher(text).find()) {
      found(Trait.SCRIPT, "reads as a script");
    }
    if (lower.contains("<script") || lower.contains("<hta:application")) {
      found(Trait.ACTIVE, "has scripts in HTML");
    }
    if (lower.startsWith("[internetshortcut]") || lower.startsWith("[desktop entry]")) {
      found(Trait.LAUNCHER, "is a shortcut");
    }
    if (lower.startsWith("<?php") || lower.contains("\n<?php")) {
      found(Trait.SCRIPT, "has PHP");
    }
  }

  /** An archive behind another format, or another format in front of an archive. */
  private void polyglots() {
    boolean known =
        startsWith(0, "%PDF-")
            || type.startsWith("image/")
            || startsWith(0, "\u00d0\u00cf\u0011\u00e0");
    if (known && ZipMarks.end(content) >= 0) {
      found(Trait.POLYGLOT, "is a ZIP archive, too");
    }
    if (!startsWith(0, "%PDF-")
        && !type.startsWith("text/")
        && !zip
        && containsWithin("%PDF-1.", 1024)) {
      found(Trait.POLYGLOT, "is a PDF, too");
    }
    if (known && containsTag(List.of("<script", "<?php", "<html", "<iframe", "<body"))) {
      found(Trait.POLYGLOT, "has a script or a page in it");
    }
    if (startsWith(0, "GIF89a/*") || startsWith(0, "GIF89a=") || startsWith(0, "GIF87a=")) {
      found(Trait.POLYGLOT, "is a script, too");
    }
    if (known && (contains("Rar!\u001a\u0007") || contains("7z\u00bc\u00af'\u001c"))) {
      found(Trait.POLYGLOT, "has an archive in it");
    }
  }

  private void byName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    int dot = lower.lastIndexOf('.');
    if (dot < 0) {
      return;
    }
    String extension = lower.substring(dot + 1).strip();
    Trait claimed = BY_EXTENSION.get(extension);
    if (claimed != null) {
      found(claimed, "is called ." + extension);
    }
    if (lower.indexOf('\u202e') >= 0) {
      found(Trait.MISNAMED, "its name is written backwards");
    }
    String expected = EXPECTED.get(extension);
    boolean fits =
        expected == null
            || type.startsWith(expected)
            || (expected.equals("application/zip") && zip)
            || (expected.equals("text/") && type.startsWith("application/") && looksLikeText())
            || content.length == 0;
    if (!fits) {
      found(Trait.MISNAMED, "is called ." + extension + " and is " + type);
    }
  }

  private boolean startsWith(int at, String magic) {
    if (content.length < at + magic.length()) {
      return false;
    }
    for (int i = 0; i < magic.length(); i++) {
      if ((content[at + i] & 255) != magic.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean contains(String piece) {
    return containsWithin(piece, content.length);
  }

  private boolean containsWithin(String piece, int length) {
    for (int i = 0; i <= Math.min(content.length, length) - piece.length(); i++) {
      if (startsWith(i, piece)) {
        return true;
      }
    }
    return false;
  }

  /** Whether one of these lower-case tags is in it, in either case. */
  private boolean containsTag(List<String> tags) {
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '<') {
        for (String tag : tags) {
          if (isTag(i, tag)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean isTag(int at, String tag) {
    if (at + tag.length() > content.length) {
      return false;
    }
    for (int i = 0; i < tag.length(); i++) {
      byte c = content[at + i];
      if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != tag.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean containsWide(String piece) {
    StringBuilder wide = new StringBuilder();
    for (int i = 0; i < piece.length(); i++) {
      wide.append(piece.charAt(i)).append('\0');
    }
    return contains(wide.toString());
  }
}
