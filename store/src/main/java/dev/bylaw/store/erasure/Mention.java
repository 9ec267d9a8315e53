package dev.bylaw.store.erasure;

import dev.bylaw.value.Json;
import dev.bylaw.value.StringValue;

/** Finds a text as a word of its own: {@code c-17} is not mentioned by {@code c-171}. */
final class Mention {
  private final String plain;
  private final String escaped;

  Mention(String text) {
    this.plain = text.strip();
    String quoted = Json.write(StringValue.of(plain));
    this.escaped = quoted.substring(1, quoted.length() - 1);
  }

  /** Whether a plain text mentions it. */
  boolean in(String text) {
    return in(text, plain);
  }

  /** Whether a JSON text mentions it. */
  boolean inJson(String json) {
    return in(json, escaped);
  }

  /**
   * A pattern for {@code LOWER(column) LIKE ? ESCAPE '!'} that lets through all that may. SQLite
   * knows the case of ASCII alone, so that any other character stands for any.
   */
  String like() {
    var out = new StringBuilder("%");
    escaped
        .codePoints()
        .forEach(c -> {
          if (c > '~') {
            out.append('_');
          } else if (c == '!' || c == '%' || c == '_') {
            out.append('!').append((char) c);
          } else {
            out.append(Character.toLowerCase((char) c));
          }
        });
    return out.append('%').toString();
  }

  private static boolean in(String text, String wanted) {
    int last = text.length() - wanted.length();
    for (int at = 0; at <= last; at++) {
      if (text.regionMatches(true, at, wanted, 0, wanted.length())
          && (at == 0 || ends(text.charAt(at - 1)) || afterEscape(text, at))
          && (at == last || ends(text.charAt(at + wanted.length())))) {
        return true;
      }
    }
    return false;
  }

  /** The {@code n} of an escaped line break is no letter of a word. */
  private static boolean afterEscape(String text, int at) {
    return at >= 2 && text.charAt(at - 2) == '\\';
  }

  private static boolean ends(char c) {
    return !Character.isLetterOrDigit(c) && c != '_' && c != '-';
  }
}
