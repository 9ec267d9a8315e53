package dev.bylaw.content;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Set;

/**
 * A recognizer of a user's own: regular expressions in the syntax of RE2, which is linear in the
 * text, the score they earn alone, and the words that raise it.
 */
public final class Recognizer implements Detector {
  private final EntityType type;
  private final List<Pattern> patterns;
  private final double alone;
  private final double named;
  private final Terms names;

  private Recognizer(
      EntityType type, List<Pattern> patterns, double alone, double named, Terms names) {
    this.type = type;
    this.patterns = patterns;
    this.alone = alone;
    this.named = named;
    this.names = names;
  }

  /**
   * Makes a recognizer.
   *
   * @param alone the score of a match anywhere
   * @param named the score of a match near one of {@code names} or in a field called so
   * @throws IllegalArgumentException with a message for the user, if an expression is none
   */
  public static Recognizer of(
      EntityType type, List<String> expressions, double alone, double named, List<String> names) {
    if (expressions.isEmpty()) {
      throw new IllegalArgumentException("a recognizer needs an expression");
    }
    List<Pattern> patterns =
        expressions.stream()
            .map(expression -> {
              try {
                return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
              } catch (PatternSyntaxException mistake) {
                throw new IllegalArgumentException(
                    "`" + expression + "` is not an expression: " + mistake.getDescription(),
                    mistake);
              }
            })
            .toList();
    return new Recognizer(type, patterns, alone, named, Terms.of(names));
  }

  @Override
  public String name() {
    return "custom:" + type.name();
  }

  @Override
  public Set<EntityType> types() {
    return Set.of(type);
  }

  @Override
  public void detect(Passage passage, Set<EntityType> asked, Matches matches) {
    Words words = passage.words();
    String field = names.anywhere(passage.field().words());
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(passage.plain());
      while (matcher.find()) {
        if (matcher.end() == matcher.start()) {
          continue;
        }
        double score = alone;
        String explanation = "matches the expression";
        int first = words.at(matcher.start());
        if (field != null) {
          score = Math.max(alone, named);
          explanation += ", field name \"" + field + '"';
        } else if (first < words.size()) {
          int last = Math.min(words.size() - 1, words.at(matcher.end() - 1));
          Context.Near near = Context.nearest(names, words, first, last);
          if (near != null) {
            score = Math.max(alone, named);
            explanation += ", " + near.explanation();
          }
        }
        matches.add(type, matcher.start(), matcher.end(), score, explanation);
      }
    }
  }
}
