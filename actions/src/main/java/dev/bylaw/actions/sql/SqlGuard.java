package dev.bylaw.actions.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.sf.jsqlparser.statement.Statement;

/**
 * Tells what a statement would do, or why it cannot be told.
 *
 * <p>Two readers must agree: the tokens (our own, strict) and the tree (a parser's). The text that
 * the parser sees, and that the database gets, is written anew from the tokens.
 */
public final class SqlGuard {
  /** What a statement is. */
  public sealed interface Verdict permits Read, Write, Refused {}

  /**
   * One SELECT that changes nothing.
   *
   * @param sql the statement to run: the same tokens, {@code ?} for every bind
   * @param binds for each {@code ?} in order the name it was written with, empty for {@code ?}
   * @param tables the tables it reads, sorted, without those that WITH defines
   */
  public record Read(String sql, List<String> binds, List<String> tables) implements Verdict {
    public Read {
      binds = List.copyOf(binds);
      tables = List.copyOf(tables);
    }
  }

  /**
   * One INSERT, UPDATE or DELETE.
   *
   * @param sql the statement to run: the same tokens, {@code ?} for every bind
   * @param binds for each {@code ?} in order the name it was written with, empty for {@code ?}
   * @param change which of them
   * @param tables the tables it touches, the changed one first
   * @param wholeTable whether it changes rows without a WHERE that looks at a column
   */
  public record Write(
      String sql, List<String> binds, Change change, List<String> tables, boolean wholeTable)
      implements Verdict {
    public Write {
      binds = List.copyOf(binds);
      tables = List.copyOf(tables);
    }
  }

  /**
   * A statement that could not be proven to be one of these.
   *
   * @param code {@code E0501} and following
   * @param message why, one line, with nothing of the statement's strings in it
   * @param offset where in the given text, in UTF-16 units
   */
  public record Refused(String code, String message, int offset) implements Verdict {}

  /** How a statement changes rows. */
  public enum Change {
    INSERT,
    UPDATE,
    DELETE
  }

  private SqlGuard() {}

  /** What a statement of a dialect would do. Linear in its length but for the parser's work. */
  public static Verdict classify(String sql, Dialect dialect) {
    try {
      List<Token> tokens = withoutEnd(SqlTokens.read(sql, dialect));
      if (tokens.isEmpty()) {
        throw new SqlRefusal("E0505", 0, "there is no statement");
      }
      Optional<Change> change = TokenRules.check(tokens, dialect);
      List<String> binds = binds(tokens);
      String written = String.join(" ", tokens.stream().map(Token::sql).toList());
      Statement statement = SqlTree.parse(written);
      SqlTree tree = SqlTree.of(statement, dialect);
      tree.mustHaveSeen(tokens.stream().filter(token -> token.is("select")).count());
      return change
          .<Verdict>map(
              kind -> new Write(written, binds, kind, tree.tables(), tree.changesWholeTable(kind)))
          .orElseGet(() -> new Read(written, binds, tree.tables()));
    } catch (SqlRefusal refusal) {
      return refusal.refused();
    }
  }

  /** The tokens without a semicolon at the end; one anywhere else is more than one statement. */
  private static List<Token> withoutEnd(List<Token> tokens) throws SqlRefusal {
    int end = tokens.size();
    while (end > 0 && tokens.get(end - 1).isOperator(";")) {
      end--;
    }
    List<Token> statement = tokens.subList(0, end);
    for (Token token : statement) {
      if (token.isOperator(";")) {
        throw new SqlRefusal("E0505", token.start(), "more than one statement");
      }
    }
    return statement;
  }

  private static List<String> binds(List<Token> tokens) throws SqlRefusal {
    List<String> binds = new ArrayList<>();
    for (Token token : tokens) {
      if (token.kind() == Token.Kind.BIND) {
        if (!binds.isEmpty() && binds.getFirst().isEmpty() != token.text().isEmpty()) {
          throw new SqlRefusal("E0504", token.start(), "binds are all `?` or all `:name`");
        }
        binds.add(token.text());
      }
    }
    return binds;
  }
}
