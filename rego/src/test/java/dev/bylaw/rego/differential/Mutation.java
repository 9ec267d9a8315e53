package dev.bylaw.rego.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Small changes to questions: other literals, names, operators, lines. */
final class Mutation {
  private static final Pattern PIECE =
      Pattern.compile(
          "\"(?:[^\"\\\\\\n]|\\\\.)*+\"|`[^`]*`|-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?"
              + "|[a-z_][A-Za-z0-9_.]*|[:=!<>|&+*/%-]+|[\\[\\]{}(),;]");
  private static final List<String> OPERATORS =
      List.of("==", "!=", "<", "<=", ">", ">=", "=", ":=", "+", "-", "*", "/", "%", "|", "&");
  private static final List<String> VALUES =
      List.of(
          "0",
          "1",
          "-1",
          "2",
          "3",
          "1.5",
          "-0.5",
          "1e3",
          "12345678901234567890",
          "\"\"",
          "\"a\"",
          "\"é\"",
          "\"日本\"",
          "\"1\"",
          "\"a b\"",
          "\" \"",
          "\"true\"",
          "\"/\"",
          "true",
          "false",
          "null",
          "[]",
          "{}",
          "set()",
          "[1, 2]",
          "{1, 2}",
          "{\"a\": 1}",
          "{\"b\", \"a\"}",
          "[[1]]",
          "x",
          "input",
          "data.foo",
          "0.1",
          "1e400",
          "\"%d\"",
          "\"\\u0000\"",
          "_",
          "\"A\"",
          "100");

  private final Random random;
  private final Map<String, List<String>> literals;

  /**
   * Mutations.
   *
   * @param literals by the name of the file of the suite: what else its cases have
   */
  Mutation(Random random, Map<String, List<String>> literals) {
    this.random = random;
    this.literals = literals;
  }

  /** The question with one to three changes. */
  Question of(Question q, String family) {
    Question changed = q;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      changed = once(changed, family);
    }
    return changed;
  }

  private Question once(Question q, String family) {
    int places = q.modules().size() + (q.modules().isEmpty() ? 1 : 0) + (q.input() == null ? 0 : 1);
    int place = random.nextInt(places);
    if (place < q.modules().size()) {
      Map<String, String> modules = new LinkedHashMap<>(q.modules());
      String name = List.copyOf(modules.keySet()).get(place);
      modules.put(name, text(modules.get(name), family));
      return new Question(modules, q.query(), q.data(), q.input(), q.older(), q.strict());
    }
    if (q.modules().isEmpty() && place == 0) {
      return new Question(
          q.modules(), text(q.query(), family), q.data(), q.input(), q.older(), q.strict());
    }
    String input = q.input() == null ? "{}" : q.input();
    return new Question(
        q.modules(), q.query(), q.data(), literal(input, family), q.older(), q.strict());
  }

  private String text(String text, String family) {
    return switch (random.nextInt(10)) {
      case 0 -> withoutLine(text);
      case 1 -> withLineTwice(text);
      case 2 -> piece(text, random.nextInt(2) == 0 ? "" : "not ");
      default -> literal(text, family);
    };
  }

  private String withoutLine(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    if (lines.size() < 3) {
      return text;
    }
    lines.remove(1 + random.nextInt(lines.size() - 1));
    return String.join("\n", lines) + "\n";
  }

  private String withLineTwice(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    if (lines.size() < 3) {
      return text;
    }
    int from = 1 + random.nextInt(lines.size() - 1);
    lines.add(1 + random.nextInt(lines.size() - 1), lines.get(from));
    return String.join("\n", lines) + "\n";
  }

  /** A piece replaced by a text. */
  private String piece(String text, String by) {
    List<MatchResult> pieces = PIECE.matcher(text).results().toList();
    if (pieces.isEmpty()) {
      return text;
    }
    MatchResult piece = pieces.get(random.nextInt(pieces.size()));
    return text.substring(0, piece.start()) + by + text.substring(piece.end());
  }

  /** A literal, a name or an operator replaced by one of its kind. */
  private String literal(String text, String family) {
    List<MatchResult> pieces = PIECE.matcher(text).results().toList();
    if (pieces.isEmpty()) {
      return text;
    }
    MatchResult piece = pieces.get(random.nextInt(pieces.size()));
    String old = piece.group();
    String by;
    char first = old.charAt(0);
    if (first == '"' || first == '`' || Character.isDigit(first)) {
      List<String> known = literals.getOrDefault(family, VALUES);
      by =
          switch (random.nextInt(4)) {
            case 0 -> one(VALUES);
            case 1 -> first == '"' ? edited(old) : one(VALUES);
            default -> one(known);
          };
    } else if (Character.isLetter(first) || first == '_') {
      by = random.nextInt(4) == 0 ? one(VALUES) : one(pieces).group();
      if (!Character.isLetter(by.charAt(0)) && random.nextBoolean()) {
        by = old;
      }
    } else {
      by = OPERATORS.contains(old) ? one(OPERATORS) : one(pieces).group();
    }
    return text.substring(0, piece.start()) + by + text.substring(piece.end());
  }

  /** A text in quotes with one character more, less or other. */
  private String edited(String quoted) {
    String inner = quoted.substring(1, quoted.length() - 1);
    if (inner.isEmpty() || inner.indexOf('\\') >= 0) {
      return one(VALUES);
    }
    int at = random.nextInt(inner.length());
    String more = one(List.of("", "a", "é", " ", "0", "9", "-", ".", "/", ":", "%", "*", "+", "Z"));
    return "\"" + inner.substring(0, at) + more + inner.substring(at + random.nextInt(2)) + "\"";
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** The literals of a text. */
  static List<String> literalsOf(String text) {
    return PIECE
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .filter(p -> p.startsWith("\"") || p.startsWith("`") || Character.isDigit(p.charAt(0)))
        .toList();
  }
}
