package dev.bylaw.content.file;

import dev.bylaw.content.file.FileReport.Trait;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The text of a file, as far as it is cheap to have: a text file in its encoding, the words of an
 * Office or OpenDocument file, the strings that a PDF shows. Layout, pictures and fonts are passed
 * over.
 *
 * @param isDocument whether it was taken out of a document's format
 * @param note what was not read, for people; empty where nothing is known to be missing
 */
public record DocumentText(String text, boolean isDocument, String note) {
  private static final int MOST_BYTES = 32 * 1024 * 1024;
  private static final int SLACK = 65_536;
  private static final Pattern PARTS =
      Pattern.compile(
          "word/(document|header\\d*|footer\\d*|footnotes|endnotes|comments)\\.xml"
              + "|xl/(sharedStrings|comments\\d*|worksheets/sheet\\d+)\\.xml"
              + "|ppt/(slides/slide|notesSlides/notesSlide|comments/comment)\\d+\\.xml"
              + "|content\\.xml|styles\\.xml|meta\\.xml|docProps/(core|app|custom)\\.xml");
  private static final Pattern BREAKS =
      Pattern.compile(
          "</(w:p|a:p|text:p|text:h|row|si|table:table-row|dc:\\w+|cp:\\w+)>|<(w:br|text:line-break)\\b[^>]*>");
  private static final Pattern GAPS =
      Pattern.compile("<(w:tab|text:tab|text:s)\\b[^>]*>|</(w:tc|c|v|table:table-cell)>");
  private static final Pattern TAGS = Pattern.compile("<[^>]*>");

  /** The text of a file that was looked at before. */
  public static DocumentText of(byte[] content, FileReport report) {
    if (report.hasAny(java.util.Set.of(Trait.ENCRYPTED_DOCUMENT, Trait.ENCRYPTED_ARCHIVE))) {
      return new DocumentText("", true, "the file is encrypted");
    }
    if (startsWith(content, "%PDF-")) {
      return PdfText.of(content);
    }
    if (startsWith(content, "PK\u0003\u0004")) {
      return office(content);
    }
    return plain(content, report);
  }

  private static DocumentText plain(byte[] content, FileReport report) {
    Charset charset = StandardCharsets.UTF_8;
    int skip = 0;
    if (startsWith(content, "\u00ff\u00fe")) {
      charset = StandardCharsets.UTF_16LE;
      skip = 2;
    } else if (startsWith(content, "\u00fe\u00ff")) {
      charset = StandardCharsets.UTF_16BE;
      skip = 2;
    } else if (startsWith(content, "\u00ef\u00bb\u00bf")) {
      skip = 3;
    }
    String text = new String(content, skip, content.length - skip, charset);
    if (skip == 0 && text.indexOf('\ufffd') >= 0) {
      // What is not UTF-8 is read byte by byte, so that every ASCII string in it is seen.
      text = new String(content, StandardCharsets.ISO_8859_1);
    }
    boolean readable = report.mediaType().startsWith("text/") || text.indexOf('\0') < 0;
    return new DocumentText(
        text,
        false,
        readable ? "" : "the file is binary (" + report.mediaType() + "): only its plain strings");
  }

  private static DocumentText office(byte[] content) {
    TreeMap<String, String> parts = new TreeMap<>();
    FileLimits limits = FileLimits.STANDARD;
    long unpacked = Math.min(limits.bytes(), content.length * (long) limits.ratio() + SLACK);
    long left = MOST_BYTES;
    boolean more = false;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.isDirectory()) {
          continue;
        }
        if (!PARTS.matcher(entry.getName()).matches()) {
          more |= !entry.getName().matches(".*\\.(xml|rels)|mimetype|.*/(media|Pictures)/.*");
          unpacked -= passOver(zip, unpacked);
        } else {
          byte[] part = zip.readNBytes((int) Math.min(left, unpacked));
          left -= part.length;
          unpacked -= part.length;
          parts.put(entry.getName(), new String(part, StandardCharsets.UTF_8));
        }
        // To go on would unpack the rest of this entry.
        if (left <= 0) {
          return new DocumentText(join(parts), true, "the document is larger than 32 MB");
        }
        if (unpacked <= 0) {
          return new DocumentText(
              join(parts), true, "the document unpacks to more than the limits allow");
        }
      }
    } catch (IOException | IllegalArgumentException broken) {
      return new DocumentText(join(parts), true, "the archive is broken");
    }
    if (parts.isEmpty()) {
      return new DocumentText("", true, "it is an archive: its files are not read");
    }
    return new DocumentText(join(parts), true, more ? "files embedded in it are not read" : "");
  }

  /** Unpacks an entry that is not read, as far as allowed, and says how long it was. */
  private static long passOver(ZipInputStream zip, long most) throws IOException {
    byte[] buffer = new byte[8192];
    long passed = 0;
    int count = 0;
    while (passed < most && count >= 0) {
      count = zip.read(buffer, 0, (int) Math.min(buffer.length, most - passed));
      passed += Math.max(0, count);
    }
    return passed;
  }

  private static String join(TreeMap<String, String> parts) {
    StringBuilder text = new StringBuilder();
    parts.values().forEach(xml -> text.append(words(xml)).append('\n'));
    return text.toString();
  }

  private static String words(String xml) {
    String lines = BREAKS.matcher(xml).replaceAll("\n");
    String cells = GAPS.matcher(lines).replaceAll("\t");
    return TAGS.matcher(cells)
        .replaceAll("")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
  }

  private static boolean startsWith(byte[] content, String magic) {
    if (content.length < magic.length()) {
      return false;
    }
    for (int i = 0; i < magic.length(); i++) {
      if ((content[i] & 255) != magic.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
