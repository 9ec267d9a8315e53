package dev.bylaw.policy.rule;

import dev.bylaw.content.Passage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Words and phrases to look for in texts, as whole words. Case, look-alike letters, invisible
 * characters and what stands between the words of a phrase do not count.
 */
public final class TermList {
  /** No terms. */
  public static final TermList NONE = new TermList(List.of());

  private final List<String> terms;
  private final Set<String> words = new HashSet<>();
  private final List<String> phrases = new ArrayList<>();

  private TermList(Collection<String> terms) {
    this.terms = terms.stream().distinct().toList();
    for (String term : this.terms) {
      String plain = plain(term).strip();
      if (plain.indexOf(' ') >= 0) {
        phrases.add(" " + plain + " ");
      } else if (!plain.isEmpty()) {
        words.add(plain);
      }
    }
  }

  /** The list of some terms. */
  public static TermList of(Collection<String> terms) {
    return terms.isEmpty() ? NONE : new TermList(terms);
  }

  /** Whether a term has a letter or digit, and so can be found at all. */
  public static boolean isFindable(String term) {
    return !plain(term).isBlank();
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return terms.isEmpty();
  }

  /** The terms as written. */
  public List<String> terms() {
    return terms;
  }

  /** A term that is in a text. */
  public Optional<String> firstIn(String text) {
    if (terms.isEmpty()) {
      return Optional.empty();
    }
    String plain = plain(text);
    for (int start = 1; start < plain.length(); ) {
      int end = plain.indexOf(' ', start);
      if (words.contains(plain.substring(start, end))) {
        return Optional.of(plain.substring(start, end));
      }
      start = end + 1;
    }
    for (String phrase : phrases) {
      if (plain.contains(phrase)) {
        return Optional.of(phrase.strip());
      }
    }
    return Optional.empty();
  }

  /** The words of a text in lower case, a blank before and behind each. */
  private static String plain(String text) {
    String folded = Passage.of(text).plain().toLowerCase(Locale.ROOT);
    StringBuilder out = new StringBuilder(folded.length() + 2);
    out.append(' ');
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
        out.append(c);
      } else if (out.charAt(out.length() - 1) != ' ') {
        out.append(' ');
      }
    }
    if (out.charAt(out.length() - 1) != ' ') {
      out.append(' ');
    }
    return out.toString();
  }

  /** A text with each term replaced, the longest first. */
  static String replace(String text, Map<String, String> replacements) {
    if (replacements.isEmpty()) {
      return text;
    }
    List<String> longestFirst =
        replacements.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(s -> s))
            .toList();
    Map<String, String> byWords =
        replacements.entrySet().stream()
            .collect(Collectors.toMap(e -> plain(e.getKey()), Map.Entry::getValue, (a, _) -> a));
    String any =
        longestFirst.stream()
            .map(term ->
                List.of(term.strip().split("\\s+")).stream()
                    .map(Pattern::quote)
                    .collect(Collectors.joining("\\s+")))
            .collect(Collectors.joining("|"));
    Pattern pattern =
        Pattern.compile(
            "(?<![\\p{L}\\p{N}])(?:" + any + ")(?![\\p{L}\\p{N}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    return pattern
        .matcher(text)
        .replaceAll(found ->
            java.util.regex.Matcher.quoteReplacement(
                likeIn(found.group(), byWords.getOrDefault(plain(found.group()), found.group()))));
  }

  /** The replacement begins in upper case where the term did. */
  private static String likeIn(String found, String replacement) {
    boolean upper = !found.isEmpty() && Character.isUpperCase(found.charAt(0));
    return upper && !replacement.isEmpty()
        ? Character.toUpperCase(replacement.charAt(0)) + replacement.substring(1)
        : replacement;
  }

  @Override
  public String toString() {
    return terms.toString();
  }
}
