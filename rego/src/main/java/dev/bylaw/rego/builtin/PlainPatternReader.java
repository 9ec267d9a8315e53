package dev.bylaw.rego.builtin;

import dev.bylaw.rego.builtin.PlainPattern.Item;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an expression as far as it is a plain one; what it does not know for sure is none. */
final class PlainPatternReader {
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  private static final int MOST_COUNTED = 1000;

  private final String text;
  private final boolean bothCases;
  private boolean fromStart;
  private boolean toEnd;
  private int at;

  PlainPatternReader(String expression) {
    bothCases = expression.startsWith("(?i)");
    text = bothCases ? expression.substring(4) : expression;
  }

  boolean fromStart() {
    return fromStart;
  }

  boolean toEnd() {
    return toEnd;
  }

  /** What the expression is made of; null if it is not plain. */
  @Nullable List<Item> items() {
    List<Item> items = new ArrayList<>();
    fromStart = skip("^");
    while (at < text.length()) {
      if (text.equals("$") || (at == text.length() - 1 && text.charAt(at) == '$')) {
        toEnd = true;
        return items;
      }
      if (skip("\\b")) {
        if (items.isEmpty()) {
          items.add(new Item(AsciiSet.NONE, 0, 0, false));
        }
        items.add(items.removeLast().bounded());
        if (isQuantifier()) {
          return null;
        }
        continue;
      }
      AsciiSet set = set();
      Item item = set == null ? null : counted(bothCases ? set.inBothCases() : set);
      if (item == null) {
        return null;
      }
      items.add(item);
    }
    return items;
  }

  private boolean skip(String word) {
    boolean there = text.startsWith(word, at);
    at += there ? word.length() : 0;
    return there;
  }

  private boolean isQuantifier() {
    return at < text.length() && "*+?{".indexOf(text.charAt(at)) >= 0;
  }

  /** The characters that may stand at a place. */
  private @Nullable AsciiSet set() {
    char c = text.charAt(at++);
    return switch (c) {
      case '.' -> AsciiSet.NO_NEW_LINE;
      case '[' -> characters();
      case '\\' -> escaped();
      case '(', ')', '|', '^', '$', '*', '+', '?', '{', '}', ']' -> null;
      default -> c < AsciiSet.SIZE ? AsciiSet.NONE.with(c, c) : null;
    };
  }

  private @Nullable AsciiSet escaped() {
    if (at == text.length()) {
      return null;
    }
    char c = text.charAt(at++);
    return switch (c) {
      case 'd' -> AsciiSet.DIGIT;
      case 'D' -> AsciiSet.DIGIT.not();
      case 'w' -> AsciiSet.WORD;
      case 'W' -> AsciiSet.WORD.not();
      case 's' -> AsciiSet.SPACE;
      case 'S' -> AsciiSet.SPACE.not();
      default -> PUNCTUATION.indexOf(c) >= 0 ? AsciiSet.NONE.with(c, c) : null;
    };
  }

  /** {@code [a-z0-9_]}, behind its bracket. */
  private @Nullable AsciiSet characters() {
    boolean others = skip("^");
    AsciiSet set = AsciiSet.NONE;
    while (at < text.length() && text.charAt(at) != ']') {
      char from = text.charAt(at++);
      if (from == '[' || from >= AsciiSet.SIZE) {
        return null;
      }
      if (from == '\\') {
        AsciiSet some = escaped();
        if (some == null || text.startsWith("-", at)) {
          return null;
        }
        set = set.with(some);
        continue;
      }
      char to = from;
      if (at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
        to = text.charAt(at + 1);
        at += 2;
        if (to == '\\' || to == '[' || to < from || to >= AsciiSet.SIZE) {
          return null;
        }
      }
      set = set.with(from, to);
    }
    if (!skip("]") || set.equals(AsciiSet.NONE)) {
      return null;
    }
    // The other case of what is left out is left out, too.
    AsciiSet meant = bothCases ? set.inBothCases() : set;
    return others ? meant.not() : meant;
  }

  private @Nullable Item counted(AsciiSet set) {
    int least = 1;
    int most = 1;
    if (skip("*")) {
      least = 0;
      most = Integer.MAX_VALUE;
    } else if (skip("+")) {
      most = Integer.MAX_VALUE;
    } else if (skip("?")) {
      least = 0;
    } else if (skip("{")) {
      least = number();
      most = skip(",") ? (text.startsWith("}", at) ? Integer.MAX_VALUE : number()) : least;
      if (least < 0 || most < least || !skip("}")) {
        return null;
      }
    }
    // Lazy counts, and counts of counts.
    return isQuantifier() ? null : new Item(set, least, most, false);
  }

  private int number() {
    int n = 0;
    int start = at;
    while (at < text.length() && Character.isDigit(text.charAt(at)) && n <= MOST_COUNTED) {
      n = n * 10 + text.charAt(at++) - '0';
    }
    return at == start || n > MOST_COUNTED ? -1 : n;
  }
}
