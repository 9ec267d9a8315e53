package dev.bylaw.actions.sandbox;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A shop's database in one SQLite file: {@code customers} (with personal data), {@code orders},
 * {@code transactions}.
 */
public final class OrdersSandbox {
  private static final String TABLES =
      """
      CREATE TABLE customers (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        email TEXT NOT NULL,
        phone TEXT NOT NULL,
        ssn TEXT NOT NULL,
        country TEXT NOT NULL);
      CREATE TABLE orders (
        id TEXT PRIMARY KEY,
        customer_id TEXT NOT NULL REFERENCES customers (id),
        status TEXT NOT NULL,
        total NUMERIC NOT NULL,
        currency TEXT NOT NULL,
        placed_on TEXT NOT NULL);
      CREATE TABLE transactions (
        id INTEGER PRIMARY KEY,
        customer_id TEXT NOT NULL REFERENCES customers (id),
        order_id TEXT REFERENCES orders (id),
        kind TEXT NOT NULL,
        amount NUMERIC NOT NULL,
        currency TEXT NOT NULL);
      CREATE TABLE tickets (
        id TEXT PRIMARY KEY,
        order_id TEXT REFERENCES orders (id),
        subject TEXT NOT NULL,
        body TEXT NOT NULL)\
      """;

  private static final String ROWS =
      """
      INSERT INTO customers VALUES
        ('c-17', 'Ada Example', 'ada@example.com', '+1 415 555 0117', '123-45-6789', 'US'),
        ('c-18', 'Grace Sample', 'grace@example.com', '+1 212 555 0118', '219-09-9999', 'US'),
        ('c-19', 'Edsger Probe', 'edsger@example.com', '+31 20 555 0119', '078-05-1120', 'NL');
      INSERT INTO orders VALUES
        ('o-1001', 'c-17', 'delivered', 99.99, 'USD', '2026-01-05'),
        ('o-1002', 'c-17', 'delivered', 999.99, 'USD', '2026-01-12'),
        ('o-1003', 'c-18', 'shipped', 1000.00, 'USD', '2026-02-03'),
        ('o-1004', 'c-18', 'delivered', 12.50, 'USD', '2026-02-14'),
        ('o-1005', 'c-19', 'cancelled', 4999.00, 'EUR', '2026-03-01');
      INSERT INTO transactions VALUES
        (1, 'c-17', 'o-1001', 'charge', 99.99, 'USD'),
        (2, 'c-17', 'o-1002', 'charge', 999.99, 'USD'),
        (3, 'c-18', 'o-1004', 'charge', 12.50, 'USD');
      INSERT INTO tickets VALUES
        ('t-501', 'o-1001', 'Wrong size', 'Please call me on +1 415 555 0117 or write to ada@example.com. My SSN is 123-45-6789. Thanks, Ada Fernandez'),
        ('t-502', 'o-1003', 'Where is it', 'The parcel has not come yet. Product ABC123.')\
      """;

  private OrdersSandbox() {}

  /**
   * Writes the database into a new file.
   *
   * @throws IllegalStateException if the file cannot be written, or holds such tables already
   */
  public static void create(Path file) {
    try (Connection connection = DriverManager.getConnection(url(file));
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String sql : (TABLES + ";" + ROWS).split(";", -1)) {
        statement.executeUpdate(sql);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("the sandbox's database cannot be written", e);
    }
  }

  /** The JDBC URL of a file. */
  public static String url(Path file) {
    return "jdbc:sqlite:" + file.toAbsolutePath();
  }
}
