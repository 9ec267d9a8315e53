package dev.bylaw.actions.sql;

import dev.bylaw.actions.sql.SqlGuard.Change;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What can be told from tokens alone, without trusting a parser: which verb begins the statement,
 * that no other verb is anywhere in it, and that every call is of a known function.
 */
final class TokenRules {
  private static final Map<String, Change> CHANGES =
      Map.of("insert", Change.INSERT, "update", Change.UPDATE, "delete", Change.DELETE);

  /** Words that no proven statement has outside quotes, but for the one it begins with. */
  private static final Set<String> VERBS =
      words(
          """
          insert update delete merge upsert into truncate drop alter create grant revoke attach
          detach pragma vacuum reindex analyze explain copy call execute prepare declare begin
          commit rollback savepoint lock listen notify load import reassign refresh cluster table
          returning outfile dumpfile function procedure\
          """);

  /** Words that stand before a parenthesis without being called. */
  private static final Set<String> NOT_CALLED =
      words(
          """
          in and or not where on any all some exists over filter as select from join using values
          group by then else when case union except intersect distinct limit offset having between
          like ilike glob match regexp is cast extract array row lateral rollup cube sets
          materialized conflict set key interval escape inner cross within partition order
          varchar char character varying nvarchar numeric decimal dec float time timestamp bit\
          """);

  /** After WITH, these make it something else than the beginning of named queries. */
  private static final Set<String> WITH_WHAT = Set.of("time", "ordinality", "ties");

  private static final Set<String> LOCKS = Set.of("update", "share", "key", "no");

  private final List<Token> tokens;
  private final Dialect dialect;
  private final Optional<Change> change;

  private TokenRules(List<Token> tokens, Dialect dialect, Optional<Change> change) {
    this.tokens = tokens;
    this.dialect = dialect;
    this.change = change;
  }

  /** Checks all and gives the change; none for a query. */
  static Optional<Change> check(List<Token> tokens, Dialect dialect) throws SqlRefusal {
    Token first = tokens.getFirst();
    Optional<Change> change =
        first.kind() == Token.Kind.WORD
            ? Optional.ofNullable(CHANGES.get(first.text()))
            : Optional.empty();
    if (change.isEmpty() && !first.is("select") && !first.is("with")) {
      throw new SqlRefusal(
          "E0506", first.start(), "a statement that is no SELECT, INSERT, UPDATE or DELETE");
    }
    var rules = new TokenRules(tokens, dialect, change);
    for (int i = 0; i < tokens.size(); i++) {
      rules.word(i);
      rules.call(i);
    }
    return change;
  }

  private void word(int i) throws SqlRefusal {
    Token token = tokens.get(i);
    if (token.kind() != Token.Kind.WORD || i == 0) {
      return;
    }
    boolean replacing = token.is("replace") && !next(i).isOperator("(");
    boolean named = previous(i).isOperator(".");
    if ((VERBS.contains(token.text()) || replacing) && !belongs(i)) {
      throw new SqlRefusal(
          "E0507",
          token.start(),
          "`%s` inside a statement%s"
              .formatted(token.written(), named ? ": a column of that name stands in quotes" : ""));
    }
    if (previous(i).is("for") && LOCKS.contains(token.text())) {
      throw new SqlRefusal("E0507", token.start(), "a query that locks the rows it reads");
    }
    if (token.is("with") && !WITH_WHAT.contains(next(i).text())) {
      throw new SqlRefusal("E0507", token.start(), "WITH inside a statement: begin with it");
    }
  }

  /** Whether a verb is a part of this change: INSERT INTO, ON CONFLICT … DO UPDATE. */
  private boolean belongs(int i) {
    Token token = tokens.get(i);
    if (change.isEmpty() || change.get() != Change.INSERT) {
      return false;
    }
    return (token.is("into") && i == 1)
        || (token.is("update") && previous(i).is("do") && next(i).is("set"));
  }

  private void call(int i) throws SqlRefusal {
    Token token = tokens.get(i);
    if (!token.isName() || !next(i).isOperator("(")) {
      return;
    }
    boolean qualified = previous(i).isOperator(".");
    if (!qualified
        && ((token.kind() == Token.Kind.WORD && NOT_CALLED.contains(token.text()))
            || previous(i).is("as")
            || namesQuery(i))) {
      return;
    }
    if (namesTarget(i)) {
      return;
    }
    String name = dialect.fold(token.text(), token.kind() == Token.Kind.QUOTED);
    boolean own =
        !qualified
            || (i >= 2
                && tokens.get(i - 2).is(dialect.ownSchema())
                && !(i >= 3 && tokens.get(i - 3).isOperator(".")));
    if (!own || !dialect.allowsFunction(name)) {
      throw new SqlRefusal(
          "E0508",
          token.start(),
          "`%s(` calls a function that is not known to be harmless"
              .formatted(token.written().matches("\\w{1,60}") ? token.written() : "…"));
    }
  }

  /** {@code WITH name (columns) AS [NOT MATERIALIZED] (SELECT …}. */
  private boolean namesQuery(int i) {
    Token before = previous(i);
    if (!before.is("with") && !before.is("recursive") && !before.isOperator(",")) {
      return false;
    }
    int after = closing(i + 1) + 1;
    if (!at(after).is("as")) {
      return false;
    }
    after += at(after + 1).is("not") ? 2 : 1;
    after += at(after).is("materialized") ? 1 : 0;
    return at(after).isOperator("(") && (at(after + 1).is("select") || at(after + 1).is("values"));
  }

  /** {@code INSERT INTO [schema.]name (columns)}. */
  private boolean namesTarget(int i) {
    if (change.isEmpty() || change.get() != Change.INSERT) {
      return false;
    }
    return i == 2 || (i == 4 && at(3).isOperator("."));
  }

  private int closing(int open) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      depth += tokens.get(i).isOperator("(") ? 1 : tokens.get(i).isOperator(")") ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return tokens.size();
  }

  private Token previous(int i) {
    return at(i - 1);
  }

  private Token next(int i) {
    return at(i + 1);
  }

  private Token at(int i) {
    return i >= 0 && i < tokens.size() ? tokens.get(i) : NOTHING;
  }

  private static final Token NOTHING = new Token(Token.Kind.OPERATOR, "", "", 0);

  private static Set<String> words(String text) {
    return Set.copyOf(Arrays.asList(text.strip().split("\\s+")));
  }
}
