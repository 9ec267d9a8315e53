package dev.bylaw.store;

import dev.bylaw.store.sql.Session;
import dev.bylaw.store.sql.Texts;
import dev.bylaw.value.Value;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Asks for the named values of an identity. */
public class SettingQueries {
  final Session session;

  SettingQueries(Session session) {
    this.session = session;
  }

  /** The value of a name. */
  public Optional<Value> find(String identity, String name) {
    return session.first(
        "SELECT value FROM setting WHERE identity = ? AND name = ?",
        row -> Texts.value(row.getString(1)),
        identity,
        name);
  }

  /** All values of an identity. */
  public SortedMap<String, Value> all(String identity) {
    SortedMap<String, Value> found = new TreeMap<>();
    session.each(
        "SELECT name, value FROM setting WHERE identity = ?",
        row -> found.put(row.getString(1), Texts.value(row.getString(2))),
        identity);
    return found;
  }
}
