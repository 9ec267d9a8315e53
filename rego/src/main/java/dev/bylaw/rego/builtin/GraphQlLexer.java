package dev.bylaw.rego.builtin;

import java.util.ArrayList;
import java.util.List;

/** Cuts GraphQL into tokens. */
final class GraphQlLexer {
  enum Kind {
    EOF,
    NAME,
    INT,
    FLOAT,
    STRING,
    BLOCK,
    MARK
  }

  /** A token; line and column count from 1. */
  record Token(Kind kind, String text, int line, int column) {
    String shown() {
      return switch (kind) {
        case EOF -> "<EOF>";
        case NAME -> "Name \"" + text + "\"";
        case INT -> "Int \"" + text + "\"";
        case FLOAT -> "Float \"" + text + "\"";
        case STRING -> "String \"" + text + "\"";
        case BLOCK -> "BlockString \"" + text + "\"";
        case MARK -> text;
      };
    }
  }

  private final String text;
  private int at;
  private int line = 1;
  private int lineStart;

  GraphQlLexer(String text) {
    this.text = text;
  }

  static BuiltinFailure failure(String message, Token where) {
    return BuiltinFailure.error(
        message + " in GraphQL string at location " + where.line + ":" + where.column);
  }

  List<Token> tokens() {
    List<Token> all = new ArrayList<>();
    while (true) {
      blank();
      if (at >= text.length()) {
        // The end is where the last character was.
        int column = text.codePointCount(lineStart, text.length()) + 1;
        all.add(new Token(Kind.EOF, "", line, column));
        return all;
      }
      all.add(token());
    }
  }

  private void blank() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        at++;
        line++;
        lineStart = at;
      } else if (c == ' ' || c == '\t' || c == '\r' || c == ',' || c == '\uFEFF') {
        at++;
      } else if (c == '#') {
        while (at < text.length() && text.charAt(at) != '\n') {
          at++;
        }
      } else {
        return;
      }
    }
  }

  private Token token() {
    int start = at;
    int column = text.codePointCount(lineStart, at) + 1;
    char c = text.charAt(at);
    if (isLetter(c)) {
      while (at < text.length()
          && (isLetter(text.charAt(at)) || Character.isDigit(text.charAt(at)))) {
        at++;
      }
      return new Token(Kind.NAME, text.substring(start, at), line, column);
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
      return number(start, column);
    }
    if (c == '"') {
      return text.startsWith("\"\"\"", at) ? block(column) : string(column);
    }
    if (text.startsWith("...", at)) {
      at += 3;
      return new Token(Kind.MARK, "...", line, column);
    }
    if ("!$&()[]{}:=@|".indexOf(c) >= 0) {
      at++;
      return new Token(Kind.MARK, String.valueOf(c), line, column);
    }
    Token here = new Token(Kind.MARK, String.valueOf(c), line, column);
    throw failure(
        c == '.'
            ? "Expected ..., found \"" + c + "\""
            : "Cannot parse the unexpected character \"" + c + "\"",
        here);
  }

  private Token number(int start, int column) {
    if (text.charAt(at) == '-') {
      at++;
    }
    digits();
    boolean fraction = false;
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      fraction = true;
      digits();
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      fraction = true;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      digits();
    }
    return new Token(fraction ? Kind.FLOAT : Kind.INT, text.substring(start, at), line, column);
  }

  private void digits() {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == from) {
      throw failure(
          "Invalid number, expected digit", new Token(Kind.INT, "", line, at - lineStart + 1));
    }
  }

  private Token string(int column) {
    Token where = new Token(Kind.STRING, "", line, column);
    var out = new StringBuilder();
    at++;
    while (true) {
      if (at >= text.length() || text.charAt(at) == '\n') {
        throw failure("Unterminated string.", where);
      }
      char c = text.charAt(at++);
      if (c == '"') {
        return new Token(Kind.STRING, out.toString(), line, column);
      }
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escape = at < text.length() ? text.charAt(at++) : ' ';
      switch (escape) {
        case '"', '\\', '/' -> out.append(escape);
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'u' -> {
          String hex = text.substring(at, Math.min(text.length(), at + 4));
          if (!hex.matches("[0-9a-fA-F]{4}")) {
            throw failure("Invalid character escape sequence: \\u" + hex + ".", where);
          }
          out.append((char) Integer.parseInt(hex, 16));
          at += 4;
        }
        default -> throw failure("Invalid character escape sequence: \\" + escape + ".", where);
      }
    }
  }

  private Token block(int column) {
    int firstLine = line;
    int end = at + 3;
    var raw = new StringBuilder();
    while (true) {
      if (end >= text.length()) {
        throw failure("Unterminated string.", new Token(Kind.BLOCK, "", firstLine, column));
      }
      if (text.startsWith("\\\"\"\"", end)) {
        raw.append("\"\"\"");
        end += 4;
      } else if (text.startsWith("\"\"\"", end)) {
        break;
      } else {
        if (text.charAt(end) == '\n') {
          line++;
          lineStart = end + 1;
        }
        raw.append(text.charAt(end++));
      }
    }
    at = end + 3;
    return new Token(Kind.BLOCK, dedented(raw.toString()), firstLine, column);
  }

  /** Without the indentation that all lines but the first share, and blank lines around. */
  private static String dedented(String raw) {
    List<String> lines = new ArrayList<>(List.of(raw.replace("\r", "").split("\n", -1)));
    int shared = Integer.MAX_VALUE;
    for (String l : lines.subList(1, lines.size())) {
      if (!l.isBlank()) {
        shared = Math.min(shared, l.length() - l.stripLeading().length());
      }
    }
    for (int i = 1; i < lines.size() && shared < Integer.MAX_VALUE; i++) {
      lines.set(i, lines.get(i).substring(Math.min(shared, lines.get(i).length())));
    }
    while (!lines.isEmpty() && lines.getFirst().isBlank()) {
      lines.removeFirst();
    }
    while (!lines.isEmpty() && lines.getLast().isBlank()) {
      lines.removeLast();
    }
    return String.join("\n", lines);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
}
