package dev.bylaw.content.file;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The strings that a PDF shows (ISO 32000-1, 9.4), out of streams that are plain or deflated. Texts
 * in fonts that number their glyphs in their own way are read where the font says what they are
 * ({@link PdfFonts}), and elsewhere told as unread.
 */
final class PdfText {
  private static final int MOST_BYTES = 32 * 1024 * 1024;
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private final byte[] pdf;
  private final StringBuilder text = new StringBuilder();
  private final PdfFonts fonts = new PdfFonts();
  private final List<String> contents = new ArrayList<>();
  private final Map<String, Boolean> numbered = new HashMap<>();
  private String font = "";
  private boolean unread;
  private int left = MOST_BYTES;

  private PdfText(byte[] pdf) {
    this.pdf = pdf;
  }

  static DocumentText of(byte[] pdf) {
    PdfText reading = new PdfText(pdf);
    reading.fonts.addFile(new String(pdf, StandardCharsets.ISO_8859_1));
    reading.streams();
    reading.fonts.resolve();
    reading.contents.forEach(reading::show);
    String note = reading.left <= 0 ? "the document is larger than 32 MB" : "";
    if (note.isEmpty() && (reading.unread || reading.text.isEmpty())) {
      note = "some of the PDF's text is in fonts or formats that are not read";
    }
    return new DocumentText(reading.text.toString(), true, note);
  }

  private void streams() {
    for (int at = find("stream", 0); at >= 0 && left > 0; at = find("stream", at + 6)) {
      if (at >= 3 && matches("end", at - 3)) {
        continue;
      }
      int start = at + 6;
      if (start < pdf.length && pdf[start] == '\r') {
        start++;
      }
      if (start < pdf.length && pdf[start] == '\n') {
        start++;
      }
      int end = find("endstream", start);
      if (end < 0) {
        unread = true;
        return;
      }
      stream(dictionary(at), start, end);
      at = end + 3;
    }
  }

  /** What stands between the object's start and its stream. */
  private String dictionary(int stream) {
    int from = Math.max(0, stream - 2000);
    String before = new String(pdf, from, stream - from, StandardCharsets.ISO_8859_1);
    int object = before.lastIndexOf(" obj");
    return object < 0 ? before : before.substring(Math.max(0, object - 17));
  }

  private void stream(String dictionary, int start, int end) {
    boolean other =
        dictionary.contains("/Subtype/Image")
            || dictionary.contains("/Subtype /Image")
            || dictionary.contains("/FontFile")
            || dictionary.contains("/Length1")
            || dictionary.contains("/XRef")
            || dictionary.contains("/Metadata");
    if (other) {
      return;
    }
    byte[] content;
    if (!dictionary.contains("/Filter")) {
      content = java.util.Arrays.copyOfRange(pdf, start, end);
    } else if (dictionary.contains("/FlateDecode")
        && !dictionary.contains("/ASCII85Decode")
        && !dictionary.contains("/LZWDecode")) {
      content = inflated(start, end);
    } else {
      unread = true;
      return;
    }
    left -= content.length;
    String operators = new String(content, StandardCharsets.ISO_8859_1);
    int object = dictionary.indexOf(" obj");
    fonts.addStream(PdfFonts.objectNumber(dictionary, object), dictionary, operators);
    if (operators.contains("BT") && operators.contains("ET")) {
      contents.add(operators);
    }
  }

  private byte[] inflated(int start, int end) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(pdf, start, end - start);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      while (!inflater.finished() && out.size() < left) {
        int count = inflater.inflate(buffer);
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          break;
        }
        out.write(buffer, 0, count);
      }
      return out.toByteArray();
    } catch (DataFormatException broken) {
      unread = true;
      return new byte[0];
    } finally {
      inflater.end();
    }
  }

  /** Reads the strings before the operators that show them. */
  private void show(String operators) {
    boolean inText = false;
    String name = "";
    font = "";
    for (int i = 0; i < operators.length(); i++) {
      char c = operators.charAt(i);
      if (c == '(') {
        i = literal(operators, i + 1);
      } else if (c == '<' && i + 1 < operators.length() && operators.charAt(i + 1) == '<') {
        i++;
      } else if (c == '<') {
        i = hexadecimal(operators, i + 1);
      } else if (c == '-' || c == '.' || (c >= '0' && c <= '9')) {
        i = kerning(operators, i);
      } else if (Character.isLetter(c) || c == '\'' || c == '"') {
        int end = i + 1;
        while (end < operators.length() && isOperator(operators.charAt(end))) {
          end++;
        }
        String operator = operators.substring(i, end);
        inText = operator.equals("BT") || (inText && !operator.equals("ET"));
        switch (operator) {
          case "Tf" -> font = name;
          case "Td", "TD", "T*", "Tm", "ET", "'", "\"" -> text.append('\n');
          default -> {}
        }
        i = end - 1;
      } else if (c == '/') {
        int from = i + 1;
        while (i + 1 < operators.length()
            && !" \n\r\t[]<>(/".contains("" + operators.charAt(i + 1))) {
          i++;
        }
        name = operators.substring(from, i + 1);
      }
    }
  }

  private static boolean isOperator(char c) {
    return Character.isLetterOrDigit(c) || c == '*';
  }

  /** A large move to the left within a line is a blank. */
  private int kerning(String operators, int from) {
    int end = from + 1;
    while (end < operators.length()
        && (operators.charAt(end) == '.' || Character.isDigit(operators.charAt(end)))) {
      end++;
    }
    boolean inArray = end < operators.length() && "( <]".indexOf(operators.charAt(end)) >= 0;
    if (inArray && operators.charAt(from) == '-' && end - from >= 4 && !text.isEmpty()) {
      text.append(' ');
    }
    return end - 1;
  }

  private int literal(String operators, int from) {
    int depth = 1;
    StringBuilder bytes = new StringBuilder();
    int i = from;
    for (; i < operators.length(); i++) {
      char c = operators.charAt(i);
      if (c == '\\' && i + 1 < operators.length()) {
        i++;
        char escaped = operators.charAt(i);
        if (escaped >= '0' && escaped <= '7') {
          int end = i + 1;
          while (end < operators.length()
              && end < i + 3
              && operators.charAt(end) >= '0'
              && operators.charAt(end) <= '7') {
            end++;
          }
          bytes.append((char) (Integer.parseInt(operators.substring(i, end), 8) & 255));
          i = end - 1;
        } else {
          switch (escaped) {
            case 'n', 'r' -> bytes.append('\n');
            case 't' -> bytes.append('\t');
            case '\n', '\r', 'b', 'f' -> {}
            default -> bytes.append(escaped);
          }
        }
        continue;
      }
      if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        break;
      }
      bytes.append(c);
    }
    append(bytes.toString());
    return i;
  }

  private int hexadecimal(String operators, int from) {
    int end = operators.indexOf('>', from);
    if (end < 0) {
      return operators.length();
    }
    StringBuilder bytes = new StringBuilder();
    int high = -1;
    for (int i = from; i < end; i++) {
      int digit = Character.digit(operators.charAt(i), 16);
      if (digit < 0) {
        continue;
      }
      if (high < 0) {
        high = digit;
      } else {
        bytes.append((char) (high * 16 + digit));
        high = -1;
      }
    }
    if (high >= 0) {
      // A digit that is missing at the end is a zero (ISO 32000-1, 7.3.4.3).
      bytes.append((char) (high * 16));
    }
    append(bytes.toString());
    return end;
  }

  private void append(String bytes) {
    if (bytes.isEmpty()) {
      return;
    }
    PdfFonts.Glyphs glyphs = fonts.glyphs(font);
    if (glyphs != null) {
      decode(bytes, glyphs);
      return;
    }
    if (!font.isEmpty() && numbered.computeIfAbsent(font, fonts::isNumbered)) {
      // Two bytes a glyph by its number, which may look like letters (ISO 32000-1, 9.7.5.2).
      unread = true;
    }
    if (bytes.chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r')) {
      // Numbers of glyphs: which letters they are, only the font knows.
      unread = true;
      return;
    }
    text.append(new String(bytes.getBytes(StandardCharsets.ISO_8859_1), WINDOWS));
  }

  private void decode(String bytes, PdfFonts.Glyphs glyphs) {
    for (int i = 0; i + glyphs.bytes() <= bytes.length(); i += glyphs.bytes()) {
      int code = bytes.charAt(i);
      if (glyphs.bytes() == 2) {
        code = code << 8 | bytes.charAt(i + 1);
      }
      String glyph = glyphs.texts().get(code);
      if (glyph == null) {
        unread = true;
      } else {
        text.append(glyph);
      }
    }
  }

  private int find(String piece, int from) {
    for (int i = from; i <= pdf.length - piece.length(); i++) {
      if (matches(piece, i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean matches(String piece, int at) {
    for (int i = 0; i < piece.length(); i++) {
      if (pdf[at + i] != piece.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
