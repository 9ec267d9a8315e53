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

  /** A pattern for {@code LOWER(column) LIKE ? ESCAPE '!'} that lets through all that may. */
  String like() {
    return "%" + lower(escaped).replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
  }

  /** Lower case as SQLite has it: ASCII alone; anything else must match as it is. */
  private static String lower(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
    }
    return out.toString();
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
