package dev.bylaw.actions.sql;

import dev.bylaw.playbook.action.ActionCall.Credential;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * A database that actions may use, and the two ways to open it.
 *
 * <p>Each call has a connection of its own, so that nothing a statement leaves behind in a session
 * meets the next one.
 *
 * @param name the name in {@code bylaw.yaml}
 * @param url {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://…}, without user and password
 * @param logins who may open it; SQLite needs none
 * @param queryTimeout how long one statement may run
 */
public record Database(String name, String url, List<Login> logins, Duration queryTimeout) {
  /** How long a statement may run where nothing else is said. */
  public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

  /** How many bytes a value may have; what makes a longer one fails. */
  private static final int MOST_CELL = 16 * 1024 * 1024;

  public Database {
    logins = List.copyOf(logins);
    if (Dialect.ofUrl(url).isEmpty()) {
      throw new IllegalArgumentException(
          "the connection `%s` has a URL that is neither `%s` nor `%s`"
              .formatted(name, Dialect.SQLITE.urlStart(), Dialect.POSTGRESQL.urlStart()));
    }
    if (!queryTimeout.isPositive()) {
      throw new IllegalArgumentException("the time-out of `" + name + "` is not positive");
    }
  }

  /** A database without logins and with the usual time-out. */
  public static Database of(String name, String url) {
    return new Database(name, url, List.of(), USUAL_TIMEOUT);
  }

  /** The URL's dialect. */
  public Dialect dialect() {
    return Dialect.ofUrl(url).orElseThrow();
  }

  @Override
  public String toString() {
    return "Database[name=" + name + ", dialect=" + dialect().word() + "]";
  }

  /**
   * The login for a call.
   *
   * <p>To write, that of the call's credential and no other. To read, one that cannot write
   * wherever there is one, the credential's own first: then nothing a statement does to its session
   * can help it.
   *
   * @return empty if there is none; a login without user where the database needs none
   */
  Optional<Login> login(Optional<Credential> credential, boolean write) {
    if (write && credential.filter(Credential::write).isEmpty()) {
      return Optional.empty();
    }
    if (logins.isEmpty()) {
      return Optional.of(new Login("", "", "", write));
    }
    String id = credential.map(Credential::id).orElse("");
    List<Login> own = logins.stream().filter(login -> login.credential().equals(id)).toList();
    if (write) {
      return own.stream().filter(Login::write).findFirst();
    }
    return Stream.concat(own.stream(), logins.stream())
        .filter(login -> !login.write())
        .findFirst()
        .or(() -> own.stream().findFirst());
  }

  /** Opens a connection that cannot change anything, whatever it is asked. */
  Connection openToRead(Login login, Duration timeout) throws SQLException {
    return switch (dialect()) {
      case SQLITE -> sqlite(true, timeout);
      case POSTGRESQL -> postgresql(login, true, timeout);
    };
  }

  /** Opens a connection with a transaction that must be committed. */
  Connection openToWrite(Login login, Duration timeout) throws SQLException {
    return switch (dialect()) {
      case SQLITE -> sqlite(false, timeout);
      case POSTGRESQL -> postgresql(login, false, timeout);
    };
  }

  private Connection sqlite(boolean readOnly, Duration timeout) throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(readOnly);
    // A mistyped file name is a mistake, not a new database.
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setOpenMode(SQLiteOpenMode.OPEN_URI);
    config.setBusyTimeout((int) Math.min(timeout.toMillis(), Integer.MAX_VALUE));
    config.enableLoadExtension(false);
    config.enforceForeignKeys(true);
    config.setPragma(SQLiteConfig.Pragma.LIMIT_ATTACHED, "0");
    config.setPragma(SQLiteConfig.Pragma.LIMIT_LENGTH, Integer.toString(MOST_CELL));
    Connection connection = config.createConnection(readOnly ? readOnlyUrl() : url);
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA trusted_schema = OFF");
        if (readOnly) {
          statement.execute("PRAGMA query_only = ON");
        }
      }
      if (readOnly) {
        mustSay(connection, "PRAGMA query_only", "1");
      }
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** The file as a URI that says itself that it is only read. */
  private String readOnlyUrl() {
    String file = url.substring(Dialect.SQLITE.urlStart().length());
    if (file.startsWith("file:")) {
      return Dialect.SQLITE.urlStart() + file + (file.contains("?") ? "&" : "?") + "mode=ro";
    }
    String path = Path.of(file).toAbsolutePath().toUri().getRawPath();
    return Dialect.SQLITE.urlStart() + "file:" + path + "?mode=ro";
  }

  private Connection postgresql(Login login, boolean readOnly, Duration timeout)
      throws SQLException {
    long millis = Math.max(1, timeout.toMillis());
    long seconds = Math.max(1, timeout.plusMillis(999).toSeconds());
    var properties = new Properties();
    if (!login.user().isEmpty()) {
      properties.setProperty("user", login.user());
      properties.setProperty("password", login.password());
    }
    properties.setProperty("ApplicationName", "bylaw");
    properties.setProperty("connectTimeout", Long.toString(seconds));
    properties.setProperty("loginTimeout", Long.toString(seconds));
    // The server's own time-out comes first; the socket's is for a server that is gone.
    properties.setProperty("socketTimeout", Long.toString(seconds + 5));
    properties.setProperty("cancelSignalTimeout", "2");
    // A text stands for any type, as a literal in quotes does.
    properties.setProperty("stringtype", "unspecified");
    properties.setProperty("options", options(readOnly, millis));
    Connection connection = DriverManager.getConnection(url, properties);
    try {
      connection.setReadOnly(readOnly);
      connection.setAutoCommit(false);
      if (readOnly) {
        mustSay(connection, "SHOW transaction_read_only", "on");
        mustSay(connection, "SHOW default_transaction_read_only", "on");
      }
      mustSay(connection, "SHOW standard_conforming_strings", "on");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static String options(boolean readOnly, long millis) {
    return "-c statement_timeout="
        + millis
        + " -c lock_timeout="
        + millis
        + " -c idle_in_transaction_session_timeout="
        + (millis + 5_000)
        + " -c standard_conforming_strings=on"
        + (readOnly ? " -c default_transaction_read_only=on" : "");
  }

  private static void mustSay(Connection connection, String question, String answer)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(question)) {
      if (!result.next() || !answer.equals(result.getString(1))) {
        throw new SQLException("the connection does not keep `" + question + "`", "25006");
      }
    }
  }
}
