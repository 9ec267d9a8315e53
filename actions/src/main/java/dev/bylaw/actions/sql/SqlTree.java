package dev.bylaw.actions.sql;

import dev.bylaw.actions.sql.SqlGuard.Change;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.NextValExpression;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.Statements;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.WithItem;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.util.TablesNamesFinder;
import org.jspecify.annotations.Nullable;

/**
 * What a parser sees of a statement: every table, every call, every SELECT, wherever it stands.
 *
 * <p>The visitor below it does not promise to reach everything; {@link #mustHaveSeen} compares the
 * SELECTs it reached with those that the tokens have.
 */
final class SqlTree extends TablesNamesFinder<Object> {
  private final Dialect dialect;
  private final Statement statement;
  private final List<WithItem<?>> named;
  private final Set<PlainSelect> selects = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> tables = new TreeSet<>();
  private Optional<SqlRefusal> refusal = Optional.empty();

  /**
   * The place in {@link #named} of the query that is being visited; -1 for the statement itself.
   */
  private int inside = -1;

  private SqlTree(Statement statement, Dialect dialect) {
    this.statement = statement;
    this.dialect = dialect;
    List<WithItem<?>> items =
        statement instanceof Select select ? select.getWithItemsList() : List.of();
    this.named = items == null ? List.of() : items;
  }

  /** Parses exactly one statement. */
  static Statement parse(String sql) throws SqlRefusal {
    for (boolean complex : new boolean[] {false, true}) {
      try {
        Statements statements =
            CCJSqlParserUtil.newParser(sql)
                .withAllowComplexParsing(complex)
                .withSquareBracketQuotation(false)
                .withBackslashEscapeCharacter(false)
                .withUnsupportedStatements(false)
                .withErrorRecovery(false)
                .Statements();
        if (statements.size() != 1) {
          throw new SqlRefusal("E0505", 0, "not exactly one statement");
        }
        return statements.getFirst();
      } catch (ParseException | RuntimeException | StackOverflowError e) {
        // The quick way reads less than the full one; what neither reads is refused, and so is
        // what the parser stumbles over.
      }
    }
    throw new SqlRefusal("E0509", 0, "a statement that the SQL parser does not understand");
  }

  /** Visits all of a statement that {@link TokenRules} let pass. */
  static SqlTree of(Statement statement, Dialect dialect) throws SqlRefusal {
    var tree = new SqlTree(statement, dialect);
    boolean expected =
        statement instanceof Select
            || statement instanceof Insert
            || statement instanceof Update
            || statement instanceof Delete;
    if (!expected) {
      throw new SqlRefusal("E0506", 0, "a statement that is no SELECT, INSERT, UPDATE or DELETE");
    }
    try {
      // Without columns: the table before a column's name may be an alias.
      tree.init(false);
      statement.accept(tree, null);
      tree.visitRest();
    } catch (RuntimeException | StackOverflowError e) {
      throw new SqlRefusal("E0509", 0, "a statement that cannot be looked through");
    }
    if (tree.refusal.isPresent()) {
      throw tree.refusal.get();
    }
    return tree;
  }

  /** Fails if not every SELECT was visited: one that was not could read or call anything. */
  void mustHaveSeen(long selectsInText) throws SqlRefusal {
    if (selects.size() != selectsInText) {
      throw new SqlRefusal("E0509", 0, "a SELECT in a place that cannot be looked through");
    }
  }

  /** The tables, the changed one first. */
  List<String> tables() {
    List<String> all = new ArrayList<>(tables);
    target()
        .map(this::name)
        .ifPresent(target -> {
          all.remove(target);
          all.addFirst(target);
        });
    return all;
  }

  /** Whether an UPDATE or DELETE looks at no column to choose its rows. */
  boolean changesWholeTable(Change change) {
    return switch (change) {
      case INSERT -> false;
      case UPDATE -> !looksAtColumns(((Update) statement).getWhere());
      case DELETE -> !looksAtColumns(((Delete) statement).getWhere());
    };
  }

  private static boolean looksAtColumns(@Nullable Expression where) {
    if (where == null) {
      return false;
    }
    var columns = new Columns();
    columns.init(false);
    where.accept(columns, null);
    return columns.found;
  }

  private Optional<Table> target() {
    return switch (statement) {
      case Insert insert -> Optional.ofNullable(insert.getTable());
      case Update update -> Optional.ofNullable(update.getTable());
      case Delete delete -> Optional.ofNullable(delete.getTable());
      default -> Optional.empty();
    };
  }

  /** What the visitor of the library leaves out. */
  private void visitRest() {
    switch (statement) {
      case Insert insert -> {
        if (insert.getSelect() != null) {
          insert
              .getSelect()
              .accept((net.sf.jsqlparser.statement.StatementVisitor<Object>) this, null);
        }
      }
      case Update update -> {
        if (update.getWhere() != null) {
          update.getWhere().accept(this, null);
        }
      }
      case Delete delete -> {
        if (delete.getWhere() != null) {
          delete.getWhere().accept(this, null);
        }
      }
      default -> {}
    }
    target().ifPresent(table -> visit(table, statement));
  }

  @Override
  public <S> Object visit(WithItem<?> item, S context) {
    int before = inside;
    inside = named.indexOf(item);
    if (inside < 0 || item.getSelect() == null || item.getWithFunctionDeclaration() != null) {
      refuse("E0507", "WITH with something else than a query");
    }
    Object result = super.visit(item, context);
    inside = before;
    return result;
  }

  @Override
  public <S> Object visit(PlainSelect select, S context) {
    selects.add(select);
    if (select.getIntoTables() != null
        || select.getIntoTempTable() != null
        || select.getMySqlSelectIntoClause() != null
        || select.getForMode() != null
        || select.getForClause() != null
        || select.getForUpdate() != null) {
      refuse("E0507", "a query that writes or locks what it reads");
    }
    return super.visit(select, context);
  }

  @Override
  public <S> Object visit(Table table, S context) {
    List<String> parts = table.getNameParts();
    if (parts.size() > 2) {
      refuse("E0508", "a table of another database");
    } else if (parts.size() > 1 || !isNamedQuery(table)) {
      String name = name(table);
      boolean ownTable = name.equals("sqlite_schema") || name.equals("sqlite_master");
      if (dialect == Dialect.SQLITE
          && (name.startsWith("pragma_") || name.startsWith("sqlite_"))
          && !(ownTable && statement instanceof Select)) {
        refuse("E0508", "a table that stands for the database itself");
      }
      tables.add(name);
    }
    return super.visit(table, context);
  }

  @Override
  public <S> Object visit(Function function, S context) {
    call(function.getMultipartName());
    return super.visit(function, context);
  }

  @Override
  public <S> Object visit(AnalyticExpression expression, S context) {
    call(List.of(expression.getName()));
    return super.visit(expression, context);
  }

  @Override
  public <S> Object visit(NextValExpression expression, S context) {
    refuse("E0508", "a sequence is moved on");
    return super.visit(expression, context);
  }

  private void call(List<String> name) {
    boolean own = name.size() == 1 || name.getFirst().equalsIgnoreCase(dialect.ownSchema());
    String last = name.getLast();
    boolean quoted = last.startsWith("\"");
    if (!own
        || name.size() > 2
        || !dialect.allowsFunction(dialect.fold(last.replace("\"", ""), quoted))) {
      refuse("E0508", "a call of a function that is not known to be harmless");
    }
  }

  /** Whether a bare name means a query that WITH defines and that can be seen from here. */
  private boolean isNamedQuery(Table table) {
    boolean recursive = !named.isEmpty() && named.getFirst().isRecursive();
    int seen = inside < 0 || recursive ? named.size() : inside;
    String name = name(table);
    return named.subList(0, seen).stream()
        .anyMatch(item -> folded(item.getAliasName()).equals(name));
  }

  /** The name as the database folds it, without the schema that is meant where none is named. */
  private String name(Table table) {
    // The library gives the parts from the last to the first.
    List<String> names =
        new ArrayList<>(table.getNameParts().reversed().stream().map(this::folded).toList());
    String usual = dialect == Dialect.SQLITE ? "main" : "public";
    if (names.size() > 1 && names.getFirst().equals(usual)) {
      names.removeFirst();
    }
    return String.join(".", names);
  }

  private String folded(String identifier) {
    boolean quoted = identifier.startsWith("\"") && identifier.endsWith("\"");
    String bare =
        quoted
            ? identifier.substring(1, identifier.length() - 1).replace("\"\"", "\"")
            : identifier;
    return dialect.fold(bare, quoted);
  }

  private void refuse(String code, String message) {
    if (refusal.isEmpty()) {
      refusal = Optional.of(new SqlRefusal(code, 0, message));
    }
  }

  /** Looks for a column. */
  private static final class Columns extends TablesNamesFinder<Object> {
    private boolean found;

    @Override
    protected void init(boolean allowColumnProcessing) {
      super.init(allowColumnProcessing);
    }

    @Override
    public <S> Object visit(Column column, S context) {
      found = true;
      return super.visit(column, context);
    }
  }
}
