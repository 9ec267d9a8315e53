package dev.bylaw.cedar.value;

/** Strings and names as they are written in Cedar text. */
public final class CedarText {
  private CedarText() {}

  /** The string as a literal, quotes included. */
  public static String quote(String text) {
    var out = new StringBuilder(text.length() + 2).append('"');
    appendEscaped(out, text, false);
    return out.append('"').toString();
  }

  /**
   * Appends the string with everything escaped that a literal needs.
   *
   * @param pattern whether a star is escaped too, as in the pattern of {@code like}
   */
  public static void appendEscaped(StringBuilder out, String text, boolean pattern) {
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '"' -> out.append("\\\"");
            case '\'' -> out.append("\\'");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 0 -> out.append("\\0");
            case '*' -> out.append(pattern ? "\\*" : "*");
            default -> {
              if (isPrintable(c)) {
                out.appendCodePoint(c);
              } else {
                out.append("\\u{").append(Integer.toHexString(c)).append('}');
              }
            }
          }
        });
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  /** Whether the text has the form of an identifier, reserved words included. */
  public static boolean isIdentifier(String text) {
    if (text.isEmpty() || !isIdentifierStart(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      if (!isIdentifierPart(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether an identifier can begin with the character. */
  public static boolean isIdentifierStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  /** Whether an identifier can go on with the character. */
  public static boolean isIdentifierPart(char c) {
    return isIdentifierStart(c) || (c >= '0' && c <= '9');
  }

  /** Whether the identifier is a word of the expression grammar and so no name. */
  public static boolean isReserved(String identifier) {
    return switch (identifier) {
      case "true", "false", "if", "then", "else", "in", "is", "like", "has", "__cedar" -> true;
      default -> false;
    };
  }

  /** Whether the text is a path of names, {@code A::B}, none of them reserved. */
  public static boolean isName(String text) {
    int start = 0;
    while (true) {
      int end = text.indexOf("::", start);
      String part = end < 0 ? text.substring(start) : text.substring(start, end);
      if (!isIdentifier(part) || isReserved(part)) {
        return false;
      }
      if (end < 0) {
        return true;
      }
      start = end + 2;
    }
  }

  /** The last part of a path of names. */
  public static String baseName(String name) {
    int at = name.lastIndexOf("::");
    return at < 0 ? name : name.substring(at + 2);
  }

  /** The path without its last part; empty if there is one part only. */
  public static String namespace(String name) {
    int at = name.lastIndexOf("::");
    return at < 0 ? "" : name.substring(0, at);
  }
}
