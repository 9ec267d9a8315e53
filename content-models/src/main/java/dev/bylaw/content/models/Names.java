package dev.bylaw.content.models;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Given and family names of some fifty countries, in lower case and without accents. */
final class Names {
  /** What a word is among them. */
  enum Kind {
    GIVEN,
    FAMILY,
    BOTH,
    /** A name, and more often a word or a place: {@code hope}, {@code grant}, {@code paris}. */
    COMMON,
    NONE
  }

  /** The most words of an eponym. */
  static final int LONGEST_EPONYM = 3;

  private final Map<String, Kind> kinds;
  private final Set<String> eponyms;
  private final Set<String> begins;

  private Names(Map<String, Kind> kinds, Set<String> eponyms) {
    this.kinds = kinds;
    this.eponyms = eponyms;
    this.begins =
        eponyms.stream()
            .map(eponym -> eponym.split(" ", -1)[0])
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Reads {@code names.txt}, a name and the first letter of its kind on each line, and {@code
   * eponyms.txt}.
   */
  static Names load() throws IOException {
    Map<String, Kind> kinds = new HashMap<>(80_000);
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(NerModel.open("names.txt"), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        int space = line.indexOf(' ');
        kinds.put(
            line.substring(0, space),
            switch (line.charAt(space + 1)) {
              case 'g' -> Kind.GIVEN;
              case 'f' -> Kind.FAMILY;
              case 'b' -> Kind.BOTH;
              case 'c' -> Kind.COMMON;
              default -> throw new IOException("no kind of name in `" + line + "`");
            });
      }
    }
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(NerModel.open("eponyms.txt"), StandardCharsets.UTF_8))) {
      return new Names(kinds, reader.lines().collect(Collectors.toUnmodifiableSet()));
    }
  }

  /** Whether an eponym begins with that word. */
  boolean beginsEponym(String folded) {
    return begins.contains(folded);
  }

  /** Whether words, set apart by blanks, are what something is called after somebody. */
  boolean isEponym(String folded) {
    return eponyms.contains(folded);
  }

  Kind of(String folded) {
    return kinds.getOrDefault(folded, Kind.NONE);
  }

  /** The word as the list has it: in lower case, without accents. */
  static String folded(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      if (lower.charAt(i) >= 0x80) {
        return withoutAccents(lower);
      }
    }
    return lower;
  }

  private static String withoutAccents(String lower) {
    String apart = Normalizer.normalize(lower, Normalizer.Form.NFD);
    StringBuilder folded = new StringBuilder(apart.length());
    for (int i = 0; i < apart.length(); i++) {
      char c = apart.charAt(i);
      switch (c) {
        case 'ł' -> folded.append('l');
        case 'ø' -> folded.append('o');
        case 'đ' -> folded.append('d');
        case 'ı' -> folded.append('i');
        case 'ß' -> folded.append("ss");
        case 'æ' -> folded.append("ae");
        default -> {
          if (Character.getType(c) != Character.NON_SPACING_MARK) {
            folded.append(c);
          }
        }
      }
    }
    return folded.toString();
  }
}
