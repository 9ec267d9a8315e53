package dev.bylaw.expression;

import java.util.Arrays;

/**
 * The tokens of a condition, as far as places need them: the parser knows where a term starts to be
 * one (its operator, its bracket), and a person wants all of it underlined.
 *
 * <p>Reads any text, well-formed or not. Offsets are UTF-16 units of the text.
 */
final class Tokens {
  private final String text;
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private int count;

  /** For a bracket the token of its partner, else -1. */
  private final int[] partners;

  Tokens(String text) {
    this.text = text;
    scan();
    partners = pairs();
  }

  private void scan() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (text.startsWith("//", at)) {
        int lineEnd = text.indexOf('\n', at);
        at = lineEnd < 0 ? text.length() : lineEnd;
      } else {
        int end = end(at, c);
        add(at, end);
        at = end;
      }
    }
  }

  private int end(int start, char c) {
    if (c == '"' || c == '\'') {
      return stringEnd(start, false);
    }
    if (c == '`') {
      int close = text.indexOf('`', start + 1);
      return close < 0 ? text.length() : close + 1;
    }
    if (Character.isDigit(c)) {
      return numberEnd(start);
    }
    if (isNamePart(c)) {
      int end = start + 1;
      while (end < text.length() && isNamePart(text.charAt(end))) {
        end++;
      }
      boolean prefix = end - start <= 2 && end < text.length() && isQuote(text.charAt(end));
      String letters = text.substring(start, end).toLowerCase(java.util.Locale.ROOT);
      if (prefix && letters.chars().allMatch(letter -> letter == 'r' || letter == 'b')) {
        return stringEnd(end, letters.indexOf('r') >= 0);
      }
      return end;
    }
    boolean pair =
        Arrays.asList("&&", "||", "==", "!=", "<=", ">=").stream()
            .anyMatch(operator -> text.startsWith(operator, start));
    return start + (pair || Character.isHighSurrogate(c) && start + 1 < text.length() ? 2 : 1);
  }

  private int stringEnd(int quote, boolean raw) {
    String one = text.substring(quote, quote + 1);
    String mark = text.startsWith(one.repeat(3), quote) ? one.repeat(3) : one;
    int at = quote + mark.length();
    while (at < text.length()) {
      if (text.startsWith(mark, at)) {
        return at + mark.length();
      }
      at += !raw && text.charAt(at) == '\\' ? 2 : 1;
    }
    return text.length();
  }

  private int numberEnd(int start) {
    int end = start + 1;
    while (end < text.length()) {
      char c = text.charAt(end);
      char before = text.charAt(end - 1);
      boolean sign = (c == '+' || c == '-') && (before == 'e' || before == 'E');
      boolean point =
          c == '.' && end + 1 < text.length() && Character.isDigit(text.charAt(end + 1));
      if (!isNamePart(c) && !point && !(sign && !text.startsWith("0x", start))) {
        break;
      }
      end++;
    }
    return end;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private static boolean isNamePart(char c) {
    return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private void add(int start, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    starts[count] = start;
    ends[count++] = Math.min(end, text.length());
  }

  private int[] pairs() {
    int[] found = new int[count];
    Arrays.fill(found, -1);
    int[] open = new int[count];
    int depth = 0;
    for (int i = 0; i < count; i++) {
      if (ends[i] - starts[i] == 1) {
        char c = text.charAt(starts[i]);
        if (c == '(' || c == '[' || c == '{') {
          open[depth++] = i;
        } else if ((c == ')' || c == ']' || c == '}') && depth > 0) {
          int partner = open[--depth];
          found[partner] = i;
          found[i] = partner;
        }
      }
    }
    return found;
  }

  /** How deep brackets are nested. */
  int nesting() {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < count; i++) {
      char c = text.charAt(starts[i]);
      if (c == '(' || c == '[' || c == '{') {
        deepest = Math.max(deepest, ++depth);
      } else if ((c == ')' || c == ']' || c == '}') && depth > 0) {
        depth--;
      }
    }
    return deepest;
  }

  int count() {
    return count;
  }

  int start(int token) {
    return starts[token];
  }

  int end(int token) {
    return ends[token];
  }

  /** The text of a token; empty where there is no such token. */
  String text(int token) {
    return token < 0 || token >= count ? "" : text.substring(starts[token], ends[token]);
  }

  /** Whether there is such a token, and it is a name. */
  boolean isName(int token) {
    if (token < 0 || token >= count) {
      return false;
    }
    char first = text.charAt(starts[token]);
    return first == '`'
        || isNamePart(first)
            && !Character.isDigit(first)
            && !text(token).endsWith("'")
            && !text(token).endsWith("\"");
  }

  /**
   * The token that holds an offset or is the next behind it; the last one at the end; -1 if none.
   */
  int at(int offset) {
    int found = Arrays.binarySearch(starts, 0, count, offset);
    if (found >= 0) {
      return found;
    }
    int before = -found - 2;
    if (before >= 0 && offset < ends[before]) {
      return before;
    }
    return Math.min(before + 1, count - 1);
  }

  /** The other bracket of a pair, or -1. */
  int partner(int token) {
    return token < 0 || token >= count ? -1 : partners[token];
  }

  /** The token where a name with dots in it starts that ends in this token. */
  int qualifiedStart(int token) {
    int start = token;
    while (text(start - 1).equals(".") && isName(start - 2)) {
      start -= 2;
    }
    return start;
  }
}
