package dev.bylaw.store;

import dev.bylaw.store.sql.Session;
import dev.bylaw.store.sql.Texts;
import dev.bylaw.value.Json;
import dev.bylaw.value.Value;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Named values of an identity: what the console or the runtime keeps that is no file in Git. */
public final class Settings {
  private final Session session;

  Settings(Session session) {
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

  /** Sets a value; inside a transaction only. */
  public void put(String identity, String name, Value value) {
    session.update(
        "INSERT INTO setting (identity, name, value) VALUES (?, ?, ?)"
            + " ON CONFLICT (identity, name) DO UPDATE SET value = excluded.value",
        identity,
        name,
        Json.write(value));
  }

  /** Removes a value; inside a transaction only. */
  public void remove(String identity, String name) {
    session.update("DELETE FROM setting WHERE identity = ? AND name = ?", identity, name);
  }
}
