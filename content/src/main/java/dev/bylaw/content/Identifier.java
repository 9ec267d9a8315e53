package dev.bylaw.content;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a table of identifiers.
 *
 * @param shapes what it looks like without separators
 * @param forms the ways it is usually written, each with the score that it earns alone
 * @param check says whether such a number can exist
 * @param named the score next to its name
 * @param names words that name it; in a field name or close by they make a match sure
 * @param phrases those of {@code names} that are sure from afar: the next number is what they name
 * @param hints words that make it likelier
 * @param examples real-looking ones, as written, found next to the first name
 */
record Identifier(
    EntityType type,
    String name,
    List<Shape> shapes,
    List<Form> forms,
    Check.Validator check,
    double named,
    Terms names,
    Terms phrases,
    Terms hints,
    List<String> examples) {

  /** How groups of characters are set apart, as a hash of sizes and separators. */
  record Form(long hash, double alone) {}

  private static final long COMPACT = -1;
  private static final long ANY = -2;

  /**
   * A line as it is written in a table.
   *
   * @param forms {@code "3-2-4=.85, compact=.1"}: sizes of groups with the character between them;
   *     {@code compact} for one group; {@code any} for all others
   */
  static Identifier of(
      EntityType type,
      String name,
      String shapes,
      String forms,
      Check.Validator check,
      double named,
      String names,
      String hints,
      String... examples) {
    List<Form> parsed = new ArrayList<>();
    for (String form : forms.split(",\\s*", -1)) {
      String[] parts = form.split("=", -1);
      long hash =
          switch (parts[0]) {
            case "compact" -> COMPACT;
            case "any" -> ANY;
            default -> formHash(parts[0]);
          };
      parsed.add(new Form(hash, Double.parseDouble(parts[1])));
    }
    return new Identifier(
        type,
        name,
        Shape.of(shapes),
        List.copyOf(parsed),
        check,
        named,
        Terms.of(names),
        phrases(names),
        Terms.of(hints),
        List.of(examples));
  }

  /** Names of three words and more, and those that mean nothing else. */
  private static Terms phrases(String names) {
    List<String> phrases = new ArrayList<>();
    for (String name : names.strip().split("\\s*,\\s*", -1)) {
      if (name.equals("ssn")
          || name.equals("social security")
          || name.length() - name.replace(" ", "").length() >= 2) {
        phrases.add(name);
      }
    }
    return phrases.isEmpty() ? Terms.NONE : Terms.of(phrases);
  }

  private static long formHash(String form) {
    long hash = 0;
    int size = 0;
    for (int i = 0; i < form.length(); i++) {
      char c = form.charAt(i);
      if (c >= '0' && c <= '9') {
        size = size * 10 + c - '0';
      } else {
        hash = extend(hash, size, c);
        size = 0;
      }
    }
    return extend(hash, size, '\0');
  }

  /** The hash of a form that goes on with a group of {@code size} and then {@code separator}. */
  static long extend(long hash, int size, char separator) {
    return (hash * 67 + size) * 131 + separator;
  }

  /** The most that a candidate of this line scores alone, however it is written. */
  double mostAlone() {
    return forms.stream().mapToDouble(Form::alone).max().orElse(-1);
  }

  /**
   * The score alone of a candidate written in that form, negative where it is no form of this
   * identifier.
   */
  double alone(long form, boolean compact) {
    double any = -1;
    for (int i = 0; i < forms.size(); i++) {
      Form known = forms.get(i);
      if (known.hash == form || (compact && known.hash == COMPACT)) {
        return known.alone;
      }
      if (known.hash == ANY) {
        any = known.alone;
      }
    }
    return any;
  }
}
