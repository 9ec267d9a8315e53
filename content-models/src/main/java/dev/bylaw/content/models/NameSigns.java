package dev.bylaw.content.models;

import dev.bylaw.content.models.Names.Kind;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * What speaks for and against a word being part of a person's name, besides what the model reads in
 * it: lists of names, capital letters, titles and greetings before it, the line under a greeting at
 * the end, the head of its column, a street or a firm behind it. Each sign adds to a score, and the
 * model has the last word.
 */
final class NameSigns {
  // As logarithms of odds, chosen on generated texts. A name that is missed weighs more.
  private static final float ANY = .65f;
  private static final float LISTED = 1.5f;
  private static final float FAMILY = 1;
  private static final float INTRODUCED = 2.5f;
  private static final float IN_COLUMN = 6;
  private static final float UNDER_NAME = 4;
  private static final float TITLED = 5;
  private static final float SIGNED = 3;
  private static final float GREETED = 2.5f;
  private static final float REACHED = 1.5f;
  private static final float SMALL = -1.5f;
  private static final float ACRONYM = -3;
  private static final float INITIAL = 2.5f;
  private static final float NUMBER = -10;
  private static final int LONGEST_HOUSE_OR_ZIP = 6;
  private static final float LABEL = -2.5f;
  private static final float THING = -4;

  private final String text;
  private final int[] starts;
  private final int[] ends;
  private final String[] folded;
  private final Kind[] kinds;
  private final boolean cased;
  private final Names names;

  private NameSigns(Names names, String text, int[] starts, int[] ends) {
    this.names = names;
    this.text = text;
    this.starts = starts;
    this.ends = ends;
    int words = starts.length;
    folded = new String[words];
    kinds = new Kind[words];
    int capitals = 0;
    int small = 0;
    for (int word = 0; word < words; word++) {
      folded[word] = Names.folded(text.substring(starts[word], ends[word]));
      kinds[word] = names.of(folded[word]);
      char first = text.charAt(starts[word]);
      capitals += Character.isUpperCase(first) ? 1 : 0;
      small += Character.isLowerCase(first) ? 1 : 0;
    }
    cased = capitals * 12 >= small && capitals > 0;
  }

  /** Whether a word is a title, which is no part of a name. */
  static boolean isTitle(String word) {
    return NameWords.TITLES.contains(Names.folded(word));
  }

  /**
   * Adds the signs to the scores of the labels of people.
   *
   * @param starts the offset of each word, {@code ends} that behind it
   * @param heads the head of the column at an offset, empty where there is none
   * @param field the name of the field that holds the text
   */
  static void add(
      Names names,
      String text,
      int[] starts,
      int[] ends,
      IntFunction<String> heads,
      String field,
      float[] scores) {
    NameSigns signs = new NameSigns(names, text, starts, ends);
    boolean named = starts.length <= 8 && isIntroduction(field);
    int expected = 0;
    int eponym = 0;
    boolean signedOff = false;
    for (int word = 0; word < starts.length; word++) {
      float more = ANY + signs.shape(word);
      boolean letter = signs.isLetter(word);
      boolean newLine = word == 0 || signs.between(word).indexOf('\n') >= 0;
      if (newLine) {
        boolean introduced = word > 0 && signs.introduces(word - 1);
        expected = introduced ? 3 : 0;
        signedOff = word > 0 && signs.endsLetter(word - 1);
      }
      eponym = Math.max(eponym - 1, signs.eponym(word));
      String head = letter ? heads.apply(starts[word]) : "";
      if (named || isIntroduction(head)) {
        // `name` alone heads tables of things too.
        more += head.strip().equalsIgnoreCase("name") ? UNDER_NAME : IN_COLUMN;
      } else if (signs.titled(word)) {
        more += TITLED;
      } else if (signedOff && letter) {
        more += SIGNED;
      } else if (letter && signs.greeted(word)) {
        more += GREETED;
      } else if (signs.introduces(word)) {
        expected = 3;
      } else if (expected > 0 && letter && !NameWords.COPULAS.contains(signs.folded[word])) {
        boolean small = signs.cased && !signs.isCapital(word) && !signs.isListed(word);
        expected = small && !NameWords.PARTICLES.contains(signs.folded[word]) ? 0 : expected - 1;
        more += expected == 0 && small ? 0 : INTRODUCED;
      } else if (eponym > 0 || signs.isThing(word)) {
        more += THING;
      }
      if (signs.isInitial(word)) {
        more += INITIAL;
      }
      if (letter && signs.hasNumberBehind(word)) {
        more += REACHED;
      }
      if (NameWords.NOBODY.contains(signs.folded[word]) && !signs.isCapital(word)) {
        more += THING;
      }
      int at = word * NerModel.LABELS + 1;
      scores[at] += more;
      scores[at + 1] += more;
    }
    signs.passNumbers(scores);
    signs.passSigns(heads, scores);
  }

  /** No entity begins with punctuation, and none goes on from one cell of a table to the next. */
  private void passSigns(IntFunction<String> heads, float[] scores) {
    for (int word = 0; word < starts.length; word++) {
      if (Character.isLetterOrDigit(text.charAt(starts[word]))) {
        continue;
      }
      boolean cell =
          "|;,".indexOf(text.charAt(starts[word])) >= 0
              && !heads.apply(starts[word]).equals(heads.apply(starts[word] + 1));
      for (int label = 1; label < NerModel.LABELS; label++) {
        if (cell || !Labels.isInside(label)) {
          scores[word * NerModel.LABELS + label] += NUMBER;
        }
      }
    }
  }

  /** Long numbers are nothing that the model knows of; a name behind one begins anew. */
  private void passNumbers(float[] scores) {
    for (int word = 0; word < starts.length; ) {
      int digits = 0;
      int end = word;
      int last = word;
      while (end < starts.length && isNumberPart(end)) {
        int count = digitsOf(end);
        digits += count;
        last = count > 0 ? end : last;
        end++;
        if (end < starts.length && between(end).length() > 1) {
          break;
        }
      }
      if (digits > LONGEST_HOUSE_OR_ZIP) {
        for (int at = word * NerModel.LABELS; at < (last + 1) * NerModel.LABELS; at++) {
          scores[at] += at % NerModel.LABELS == 0 ? 0 : NUMBER;
        }
      }
      word = Math.max(end, word + 1);
    }
  }

  private int digitsOf(int word) {
    int digits = 0;
    for (int i = starts[word]; i < ends[word]; i++) {
      digits += Character.isDigit(text.charAt(i)) ? 1 : 0;
    }
    return digits;
  }

  private boolean isNumberPart(int word) {
    for (int i = starts[word]; i < ends[word]; i++) {
      char c = text.charAt(i);
      if (!Character.isDigit(c) && "+-()./".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether what follows is likely a name. */
  private boolean introduces(int word) {
    return NameWords.INTRODUCTIONS.contains(folded[word])
        || isBilledTo(word)
        || (ends[word] - starts[word] == 1
            && text.charAt(starts[word]) == ':'
            && word > 0
            && NameWords.INTRODUCTIONS.contains(folded[word - 1]));
  }

  private boolean isListed(int word) {
    return kinds[word] != Kind.NONE && kinds[word] != Kind.COMMON;
  }

  /** The parts of {@code A. Rosenthal}, where no line begins with it as a list does. */
  private boolean isInitial(int word) {
    for (int i = Math.max(0, word - 2); i <= word && i + 2 < starts.length; i++) {
      if (ends[i] - starts[i] == 1
          && isCapital(i)
          && text.charAt(starts[i + 1]) == '.'
          && ends[i] == starts[i + 1]
          && between(i + 2).equals(" ")
          && isCapital(i + 2)
          && ends[i + 2] - starts[i + 2] > 2
          && ((i > 0 && between(i).indexOf('\n') < 0) || isListed(i + 2))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isIntroduction(String name) {
    if (name.isEmpty()) {
      return false;
    }
    boolean person = false;
    for (String word : name.split("[^\\p{L}]+", -1)) {
      String lower = word.toLowerCase(Locale.ROOT);
      person |= NameWords.INTRODUCTIONS.contains(lower);
      if (NameWords.OF_THINGS.contains(lower)) {
        return false;
      }
    }
    return person;
  }

  private String between(int word) {
    return text.substring(ends[word - 1], starts[word]);
  }

  private boolean isLetter(int word) {
    return Character.isLetter(text.charAt(starts[word]));
  }

  private boolean isCapital(int word) {
    return Character.isUpperCase(text.charAt(starts[word]));
  }

  private boolean isAllCapitals(int word) {
    for (int i = starts[word]; i < ends[word]; i++) {
      if (!Character.isUpperCase(text.charAt(i))) {
        return false;
      }
    }
    return ends[word] - starts[word] > 1;
  }

  /** What the word itself says. */
  private float shape(int word) {
    if (!isLetter(word)) {
      return 0;
    }
    Kind kind = kinds[word];
    float listed =
        switch (kind) {
          case GIVEN, BOTH -> LISTED;
          case FAMILY -> FAMILY;
          case COMMON, NONE -> 0;
        };
    boolean unknown = kind == Kind.NONE || kind == Kind.COMMON;
    if (!isCapital(word)) {
      if (!cased) {
        return listed;
      }
      return unknown && !NameWords.PARTICLES.contains(folded[word]) ? SMALL : listed / 2;
    }
    if (unknown && isLabel(word)) {
      return LABEL;
    }
    boolean alone =
        (word == 0 || !isBeside(word) || !isAllCapitals(word - 1))
            && (word + 1 == starts.length || !isBeside(word + 1) || !isAllCapitals(word + 1));
    return unknown && alone && isAllCapitals(word) ? ACRONYM : listed;
  }

  /** Whether the word and the one before it are set apart by a blank. */
  private boolean isBeside(int word) {
    return between(word).equals(" ") && isLetter(word) && isLetter(word - 1);
  }

  /** {@code invoice to}, {@code pay to the order of}. */
  private boolean isBilledTo(int word) {
    return word > 0
        && ((folded[word].equals("to") && NameWords.BILLED.contains(folded[word - 1]))
            || (folded[word].equals("of") && folded[word - 1].equals("order")));
  }

  /** {@code Kenji +81 …}, {@code Kenji <kenji@…>}: a name and how to reach who bears it. */
  private boolean hasNumberBehind(int word) {
    if (!isCapital(word) || kinds[word] == Kind.NONE) {
      return false;
    }
    int i = ends[word];
    while (i < text.length() && i - ends[word] < 3 && " (<:".indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    int digits = 0;
    boolean plus = i < text.length() && text.charAt(i) == '+';
    for (int k = i; k < text.length() && k - i < 20; k++) {
      char c = text.charAt(k);
      digits += c >= '0' && c <= '9' ? 1 : 0;
      if (c == '@' && k > i) {
        return true;
      }
      if (digits < k - i - 8 || c == '\n') {
        break;
      }
    }
    return digits >= 9 || (plus && digits >= 7);
  }

  /** How many of the words from there are an eponym; punctuation between them counts too. */
  private int eponym(int word) {
    if (!names.beginsEponym(folded[word])) {
      return 0;
    }
    StringBuilder joined = new StringBuilder();
    int longest = 0;
    int taken = 0;
    for (int i = word;
        i < starts.length && taken < Names.LONGEST_EPONYM && i - word < 2 * Names.LONGEST_EPONYM;
        i++) {
      if (!isLetter(i)) {
        continue;
      }
      joined.append(taken++ == 0 ? "" : " ").append(folded[i]);
      if (names.isEponym(joined.toString())) {
        longest = i - word + 1;
      }
    }
    return longest;
  }

  /** {@code Telegram: …} at the start of a line. */
  private boolean isLabel(int word) {
    boolean first = word == 0 || between(word).indexOf('\n') >= 0;
    return first && ends[word] < text.length() && text.charAt(ends[word]) == ':';
  }

  /** Whether the word stands behind {@code Mr.}, or behind a name that does. */
  private boolean titled(int word) {
    for (int i = word - 1; i >= 0 && word - i <= 4; i--) {
      if (NameWords.TITLES.contains(folded[i])) {
        return isCapital(word) || !cased || !isCapital(i);
      }
      boolean dot = ends[i] - starts[i] == 1 && ".-'’".indexOf(text.charAt(starts[i])) >= 0;
      boolean goesOn = isCapital(i) || NameWords.PARTICLES.contains(folded[i]);
      if ((!dot && !goesOn) || !isCapital(word) || between(i + 1).indexOf('\n') >= 0) {
        return false;
      }
    }
    return false;
  }

  private boolean greeted(int word) {
    return word > 0
        && NameWords.GREETINGS.contains(folded[word - 1])
        && between(word).indexOf('\n') < 0
        && !NameWords.NOBODY.contains(folded[word])
        && (isCapital(word) || !cased);
  }

  /** Whether the line before ends with a greeting: what follows is who wrote. */
  private boolean endsLetter(int word) {
    int last = word;
    while (last > 0 && !isLetter(last) && word - last < 2) {
      last--;
    }
    if (!NameWords.SIGN_OFFS.contains(folded[last])) {
      return false;
    }
    int line = last;
    while (line > 0 && last - line < 3 && between(line).indexOf('\n') < 0) {
      line--;
    }
    return last - line < 3;
  }

  /** {@code Lincoln Avenue}, {@code Via Garibaldi}: named after somebody. */
  private boolean isThing(int word) {
    if (!isLetter(word) || !isCapital(word)) {
      return false;
    }
    if (word > 0 && NameWords.THINGS_BEFORE.contains(folded[word - 1])) {
      return true;
    }
    for (int i = word + 1; i < starts.length && i - word <= 3; i++) {
      if (between(i).indexOf('\n') >= 0) {
        return false;
      }
      if (NameWords.THINGS_BEHIND.contains(folded[i])) {
        return isCapital(i);
      }
      if (!isCapital(i)) {
        return false;
      }
    }
    return false;
  }
}
